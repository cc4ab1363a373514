import { addDays, type Day, makeDay, monthInterval, monthOf, weekdayOf, yearOf } from "../day.ts";
import { addAmount } from "./amounts.ts";
import { resolveEdge } from "./edges.ts";
import { resolveOffset } from "./offsets.ts";
import type { Amount, Expression, Parts, Resolved, Setting } from "./parts.ts";
import { resolvePart } from "./resolve-part.ts";
import { doubtful, resolved, resolvePoint } from "./resolve-point.ts";
import { resolveWeek, resolveWeekOf, weeksAhead } from "./resolve-week.ts";

/** Reads an expression against its setting; null when it names no day there. */
export function resolve(expression: Expression, setting: Setting): Resolved | null {
  switch (expression.type) {
    case "point":
      return resolvePoint(expression.parts, setting);
    case "part":
      return resolvePart(expression.part, expression.parts, setting);
    case "edge":
      return resolveEdge(expression, setting);
    case "nth":
      return resolveNth(expression, setting);
    case "lastDay":
      return resolveLastDay(expression.parts, setting);
    case "week":
      return resolveWeek(expression.shift, expression.part, setting);
    case "weekOf":
      return resolveWeekOf(expression.parts, setting);
    case "counted":
      return resolveCounted(expression, setting);
    case "ago":
      return resolveAgo(expression.amounts, expression.sign, expression.vague, setting);
    case "offset":
      return resolveOffset(expression, resolve(expression.of, setting));
    case "nights":
      return resolveRange(
        { type: "point", parts: expression.from },
        { type: "point", parts: expression.to },
        setting,
      );
    case "lastNight":
      return resolveLastNight(setting);
    case "decade":
      return resolveDecade(expression, setting);
    case "season":
      return resolveSeason(expression.season, expression.parts, setting);
    case "range":
      return resolveRange(expression.from, expression.to, setting);
    default:
      return resolveOpen(expression.type, expression.of, setting);
  }
}

function resolveNth(expression: Extract<Expression, { type: "nth" }>, setting: Setting): Resolved | null {
  const { weekday, ordinal, parts } = expression;
  if (expression.maybeDay && ordinal > 0) {
    const day = resolvePoint({ ...parts, day: ordinal }, setting);
    if (day?.start && weekdayOf(day.start) === weekday) return day;
  }
  const month = resolvePoint(parts, setting);
  if (month === null || month.start === null || month.end === null) return null;
  const first = addDays(month.start, (weekday - weekdayOf(month.start) + 7) % 7);
  const last = addDays(month.end, -((weekdayOf(month.end) - weekday + 7) % 7));
  const day = ordinal === 0 ? last : addDays(first, 7 * (ordinal - 1));
  if (day > month.end) return null;
  return {
    ...month,
    start: day,
    end: day,
    precision: "day",
    reason: `counted in the month; ${month.reason}`,
  };
}

function resolveLastDay(parts: Parts, setting: Setting): Resolved | null {
  const month = resolvePoint(parts, setting);
  return month && { ...month, start: month.end, precision: "day" };
}

function resolveCounted(
  expression: Extract<Expression, { type: "counted" }>,
  setting: Setting,
): Resolved | null {
  const { anchor } = setting.context;
  const { count, unit, shift, vague } = expression;
  if (anchor === null || !isWithinReach(count, unit)) return null;
  if (unit === "decade") return decades(anchor, count, shift);
  if (unit === "week" && shift > 0) return weeksAhead(count, anchor, setting.context);
  const far = addAmount(anchor, { count, unit }, shift);
  const near = unit === "hour" ? anchor : addDays(anchor, shift);
  const days = shift < 0 ? { start: far, end: near } : { start: near, end: far };
  const reason = `${count} ${unit}(s) ${shift < 0 ? "before" : "after"} ${anchor}${unit === "hour" ? ", that day included" : ", that day not included"}`;
  return resolved(days, days.start === days.end ? "day" : "range", vague ? "doubtful" : "inferred", reason);
}

function decades(anchor: Day, count: number, shift: -1 | 1): Resolved {
  const current = Math.floor(yearOf(anchor) / 10) * 10;
  const first = shift < 0 ? current - 10 * count : current + 10;
  const days = { start: `${first}-01-01`, end: `${first + 10 * count - 1}-12-31` };
  return resolved(days, "decade", "inferred", `${count} decade(s) from ${anchor}`);
}

const REACH: Readonly<Record<string, number>> = {
  hour: 9999,
  day: 9999,
  week: 1500,
  month: 1200,
  year: 500,
  decade: 20,
};

/** Keeps the arithmetic inside the years 1 to 9999. */
function isWithinReach(count: number, unit: string): boolean {
  return count <= (REACH[unit] ?? 0);
}

function resolveAgo(
  amounts: readonly Amount[],
  sign: -1 | 1,
  vague: boolean,
  setting: Setting,
): Resolved | null {
  let day = setting.context.anchor;
  if (day === null || amounts.some((amount) => !isWithinReach(amount.count, amount.unit))) return null;
  for (const amount of amounts) day = addAmount(day, amount, sign);
  return resolved(
    { start: day, end: day },
    "day",
    vague ? "doubtful" : "inferred",
    `counted from ${setting.context.anchor}`,
  );
}

function resolveLastNight(setting: Setting): Resolved | null {
  const { anchor } = setting.context;
  return anchor === null
    ? null
    : resolved(
        { start: addDays(anchor, -1), end: anchor },
        "range",
        "inferred",
        `the night before ${anchor}`,
      );
}

function resolveDecade(
  expression: Extract<Expression, { type: "decade" }>,
  setting: Setting,
): Resolved | null {
  const { decade, century } = expression;
  const now = setting.context.anchor === null ? 2000 : yearOf(setting.context.anchor);
  const base = century === undefined ? (2000 + decade <= now ? 2000 : 1900) : 100 * (century - 1);
  const first = base + decade;
  if (first < 100 || first > 9000) return null;
  return resolved(
    { start: `${String(first).padStart(4, "0")}-01-01`, end: `${String(first + 9).padStart(4, "0")}-12-31` },
    "decade",
    "inferred",
    "decade",
  );
}

/** Meteorological seasons: three whole months; winter begins in December of the year that is named. */
function resolveSeason(season: number, parts: Parts, setting: Setting): Resolved | null {
  const anchor = setting.context.anchor;
  let year = parts.monthShift === undefined ? undefined : anchor === null ? null : yearOf(anchor);
  if (year === undefined) {
    const whole = resolvePoint(parts, setting);
    year = whole?.start === null || whole === null ? null : yearOf(whole.start);
  } else if (year !== null && anchor !== null && parts.monthShift === -1 && monthOf(anchor) < season + 3) {
    year -= 1;
  } else if (year !== null && anchor !== null && parts.monthShift === 1 && monthOf(anchor) >= season) {
    year += 1;
  }
  if (year === null || year < 1 || year > 9998) return null;
  const start = makeDay(year, season, 1);
  const end = season === 12 ? monthInterval(year + 1, 2)?.end : monthInterval(year, season + 2)?.end;
  return start === null || end === undefined
    ? null
    : resolved({ start, end }, "season", "inferred", "season of three whole months");
}

/** Both ends in one year, or over the turn of a year, when neither names its year. */
function resolveEnds(from: Expression, to: Expression, setting: Setting): [Resolved | null, Resolved | null] {
  const [left, right] = [yearless(from), yearless(to)];
  if (left === null || right === null) return [resolve(from, setting), resolve(to, setting)];
  const turns = (left.month ?? 0) > (right.month ?? 0);
  const known = resolvePoint(turns ? right : left, setting);
  if (known === null || known.start === null) return [null, null];
  const year = yearOf(known.start);
  if (turns) return [resolvePoint({ ...left, year: year - 1 }, setting), known];
  return [known, resolvePoint({ ...right, year }, setting)];
}

function yearless(one: Expression): Parts | null {
  if (one.type !== "point" || one.parts.month === undefined || one.parts.hijri || one.parts.twin) return null;
  const { year, yearShift, monthShift } = one.parts;
  return year === undefined && yearShift === undefined && monthShift === undefined ? one.parts : null;
}

function resolveRange(from: Expression, to: Expression, setting: Setting): Resolved | null {
  const [first, second] = resolveEnds(from, to, setting);
  if (first === null || second === null || first.start === null || second.end === null) return null;
  const confidence = [first, second].some((end) => end.confidence === "doubtful")
    ? "doubtful"
    : [first, second].every((end) => end.confidence === "certain")
      ? "certain"
      : "inferred";
  const reason = first.reason === second.reason ? first.reason : `${first.reason}; ${second.reason}`;
  const calendar = first.calendar === "hijri" || second.calendar === "hijri" ? "hijri" : "gregorian";
  if (first.start <= second.end)
    return { start: first.start, end: second.end, precision: "range", calendar, confidence, reason };
  const swapped: Resolved = {
    start: second.start ?? second.end,
    end: first.end ?? first.start,
    precision: "range",
    calendar,
    confidence,
    reason,
  };
  return doubtful(swapped, "the ends were written the wrong way round");
}

function resolveOpen(
  type: "since" | "until" | "before" | "after",
  of: Expression,
  setting: Setting,
): Resolved | null {
  const point = resolve(of, setting);
  if (point === null) return null;
  const { anchor } = setting.context;
  if (type === "since" && point.start !== null) {
    const ahead = setting.context.mode === "report" ? point.end : null;
    const end = anchor !== null && point.start <= anchor ? anchor : ahead;
    return {
      ...point,
      end,
      precision: point.start === end ? "day" : "range",
      reason: `from there to ${end ?? "an open end"}; ${point.reason}`,
    };
  }
  if (type === "until")
    return { ...point, start: null, precision: "range", reason: `up to there; ${point.reason}` };
  if (type === "before" && point.start !== null)
    return {
      ...point,
      start: null,
      end: addDays(point.start, -1),
      precision: "range",
      reason: `before it; ${point.reason}`,
    };
  if (type === "after" && point.end !== null)
    return {
      ...point,
      start: addDays(point.end, 1),
      end: null,
      precision: "range",
      reason: `after it; ${point.reason}`,
    };
  return null;
}
