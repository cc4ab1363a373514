import type { Span } from "../normalize.ts";

/** How the text bounds its figure: "50", "نحو 50", "أكثر من 50", "ما لا يقل عن 46", "بين 20 و30", "العشرات". */
export type Bound =
  | "exactly"
  | "about"
  | "more_than"
  | "at_least"
  | "less_than"
  | "at_most"
  | "between"
  | "indefinite";

/** What befell the people counted. "casualties": dead and wounded in one figure ("بين قتيل وجريح"). */
export type QuantityEvent = "killed" | "wounded" | "casualties" | "kidnapped" | "displaced" | "detained";

/** A figure with what it counts. `max` differs from `min` only for "between"; both null for "indefinite" (عشرات، عدد من). */
export interface Quantity {
  readonly min: number | null;
  readonly max: number | null;
  readonly bound: Bound;
  /** The figure with its bound, as the text has it: "أكثر من 50". A dual is its own figure: "طفلان". */
  readonly text: string;
  readonly span: Span;
  /** The counted noun as the text has it ("عنصراً"), or null. */
  readonly noun: string | null;
  /** Class of what is counted: "dead" for "قتيل", "شهيد" and for "مقتل 50 عنصراً"; the event comes before the noun. */
  readonly counted: CountedClass | null;
  /** Class of the noun alone: "fighters" in "مقتل 50 عنصراً"; null without a noun or when the noun tells the event only. */
  readonly nounClass?: CountedClass | null;
  readonly event?: QuantityEvent | null;
  /** Words that say of whom, without the "من" before them ("قوات النظام والمسلحين الموالين لها"), or null. */
  readonly party: string | null;
  /**
   * The figure with its noun and its party where they follow it: "أكثر من 50 من عناصر تنظيم …", one piece of the text
   * from `phraseSpan[0]` to `phraseSpan[1]`. Equal to `text` where nothing of the kind follows.
   */
  readonly phraseSpan?: Span;
  /** Place, in the same list, of the figure of which this one is a part ("27 … هم 16 … بينهم طفلان"). */
  readonly partOf?: number | null;
}

export type CountedClass =
  | "dead"
  | "wounded"
  | "casualties"
  | "kidnapped"
  | "detained"
  | "displaced"
  | "civilians"
  | "fighters"
  | "children"
  | "women"
  | "men"
  | "people"
  | "families"
  | "strikes"
  | "shells"
  | "houses"
  | "villages"
  | "vehicles"
  | "days"
  | "hours"
  | "weeks"
  | "months"
  | "years"
  | "kilometres"
  | "other";
