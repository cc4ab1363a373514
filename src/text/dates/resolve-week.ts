import { addDays, type Day, makeDay, weekdayOf } from "../day.ts";
import type { DateContext } from "./mention.ts";
import type { Parts, Resolved, Setting, Shift } from "./parts.ts";
import { resolved, resolvePoint, weekStartOf } from "./resolve-point.ts";
import type { Days } from "./years.ts";

const FRIDAY = 5;

/** First and last of three days at the beginning, middle and end of a week. */
const WEEK_PARTS: Readonly<Record<string, readonly [number, number]>> = {
  early: [0, 2],
  start: [0, 2],
  mid: [2, 4],
  late: [4, 6],
};

/** "الأسبوع الماضي", "مطلع الأسبوع", "نهاية الأسبوع" (Friday and Saturday in Syria), "بقية الأسبوع". */
export function resolveWeek(shift: Shift | 2, part: string | undefined, setting: Setting): Resolved | null {
  const base = shift === "same" ? (setting.last?.start ?? null) : setting.context.anchor;
  if (base === null) return null;
  const first = addDays(weekStartOf(base, setting.context), shift === "same" ? 0 : 7 * shift);
  const reason = `calendar week seen from ${base}`;
  const days = (start: Day, end: Day): Resolved => resolved({ start, end }, "range", "inferred", reason);
  if (part === "weekend") {
    const friday = addDays(first, (FRIDAY - weekdayOf(first) + 7) % 7);
    return days(friday, addDays(friday, 1));
  }
  if (part === "rest") return days(base, addDays(first, 6));
  const span = part === undefined ? undefined : WEEK_PARTS[part];
  if (span !== undefined) return days(addDays(first, span[0]), addDays(first, span[1]));
  return resolved({ start: first, end: addDays(first, 6) }, "week", "inferred", reason);
}

/** "أسبوع 15 أيلول": the calendar week in which the day lies. */
export function resolveWeekOf(parts: Parts, setting: Setting): Resolved | null {
  const day = resolvePoint(parts, setting);
  if (day === null || day.start === null) return null;
  const first = weekStartOf(day.start, setting.context);
  return { ...day, start: first, end: addDays(first, 6), precision: "week" };
}

/** The nth week of a year, counted as ISO 8601 does: the first holds 4 January; 0 is the last. */
export function weekOfYear(week: number, year: number, context: DateContext): Days | null {
  const inside = week === 0 ? makeDay(year, 12, 31) : makeDay(year, 1, 4);
  if (inside === null || week > 53) return null;
  const first = addDays(weekStartOf(inside, context), week === 0 ? 0 : 7 * (week - 1));
  return { start: first, end: addDays(first, 6) };
}

/** Weeks ahead are counted as the calendar has them, from the next one on. */
export function weeksAhead(count: number, anchor: Day, context: DateContext): Resolved {
  const first = addDays(weekStartOf(anchor, context), 7);
  const days = { start: first, end: addDays(first, 7 * count - 1) };
  return resolved(days, "range", "inferred", `${count} weeks after that of ${anchor}`);
}
