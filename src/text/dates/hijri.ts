import { type Day, dayFromNumber, dayNumber } from "../day.ts";

/**
 * Lengths of the months of the Umm al-Qura calendar, 1400–1470 AH: bit m of a year's hexadecimal number is set when
 * month m + 1 has 30 days, else it has 29. Source: the calendar's published months, as CLDR's islamic-umalqura has them.
 */
const UMM_AL_QURA =
  "aa5 a4b 497 937 2b6 975 d69 d52 c95 92b 25b 4db 9d5 5d2 da5 d4a a95 54d aad 3aa bd2 bc4 b89 a95 52d 5ad b6a 6d4 dc9 d92 aa6 956 2ae 56d 36a b55 aaa 94d 49d 95d 2ba 5b5 5aa d55 a9a 92e 26e 55d ada 6d4 6a5 b27 a4d 4ad 56d b5a 754 f49 e92 d26 a56 356 6b5 baa b92 b25 68b a9b 55a ada 5b4";
const FIRST_YEAR = 1400;
/** Days from 1970-01-01 to 1 Muharram 1400 (20 November 1979). */
const FIRST_DAY = 3611;

/** Days from 1970-01-01 to the first of every month of the table, and to the month after the last. */
const MONTH_STARTS: readonly number[] = UMM_AL_QURA.split(" ").reduce<number[]>(
  (starts, hexadecimal) => {
    const lengths = Number.parseInt(hexadecimal, 16);
    for (let month = 0; month < 12; month += 1) {
      starts.push((starts.at(-1) ?? FIRST_DAY) + ((lengths >> month) & 1 ? 30 : 29));
    }
    return starts;
  },
  [FIRST_DAY],
);

/** Days from 1970-01-01 to the epoch of the tabular calendar, 16 July 622 (Julian). */
const EPOCH = -492_148;

/**
 * Days from 1970-01-01 to the first of a Hijri month: from the table, outside it by the tabular calendar (30-year cycle
 * of 10 631 days; Reingold & Dershowitz, "Calendrical Calculations"), which may differ by a day.
 */
function firstOfMonth(year: number, month: number): number {
  const known = MONTH_STARTS[(year - FIRST_YEAR) * 12 + month - 1];
  if (known !== undefined) return known;
  return EPOCH + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30) + Math.ceil(29.5 * (month - 1));
}

/** Gregorian interval of a Hijri month (1–12). */
export function hijriMonth(year: number, month: number): { start: Day; end: Day } {
  const next = month === 12 ? firstOfMonth(year + 1, 1) : firstOfMonth(year, month + 1);
  return { start: dayFromNumber(firstOfMonth(year, month)), end: dayFromNumber(next - 1) };
}

/** Gregorian day of a Hijri date, or null when no month has that day. */
export function hijriDay(year: number, month: number, day: number): Day | null {
  if (day < 1 || day > 30) return null;
  return dayFromNumber(firstOfMonth(year, month) + day - 1);
}

/** The Hijri year in which a Gregorian day lies; at a year's end it may be off by one. */
export function hijriYearOf(day: Day): number {
  return Math.floor((30 * (dayNumber(day) - EPOCH) + 10_646) / 10_631);
}
