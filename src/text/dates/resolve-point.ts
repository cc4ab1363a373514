import { addDays, type Day, dayOfMonth, makeDay, monthInterval, monthOf, weekdayOf, yearOf } from "../day.ts";
import { hijriDay, hijriMonth, hijriYearOf } from "./hijri.ts";
import type { DateConfidence, DateContext, DatePrecision } from "./mention.ts";
import type { Parts, Resolved, Setting, Shift } from "./parts.ts";
import { type Chosen, chooseYear, type Days, shiftedYear } from "./years.ts";

const DAYS_IN_WEEK = 7;
/** Months to look back for the month whose day N falls on the weekday that was named. */
const WEEKDAY_REACH = 2;

/** In Syria the week begins on Saturday (CLDR, ar-SY). */
const SATURDAY = 6;

/** First day of the week in which a day lies. */
export function weekStartOf(day: Day, context: DateContext): Day {
  const first = context.weekStart ?? SATURDAY;
  return addDays(day, -((weekdayOf(day) - first + DAYS_IN_WEEK) % DAYS_IN_WEEK));
}

export function resolved(
  days: Days,
  precision: DatePrecision,
  confidence: DateConfidence,
  reason: string,
): Resolved {
  return { ...days, precision, confidence, reason, calendar: "gregorian" };
}

/** The first of a month a number of months away. */
export function shiftMonth(day: Day, months: number): { year: number; month: number } {
  const index = yearOf(day) * 12 + monthOf(day) - 1 + months;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

/** Resolves a day, month or year; null when it does not exist or nothing tells where it lies. */
export function resolvePoint(parts: Parts, setting: Setting): Resolved | null {
  const point = resolveUnchecked(parts, setting);
  if (point === null) return null;
  const doubts = [parts.conflict, weekdayConflict(parts, point)].filter((doubt) => doubt !== undefined);
  const checked = doubts.length === 0 ? point : doubtful(point, doubts.join("; "));
  return parts.night && parts.weekday !== undefined && checked.start !== null
    ? {
        ...checked,
        start: addDays(checked.start, -1),
        precision: "range",
        reason: `${checked.reason}; the night may be the eve or the day's own`,
      }
    : checked;
}

export function doubtful(point: Resolved, doubt: string): Resolved {
  return { ...point, confidence: "doubtful", reason: `${point.reason}; ${doubt}` };
}

function weekdayConflict(parts: Parts, point: Resolved): string | undefined {
  if (parts.weekday === undefined || point.precision !== "day" || point.start === null) return undefined;
  return weekdayOf(point.start) === parts.weekday ? undefined : `${point.start} is another weekday`;
}

function resolveUnchecked(parts: Parts, setting: Setting): Resolved | null {
  if (parts.hijri && parts.month !== undefined) return resolveHijri(parts, setting);
  if (parts.month !== undefined || parts.monthShift !== undefined) {
    return parts.day === undefined ? resolveMonth(parts, setting) : resolveDate(parts, setting);
  }
  if (parts.relative !== undefined || parts.relativeToLast !== undefined)
    return resolveRelative(parts, setting);
  if (parts.weekday !== undefined) return resolveWeekday(parts, parts.weekday, setting);
  if (parts.year !== undefined || parts.yearShift !== undefined) return resolveYear(parts, setting);
  return parts.day === undefined ? null : resolveBareDay(parts.day, setting);
}

/** "يوم 29" in a report: of the month of its publication, when that day had come. */
function resolveBareDay(day: number, { context }: Setting): Resolved | null {
  const { anchor, mode } = context;
  if (anchor === null || mode !== "report") return null;
  const date = makeDay(yearOf(anchor), monthOf(anchor), day);
  if (date === null || date > anchor) return null;
  return resolved({ start: date, end: date }, "day", "inferred", `of the month of ${anchor}`);
}

function resolveRelative(parts: Parts, setting: Setting): Resolved | null {
  const { mode, anchor } = setting.context;
  const told = parts.relativeToLast !== undefined && mode === "report" ? (setting.last?.end ?? null) : null;
  if (told === null && mode === "report" && parts.relativeToLast === 1) return null;
  const base = told ?? (parts.relative === undefined ? (setting.last?.end ?? null) : anchor);
  if (base === null) return null;
  const day = addDays(base, (told === null ? parts.relative : parts.relativeToLast) ?? 0);
  return resolved({ start: day, end: day }, "day", "inferred", `counted from ${base}`);
}

function fromChoice(chosen: Chosen | null, precision: DatePrecision): Resolved | null {
  if (chosen === null) return null;
  const point = resolved(chosen.days, precision, chosen.certain ? "certain" : "inferred", chosen.reason);
  return chosen.doubt === undefined ? point : doubtful(point, chosen.doubt);
}

/** The month that "الشهر الجاري", "الشهر ذاته" name. */
export function shiftedMonth(shift: Shift, setting: Setting): { year: number; month: number } | null {
  const last = setting.last?.start ?? setting.last?.end ?? null;
  const base = shift === "same" ? last : setting.context.anchor;
  return base === null ? null : shiftMonth(base, shift === "same" ? 0 : shift);
}

function resolveDate(parts: Parts, setting: Setting): Resolved | null {
  const day = parts.day ?? 0;
  if (parts.month === undefined) {
    const month = shiftedMonth(parts.monthShift ?? 0, setting);
    const date = month === null ? null : makeDay(parts.year ?? month.year, month.month, day);
    return date === null
      ? null
      : resolved(
          { start: date, end: date },
          "day",
          "inferred",
          "the month is named by the words before or the anchor",
        );
  }
  const dayIn = (month: number) => (year: number) => {
    const date = makeDay(year, month, day);
    return date === null ? null : { start: date, end: date };
  };
  const first = fromChoice(chooseYear(parts, setting, dayIn(parts.month)), "day");
  if (!parts.twin) return first;
  const second = fromChoice(chooseYear(parts, setting, dayIn(parts.month === 10 ? 11 : 1)), "day");
  return chooseTwin(first, second, parts, setting);
}

/** "29 تشرين" without a number: the one on the named weekday, in a report the nearer past, else the first. */
function chooseTwin(
  first: Resolved | null,
  second: Resolved | null,
  parts: Parts,
  setting: Setting,
): Resolved | null {
  if (first === null || second === null) return first ?? second;
  const fits = (one: Resolved): boolean => one.start !== null && weekdayOf(one.start) === parts.weekday;
  const doubt = "two months bear this name";
  if (parts.weekday !== undefined && fits(first) !== fits(second))
    return doubtful(fits(first) ? first : second, doubt);
  const anchor = setting.context.anchor;
  const later = (second.start ?? "") > (first.start ?? "");
  const nearer =
    later && setting.context.mode === "report" && anchor !== null && (second.start ?? "") <= anchor;
  return doubtful(nearer ? second : first, doubt);
}

function resolveMonth(parts: Parts, setting: Setting): Resolved | null {
  const { month } = parts;
  if (month === undefined) {
    const shifted = shiftedMonth(parts.monthShift ?? 0, setting);
    const year = parts.year ?? (parts.yearShift === undefined ? null : shiftedYear(parts.yearShift, setting));
    const days = shifted && monthInterval(year ?? shifted.year, shifted.month);
    return (
      days && resolved(days, "month", "inferred", "the month is counted from the anchor or the date before")
    );
  }
  if (parts.twin) {
    const months = (year: number): Days | null => {
      const start = monthInterval(year, month);
      if (month === 10) return joined(start, monthInterval(year, 11));
      // The two months of كانون of one year are eleven months apart: a report before December means January.
      const { anchor, mode } = setting.context;
      const early = mode === "report" && anchor !== null && start !== null && anchor < start.start;
      return early && parts.year !== undefined ? monthInterval(year, 1) : start;
    };
    const both = fromChoice(chooseYear(parts, setting, months), month === 10 ? "range" : "month");
    return both && doubtful(both, "two months bear this name");
  }
  return fromChoice(
    chooseYear(parts, setting, (year) => monthInterval(year, month)),
    "month",
  );
}

function joined(first: Days | null, second: Days | null): Days | null {
  return first && second && { start: first.start, end: second.end };
}

function resolveYear(parts: Parts, setting: Setting): Resolved | null {
  if (parts.hijri && parts.year !== undefined) {
    const days = { start: hijriMonth(parts.year, 1).start, end: hijriMonth(parts.year, 12).end };
    return {
      ...resolved(days, "year", "inferred", "Hijri year, the ends may lie a day off"),
      calendar: "hijri",
    };
  }
  return fromChoice(chooseYear(parts, setting, yearDays), "year");
}

export function yearDays(year: number): Days | null {
  const start = makeDay(year, 1, 1);
  const end = makeDay(year, 12, 31);
  return start === null || end === null ? null : { start, end };
}

function resolveHijri(parts: Parts, setting: Setting): Resolved | null {
  const { month = 1, day } = parts;
  const daysIn = (hijriYear: number): Days | null => {
    if (day === undefined) return hijriMonth(hijriYear, month);
    const date = hijriDay(hijriYear, month, day);
    return date === null ? null : { start: date, end: date };
  };
  const given = parts.year;
  // A Gregorian year beside a Hijri month ("رمضان 2017") means the month that begins in it.
  const inYear = (year: number): Days | null => {
    const first = hijriYearOf(`${String(year).padStart(4, "0")}-01-01`);
    return (
      [first, first + 1].map(daysIn).find((days) => days !== null && yearOf(days.start) === year) ?? null
    );
  };
  const chosen: Chosen | null =
    given !== undefined && given < 1700 ? withDays(daysIn(given)) : chooseYear(parts, setting, inYear);
  const point = fromChoice(chosen, day === undefined ? "month" : "day");
  return (
    point && {
      ...point,
      calendar: "hijri",
      confidence: point.confidence === "doubtful" ? "doubtful" : "inferred",
      reason: `Hijri, may lie a day off (±1); ${point.reason}`,
    }
  );
}

function withDays(days: Days | null): Chosen | null {
  return days && { days, certain: true, reason: "written out" };
}

function resolveWeekday(parts: Parts, weekday: number, setting: Setting): Resolved | null {
  const { anchor, prefer } = setting.context;
  if (anchor === null) return null;
  const numbered = parts.day === undefined ? null : weekdayAndNumber(parts.day, weekday, anchor);
  if (numbered !== null) return numbered;
  if (parts.weekShift !== undefined) {
    const shift = parts.weekShift === "same" ? 0 : parts.weekShift;
    const first = weekStartOf(anchor, setting.context);
    const offset = (weekday - weekdayOf(first) + DAYS_IN_WEEK) % DAYS_IN_WEEK;
    const day = addDays(first, shift * DAYS_IN_WEEK + offset);
    return resolved(
      { start: day, end: day },
      "day",
      "inferred",
      `weekday of the week ${shift} from that of ${anchor}`,
    );
  }
  const back = (weekdayOf(anchor) - weekday + DAYS_IN_WEEK) % DAYS_IN_WEEK;
  const ahead = (weekday - weekdayOf(anchor) + DAYS_IN_WEEK) % DAYS_IN_WEEK;
  if (parts.thisWeekday && prefer !== "future") {
    return resolveWeekday({ weekday, weekShift: 0 }, weekday, setting);
  }
  const future = parts.weekdayShift === 1 || (parts.weekdayShift === undefined && prefer === "future");
  const offset = future ? ahead || DAYS_IN_WEEK : parts.weekdayShift === -1 ? -(back || DAYS_IN_WEEK) : -back;
  const day = addDays(anchor, offset);
  return resolved(
    { start: day, end: day },
    "day",
    "inferred",
    `${future ? "next" : "last"} such weekday seen from ${anchor}`,
  );
}

/** "الخميس 21": the nearest month in which the 21st is a Thursday, looking back first. */
function weekdayAndNumber(day: number, weekday: number, anchor: Day): Resolved | null {
  for (let distance = 0; distance <= WEEKDAY_REACH; distance += 1) {
    for (const months of distance === 1 ? [1, -1] : [-distance]) {
      const { year, month } = shiftMonth(anchor, months);
      const date = makeDay(year, month, day);
      if (date !== null && weekdayOf(date) === weekday) {
        return resolved(
          { start: date, end: date },
          "day",
          "inferred",
          `the month nearest to ${anchor} where ${dayOfMonth(date)} is that weekday`,
        );
      }
    }
  }
  return null;
}
