import { makeDay } from "../day.ts";
import { dayNumber, standsAlone } from "./counts.ts";
import { monthPhrase, yearPhrase } from "./months.ts";
import { at, isEnd, isMark, type Match, type Parts } from "./parts.ts";
import type { Token } from "./tokens.ts";

const CENTURY_PIVOT = 70;
const LONGEST_MONTH = 31;
const MIN_YEAR = 1900;
const MAX_YEAR = 2100;

function fullYear(token: Token): number {
  if (token.text.length !== 2) return token.value;
  return token.value < CENTURY_PIVOT ? 2000 + token.value : 1900 + token.value;
}

/**
 * Dates in digits: "29/10/2017", "29-10-17", "29.10.2017", "2017-10-29", "10/2017", "2017/10"; with `cue` also
 * "29/10". The day always stands before the month. Null value: digits that have the form but name no day.
 */
export function numericDate(
  tokens: readonly Token[],
  position: number,
  cue: boolean,
): Match<Parts | null> | null {
  const first = at(tokens, position);
  const separator = at(tokens, position + 1);
  if (separator.kind === "number") return spacedNumbers(tokens, position);
  const second = at(tokens, position + 2);
  if (first.kind !== "number" || second.kind !== "number" || !isMark(separator, "/-.–\\")) return null;
  if (!isClose(separator, second)) return null;
  const before = at(tokens, position - 1);
  if (isMark(before, `:.,${separator.text}`) && !first.spaced && at(tokens, position - 2).kind === "number")
    return null;
  const third = at(tokens, position + 4);
  const again = at(tokens, position + 3);
  if (again.text === separator.text && third.kind === "number" && isClose(again, third)) {
    const further = at(tokens, position + 5);
    if (isMark(further, "/-.:") && !further.spaced && at(tokens, position + 6).kind === "number") return null;
    return threeNumbers(first, second, third, position + 5);
  }
  return twoNumbers(tokens, position, cue);
}

/** "29 10 2017": three numbers with nothing between them. */
function spacedNumbers(tokens: readonly Token[], position: number): Match<Parts | null> | null {
  const [day, month, year] = [position, position + 1, position + 2].map((index) => at(tokens, index));
  if (day === undefined || month === undefined || year === undefined || year.text.length !== 4) return null;
  if (year.value < MIN_YEAR || year.value > MAX_YEAR || day.text.length > 2 || month.text.length > 2)
    return null;
  if (![position, position + 1, position + 2].every((index) => standsAlone(tokens, index))) return null;
  const exists = makeDay(year.value, month.value, day.value) !== null;
  const parts = exists ? { day: day.value, month: month.value, year: year.value } : null;
  return { value: parts, next: position + 3 };
}

/** No spaces round the separator, or round a slash on both sides. */
function isClose(separator: Token, after: Token): boolean {
  if (separator.text === "/" || separator.text === "\\")
    return separator.spaced === after.spaced || !after.line;
  return !separator.spaced && !after.spaced;
}

function threeNumbers(first: Token, second: Token, third: Token, next: number): Match<Parts | null> | null {
  const yearFirst = first.text.length === 4;
  if (!yearFirst && ![2, 4].includes(third.text.length)) return null;
  if (second.text.length > 2 || (yearFirst ? third : first).text.length > 2) return null;
  const year = fullYear(yearFirst ? first : third);
  const day = yearFirst ? third.value : first.value;
  const exists = makeDay(year, second.value, day) !== null;
  return { value: exists ? { day, month: second.value, year } : null, next };
}

function twoNumbers(tokens: readonly Token[], position: number, cue: boolean): Match<Parts | null> | null {
  const first = at(tokens, position);
  const second = at(tokens, position + 2);
  const next = position + 3;
  const lengths = `${first.text.length}${second.text.length}`;
  const isYear = (token: Token): boolean => token.value >= 1900 && token.value <= 2100;
  const isMonth = (token: Token): boolean => token.value >= 1 && token.value <= 12;
  if (/^4[12]$/.test(lengths) && isYear(first) && isMonth(second)) {
    return { value: { month: second.value, year: first.value }, next };
  }
  if (/^[12]4$/.test(lengths) && isYear(second) && isMonth(first)) {
    return { value: { month: first.value, year: second.value }, next };
  }
  if (!/^[12][12]$/.test(lengths)) return null;
  const separator = at(tokens, position + 1).text;
  if (separator === "." || separator === "\\") return null;
  const comma = isMark(at(tokens, next), "،,") ? commaYear(tokens, next) : null;
  if (!cue && comma === null && !looksLikeDate(first, second, separator, at(tokens, next))) return null;
  const year =
    comma ??
    (at(tokens, next).lex.unit === "year" || at(tokens, next).lex.role === "from"
      ? yearPhrase(tokens, next, { bare: false })
      : null);
  const exists = makeDay(year?.value.year ?? 2016, second.value, first.value) !== null;
  if (!exists) return separator === "/" ? { value: null, next } : null;
  return { value: { day: first.value, month: second.value, ...year?.value }, next: year?.next ?? next };
}

/** Without a word that announces a date: a padded month, or a first number that only a day can be. */
function looksLikeDate(first: Token, second: Token, separator: string, after: Token): boolean {
  if (second.text.startsWith("0") && first.text.length + second.text.length > 2) return true;
  const pair = `${first.text}/${second.text}`;
  const closed = isEnd(after) || isMark(after, "؟?");
  return (
    (separator === "/" || closed) &&
    first.value > 12 &&
    first.value <= 31 &&
    second.value <= 12 &&
    pair !== "24/7"
  );
}

/** ", 2016" or a closing ", 16". */
function commaYear(tokens: readonly Token[], position: number): Match<Parts> | null {
  const long = yearPhrase(tokens, position, { bare: true });
  const token = at(tokens, position + 1);
  if (long !== null || token.kind !== "number" || token.text.length !== 2) return long;
  return isEnd(at(tokens, position + 2)) ? { value: { year: fullYear(token) }, next: position + 2 } : null;
}

/** A month with its year: "أيلول 2017", "تشرين الأول / أكتوبر الجاري من العام 2017". */
export function monthAndYear(
  tokens: readonly Token[],
  position: number,
  options: { readonly withDay: boolean },
): Match<{ readonly parts: Parts; readonly weak: boolean }> | null {
  const month = monthPhrase(tokens, position);
  if (month === null) return null;
  const hijri = month.value.parts.hijri === true;
  const year = yearPhrase(tokens, month.next, { bare: true, hijri, ...(options.withDay && { least: 1000 }) });
  if (
    year === null ||
    (year.value.year !== undefined && countsSomething(tokens, year.next, options.withDay))
  ) {
    return { value: month.value, next: month.next };
  }
  return { value: { parts: { ...month.value.parts, ...year.value }, weak: false }, next: year.next };
}

const COUNTED =
  /^(شخص|قتيل|جريح|مدني|عنصر|عناصر|مقاتل|منزل|عاءله|عايله|اسره|طفل|امراه|نازح|لاجي|ليره|دولار|كم|متر|كيلو|طن|مسلح|جندي|شهيد|صاروخ|قذيفه|غاره|برميل|نقطه|موقع|قريه|بلده|نفق|الف|مليون|حاله|ضربه|هجوم|سياره|اليه|طلقه|لغم|جثه|معتقل|سجين|رجل|كيل|ميل)/;

/** Whether four digits are followed by what they count, and so are no year. */
export function countsSomething(tokens: readonly Token[], next: number, withDay: boolean): boolean {
  return !withDay && COUNTED.test(at(tokens, next).text);
}

/** Whether a token can follow a day number that closes a date: no noun that the number could count. */
export function closesNumber(token: Token): boolean {
  if (isEnd(token) || token.kind === "mark" || token.line) return true;
  if (token.lex.role === "from") return false;
  if (token.lex.role !== undefined && token.lex.role !== "article") return true;
  return FUNCTION_WORDS.has(token.text) || token.clitics.conjunction;
}

const FUNCTION_WORDS = new Set([
  "مع",
  "علي",
  "عن",
  "الساعه",
  "ان",
  "قد",
  "لم",
  "لا",
  "هو",
  "كان",
  "بحسب",
  "وفق",
  "ضد",
  "جيد",
]);

/** "29 تشرين الأول 2017", "الـ 29 من الشهر الجاري", "28-نوفمبر", "October 29, 2017", "أيلول 5". */
export function writtenDate(tokens: readonly Token[], position: number): Match<Parts> | null {
  const yearFirst = yearMonthDay(tokens, position);
  if (yearFirst !== null) return yearFirst;
  const day = dayNumber(tokens, position);
  if (day !== null) {
    let start = day.next;
    const digitsDay = at(tokens, day.next - 1).kind === "number";
    if (at(tokens, start).lex.unit === "day" && !at(tokens, start).clitics.article) start += 1;
    if (digitsDay && isMark(at(tokens, start), "-./–،,") && at(tokens, start + 1).lex.cardinal === undefined)
      start += 1;
    const role = at(tokens, start).lex.role;
    if (role === "from" || role === "in" || at(tokens, start).text === "ل") start += 1;
    if (at(tokens, start).lex.role === "from" && at(tokens, start).text === "the") start += 1;
    const month = monthAndYear(tokens, start, { withDay: true });
    // "مقتل 7 في تشرين الأول": the number counts something else.
    const counted = digitsDay && role === "in" && month?.value.parts.month !== undefined;
    if (
      month !== null &&
      !counted &&
      !at(tokens, start).clitics.conjunction &&
      plainMonthFits(tokens, start, month.value, role)
    ) {
      return { value: { ...month.value.parts, day: day.value }, next: month.next };
    }
    const spoken = digitsDay ? spokenMonth(tokens, position, day.next) : null;
    if (spoken !== null) return { value: { ...spoken.value, day: day.value }, next: spoken.next };
    const short = bareShift(tokens, day.next);
    if (short !== null && at(tokens, day.next).clitics.article && digitsDay) {
      return { value: { day: day.value, monthShift: short }, next: day.next + 1 };
    }
  }
  return monthThenDay(tokens, position);
}

/** "32 أيلول 2017": no day, and so neither the month nor the year is meant alone. */
export function noSuchDay(tokens: readonly Token[], position: number): Match<null> | null {
  const { text, value } = at(tokens, position);
  if (!standsAlone(tokens, position) || text.length > 2 || (value > 0 && value <= LONGEST_MONTH)) return null;
  const month = monthAndYear(tokens, position + 1, { withDay: true });
  return month?.value.parts.month === undefined || month.value.weak
    ? null
    : { value: null, next: month.next };
}

/** "2016. نوفمبر .16", "2017-Oct-29". */
function yearMonthDay(tokens: readonly Token[], position: number): Match<Parts> | null {
  const year = at(tokens, position);
  if (year.text.length !== 4 || year.value < MIN_YEAR || year.value > MAX_YEAR) return null;
  const skipMark = (next: number): number => (isMark(at(tokens, next), "./-،,") ? next + 1 : next);
  const month = monthPhrase(tokens, skipMark(position + 1));
  if (month?.value.parts.month === undefined) return null;
  const day = dayNumber(tokens, skipMark(month.next));
  if (day === null || at(tokens, day.next - 1).kind !== "number" || !closesNumber(at(tokens, day.next)))
    return null;
  return { value: { ...month.value.parts, year: year.value, day: day.value }, next: day.next };
}

/** Levantine "بـ 29 عشرة": the month as a number in words, after "بـ" or "يوم". */
function spokenMonth(tokens: readonly Token[], position: number, next: number): Match<Parts> | null {
  const word = at(tokens, next);
  const before = at(tokens, position - 1);
  const cued = at(tokens, position).text === "ب" || before.text === "ب" || before.text === "يوم";
  const { cardinal } = word.lex;
  if (!cued || cardinal === undefined || cardinal > 12 || word.clitics.article || word.clitics.conjunction)
    return null;
  const year = yearPhrase(tokens, next + 1, { bare: true });
  if (year === null && !isEnd(at(tokens, next + 1)) && !isMark(at(tokens, next + 1), "؟?.،,")) return null;
  return { value: { month: cardinal, ...year?.value }, next: year?.next ?? next + 1 };
}

/** "5 الجاري": the month is left out. */
function bareShift(tokens: readonly Token[], position: number): -1 | 0 | 1 | null {
  const token = at(tokens, position);
  return token.text === "الجاري" ? 0 : token.text === "المنصرم" ? -1 : null;
}

/** A lone "الشهر" needs "من" before it to be a month of a day. */
function plainMonthFits(
  tokens: readonly Token[],
  position: number,
  month: { readonly parts: Parts; readonly weak: boolean },
  role: string | undefined,
): boolean {
  const unnamed = month.parts.month === undefined;
  const joined = role === "from" || role === "in";
  if (unnamed && !joined && at(tokens, position - 1).kind === "word") return false;
  const alone = unnamed && month.weak;
  return !alone || (role === "from" && at(tokens, position).clitics.article);
}

function monthThenDay(tokens: readonly Token[], position: number): Match<Parts> | null {
  const month = monthPhrase(tokens, position);
  if (month === null || month.value.parts.month === undefined) return null;
  const english = at(tokens, month.next - 1).lex.system === "english";
  const mark = isMark(at(tokens, month.next), english ? "/-." : "/-") ? 1 : 0;
  const day = dayNumber(tokens, month.next + mark);
  if (day === null) return null;
  const token = at(tokens, month.next + mark);
  if (
    token.kind === "number" &&
    !standsAlone(tokens, day.next - 1) &&
    /\d/.test(at(tokens, day.next - 1).text)
  )
    return null;
  if (token.clitics.conjunction || token.clitics.preposition !== "") return null;
  if (token.kind === "word" && !token.clitics.article && token.lex.ordinal === undefined && day.value < 20) {
    return null;
  }
  const year = yearPhrase(tokens, day.next, { bare: true, least: 1000 });
  if (year === null && !closesNumber(at(tokens, day.next))) return null;
  return { value: { ...month.value.parts, ...year?.value, day: day.value }, next: year?.next ?? day.next };
}
