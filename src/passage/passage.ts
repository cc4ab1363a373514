import type { PartRole } from "../report/report.ts";
import type { DatePrecision } from "../text/dates/mention.ts";
import type { Day } from "../text/day.ts";

/** How a passage came by a day or a place: its own words, the words before it, or its report. */
export type Basis = "passage" | "previous" | "report";

/** Days on which something that the passage tells happened. Both ends inclusive; null is open. */
export interface EventDate {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly precision: DatePrecision;
  readonly confidence: "certain" | "inferred" | "doubtful";
  readonly basis: Basis;
  /** The words that say so, as they stand in the report; empty when a field of the report says so. */
  readonly words: string;
  /** Told as background of the event (1 year before, "since 2012"), not as the news itself. */
  readonly background: boolean;
}

/** A place of which the passage tells. */
export interface PassagePlace {
  readonly id: string;
  readonly name: string;
  readonly basis: Basis;
  readonly words: string;
}

/**
 * The unit that is embedded, indexed and quoted from: one to three sentences or clauses of one part of a body.
 * `report.body.slice(start, end) === text`. Passages never overlap and never cross a part.
 */
export interface Passage {
  /** Hash of report id, text and occurrence: 12 lower-case hex digits. */
  readonly id: string;
  readonly reportId: string;
  readonly role: PartRole;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** "place, day Levantine-month Gregorian-month year": embedded and indexed before the text, never quoted. */
  readonly header: string;
  readonly dates: readonly EventDate[];
  readonly places: readonly PassagePlace[];
}
