import type { Day } from "../day.ts";
import type { Span } from "../normalize.ts";

/** How finely a text fixes a time. `range` is any interval that is no calendar unit (a week, "5 to 10 September"). */
export type DatePrecision = "day" | "range" | "week" | "month" | "season" | "year" | "decade";

/** `certain`: written out in full; `inferred`: a part came from the context; `doubtful`: the text contradicts itself. */
export type DateConfidence = "certain" | "inferred" | "doubtful";

/** A date as a text names it. Both ends inclusive; null is open. `span` is in the original text. */
export interface DateMention {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly text: string;
  readonly span: Span;
  readonly precision: DatePrecision;
  readonly calendar: "gregorian" | "hijri";
  readonly confidence: DateConfidence;
  /** One English line: how the days were found, with any assumption. */
  readonly reason: string;
}

/**
 * What a date is read against. A report's sentence is read relative to the report's publication day; a person's
 * question relative to now. `anchor` null: relative words give no entry. `years` are the years that the
 * collection covers, from which a missing year may be taken when only one fits.
 */
export interface DateContext {
  readonly mode: "report" | "question";
  readonly anchor: Day | null;
  readonly years?: readonly number[] | undefined;
  /** First day of the week, 0 = Sunday; Saturday (6) as in Syria unless said. */
  readonly weekStart?: number | undefined;
  /** Which way a lone weekday or a date without a year looks from the anchor; the past unless said. */
  readonly prefer?: "past" | "future" | undefined;
}
