import { addDays, type Day, dayOfMonth, monthOf, weekdayOf, yearOf } from "../day.ts";
import type { Parts, Setting, Shift } from "./parts.ts";

/** A closed interval of days. */
export interface Days {
  readonly start: Day;
  readonly end: Day;
}

export interface Chosen {
  readonly days: Days;
  readonly reason: string;
  readonly certain: boolean;
  readonly doubt?: string;
}

/** How many years back a 29 February may lie from a day without a year. */
const REACH = 8;
/** Looking ahead, a date that is not longer past than this still means this year's. */
const HALF_A_YEAR = 182;

/** The year that "الجاري", "الفائت", "ذاته" name. */
export function shiftedYear(shift: Shift, setting: Setting): number | null {
  if (shift === "same") {
    const base = setting.last?.start ?? setting.last?.end ?? null;
    return base === null ? null : yearOf(base);
  }
  return setting.context.anchor === null ? null : yearOf(setting.context.anchor) + shift;
}

/** The year of a month that carries an adjective: "أيلول الفائت" is the last September before the anchor's month. */
function yearOfShiftedMonth(parts: Parts, setting: Setting): number | null {
  const { anchor } = setting.context;
  if (parts.monthShift === "same") return shiftedYear("same", setting);
  if (anchor === null || parts.month === undefined) return null;
  const year = yearOf(anchor);
  const earlier =
    parts.day !== undefined && parts.month === monthOf(anchor) && parts.day < dayOfMonth(anchor);
  if (parts.monthShift === -1 && earlier) return year;
  if (parts.monthShift === -1) return parts.month < monthOf(anchor) ? year : year - 1;
  if (parts.monthShift === 1) return parts.month > monthOf(anchor) ? year : year + 1;
  return year;
}

/**
 * Days of a date whose year may be missing. `daysIn` gives the days in one year, null where there are none.
 * Order: the year in the words; an adjective; the only year of the collection that fits (questions); the anchor.
 */
export function chooseYear(
  parts: Parts,
  setting: Setting,
  daysIn: (year: number) => Days | null,
): Chosen | null {
  const shifted = parts.yearShift === undefined ? null : shiftedYear(parts.yearShift, setting);
  if (parts.year !== undefined) {
    const days = daysIn(parts.year);
    if (days === null) return null;
    const doubt =
      shifted !== null && shifted !== parts.year
        ? `the words say year ${shifted}, the digits ${parts.year}`
        : undefined;
    return { days, certain: true, reason: "written out", ...(doubt !== undefined && { doubt }) };
  }
  const named = shifted ?? (parts.monthShift === undefined ? null : yearOfShiftedMonth(parts, setting));
  if (named !== null) {
    const days = daysIn(named);
    return (
      days && { days, certain: false, reason: `year ${named} from the anchor`, ...monthDoubt(parts, setting) }
    );
  }
  if (parts.yearShift !== undefined || parts.monthShift !== undefined) return null;
  return fromCollection(parts, setting, daysIn) ?? fromAnchor(setting, daysIn);
}

function monthDoubt(parts: Parts, setting: Setting): { doubt: string } | undefined {
  const { anchor } = setting.context;
  if (
    anchor === null ||
    parts.monthShift !== 0 ||
    parts.month === undefined ||
    parts.month === monthOf(anchor)
  )
    return undefined;
  return parts.yearShift === undefined ? { doubt: "the month is not the anchor's month" } : undefined;
}

function fromCollection(
  parts: Parts,
  setting: Setting,
  daysIn: (year: number) => Days | null,
): Chosen | null {
  const { mode, anchor, years } = setting.context;
  if (years === undefined || (mode === "report" && anchor !== null)) return null;
  const fitting = [...new Set(years)].flatMap((year) => daysIn(year) ?? []);
  const { weekday } = parts;
  const onWeekday =
    fitting.length > 1 && weekday !== undefined
      ? fitting.filter((days) => weekdayOf(days.start) === weekday)
      : fitting;
  const only = onWeekday[0];
  if (only === undefined || onWeekday.length !== 1) return null;
  return {
    days: only,
    certain: false,
    reason: `year ${yearOf(only.start)}: the only year of the collection that fits`,
  };
}

/** A report's day without a year that lies at most this many days after the report was probably meant so. */
const SLIP_DAYS = 7;

/** "5 أيار" in a report of 4 May is no day of the year before: one of the two days is wrong, or it looks ahead. */
function justAfter(setting: Setting, daysIn: (year: number) => Days | null): Chosen | null {
  const { anchor, mode } = setting.context;
  if (anchor === null || mode !== "report") return null;
  for (const year of [yearOf(anchor), yearOf(anchor) + 1]) {
    const days = daysIn(year);
    if (days === null || days.start !== days.end) continue;
    if (days.start <= anchor || days.start > addDays(anchor, SLIP_DAYS)) continue;
    const doubt = `just after the report's own day ${anchor}, so one of them may be wrong`;
    return { days, certain: false, reason: `no year given: ${days.start}`, doubt };
  }
  return null;
}

function fromAnchor(setting: Setting, daysIn: (year: number) => Days | null): Chosen | null {
  const { anchor, prefer } = setting.context;
  if (anchor === null) return null;
  const after = justAfter(setting, daysIn);
  if (after !== null) return after;
  const step = prefer === "future" ? 1 : -1;
  for (let distance = 0; distance <= REACH; distance += 1) {
    const days = daysIn(yearOf(anchor) + step * distance);
    if (days === null || (step < 0 ? days.start > anchor : addDays(days.end, HALF_A_YEAR) < anchor)) continue;
    const side = step < 0 ? "the last one before" : "the next one after";
    return { days, certain: false, reason: `no year given: ${side} ${anchor}` };
  }
  return null;
}
