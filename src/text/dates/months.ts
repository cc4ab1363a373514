import { anyNumber, cardinalWords, digits, ordinalWords, standsAlone } from "./counts.ts";
import { at, isEnd, isMark, type Match, type Parts, type Shift } from "./parts.ts";
import type { Token } from "./tokens.ts";

const MIN_YEAR = 1900;
const MAX_YEAR = 2100;
/** Two digits mean 2010 to 2039 or 1970 to 1999. */
const SHORT_YEARS = [10, 39, 70] as const;

interface MonthName {
  readonly month: number;
  readonly twin: boolean;
  readonly hijri: boolean;
  readonly weak: boolean;
  readonly system: string;
}

/** The number that tells the twins apart: "الأول", "1", "أولى" → 1; "الثاني", "2", "الآخر" → 2. */
function twinNumber(tokens: readonly Token[], position: number): Match<1 | 2> | null {
  const token = at(tokens, position);
  if (token.clitics.conjunction || token.clitics.preposition !== "") return null;
  const value =
    token.kind === "number"
      ? standsAlone(tokens, position) && token.text.length === 1
        ? token.value
        : 0
      : (token.lex.ordinal ?? token.lex.cardinal ?? (token.lex.role === "last" ? 2 : 0));
  return value === 1 || value === 2 ? { value, next: position + 1 } : null;
}

const TWIN_MONTHS: Readonly<Record<number, readonly [number, number]>> = {
  10: [10, 11],
  12: [12, 1],
  5: [5, 6],
};

const SPLIT_HIJRI: Readonly<Record<string, number>> = {
  القعده: 11,
  قعده: 11,
  الحجه: 12,
  حجه: 12,
};

/** A month's name alone, with the number that belongs to it: "تشرين الأول", "ت1", "ك 2", "ذو القعدة". */
export function monthName(tokens: readonly Token[], position: number): Match<MonthName> | null {
  const token = at(tokens, position);
  const next = at(tokens, position + 1);
  const { month, system } = token.lex;
  if (month !== undefined && system !== undefined) {
    const name = { month, system, hijri: system === "hijri", weak: token.lex.weak === true, twin: false };
    if (token.clitics.article && system !== "english") return null;
    if (!token.lex.twin) return { value: name, next: position + 1 };
    const number = twinNumber(tokens, position + 1);
    if (number === null) return { value: { ...name, twin: true, weak: true }, next: position + 1 };
    const chosen = TWIN_MONTHS[month]?.[number.value - 1] ?? month;
    return { value: { ...name, month: chosen, weak: false }, next: number.next };
  }
  const levantine = { system: "levantine", hijri: false, weak: false, twin: false };
  const letter = token.text.replace(/^[وب]/, "");
  if ((letter === "ت" || letter === "ك") && !next.spaced && (next.text === "1" || next.text === "2")) {
    const month = letter === "ت" ? 9 + next.value : next.value === 1 ? 12 : 1;
    return { value: { ...levantine, month }, next: position + 2 };
  }
  const hijri = { system: "hijri", hijri: true, weak: true, twin: false };
  if (/^[وب]?ذ[وي]$/.test(token.text)) {
    const month = SPLIT_HIJRI[next.text];
    if (month !== undefined) return { value: { ...hijri, month, weak: false }, next: position + 2 };
  }
  if (token.lex.season === 3 && !token.clitics.article) {
    const number = twinNumber(tokens, position + 1);
    if (number !== null && next.clitics.article) {
      return { value: { ...hijri, month: 2 + number.value }, next: number.next };
    }
  }
  return null;
}

/** "شهر أيلول", "شهر 10", "شهر عشرة", "الشهر العاشر"; `named` when a month's name was written. */
function monthAfterUnit(tokens: readonly Token[], position: number): Match<MonthName> | null {
  const token = at(tokens, position);
  if (token.lex.unit !== "month" || token.lex.plural || token.lex.dual) return null;
  const after = position + 1;
  const name = monthName(tokens, after);
  if (name !== null) return { value: { ...name.value, weak: false }, next: name.next };
  const number = token.clitics.article
    ? ordinalWords(tokens, after)
    : at(tokens, after).lex.ordinal === undefined
      ? anyNumber(tokens, after)
      : null;
  const one = at(tokens, after).lex.cardinal === 1;
  if (one && token.clitics.preposition !== "ب" && at(tokens, position - 1).text !== "ب") return null;
  if (number === null || number.value < 1 || number.value > 12 || number.value !== Math.floor(number.value))
    return null;
  return {
    value: { month: number.value, twin: false, hijri: false, weak: false, system: "number" },
    next: number.next,
  };
}

/** The second name of a month: "/ أكتوبر", "(مايو - ماي)", "- مايو", or just "أكتوبر" after "تشرين الأول". */
function secondName(tokens: readonly Token[], position: number, first: MonthName): Match<MonthName> | null {
  const mark = at(tokens, position);
  const joined = isMark(mark, "/\\-–—،,");
  const opened = isMark(mark, "([");
  const second = monthName(tokens, joined || opened ? position + 1 : position);
  if (second === null || second.value.hijri !== first.hijri || second.value.system === first.system)
    return null;
  if (second.value.twin || (isMark(mark, "،,") && second.value.month !== first.month)) return null;
  if (isMark(mark, "-–—،,") && second.value.month !== first.month) return null;
  if (!joined && !opened && (second.value.month !== first.month || at(tokens, position).clitics.conjunction))
    return null;
  let next = second.next;
  if (opened) {
    const third = isMark(at(tokens, next), "/-–،,") ? monthName(tokens, next + 1) : null;
    if (third !== null) next = third.next;
    if (isMark(at(tokens, next), ")]")) next += 1;
  }
  return { value: second.value, next };
}

export interface MonthFields {
  readonly parts: Parts;
  /** Needs a day, a year or a cue beside it to count. */
  readonly weak: boolean;
}

/** A month with its second name and an adjective: "أيلول / سبتمبر الفائت", "شهر 10", "هذا الشهر", "الشهر ذاته". */
export function monthPhrase(tokens: readonly Token[], position: number): Match<MonthFields> | null {
  const token = at(tokens, position);
  const demonstrative = token.lex.role === "this" || token.clitics.demonstrative;
  const start = token.lex.role === "this" ? position + 1 : position;
  const named = monthAfterUnit(tokens, start) ?? monthName(tokens, start);
  if (named === null) return shiftedMonth(tokens, start, demonstrative);
  const second = secondName(tokens, named.next, named.value);
  let next = second?.next ?? named.next;
  const third = second === null ? null : secondName(tokens, next, named.value);
  if (third !== null && third.value.month === named.value.month) next = third.next;
  const conflict =
    second !== null && second.value.month !== named.value.month ? "the two month names differ" : undefined;
  const shift = adjective(tokens, next);
  if (shift !== null) next = shift.next;
  const monthShift = shift?.value ?? (demonstrative ? 0 : undefined);
  return {
    value: {
      weak: named.value.weak && monthShift === undefined && second === null,
      parts: {
        month: named.value.month,
        ...(named.value.hijri && { hijri: true }),
        ...(named.value.twin && second === null && { twin: true }),
        ...(conflict !== undefined && { conflict }),
        ...(monthShift !== undefined && { monthShift }),
      },
    },
    next,
  };
}

/** "الشهر الجاري", "هذا الشهر", "الشهر ذاته", "الشهر" alone (this month). */
function shiftedMonth(
  tokens: readonly Token[],
  position: number,
  demonstrative: boolean,
): Match<MonthFields> | null {
  const token = at(tokens, position);
  if (token.lex.unit !== "month" || token.lex.plural || token.lex.dual) return null;
  if (!token.clitics.article && !demonstrative && at(tokens, position - 1).lex.english !== true) {
    const english = at(tokens, position - 1).lex.shift;
    return token.text === "month" && english !== undefined
      ? { value: { weak: false, parts: { monthShift: english } }, next: position + 1 }
      : null;
  }
  const shift = adjective(tokens, position + 1);
  if (shift !== null) return { value: { weak: false, parts: { monthShift: shift.value } }, next: shift.next };
  return { value: { weak: !demonstrative, parts: { monthShift: 0 } }, next: position + 1 };
}

const RELATIVE_PRONOUN = /^(?:يلي|اللي|الي|الذي|التي)$/;
const GONE_BY = /^(?:فات|فاتت|راح|راحت|مضي|مضت|مرت)$/;
const COMING = /^(?:جاي|جايه|جايي)$/;

/** "الجاري", "الماضي", "المقبل", "ذاته", "يلي فات" right after a unit or a month. */
export function adjective(tokens: readonly Token[], position: number): Match<Shift> | null {
  const token = at(tokens, position);
  const shift = token.lex.shift;
  if (RELATIVE_PRONOUN.test(token.text)) {
    const { text } = at(tokens, position + 1);
    const after = at(tokens, position + 2);
    if (text.startsWith("راح") && !isEnd(after) && after.kind !== "mark") return null;
    const value = GONE_BY.test(text) ? -1 : COMING.test(text) ? 1 : null;
    return value && { value, next: position + 2 };
  }
  if (shift === undefined || token.clitics.conjunction || token.clitics.preposition !== "") return null;
  if (/^[a-z]/.test(token.text)) return null;
  if (!token.clitics.article && shift !== "same" && !["جاي", "ماض", "جار"].includes(token.text)) return null;
  return { value: shift, next: position + 1 };
}

/** A year: "2017", "عام 2017", "من العام الجاري 2017", "العام الماضي", "سنة ألفين وسبعة عشر", "2017م". */
export function yearPhrase(
  tokens: readonly Token[],
  position: number,
  options: { readonly bare: boolean; readonly least?: number; readonly hijri?: boolean },
): Match<Parts> | null {
  let start = position;
  if (isMark(at(tokens, start), "،,.-/") && !at(tokens, start).line) start += 1;
  const role = at(tokens, start).lex.role;
  if (role === "from" || role === "in" || at(tokens, start).text === "ل") start += 1;
  const demonstrative = at(tokens, start).lex.role === "this";
  if (demonstrative) start += 1;
  const token = at(tokens, start);
  if (token.lex.unit === "year" && !token.lex.plural && !token.lex.dual) {
    return yearAfterUnit(tokens, start, demonstrative || token.clitics.demonstrative);
  }
  if (demonstrative || !options.bare) return null;
  const least = options.hijri ? 1200 : (options.least ?? MIN_YEAR);
  return bareYear(tokens, start, least);
}

function yearAfterUnit(
  tokens: readonly Token[],
  position: number,
  demonstrative: boolean,
): Match<Parts> | null {
  const shift = adjective(tokens, position + 1);
  const after = shift?.next ?? position + 1;
  const yearShift = shift?.value ?? (demonstrative ? (0 as const) : undefined);
  const number =
    at(tokens, after).kind === "number"
      ? digits(tokens, after)
      : (pairedYear(tokens, after) ?? cardinalWords(tokens, after));
  const opened = isMark(at(tokens, after), "(") ? digits(tokens, after + 1) : null;
  if (opened !== null && opened.value >= MIN_YEAR && opened.value <= MAX_YEAR) {
    const close = isMark(at(tokens, opened.next), ")") ? 1 : 0;
    return yearMatch(tokens, { value: opened.value, next: opened.next + close }, yearShift);
  }
  if (number !== null && number.value >= 100 && number.value <= 9999)
    return yearMatch(tokens, number, yearShift);
  if (yearShift === undefined) return shortYear(tokens, after);
  return { value: { yearShift }, next: after };
}

/** What a number cannot count: a definite noun, or "لما". */
const DEFINITE = /^(?:(?:[وف]?[ب]?|ع)ال|لل|لما$|ضد$|مع$)/;

/** "عام 17", "سنة 98": the last two digits, where they count nothing. */
function shortYear(tokens: readonly Token[], position: number): Match<Parts> | null {
  const { text, value } = at(tokens, position);
  const next = at(tokens, position + 1);
  const { conjunction, preposition } = next.clitics;
  const ends = isEnd(next) || next.kind === "mark" || next.line || next.lex.role !== undefined;
  if (next.lex.role === "era" || next.text === "ق") return null;
  const joins = conjunction || preposition !== "" || DEFINITE.test(next.text);
  if (!standsAlone(tokens, position) || text.length !== 2 || !(ends || joins)) return null;
  if (value < SHORT_YEARS[0] || (value > SHORT_YEARS[1] && value < SHORT_YEARS[2])) return null;
  return { value: { year: value + (value > SHORT_YEARS[1] ? 1900 : 2000) }, next: position + 1 };
}

/** A year read as in English: "تسعة عشر تسعة وتسعون" for 1999. */
function pairedYear(tokens: readonly Token[], position: number): Match<number> | null {
  const century = cardinalWords(tokens, position);
  if (century === null || century.value < 17 || century.value > 20) return null;
  const rest = cardinalWords(tokens, century.next);
  if (rest === null || rest.value < 11 || rest.value > 99) return null;
  return { value: century.value * 100 + rest.value, next: rest.next };
}

function bareYear(tokens: readonly Token[], position: number, least: number): Match<Parts> | null {
  const token = at(tokens, position);
  const wholeText = at(tokens, position - 1).text === "";
  const paired = wholeText && token.kind === "word" ? pairedYear(tokens, position) : null;
  if (paired !== null && at(tokens, paired.next).text === "") return yearMatch(tokens, paired, undefined);
  const number =
    token.kind === "number" && token.text.length === 4
      ? digits(tokens, position)
      : cardinalWords(tokens, position);
  if (number === null || number.value < least || number.value > MAX_YEAR) return null;
  if (token.kind === "word" && (token.lex.cardinal ?? 0) < 1000) return null;
  return yearMatch(tokens, number, undefined);
}

function yearMatch(
  tokens: readonly Token[],
  number: Match<number>,
  yearShift: Shift | undefined,
): Match<Parts> {
  const era = at(tokens, number.next);
  const hasEra = era.lex.role === "era";
  return {
    value: {
      year: number.value,
      ...(yearShift !== undefined && { yearShift }),
      ...(hasEra && era.text.startsWith("ه") && { hijri: true }),
    },
    next: number.next + (hasEra ? 1 : 0),
  };
}
