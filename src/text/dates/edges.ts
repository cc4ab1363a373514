import { addDays, type Day } from "../day.ts";
import { addAmount } from "./amounts.ts";
import { anyNumber, skipArticle } from "./counts.ts";
import { at, type Expression, type Match, type Resolved, type Setting } from "./parts.ts";
import { monthOrYear } from "./periods.ts";
import { resolvePoint } from "./resolve-point.ts";
import type { Token } from "./tokens.ts";

type Edge = Extract<Expression, { type: "edge" }>;
const UNITS = new Set(["day", "week", "month"]);

interface Units {
  readonly count: number;
  readonly unit: "day" | "week" | "month";
}

/** "ثلاثة أشهر", "10 أيام", "شهرين", after "أول" or "آخر". */
function countedUnits(tokens: readonly Token[], position: number): Match<Units> | null {
  const token = at(tokens, position);
  if (token.lex.dual && isUnit(token) && !token.clitics.article)
    return { value: { count: 2, unit: unitOf(token) }, next: position + 1 };
  const number = anyNumber(tokens, position);
  if (number === null) return null;
  const unit = at(tokens, number.next);
  if (!isUnit(unit) || unit.clitics.article || unit.clitics.preposition !== "" || unit.clitics.conjunction)
    return null;
  return { value: { count: number.value, unit: unitOf(unit) }, next: number.next + 1 };
}

/** "الأشهر الثلاثة", "الشهرين", "الأيام الـ 10", "الـ 10 أيام", before "الأولى" or "الأخيرة". */
function unitsWithArticle(tokens: readonly Token[], position: number): Match<Units> | null {
  const token = at(tokens, position);
  if (!isUnit(token)) {
    const digits = token.lex.role === "article" ? anyNumber(tokens, position + 1) : null;
    const unit = at(tokens, digits?.next ?? position);
    return digits === null || !isUnit(unit)
      ? null
      : { value: { count: digits.value, unit: unitOf(unit) }, next: digits.next + 1 };
  }
  if (!token.clitics.article) return null;
  if (token.lex.dual) return { value: { count: 2, unit: unitOf(token) }, next: position + 1 };
  const number = token.lex.plural ? anyNumber(tokens, skipArticle(tokens, position + 1)) : null;
  return number && { value: { count: number.value, unit: unitOf(token) }, next: number.next };
}

function isUnit(token: Token): boolean {
  return UNITS.has(token.lex.unit ?? "");
}

function unitOf(token: Token): Units["unit"] {
  const { unit } = token.lex;
  return unit === "month" || unit === "week" ? unit : "day";
}

const FIRST = /^ال(?:اولي|اول|اولين|اوليين|اوايل)$/;

/** "الأشهر الثلاثة الأولى من عام 2017", "أول عشرة أيام من أيلول", "آخر شهرين من 2016". */
export function edgeUnits(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  let side: Edge["side"] | null = null;
  let units: Match<Units> | null = null;
  if (!token.clitics.article && (token.lex.ordinal === 1 || token.lex.role === "last")) {
    side = token.lex.role === "last" ? "last" : "first";
    units = countedUnits(tokens, position + 1);
  } else {
    units = unitsWithArticle(tokens, position);
    const after = at(tokens, units?.next ?? position);
    if (FIRST.test(after.text)) side = "first";
    else if (after.lex.role === "last" && after.clitics.article) side = "last";
    else if (after.text === "الاخيرين") side = "last";
    units = units && { ...units, next: units.next + 1 };
  }
  if (units === null || side === null || units.value.count > 60) return null;
  const joint = at(tokens, units.next);
  const isOf = ["from", "in"].includes(joint.lex.role ?? "") || ["ب", "ل"].includes(joint.text);
  const start = isOf ? units.next + 1 : units.next;
  const period = monthOrYear(tokens, start, true) ?? thisPeriod(tokens, start, isOf);
  if (period === null) return null;
  return { value: { type: "edge", ...units.value, side, parts: period.value }, next: period.next };
}

/** "من الشهر", "من العام": the current one. */
function thisPeriod(tokens: readonly Token[], position: number, isOf: boolean): Match<Edge["parts"]> | null {
  const { lex, clitics } = at(tokens, position);
  if (!isOf || !clitics.article || lex.plural || lex.dual) return null;
  if (lex.unit === "month") return { value: { monthShift: 0 }, next: position + 1 };
  return lex.unit === "year" ? { value: { yearShift: 0 }, next: position + 1 } : null;
}

/** The first or last days, weeks or months of a period; null when it is no longer than they are. */
export function resolveEdge({ count, unit, side, parts }: Edge, setting: Setting): Resolved | null {
  const whole = resolvePoint(parts, setting);
  if (whole === null || whole.start === null || whole.end === null || whole.precision === "day") return null;
  const first = side === "first";
  const past = addDays(whole.end, 1);
  const border: Day = first
    ? addAmount(whole.start, { count, unit }, 1)
    : addAmount(past, { count, unit }, -1);
  const start = first ? whole.start : border;
  const end = first ? addDays(border, -1) : whole.end;
  if (start < whole.start || end > whole.end) return null;
  const reason = `${side} ${count} ${unit}(s) of ${whole.start}…${whole.end}; ${whole.reason}`;
  return { ...whole, start, end, precision: start === end ? "day" : "range", reason };
}
