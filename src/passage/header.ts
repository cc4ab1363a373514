/** The line that stands before a passage when it is embedded and indexed. */
import { monthNames } from "../text/dates/format.ts";
import { type Day, type DayInterval, dayOfMonth, monthOf, yearOf } from "../text/day.ts";

export interface HeaderOptions {
  /** Names of places from the particular to the general: ["حي الحميدية", "دير الزور"]. */
  readonly places: readonly string[];
  /** When it happened, or null. */
  readonly days: DayInterval | null;
  /** The report's title where its body does not hold it (a field of a JSON report). */
  readonly title?: string | null | undefined;
}

/**
 * "place, day Levantine-month Gregorian-month year", for instance "حي الحميدية، دير الزور، 29 تشرين الأول أكتوبر
 * 2017": both month names, so that either finds it. Empty when nothing is known. Indexed, never quoted.
 */
export function header(options: HeaderOptions): string {
  const days = options.days === null ? [] : [dayWords(options.days)];
  return [options.title ?? "", ...options.places, ...days].filter((piece) => piece !== "").join("، ");
}

function dayWords(days: DayInterval): string {
  const { start, end } = days;
  if (start === null || end === null)
    return [start, end].flatMap((day) => (day === null ? [] : [oneDay(day)])).join("");
  if (start === end) return oneDay(start);
  if (start.slice(0, 4) === end.slice(0, 4) && start.endsWith("-01-01") && end.endsWith("-12-31"))
    return start.slice(0, 4);
  if (start.slice(0, 7) === end.slice(0, 7) && start.endsWith("-01") && dayOfMonth(end) >= 28)
    return oneMonth(start);
  return `${oneDay(start)} – ${oneDay(end)}`;
}

function oneMonth(day: Day): string {
  const { levantine, gregorian } = monthNames(monthOf(day));
  return `${levantine} ${gregorian} ${yearOf(day)}`;
}

function oneDay(day: Day): string {
  return `${dayOfMonth(day)} ${oneMonth(day)}`;
}
