import { closesNumber, countsSomething } from "./absolute.ts";
import { anyNumber, dayNumber } from "./counts.ts";
import { skipClock, weekShift } from "./days.ts";
import { monthPhrase, yearPhrase } from "./months.ts";
import { at, type Draft, type Expression, isMark, type Match, type Parts } from "./parts.ts";
import { point } from "./points.ts";
import type { Token } from "./tokens.ts";

type Joint = "to" | "and";

/** Skips "يومي", "عامي", "شهري", "أيام", "الفترة" that announce two dates. */
export function skipPlural(tokens: readonly Token[], position: number): number {
  const token = at(tokens, position);
  const announces = [
    "يومي",
    "عامي",
    "شهري",
    "سنتي",
    "ايام",
    "الايام",
    "اعوام",
    "الاعوام",
    "السنوات",
    "الفتره",
    "تاريخي",
    "ليلتي",
  ].includes(token.text.replace(/^[بو]/, ""));
  return announces ? position + 1 : position;
}

/** What joins the ends of a range, and where the second end begins. */
function joint(tokens: readonly Token[], position: number, kind: Joint): number | null {
  const token = at(tokens, position);
  if (isMark(token, "-–—") || token.text === "ـ") return position + 1;
  if (kind === "and") {
    if (token.text === "و" || token.text === "and") return position + 1;
    if (token.clitics.conjunction || token.text === "وال") return position;
    return token.lex.role === "to" ? position + 1 : null;
  }
  if (token.text === "لليوم") return position;
  if (token.lex.role === "to") return at(tokens, position + 1).text === "غايه" ? position + 2 : position + 1;
  if (token.text === "ل") return position + 1;
  const { lex, clitics } = token;
  const dated = clitics.article || lex.role === "last" || (lex.month ?? lex.part ?? lex.unit) !== undefined;
  return clitics.preposition === "ل" && dated ? position : null;
}

/** An end of a range: a day number alone, or any date. */
export function bareDay(tokens: readonly Token[], position: number): Match<number> | null {
  let start = position;
  if (["يوم", "اليوم", "تاريخ"].includes(at(tokens, start).text) && dayNumber(tokens, start + 1) !== null)
    start += 1;
  const { clitics, lex } = at(tokens, start);
  if (clitics.preposition !== "" && !clitics.article) return null;
  if (clitics.article && lex.weekday !== undefined) return null;
  return dayNumber(tokens, start);
}

/** Fills what one end of a range or list leaves to the other. */
export function withFieldsOf(one: Parts, other: Parts, before: boolean): Parts {
  const dayOnly = one.month === undefined && one.monthShift === undefined && one.relative === undefined;
  if (one.day !== undefined && dayOnly) {
    const { day: _day, weekday: _weekday, night: _night, relative: _relative, ...rest } = other;
    return { ...rest, ...one };
  }
  if (
    one.month === undefined ||
    one.year !== undefined ||
    one.yearShift !== undefined ||
    one.monthShift !== undefined
  )
    return one;
  if (other.year === undefined) return one;
  const crosses = other.month !== undefined && (before ? one.month > other.month : one.month < other.month);
  return { ...one, year: other.year + (crosses ? (before ? -1 : 1) : 0) };
}

/** The night between two named days is just both days. */
function withoutNight(one: Expression): Expression {
  if (one.type !== "point" || !one.parts.night) return one;
  const { night: _night, ...parts } = one.parts;
  return { type: "point", parts };
}

/** "ليلة السبت/الأحد", "ليلة السبت على الأحد", "ليلة السبت الأحد": where the second weekday stands. */
function nightJoint(tokens: readonly Token[], position: number, first: Expression): number | null {
  if (first.type !== "point" || !first.parts.night || first.parts.weekday === undefined) return null;
  const joined = isMark(at(tokens, position), "/\\") || at(tokens, position).text === "علي";
  const next = joined ? position + 1 : position;
  const { lex, clitics } = at(tokens, next);
  return lex.weekday !== undefined && clitics.article && clitics.preposition === "" ? next : null;
}

function completed(first: Expression, to: Expression): Expression {
  const from = withoutNight(first);
  if (from.type !== "point" || to.type !== "point") return { type: "range", from, to };
  const left = { type: "point", parts: withFieldsOf(from.parts, to.parts, true) } as const;
  const right = { type: "point", parts: withFieldsOf(to.parts, left.parts, false) } as const;
  return { type: "range", from: left, to: right };
}

/** Whether a compared pair is meant: "قارن بين …", "ما الفرق بين …". */
function isCompared(tokens: readonly Token[], position: number): boolean {
  for (let back = 1; back <= 6; back += 1) {
    const token = at(tokens, position - back);
    if (token.lex.role === "compare") return true;
    if (token.line || isMark(token, ".؟!")) break;
  }
  for (let ahead = 1; ahead <= 15; ahead += 1) if (at(tokens, position + ahead).text === "ايهما") return true;
  return false;
}

/** "من 5 إلى 10 أيلول", "بين 28 أيلول و3 تشرين الأول", "28–29 تشرين الأول 2017", "تموز 13 الى 15". */
export function rangeAt(tokens: readonly Token[], position: number): Draft | null {
  const { role } = at(tokens, position).lex;
  const between =
    role === "between" ||
    (at(tokens, position).text === "ما" && at(tokens, position + 1).lex.role === "between");
  if (between) {
    const start = skipPlural(tokens, position + (role === "between" ? 1 : 2));
    return isCompared(tokens, position) ? null : ends(tokens, position, start, "and");
  }
  if (role === "from" || role === "since") {
    const skip = role === "since" && at(tokens, position + 1).lex.role === "from" ? 2 : 1;
    return ends(tokens, position, skipPlural(tokens, position + skip), "to");
  }
  return (
    daysAfterMonth(tokens, position) ??
    ends(tokens, position, position, "to") ??
    weekdaysOfWeek(tokens, position)
  );
}

function ends(tokens: readonly Token[], from: number, start: number, kind: Joint): Draft | null {
  return (
    datedEnds(tokens, from, start, kind) ??
    numberedEnds(tokens, from, start, kind) ??
    yearEnds(tokens, from, start, kind) ??
    monthEnds(tokens, from, start, kind)
  );
}

function datedEnds(tokens: readonly Token[], from: number, start: number, kind: Joint): Draft | null {
  const first = point(tokens, start);
  if (first === null || first.value === null || first.value.type === "range") return null;
  const second = joint(tokens, first.next, kind) ?? nightJoint(tokens, first.next, first.value);
  if (second === null) return null;
  const dash = isMark(at(tokens, first.next), "-–—");
  const last = point(tokens, second) ?? secondDay(tokens, second, first.value);
  if (last === null || last.value === null) return null;
  if (dash && from === start && !canDash(first.value, last.value)) return null;
  return { from, next: last.next, expression: completed(first.value, last.value) };
}

/** Two dates with a dash between them are a range when both name the same grain. */
function canDash(first: Expression, last: Expression): boolean {
  if (first.type !== "point" || last.type !== "point") return false;
  return (first.parts.day === undefined) === (last.parts.day === undefined);
}

/** "من 28 أيلول إلى 30": the second end leaves its month to the first. */
function secondDay(tokens: readonly Token[], position: number, first: Expression): Match<Expression> | null {
  if (first.type !== "point" || first.parts.day === undefined || first.parts.month === undefined) return null;
  const day = bareDay(tokens, position);
  const after = day === null ? null : at(tokens, day.next);
  if (day === null || after === null || (after.kind === "word" && after.lex.role === undefined)) return null;
  const { weekday: _weekday, ...rest } = first.parts;
  return { value: { type: "point", parts: { ...rest, day: day.value } }, next: day.next };
}

function numberedEnds(tokens: readonly Token[], from: number, start: number, kind: Joint): Draft | null {
  const first = bareDay(tokens, skipClock(tokens, start).next);
  if (first === null) return null;
  const second = joint(tokens, first.next, kind);
  if (second === null) return null;
  const last = point(tokens, second);
  if (last === null || last.value?.type !== "point") return null;
  const { parts } = last.value;
  if (parts.day === undefined || (parts.month === undefined && parts.monthShift === undefined)) return null;
  return {
    from,
    next: last.next,
    expression: completed({ type: "point", parts: { day: first.value } }, last.value),
  };
}

/** "بين شهري 9 و10", "بين شهر 9 و10 من عام 2017": months by their numbers. */
function monthEnds(tokens: readonly Token[], from: number, start: number, kind: Joint): Draft | null {
  const isUnit = (position: number): boolean => at(tokens, position).lex.unit === "month";
  const isNamed = isUnit(start) && !at(tokens, start).clitics.article;
  if (from === start || !(isNamed || isUnit(start - 1))) return null;
  const first = anyNumber(tokens, isNamed ? start + 1 : start);
  const second = first && joint(tokens, first.next, kind);
  if (first === null || second === null) return null;
  const last = anyNumber(tokens, isUnit(second) ? second + 1 : second);
  if (last === null || ![first, last].every(({ value }) => value >= 1 && value <= 12)) return null;
  const year = yearPhrase(tokens, last.next, { bare: true });
  if (year === null && !closesNumber(at(tokens, last.next))) return null;
  const month = (value: number): Expression => ({ type: "point", parts: { month: value } });
  const to: Expression = { type: "point", parts: { month: last.value, ...year?.value } };
  return { from, next: year?.next ?? last.next, expression: completed(month(first.value), to) };
}

/** "2014-2018", "من 2014 إلى 2018", "بين عامي 2014 و2016". */
function yearEnds(tokens: readonly Token[], from: number, start: number, kind: Joint): Draft | null {
  if (
    at(tokens, start).kind !== "number" &&
    at(tokens, start).lex.cardinal === undefined &&
    at(tokens, start).lex.unit !== "year"
  )
    return null;
  const first = yearPhrase(tokens, start, { bare: true });
  if (first === null || first.value.year === undefined) return null;
  const second = joint(tokens, first.next, kind);
  if (second === null) return null;
  const last = yearPhrase(tokens, second, { bare: true });
  if (
    last === null ||
    last.value.year === undefined ||
    (from === start && last.value.year < first.value.year)
  )
    return null;
  if (countsSomething(tokens, last.next, false)) return null;
  return {
    from,
    next: last.next,
    expression: {
      type: "range",
      from: { type: "point", parts: first.value },
      to: { type: "point", parts: last.value },
    },
  };
}

/** "تموز 13 الى 15", "نوفمبر بين 15 و 19": the month first. */
function daysAfterMonth(tokens: readonly Token[], position: number): Draft | null {
  const month = monthPhrase(tokens, position);
  if (month === null || month.value.parts.month === undefined) return null;
  const { role } = at(tokens, month.next).lex;
  const introduced = role === "between" || role === "from";
  const first = dayNumber(tokens, introduced ? month.next + 1 : month.next);
  if (first === null) return null;
  const second = joint(tokens, first.next, role === "between" ? "and" : "to");
  const last = second === null ? null : dayNumber(tokens, second);
  if (last === null) return null;
  const year = yearPhrase(tokens, last.next, { bare: true });
  if (year === null && !closesNumber(at(tokens, last.next))) return null;
  const parts = { ...month.value.parts, ...year?.value };
  return {
    from: position,
    next: year?.next ?? last.next,
    expression: {
      type: "range",
      from: { type: "point", parts: { ...parts, day: first.value } },
      to: { type: "point", parts: { ...parts, day: last.value } },
    },
  };
}

/** "الأسبوع المقبل بين الأربعاء والجمعة": weekdays of a week that is named first. */
function weekdaysOfWeek(tokens: readonly Token[], position: number): Draft | null {
  const week = at(tokens, position).lex.role === "from" ? null : weekShift(tokens, position);
  if (week === null) return null;
  const { role } = at(tokens, week.next).lex;
  const introduced = role === "between" || role === "from";
  const start = introduced ? week.next + 1 : week.next;
  const first = point(tokens, start);
  if (first?.value?.type !== "point" || first.value.parts.weekday === undefined) return null;
  const inWeek = (parts: Parts): Expression => ({
    type: "point",
    parts: { ...parts, weekShift: week.value },
  });
  const second = introduced ? joint(tokens, first.next, role === "between" ? "and" : "to") : null;
  if (second === null) {
    return introduced ? null : { from: position, next: first.next, expression: inWeek(first.value.parts) };
  }
  const last = point(tokens, second);
  if (last?.value?.type !== "point" || last.value.parts.weekday === undefined) return null;
  return {
    from: position,
    next: last.next,
    expression: { type: "range", from: inWeek(first.value.parts), to: inWeek(last.value.parts) },
  };
}
