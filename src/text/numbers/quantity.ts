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

/** A figure with what it counts. `max` differs from `min` only for "between"; both null for "indefinite" (عشرات، عدد من). */
export interface Quantity {
  readonly min: number | null;
  readonly max: number | null;
  readonly bound: Bound;
  /** The figure with its bound, as the text has it: "أكثر من 50". */
  readonly text: string;
  readonly span: Span;
  /** The counted noun as the text has it ("عنصراً"), or null. */
  readonly noun: string | null;
  /** Class of the counted noun: "قتيل" and "شهيد" are both "dead". */
  readonly counted: CountedClass | null;
  /** Words after the noun that say of whom ("من قوات النظام والمسلحين الموالين لها"), or null. */
  readonly party: string | null;
}

export type CountedClass =
  | "dead"
  | "wounded"
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
