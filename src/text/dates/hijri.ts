import { type Day, dayFromNumber, dayNumber } from "../day.ts";

/**
 * Tabular (civil) Islamic calendar: 30-year cycle of 10 631 days with 11 leap years, epoch 16 July 622 (Julian).
 * Reingold & Dershowitz, "Calendrical Calculations", chapter 7. The observed month may begin a day earlier or later.
 */
const EPOCH = -492_148;

/** Day number (days since 1970-01-01) of the first day of a Hijri month. */
function firstOfMonth(year: number, month: number): number {
  return EPOCH + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30) + Math.ceil(29.5 * (month - 1));
}

/** Gregorian interval of a Hijri month. */
export function hijriMonth(year: number, month: number): { start: Day; end: Day } {
  const next = month === 12 ? firstOfMonth(year + 1, 1) : firstOfMonth(year, month + 1);
  return { start: dayFromNumber(firstOfMonth(year, month)), end: dayFromNumber(next - 1) };
}

/** Gregorian day of a Hijri date, or null when the month cannot have that day. */
export function hijriDay(year: number, month: number, day: number): Day | null {
  if (day < 1 || day > 30) return null;
  return dayFromNumber(firstOfMonth(year, month) + day - 1);
}

/** The Hijri year in which a Gregorian day lies. */
export function hijriYearOf(day: Day): number {
  return Math.floor((30 * (dayNumber(day) - EPOCH) + 10_646) / 10_631);
}
