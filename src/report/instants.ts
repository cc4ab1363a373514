/** Days of publication as files state them beside the text: feeds, tables, pages. */
import { dayInDamascus } from "../text/damascus.ts";
import { type DayInterval, isDay, makeDay } from "../text/day.ts";
import { readDates } from "./dates.ts";

/** Which comes first in "05/04/2017". */
export type DateOrder = "dmy" | "mdy" | "ymd";

const NUMERIC = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?!\d)/;
/** RFC 822, as feeds write it: "Sun, 29 Oct 2017 22:30:00 GMT". */
const MAIL_DATE = /^(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}/;
const UTC = /(?:Z|GMT|UTC?|[+-]00:?00)$/i;

/**
 * The one day that a value names, or null. A moment in UTC is the day in Damascus; with another offset, or none, the
 * day as written: the publisher's own. "29/10/2017" is read in the order given, unless only the other one exists.
 */
export function readPublicationDay(value: string, order: DateOrder): DayInterval | null {
  const text = value.trim().replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const day = isoDay(text) ?? numericDay(text, order) ?? mailDay(text) ?? wordsDay(text);
  return day === null ? null : { start: day, end: day };
}

function isoDay(text: string): string | null {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text)?.[1] ?? "";
  if (!isDay(day)) return null;
  const moment = UTC.test(text) && text.includes(":") ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? day : dayInDamascus(moment);
}

function numericDay(text: string, order: DateOrder): string | null {
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  const [a = 0, b = 0, c = 0] = match.slice(1).map(Number);
  if (a > 31) return makeDay(a, b, c);
  if (c < 1000) return null;
  const [dayFirst, monthFirst] = [makeDay(c, b, a), makeDay(c, a, b)];
  return order === "mdy" ? (monthFirst ?? dayFirst) : (dayFirst ?? monthFirst);
}

function mailDay(text: string): string | null {
  if (!MAIL_DATE.test(text)) return null;
  const zone = UTC.test(text) ? "" : " UTC";
  // With another offset the day is the one written, so the offset is left out.
  const moment = Date.parse(zone === "" ? text : text.replace(/\s*(?:[+-]\d{4}|[A-Z]{2,4})$/, "") + zone);
  if (Number.isNaN(moment)) return null;
  return zone === "" ? dayInDamascus(moment) : new Date(moment).toISOString().slice(0, 10);
}

function wordsDay(text: string): string | null {
  if (!/\p{L}/u.test(text)) return null;
  const [only, ...more] = readDates(text, null);
  if (only === undefined || more.length > 0 || only.precision !== "day" || only.confidence !== "certain")
    return null;
  return only.start !== null && only.start === only.end ? only.start : null;
}
