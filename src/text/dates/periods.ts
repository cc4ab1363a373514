import { closesNumber, monthAndYear, numericDate } from "./absolute.ts";
import { ordinalWords } from "./counts.ts";
import { weekShift } from "./days.ts";
import { yearPhrase } from "./months.ts";
import {
  at,
  type Expression,
  isEnd,
  isMark,
  type Match,
  type Part,
  type Parts,
  type Shift,
} from "./parts.ts";
import type { Token } from "./tokens.ts";

/** A month with or without year, or a year: what "أواخر", "النصف الأول من" can be part of. */
export function monthOrYear(tokens: readonly Token[], position: number, cue: boolean): Match<Parts> | null {
  const numeric = numericDate(tokens, position, false);
  if (numeric !== null && numeric.value !== null && numeric.value.day === undefined) {
    return { value: numeric.value, next: numeric.next };
  }
  const month = monthAndYear(tokens, position, { withDay: false });
  if (month !== null && (cue || !month.value.weak)) return { value: month.value.parts, next: month.next };
  if (isMark(at(tokens, position), "،,.-/")) return null;
  return yearPhrase(tokens, position, { bare: cue });
}

function skipOf(tokens: readonly Token[], position: number): number {
  const token = at(tokens, position);
  const isOf = ["from", "in"].includes(token.lex.role ?? "") || ["ب", "ل"].includes(token.text);
  const next = isOf ? position + 1 : position;
  return at(tokens, next).text === "the" ? next + 1 : next;
}

/** "أوائل أيلول", "منتصف الشهر الجاري", "أواخر 2016", "مطلع العام", "نهاية الأسبوع". */
export function partPhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  const { part } = token.lex;
  if (part === undefined) return edgePhrase(tokens, position);
  const of = skipOf(tokens, isMark(at(tokens, position + 1), "-") ? position + 2 : position + 1);
  const week = weekAt(tokens, of);
  if (week !== null) {
    const whole = part === "end" ? "weekend" : part;
    return { value: { type: "week", shift: week.value, part: whole }, next: week.next };
  }
  const period = monthOrYear(tokens, of, true) ?? plainYear(tokens, of);
  return period && { value: { type: "part", part, parts: period.value }, next: period.next };
}

/** "آخر أيلول", "آخر 2016", "أول 2017": the end or the beginning of what follows. */
function edgePhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const { lex, clitics } = at(tokens, position);
  const next = at(tokens, position + 1);
  if (clitics.article || (lex.role !== "last" && lex.ordinal !== 1)) return null;
  const period = monthOrYear(tokens, position + 1, next.lex.ordinal === undefined);
  if (period === null || next.lex.role !== undefined) return null;
  if (lex.role === "last")
    return { value: { type: "part", part: "end", parts: period.value }, next: period.next };
  if (period.value.month !== undefined || period.value.monthShift !== undefined) return null;
  return { value: { type: "part", part: "start", parts: period.value }, next: period.next };
}

/** "العام" alone after "مطلع": this year. */
function plainYear(tokens: readonly Token[], position: number): Match<Parts> | null {
  const token = at(tokens, position);
  if (token.lex.unit !== "year" || !token.clitics.article || token.lex.plural || token.lex.dual) return null;
  return { value: { yearShift: 0 }, next: position + 1 };
}

function weekAt(tokens: readonly Token[], position: number): Match<Shift | 2> | null {
  const shifted = weekShift(tokens, position);
  if (shifted !== null) return shifted;
  const token = at(tokens, position);
  const whole = token.clitics.article || token.text === "اسبوعي";
  const plain = token.lex.unit === "week" && whole && !token.lex.plural && !token.lex.dual;
  return plain ? { value: 0, next: position + 1 } : null;
}

/** "النصف الأول من أيلول", "الربع الثالث من عام 2016". */
export function sharePhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  const { role } = token.lex;
  const shares = role === "half" ? 2 : role === "third" ? 3 : role === "quarter" ? 4 : 0;
  if (shares === 0) return englishShare(tokens, position);
  const final = at(tokens, position + 1).lex.role === "last" && at(tokens, position + 1).clitics.article;
  const ordinal = final ? { value: shares, next: position + 2 } : ordinalWords(tokens, position + 1);
  if (ordinal === null) {
    const middle = role === "half" ? monthOrYear(tokens, position + 1, false) : null;
    return middle && middle.value.month !== undefined
      ? { value: { type: "part", part: "mid", parts: middle.value }, next: middle.next }
      : null;
  }
  if (ordinal.value > shares) return null;
  const period =
    monthOrYear(tokens, skipOf(tokens, ordinal.next), true) ??
    plainYear(tokens, skipOf(tokens, ordinal.next));
  if (period === null) return null;
  const part: Part = `${role === "half" ? "half" : role === "third" ? "third" : "quarter"}${ordinal.value}`;
  return { value: { type: "part", part, parts: period.value }, next: period.next };
}

/** "first half of October 2017": the number before the share. */
function englishShare(tokens: readonly Token[], position: number): Match<Expression> | null {
  const { ordinal } = at(tokens, position).lex;
  const share = at(tokens, position + 1).text;
  if (ordinal === undefined || (share !== "half" && share !== "quarter") || ordinal > 4) return null;
  const period = monthOrYear(tokens, skipOf(tokens, position + 2), true);
  if (period === null || (share === "half" && ordinal > 2)) return null;
  return { value: { type: "part", part: `${share}${ordinal}`, parts: period.value }, next: period.next };
}

const LAST_WEEK = 0;

/** "الأسبوع الأول من أيلول", "أول أسبوع بشهر 10", "الأسبوع الأخير من تموز": the number, 0 for the last. */
export function weekOfPeriod(tokens: readonly Token[], position: number): Match<Expression> | null {
  const head = unitWithOrdinal(tokens, position, "week");
  if (head === null) return null;
  const other = at(tokens, head.next);
  const isPair = other.clitics.conjunction && other.clitics.article && head.value !== LAST_WEEK;
  const second = isPair ? ordinalWords(tokens, head.next) : null;
  const of = skipOf(tokens, second?.next ?? head.next);
  const period = monthOrYear(tokens, of, true) ?? numberlessMonth(tokens, of);
  if (period === null) return null;
  const week = (number: number): Expression => ({ type: "part", part: `week${number}`, parts: period.value });
  const first = week(head.value);
  const value: Expression = second ? { type: "range", from: first, to: week(second.value) } : first;
  return { value, next: period.next };
}

/** "من الشهر": this month, after a preposition. */
function numberlessMonth(tokens: readonly Token[], position: number): Match<Parts> | null {
  const token = at(tokens, position);
  if (token.lex.unit !== "month" || token.lex.plural || token.lex.dual) return null;
  return token.clitics.article ? { value: { monthShift: 0 }, next: position + 1 } : null;
}

/** "الأسبوع الثالث", "ثالث أسبوع", "آخر أسبوع". */
function unitWithOrdinal(tokens: readonly Token[], position: number, unit: string): Match<number> | null {
  const token = at(tokens, position);
  const after = at(tokens, position + 1);
  const isUnit = (one: Token): boolean => one.lex.unit === unit && !one.lex.plural && !one.lex.dual;
  if (isUnit(token)) {
    if (after.lex.role === "last" && after.clitics.article) return { value: LAST_WEEK, next: position + 2 };
    const ordinal = after.clitics.article ? ordinalWords(tokens, position + 1) : null;
    return ordinal;
  }
  if (!isUnit(after) || after.clitics.article) return null;
  if (token.lex.role === "last") return { value: LAST_WEEK, next: position + 2 };
  return token.lex.ordinal === undefined ? null : { value: token.lex.ordinal, next: position + 2 };
}

/** "أول جمعة من تموز", "الثلاثاء الأخير من شهر مارس", "آخر يوم بشهر 10". */
export function nthDay(tokens: readonly Token[], position: number): Match<Expression> | null {
  const first = at(tokens, position);
  let start = position;
  let ordinal = first.lex.role === "last" ? 0 : first.lex.ordinal;
  const maybeDay = ordinal === undefined;
  if (ordinal !== undefined) {
    start += 1;
    if (at(tokens, start).lex.unit === "day" && at(tokens, start + 1).lex.weekday !== undefined) start += 1;
  }
  const named =
    ordinal === undefined && at(tokens, start).text === "يوم" && at(tokens, start + 1).clitics.article;
  if (named) start += 1;
  const token = at(tokens, start);
  const { weekday } = token.lex;
  if (weekday === undefined && token.lex.unit !== "day") return null;
  if (
    token.lex.plural ||
    token.lex.dual ||
    (token.lex.relative !== undefined && ordinal === undefined && !isLast(tokens, start))
  )
    return null;
  let next = start + 1;
  if (ordinal === undefined) {
    const after = at(tokens, next);
    if (after.lex.role === "last" && after.clitics.article) ordinal = 0;
    else if (after.clitics.article && after.lex.ordinal !== undefined && weekday !== undefined)
      ordinal = after.lex.ordinal;
    else return null;
    next += 1;
  }
  if (ordinal > 5) return null;
  const alone = closesNumber(at(tokens, next)) && !["from", "in"].includes(at(tokens, next).lex.role ?? "");
  if (
    alone &&
    start - position === (named ? 1 : 0) &&
    weekday !== undefined &&
    token.clitics.article &&
    ordinal > 0
  ) {
    return { value: { type: "nth", weekday, ordinal, parts: { monthShift: 0 } }, next };
  }
  const of = skipOf(tokens, next);
  const period = monthOrYear(tokens, of, true) ?? numberlessMonth(tokens, of);
  if (period === null || (period.value.month === undefined && period.value.monthShift === undefined))
    return null;
  if (weekday !== undefined)
    return { value: { type: "nth", weekday, ordinal, parts: period.value, maybeDay }, next: period.next };
  if (ordinal === 0) return { value: { type: "lastDay", parts: period.value }, next: period.next };
  return { value: { type: "point", parts: { ...period.value, day: ordinal } }, next: period.next };
}

function isLast(tokens: readonly Token[], position: number): boolean {
  return at(tokens, position + 1).lex.role === "last";
}

/** "الأسبوع الماضي", "هذا الأسبوع", "عطلة نهاية الأسبوع", "أسبوع 15 أيلول" is read elsewhere. */
export function weekPhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  if (token.text === "عطله" && at(tokens, position + 1).lex.part === "end") {
    const week = weekAt(tokens, position + 2);
    return week && { value: { type: "week", shift: week.value, part: "weekend" }, next: week.next };
  }
  if (["بقيه", "باقي"].includes(token.text)) {
    const week = weekAt(tokens, position + 1);
    if (week !== null) return { value: { type: "week", shift: week.value, part: "rest" }, next: week.next };
    const period = numberlessMonth(tokens, position + 1) ?? plainYear(tokens, position + 1);
    return period && { value: { type: "part", part: "rest", parts: period.value }, next: period.next };
  }
  const english = token.lex.shift;
  if (/^[a-z]/.test(token.text) && english !== undefined && at(tokens, position + 1).text === "week") {
    return { value: { type: "week", shift: english }, next: position + 2 };
  }
  if (token.lex.role === "from") return null;
  if (isEnd(at(tokens, position - 1)) && isEnd(at(tokens, position + 1))) {
    const only = weekAt(tokens, position);
    if (only !== null) return { value: { type: "week", shift: only.value }, next: only.next };
  }
  const shift = weekShift(tokens, position);
  return shift && { value: { type: "week", shift: shift.value }, next: shift.next };
}
