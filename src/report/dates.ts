/** Dates in a report's sentences, read from the day of its publication. */
import { findDates } from "../text/dates/find.ts";
import type { DateMention } from "../text/dates/mention.ts";
import type { Day } from "../text/day.ts";

/** The dates that a text of a report names; `anchor` is the day of its publication, or null when it is unknown. */
export function readDates(
  text: string,
  anchor: Day | null,
  years?: readonly number[],
): readonly DateMention[] {
  return findDates(text, { mode: "report", anchor, years });
}
