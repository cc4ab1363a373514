/** Dates in a report's sentences, read from the day of its publication. */
import { findDates } from "../text/dates/find.ts";
import type { DateMention } from "../text/dates/mention.ts";
import { addDays, type Day, makeDay, yearOf } from "../text/day.ts";

/** A date without a year that lies at most this many days after the report was probably meant so. */
const SLIP_DAYS = 7;
/** And then its other reading is about a year earlier. */
const YEAR_BEFORE = 300;

/**
 * The dates that a text names. A day without a year is the last one before `anchor`; but one just after it ("5
 * أيار" in a report of 4 May) is no day of the year before: the report contradicts itself, and the day is doubtful.
 */
export function readDates(
  text: string,
  anchor: Day | null,
  years?: readonly number[],
): readonly DateMention[] {
  const mentions = findDates(text, { mode: "report", anchor, years });
  return anchor === null ? mentions : mentions.map((mention) => withoutSlip(mention, anchor));
}

function withoutSlip(mention: DateMention, anchor: Day): DateMention {
  const { start, precision, text } = mention;
  if (
    precision !== "day" ||
    start === null ||
    /\p{Nd}{4}/u.test(text) ||
    start > addDays(anchor, -YEAR_BEFORE)
  )
    return mention;
  const nearer = makeDay(yearOf(start) + 1, Number(start.slice(5, 7)), Number(start.slice(8)));
  if (nearer === null || nearer <= anchor || nearer > addDays(anchor, SLIP_DAYS)) return mention;
  const reason = `no year given: ${nearer}, just after the report's own day ${anchor}, so one of them is wrong`;
  return { ...mention, start: nearer, end: nearer, confidence: "doubtful", reason };
}
