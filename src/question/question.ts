import type { ActorMention } from "../text/actors.ts";
import type { DateMention } from "../text/dates/mention.ts";
import type { PlaceMention } from "../text/places/place.ts";

export const QUESTION_KINDS = [
  "day",
  "place",
  "count",
  "who",
  "where",
  "when",
  "why",
  "what",
  "list",
  "source",
  "coverage",
  "compare",
  "summary",
  "timeline",
  "greeting",
  "free",
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** What is counted, of whom, and what happened to them: "كم قُتل من عناصر التنظيم" = {noun: "عناصر", party: "isis", event: "killed"}. */
export interface AskedQuantity {
  readonly noun: string | null;
  readonly actor: string | null;
  readonly event: "killed" | "wounded" | "kidnapped" | "displaced" | "detained" | null;
}

/** A name that may mean several places; the chosen reading is said and the others are offered. */
export interface Ambiguity {
  readonly text: string;
  readonly chosen: string;
  readonly candidates: readonly string[];
}

/** Which report a request for a source names. */
export type SourceRequest =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "number"; readonly number: number }
  | { readonly by: "publisher"; readonly publisher: string }
  | { readonly by: "unspecified" };

/** A question as understood. `text` is what was asked, unchanged. */
export interface Question {
  readonly text: string;
  readonly kind: QuestionKind;
  readonly language: "ar" | "en" | "arabizi";
  readonly dates: readonly DateMention[];
  readonly places: readonly PlaceMention[];
  readonly actors: readonly ActorMention[];
  readonly ambiguous: readonly Ambiguity[];
  readonly quantity: AskedQuantity | null;
  readonly source: SourceRequest | null;
  /** What is searched for: the text, and the Arabic of what it says in another language or in dialect. */
  readonly searchText: string;
  /** What is asked about once dates, places, question words and the like are taken away: normalised words. */
  readonly topic: readonly string[];
}
