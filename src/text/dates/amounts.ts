import { addDays, type Day, dayOfMonth, daysInMonth, makeDay } from "../day.ts";
import type { Amount } from "./parts.ts";
import { shiftMonth } from "./resolve-point.ts";

const HOURS_IN_DAY = 24;

/** A day a number of months away; the 31st becomes the last day of a shorter month. */
function addMonths(day: Day, months: number): Day {
  const { year, month } = shiftMonth(day, months);
  return makeDay(year, month, Math.min(dayOfMonth(day), daysInMonth(year, month))) ?? day;
}

/** The day an amount of time after (1) or before (-1) another; a part of a day counts as a whole one. */
export function addAmount(day: Day, amount: Amount, sign: -1 | 1): Day {
  const { count, unit } = amount;
  if (unit === "hour") return addDays(day, sign * Math.ceil(count / HOURS_IN_DAY));
  if (unit === "day") return addDays(day, sign * count);
  if (unit === "week") return addDays(day, sign * 7 * count);
  const months = unit === "month" ? count : unit === "year" ? 12 * count : 120 * count;
  return addMonths(day, sign * months);
}
