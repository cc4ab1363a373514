import type { EventDate } from "../passage/passage.ts";
import type { Published, Report } from "../report/report.ts";
import type { DayInterval } from "../text/day.ts";

/** At most this many citations in one answer, and UTF-16 units in one quotation; more stands behind a button. */
export const MAX_CITATIONS = 8;
export const MAX_QUOTE_LENGTH = 400;

export interface PlaceName {
  readonly id: string;
  readonly name: string;
}

/** A quotation in its place: `report.body.slice(start, end) === quote`, checked before every delivery. */
export interface Citation {
  readonly n: number;
  readonly report: string;
  readonly passage: string;
  readonly publisher: string | null;
  readonly title: string | null;
  readonly published: Published;
  readonly event: Pick<EventDate, "start" | "end" | "precision"> | null;
  readonly places: readonly PlaceName[];
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** Where else the same text was published, the earliest first; absent for none. */
  readonly copies?: readonly CitationCopy[] | undefined;
}

/** Another publication of the same text, in which the quotation stands too: `quote` is letter for letter as it has it. */
export interface CitationCopy {
  readonly report: string;
  readonly publisher: string | null;
  readonly title: string | null;
  readonly published: Published;
  readonly url: string | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/**
 * One statement. In extractive answers the text is the quotation itself and `quoted` is true; `group` labels
 * statements that stand apart ("city": about the whole city, "background": of another time).
 */
export interface Claim {
  readonly text: string;
  readonly citations: readonly number[];
  readonly quoted: boolean;
  readonly group: "main" | "city" | "background";
  /** The day under which it stands in an answer about several days, as a person reads it; claims of one day are neighbours. */
  readonly heading?: string | null;
}

/** Values for the same thing that differ, side by side. */
export interface Disagreement {
  readonly about: string;
  readonly values: readonly { readonly text: string; readonly citations: readonly number[] }[];
}

/** A question that a tap asks. */
export interface Offer {
  readonly label: string;
  readonly question: string;
}

export interface Scope {
  readonly dates: readonly DayInterval[];
  readonly places: readonly PlaceName[];
}

export type RefusalReason =
  | "off_topic"
  | "no_event_on_day"
  | "no_event_in_place"
  | "not_reported"
  | "false_premise"
  | "bad_input";

interface Common {
  /** Days and places that the answer is about, as understood or inherited. */
  readonly scope: Scope;
  readonly offers: readonly Offer[];
}

export interface CitedAnswer extends Common {
  readonly kind: "answer";
  readonly mode: "extractive" | "model";
  /** First line: what the answer is about, or the figure asked for. Never a fact that no citation holds. */
  readonly lead: string;
  /** What the reader must know before the answer: another day was taken, the day is uncertain. Shown above the lead. */
  readonly caution?: string | null;
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  readonly disagreements: readonly Disagreement[];
  /** The day asked had nothing, a day beside it was taken; both as the reader sees them. */
  readonly widened: { readonly from: string; readonly to: string } | null;
  /** Short lines under the answer: the reading that was chosen, the year that was assumed, an inferred day. */
  readonly notes: readonly string[];
}

export interface Refusal extends Common {
  readonly kind: "refusal";
  readonly reason: RefusalReason;
  /** Paragraphs: what is not there, then what the collection does hold. */
  readonly lines: readonly string[];
}

export interface Clarification extends Common {
  readonly kind: "clarification";
  readonly lines: readonly string[];
  readonly choices: readonly Offer[];
}

export interface SourceText extends Common {
  readonly kind: "source";
  readonly report: Report;
}

export interface Help extends Common {
  readonly kind: "help";
  readonly lines: readonly string[];
}

export type Answer = CitedAnswer | Refusal | Clarification | SourceText | Help;
