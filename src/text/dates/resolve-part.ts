import { addDays, type Day, dayOfMonth, monthInterval, yearOf } from "../day.ts";
import type { DateContext } from "./mention.ts";
import type { Part, Parts, Resolved, Setting } from "./parts.ts";
import { resolvePoint } from "./resolve-point.ts";
import { weekOfYear } from "./resolve-week.ts";
import type { Days } from "./years.ts";

/** "أوائل أيلول", "النصف الأول من 2017", "الأسبوع الثالث من تموز", "بقية الشهر". */
export function resolvePart(part: Part, parts: Parts, setting: Setting): Resolved | null {
  const whole = resolvePoint(parts, setting);
  if (whole === null || whole.start === null || whole.end === null) return null;
  const { anchor } = setting.context;
  if (part === "rest") return anchor === null ? null : { ...whole, start: anchor, precision: "range" };
  const days =
    whole.precision === "year"
      ? partOfYear(part, yearOf(whole.start), setting.context)
      : partOfMonth(part, whole.start, whole.end);
  return (
    days && {
      ...whole,
      ...days,
      precision: part.startsWith("week") ? "week" : "range",
      reason: `${part} of ${whole.start}…${whole.end}; ${whole.reason}`,
    }
  );
}

/** Thirds of a month: 1–10, 11–20, 21–end; halves 1–15 and 16–end; weeks of seven days from the first. */
function partOfMonth(part: Part, start: Day, end: Day): Days | null {
  const from = (first: number, last: number): Days => ({
    start: addDays(start, first - 1),
    end: addDays(start, last - 1),
  });
  if (["early", "start", "third1"].includes(part)) return from(1, 10);
  if (part === "mid" || part === "third2") return from(11, 20);
  if (["late", "end", "third3"].includes(part)) return { start: addDays(start, 20), end };
  if (part === "half1") return from(1, 15);
  if (part === "half2") return { start: addDays(start, 15), end };
  if (!part.startsWith("week")) return null;
  const week = Number(part.slice(4));
  if (week === 0) return { start: addDays(end, -6), end };
  const first = 7 * (week - 1) + 1;
  const last = Math.min(first + 6, dayOfMonth(end));
  return week > 5 || first > last ? null : from(first, last);
}

/** January, the first quarter, May to August, the last quarter, December; halves and quarters; ISO weeks. */
function partOfYear(part: Part, year: number, context: DateContext): Days | null {
  const months = (first: number, last: number): Days | null => {
    const from = monthInterval(year, first);
    const to = monthInterval(year, last);
    return from && to && { start: from.start, end: to.end };
  };
  if (part.startsWith("quarter")) return months(3 * Number(part.slice(7)) - 2, 3 * Number(part.slice(7)));
  if (part.startsWith("third")) return months(4 * Number(part.slice(5)) - 3, 4 * Number(part.slice(5)));
  if (part.startsWith("week")) return weekOfYear(Number(part.slice(4)), year, context);
  const spans: Readonly<Record<string, readonly [number, number]>> = {
    early: [1, 3],
    start: [1, 1],
    mid: [5, 8],
    late: [10, 12],
    end: [12, 12],
    half1: [1, 6],
    half2: [7, 12],
  };
  const span = spans[part];
  return span === undefined ? null : months(span[0], span[1]);
}
