import { countsSomething, monthAndYear, numericDate } from "./absolute.ts";
import { countedPeriod, decadePhrase, nightPhrase, quantity, seasonPhrase } from "./counted.ts";
import { ordinalWords, standsAlone } from "./counts.ts";
import { dayPhrase } from "./days.ts";
import { edgeUnits } from "./edges.ts";
import { feastPhrase } from "./feasts.ts";
import { monthName, yearPhrase } from "./months.ts";
import { at, type Draft, type Expression, isEnd, isMark, type Match } from "./parts.ts";
import { nthDay, partPhrase, sharePhrase, weekOfPeriod, weekPhrase } from "./periods.ts";
import type { Token } from "./tokens.ts";
import { isNameBefore, isNamedAfterDate, isPersonBefore } from "./traps.ts";

type Rule = (tokens: readonly Token[], position: number) => Match<Expression | null> | null;

/** Readings already made of a text, by position: ranges and lists look at the same token again and again. */
const readings = new WeakMap<readonly Token[], Map<number, Match<Expression | null> | null>>();

/** One date at a token, without ranges: the longest reading wins, earlier rules win ties. */
export const point: Rule = (tokens, position) => {
  let known = readings.get(tokens);
  if (known === undefined) {
    known = new Map();
    readings.set(tokens, known);
  }
  const before = known.get(position);
  if (before !== undefined) return before;
  const found = longest(tokens, position);
  known.set(position, found);
  return found;
};

function longest(tokens: readonly Token[], position: number): Match<Expression | null> | null {
  const { kind } = at(tokens, position);
  if (kind === "mark") return null;
  let best: Match<Expression | null> | null = null;
  for (const rule of kind === "number" ? NUMBER_RULES : RULES) {
    const found = rule(tokens, position);
    if (found !== null && found.next > (best?.next ?? position)) best = found;
  }
  return best;
}

const day: Rule = (tokens, position) => {
  const found = dayPhrase(tokens, position);
  if (found === null) return null;
  return { value: found.value && { type: "point", parts: found.value }, next: found.next };
};

const digitsMonth: Rule = (tokens, position) => {
  const found = numericDate(tokens, position, false);
  return found && { value: found.value && { type: "point", parts: found.value }, next: found.next };
};

const CUES = new Set(["in", "since", "to", "from", "between", "ago", "after", "this", "or"]);

/** "أحداث آب", "معارك مارس". */
const EVENTS = /^(احداث|معارك|اخبار|حصيله|مجازر|غارات|اشتباكات)$/;

/** Whether the words before make a month of "آب", "مارس", "رمضان" and a year of four digits. */
export function hasCue(tokens: readonly Token[], position: number): boolean {
  const token = at(tokens, position);
  const before = at(tokens, position - 1);
  if (token.clitics.preposition === "ب" && !token.clitics.article) return true;
  if (token.line) return false;
  if (EVENTS.test(before.text)) return true;
  return (CUES.has(before.lex.role ?? "") && before.text !== "the") || ["ب", "ل"].includes(before.text);
}

const month: Rule = (tokens, position) => {
  const found = monthAndYear(tokens, position, { withDay: false });
  if (found === null) return null;
  const parts = found.value.parts;
  const cued = hasCue(tokens, position) || isMonthAfter(tokens, found.next);
  if (found.value.weak && (!cued || parts.month === undefined)) return null;
  if (found.value.weak && isNameBefore(tokens, position)) return null;
  const named = parts.hijri ? isNameBefore : isPersonBefore;
  if (parts.month !== undefined && parts.year === undefined && named(tokens, position)) return null;
  return { value: { type: "point", parts }, next: found.next };
};

/** "آب وأيلول": a month that follows makes a month of the word before it. */
function isMonthAfter(tokens: readonly Token[], position: number): boolean {
  const token = at(tokens, position);
  const start = token.lex.role === "and" ? position + 1 : position;
  const joined = start > position || token.clitics.conjunction;
  return joined && monthName(tokens, start)?.value.weak === false;
}

const NOT_BEFORE_YEARS =
  /^(القرار|قرار|رقم|الرقم|اللواء|لواء|الفرقه|فرقه|الكتيبه|الفوج|طراز|موديل|نحو|حوالي|قرابه|زهاء|اكثر|اقل|عددهم|بلغ)$/;

const year: Rule = (tokens, position) => {
  const token = at(tokens, position);
  const decorated = yearPhrase(tokens, position, { bare: false });
  if (
    decorated !== null &&
    !isMark(token, "،,.-/") &&
    token.lex.role !== "from" &&
    token.lex.role !== "in" &&
    token.text !== "ل"
  ) {
    return { value: { type: "point", parts: decorated.value }, next: decorated.next };
  }
  if (
    token.kind === "number"
      ? token.text.length !== 4 || !standsAlone(tokens, position)
      : token.lex.cardinal === undefined
  )
    return null;
  const bare = yearPhrase(tokens, position, { bare: true, ...(token.kind === "word" && { least: 1000 }) });
  if (bare === null || !isYearHere(tokens, position, bare.next)) return null;
  return { value: { type: "point", parts: bare.value }, next: bare.next };
};

/** Four digits alone are a year after a preposition, in brackets, at the end, or as the whole text. */
function isYearHere(tokens: readonly Token[], position: number, next: number): boolean {
  const token = at(tokens, position);
  const before = at(tokens, position - 1);
  const after = at(tokens, next);
  if (NOT_BEFORE_YEARS.test(before.text) || before.lex.role === "more" || before.lex.role === "about")
    return false;
  if (countsSomething(tokens, next, false) || isMark(after, "%٪") || (isMark(after, "/:") && !after.spaced))
    return false;
  if (isAmountRange(tokens, next)) return false;
  if (token.kind === "number" && (token.value < 1900 || token.value > 2100)) return false;
  if (before.text === "من" && at(tokens, position - 2).lex.role === "more") return false;
  const closed =
    isEnd(after) ||
    after.line ||
    after.kind === "mark" ||
    after.lex.role !== undefined ||
    after.clitics.conjunction;
  if (hasCue(tokens, position)) return true;
  if (isEnd(before) && isEnd(after)) return true;
  if (token.kind === "word") return false;
  return closed && token.value >= 1950 && token.value <= 2050 && !isMark(before, "-+.");
}

/** "من 2000 إلى 3000 مقاتل", "بين 1950 و2000 شخص": amounts, not years. */
function isAmountRange(tokens: readonly Token[], next: number): boolean {
  const joined =
    at(tokens, next).lex.role === "to" || at(tokens, next).text === "و" || isMark(at(tokens, next), "-–");
  const other = at(tokens, next + 1);
  if (!joined || other.kind !== "number" || other.text.length < 4) return false;
  return other.value < 1900 || other.value > 2100 || countsSomething(tokens, next + 2, false);
}

const feast: Rule = (tokens, position) => feastPhrase(tokens, position);

/** "أسبوع 15 أيلول": the week in which a day lies. */
const weekOf: Rule = (tokens, position) => {
  const token = at(tokens, position);
  if (token.lex.unit !== "week" || token.lex.plural || token.lex.dual) return null;
  const start = at(tokens, position + 1).lex.role === "in" ? position + 2 : position + 1;
  const found = dayPhrase(tokens, start);
  if (found?.value?.month === undefined || found.value.day === undefined) return null;
  return { value: { type: "weekOf", parts: found.value }, next: found.next };
};

/** "2016 الربع الثالث": the year before the quarter. */
const yearOfQuarter: Rule = (tokens, position) => {
  const year = at(tokens, position);
  const { role } = at(tokens, position + 1).lex;
  const ordinal = role === "quarter" ? ordinalWords(tokens, position + 2) : null;
  if (ordinal === null || ordinal.value > 4 || year.value < 1900 || year.value > 2100) return null;
  return {
    value: { type: "part", part: `quarter${ordinal.value}`, parts: { year: year.value } },
    next: ordinal.next,
  };
};

/** "last month", "this year", "next October". */
const englishShift: Rule = (tokens, position) => {
  const token = at(tokens, position);
  const shift = token.text === "this" ? 0 : token.lex.shift;
  if (shift === undefined || shift === "same" || !/^[a-z]/.test(token.text)) return null;
  const next = at(tokens, position + 1);
  const found = { next: position + 2 };
  if (next.text === "month") return { ...found, value: { type: "point", parts: { monthShift: shift } } };
  if (next.text === "year") return { ...found, value: { type: "point", parts: { yearShift: shift } } };
  const { month, system } = next.lex;
  if (month === undefined || system !== "english") return null;
  return { ...found, value: { type: "point", parts: { month, monthShift: shift } } };
};

const TIMES = new Set(["لاحق", "سابق", "مبكر", "متاخر"]);

/** "في وقت سابق من هذا الشهر": some time in a period that is named. */
const someTime: Rule = (tokens, position) => {
  if (at(tokens, position).text !== "وقت" || !TIMES.has(at(tokens, position + 1).text)) return null;
  const start = at(tokens, position + 2).text === "من" ? position + 3 : position + 2;
  const found = RULES.filter((rule) => rule !== someTime)
    .map((rule) => rule(tokens, start))
    .find((match) => match !== null);
  return found ?? null;
};

/** "3 days ago": English puts the word behind. */
const englishAgo: Rule = (tokens, position) => {
  const amount = quantity(tokens, position);
  if (amount === null || at(tokens, amount.next).text !== "ago") return null;
  const { count, unit, vague } = amount.value;
  return { value: { type: "ago", amounts: [{ count, unit }], sign: -1, vague }, next: amount.next + 1 };
};

const RULES: readonly Rule[] = [
  englishShift,
  feast,
  edgeUnits,
  nthDay,
  weekOfPeriod,
  partPhrase,
  sharePhrase,
  weekPhrase,
  countedPeriod,
  nightPhrase,
  weekOf,
  day,
  digitsMonth,
  month,
  decadePhrase,
  year,
  yearOfQuarter,
  seasonPhrase,
  englishAgo,
  someTime,
];

/** The rules that can begin with digits. */
const NUMBER_RULES: readonly Rule[] = [countedPeriod, day, digitsMonth, year, yearOfQuarter, englishAgo];

/** A street, dam or car that is called after a date: read, and no entry. */
export function namedAfterDate(tokens: readonly Token[], position: number): Draft | null {
  const { lex } = at(tokens, position);
  const dated =
    lex.month !== undefined || at(tokens, position).kind === "number" || lex.ordinal !== undefined;
  if (!dated || !isNamedAfterDate(tokens, position)) return null;
  const found = monthAndYear(tokens, position, { withDay: false }) ?? dayPhrase(tokens, position);
  const next = found?.next ?? position + 1;
  return { from: position, next, expression: null };
}
