import type { Day, DayInterval } from "../day.ts";
import { dayOfMonth, monthInterval, monthOf, weekdayOf, yearOf } from "../day.ts";
import type { DatePrecision } from "./mention.ts";

/** Month names as CLDR has them for ar-SY; own table because small-ICU builds lack them. */
const LEVANTINE_MONTHS = [
  "كانون الثاني",
  "شباط",
  "آذار",
  "نيسان",
  "أيار",
  "حزيران",
  "تموز",
  "آب",
  "أيلول",
  "تشرين الأول",
  "تشرين الثاني",
  "كانون الأول",
] as const;

/** Month names as CLDR has them for ar. */
const GREGORIAN_MONTHS = [
  "يناير",
  "فبراير",
  "مارس",
  "أبريل",
  "مايو",
  "يونيو",
  "يوليو",
  "أغسطس",
  "سبتمبر",
  "أكتوبر",
  "نوفمبر",
  "ديسمبر",
] as const;

const WEEKDAYS = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"] as const;

/** Both Arabic names of a month (1–12); throws RangeError for any other number. */
export function monthNames(month: number): { levantine: string; gregorian: string } {
  const levantine = LEVANTINE_MONTHS[month - 1];
  const gregorian = GREGORIAN_MONTHS[month - 1];
  if (levantine === undefined || gregorian === undefined) {
    throw new RangeError(`no month ${month}: give 1 to 12`);
  }
  return { levantine, gregorian };
}

/** "29 تشرين الأول 2017", with `weekday` "الأحد 29 تشرين الأول 2017". */
export function formatDay(day: Day, options: { readonly weekday?: boolean } = {}): string {
  const date = `${dayOfMonth(day)} ${formatMonth(day)}`;
  return options.weekday ? `${WEEKDAYS[weekdayOf(day)]} ${date}` : date;
}

function formatMonth(day: Day): string {
  return `${monthNames(monthOf(day)).levantine} ${yearOf(day)}`;
}

/** Whether the interval is exactly one calendar month. */
function isWholeMonth(start: Day, end: Day): boolean {
  return dayOfMonth(start) === 1 && monthInterval(yearOf(start), monthOf(start))?.end === end;
}

function isWholeYear(start: Day, end: Day): boolean {
  return start.slice(4) === "-01-01" && end === `${start.slice(0, 4)}-12-31`;
}

/**
 * An interval in words: a day, "28–29 تشرين الأول 2017", "28 أيلول – 3 تشرين الأول 2017", a whole month as
 * "تشرين الأول 2017", a whole year as "2017"; "منذ …" and "حتى …" for an open end; "" when both ends are open.
 * With precision "range" or "week" whole months and years are written with their days.
 */
export function formatInterval(interval: DayInterval, precision?: DatePrecision): string {
  const { start, end } = interval;
  if (start === null) return end === null ? "" : `حتى ${formatDay(end)}`;
  if (end === null) return `منذ ${formatDay(start)}`;
  if (start === end) return formatDay(start);
  if (precision !== "range" && precision !== "week") {
    if (isWholeYear(start, end)) return String(yearOf(start));
    if (isWholeMonth(start, end)) return formatMonth(start);
  }
  if (start.slice(0, 7) === end.slice(0, 7)) return `${dayOfMonth(start)}–${formatDay(end)}`;
  const from =
    yearOf(start) === yearOf(end)
      ? `${dayOfMonth(start)} ${monthNames(monthOf(start)).levantine}`
      : formatDay(start);
  return `${from} – ${formatDay(end)}`;
}
