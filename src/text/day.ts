/** Calendar days as plain ISO strings, without a clock and without a time zone. */

/** A day of the Gregorian calendar as YYYY-MM-DD. */
export type Day = string;

/** Both ends inclusive; null is open. */
export interface DayInterval {
  readonly start: Day | null;
  readonly end: Day | null;
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** The day, or null when there is no such day in the calendar (31 September, month 13, year 0). */
export function makeDay(year: number, month: number, day: number): Day | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return null;
  if (day > daysInMonth(year, month)) return null;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Whether a string is a day that exists. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && makeDay(Number(match[1]), Number(match[2]), Number(match[3])) !== null;
}

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY);
}

export function dayFromNumber(number: number): Day {
  return new Date(number * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}

export function dayOfMonth(day: Day): number {
  return Number(day.slice(8, 10));
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** First and last day of a month. */
export function monthInterval(year: number, month: number): { start: Day; end: Day } | null {
  const start = makeDay(year, month, 1);
  const end = makeDay(year, month, daysInMonth(year, month));
  return start && end ? { start, end } : null;
}

/** Whether two inclusive intervals share a day; null ends are open. */
export function overlaps(a: DayInterval, b: DayInterval): boolean {
  return (a.start ?? "0000") <= (b.end ?? "9999") && (b.start ?? "0000") <= (a.end ?? "9999");
}

/** The interval widened by a number of days on both sides. */
export function widen(interval: DayInterval, days: number): DayInterval {
  return {
    start: interval.start && addDays(interval.start, -days),
    end: interval.end && addDays(interval.end, days),
  };
}

/** The first of some days in time; null when there is none. */
export function earliest(days: readonly Day[]): Day | null {
  return [...days].sort()[0] ?? null;
}

/** The last of some days in time; null when there is none. */
export function latest(days: readonly Day[]): Day | null {
  return [...days].sort().at(-1) ?? null;
}
