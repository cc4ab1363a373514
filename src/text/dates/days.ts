import { closesNumber, noSuchDay, numericDate, writtenDate } from "./absolute.ts";
import { dayNumber, ordinalWords } from "./counts.ts";
import { adjective } from "./months.ts";
import { at, isMark, type Match, type Parts, type Shift } from "./parts.ts";
import type { Token } from "./tokens.ts";
import { isNameBefore, isTwoPeople } from "./traps.ts";

const MONDAY = 1;

/** "روسيا اليوم", "صحيفة اليوم": names of media. */
const NEWS_OF_TODAY = new Set(["روسيا", "قناه", "وكاله", "صحيفه", "جريده", "عالم"]);
const RELATIVE_PRONOUNS = new Set(["الذي", "اللي", "الي", "يلي"]);

/** Skips "صباح", "ما بعد عصر", "منتصف ليل", "ساعات فجر": words that do not change the day. */
export function skipClock(tokens: readonly Token[], position: number): { next: number; night: boolean } {
  let next = position;
  let night = false;
  for (let count = 0; count < 5; count += 1) {
    const token = at(tokens, next);
    const after = at(tokens, next + 1);
    const clockAfter = after.lex.clock === true || after.lex.night === true;
    if (token.lex.clock) next += 1;
    else if (token.lex.night && !token.clitics.article) {
      night = at(tokens, next - 1).lex.part !== "mid";
      next += 1;
    } else if (
      ["ago", "after"].includes(token.lex.role ?? "") &&
      (clockAfter || isMidnight(tokens, next + 1))
    )
      next += 1;
    else if (token.lex.part !== undefined && clockAfter) next += 1;
    else if (token.text === "ما" && ["ago", "after"].includes(after.lex.role ?? "")) next += 1;
    else if (count > 0 && (token.text === "من" || token.text === "of") && next > position) next += 1;
    else break;
  }
  return { next, night };
}

function isMidnight(tokens: readonly Token[], position: number): boolean {
  const { clock, night } = at(tokens, position + 1).lex;
  return at(tokens, position).lex.part === "mid" && (clock === true || night === true);
}

/** "أمس", "أول أمس", "قبل أمس", "بعد غد", "اليوم", "هذا اليوم", "اليوم التالي", "اليوم ذاته". */
function relativeDay(tokens: readonly Token[], position: number): Match<Parts> | null {
  const token = at(tokens, position);
  const after = at(tokens, position + 1);
  if (token.lex.role === "this" && after.text === "اليوم")
    return { value: { relative: 0 }, next: position + 2 };
  if (token.lex.role === "that" && after.text === "اليوم")
    return { value: { relativeToLast: 0 }, next: position + 2 };
  if (token.lex.ordinal === 1 && after.lex.relative === -1)
    return { value: { relative: -2 }, next: position + 2 };
  if (token.text === "awal" && after.lex.relative === -1)
    return { value: { relative: -2 }, next: position + 2 };
  const role = token.lex.role;
  if (role === "ago" || role === "after") {
    const skipped = after.lex.unit === "day" && !after.lex.dual && !after.lex.plural ? 2 : 1;
    const base = at(tokens, position + skipped).lex.relative;
    if (base === (role === "ago" ? -1 : 1))
      return { value: { relative: base * 2 }, next: position + skipped + 1 };
    return null;
  }
  const { relative } = token.lex;
  if (relative === undefined) return null;
  if (relative === -1 && /^ال?حاجه/.test(after.text)) return null;
  if (relative === -1 && after.clitics.article && after.lex.ordinal === 1)
    return { value: { relative: -2 }, next: position + 2 };
  const next = after.lex;
  if (
    token.text === "غدا" &&
    after.text.startsWith("ال") &&
    next.weekday === undefined &&
    next.role === undefined
  )
    return null;
  return relative === 0 ? today(tokens, position) : { value: { relative }, next: position + 1 };
}

/** "اليوم" with what may follow it: "التالي", "الماضي", "ذاته"; "اليوم الثالث من …" is left to the date. */
function today(tokens: readonly Token[], position: number): Match<Parts> | null {
  if (
    NEWS_OF_TODAY.has(at(tokens, position - 1).text) ||
    /^ال(عالمي|دولي|وطني)$/.test(at(tokens, position + 1).text)
  ) {
    return null;
  }
  const shift = adjective(tokens, position + 1);
  if (shift === null && (at(tokens, position + 1).lex.role === "last" || isOrdinalDay(tokens, position)))
    return null;
  if (shift === null) return { value: { relative: 0 }, next: position + 1 };
  if (shift.value === "same") return { value: { relativeToLast: 0 }, next: shift.next };
  if (shift.value === 0) return { value: { relative: 0 }, next: shift.next };
  return { value: { relative: shift.value, relativeToLast: shift.value }, next: shift.next };
}

/** "الأحد", "يوم جمعة", "الجمعة الماضية", "الأحد من الأسبوع الماضي", "الأسبوع القادم يوم الجمعة". */
function weekdayPhrase(tokens: readonly Token[], position: number, named: boolean): Match<Parts> | null {
  const start =
    at(tokens, position).lex.role === "this"
      ? position + (at(tokens, position + 1).lex.unit === "day" ? 2 : 1)
      : position;
  const token = at(tokens, start);
  const { weekday, colloquial, english } = token.lex;
  if (weekday === undefined || token.clitics.preposition === "ك") return null;
  if (at(tokens, start - 1).text === "كل" || at(tokens, start - 2).text === "كل") return null;
  const teen = at(tokens, start + 1);
  if (teen.lex.cardinal === 10 && !teen.clitics.article && !teen.clitics.conjunction) return null;
  const week = weekShift(tokens, start + 1);
  const introduced = named || start > position;
  if (!token.clitics.article && !introduced && english !== true && week === null) return null;
  if (colloquial && !introduced) return null;
  if (english && token.text.length === 3 && !isEnglishContext(tokens, start)) return null;
  if (!introduced && (isNameBefore(tokens, start) || (weekday === MONDAY && isTwoPeople(tokens, start))))
    return null;
  if (week !== null) return { value: { weekday, weekShift: week.value }, next: week.next };
  const shift = adjective(tokens, start + 1);
  if (shift !== null && shift.value !== "same") {
    return { value: { weekday, ...(shift.value !== 0 && { weekdayShift: shift.value }) }, next: shift.next };
  }
  if (start > position && !named) return { value: { weekday, thisWeekday: true }, next: start + 1 };
  const before = at(tokens, start - 1);
  const englishShift = english && /^[a-z]/.test(before.text) ? before.lex.shift : undefined;
  return {
    value: {
      weekday,
      ...(englishShift !== undefined &&
        englishShift !== "same" &&
        englishShift !== 0 && { weekdayShift: englishShift }),
    },
    next: start + 1,
  };
}

/** "sun" and "mon" are weekdays only beside a day or "on". */
function isEnglishContext(tokens: readonly Token[], position: number): boolean {
  const before = at(tokens, position - 1);
  return (
    ["on", "last", "next"].includes(before.text) ||
    dayNumber(tokens, position + 1) !== null ||
    isMark(at(tokens, position + 1), ",،")
  );
}

/** "من الأسبوع الماضي", "الأسبوع المقبل", "هذا الأسبوع". */
export function weekShift(tokens: readonly Token[], position: number): Match<Shift | 2> | null {
  let start = position;
  if (at(tokens, start).lex.role === "from" || at(tokens, start).lex.role === "in") start += 1;
  const demonstrative = at(tokens, start).lex.role === "this";
  if (demonstrative) start += 1;
  const token = at(tokens, start);
  if (
    token.lex.unit !== "week" ||
    token.lex.plural ||
    token.lex.dual ||
    at(tokens, start).clitics.conjunction
  )
    return null;
  const shift = adjective(tokens, start + 1);
  if (shift !== null) return { value: shift.value, next: shift.next };
  if (at(tokens, start + 1).lex.role === "after" && adjective(tokens, start + 2)?.value === 1) {
    return { value: 2, next: start + 3 };
  }
  if (demonstrative || token.clitics.demonstrative) return { value: 0, next: start + 1 };
  return null;
}

/** Joins between a weekday and its date: a comma, "الموافق لـ", "في", "بتاريخ". */
function skipJoin(tokens: readonly Token[], position: number): number {
  let next = position;
  if (isMark(at(tokens, next), "،,-–(/") && !at(tokens, next).line) next += 1;
  if (at(tokens, next).lex.role === "corresponding") next += 1;
  if (at(tokens, next).text === "ل") next += 1;
  const role = at(tokens, next).lex.role;
  if (role === "in" || role === "date" || at(tokens, next).text === "ب") next += 1;
  return next;
}

/**
 * One day with everything that is said about it: "مساء أمس السبت", "يوم الأحد الموافق 29/10/2017",
 * "اليوم الثلاثاء", "ليلة الجمعة". Null value: a date that does not exist.
 */
export function dayPhrase(tokens: readonly Token[], position: number): Match<Parts | null> | null {
  const clock = skipClock(tokens, position);
  let next = clock.next;
  let named = false;
  for (let count = 0; count < 3; count += 1) {
    const token = at(tokens, next);
    if (
      token.lex.role === "date" ||
      ((token.lex.unit === "day" || token.text === "نهار") &&
        !token.lex.plural &&
        !token.lex.dual &&
        token.lex.relative === undefined)
    ) {
      named ||= token.lex.unit === "day" || token.text === "نهار";
      next += 1;
    } else if (
      token.lex.relative === 0 &&
      (RELATIVE_PRONOUNS.has(at(tokens, next + 1).text) ||
        isOrdinalDay(tokens, next) ||
        isDayBeside(tokens, next))
    ) {
      next += RELATIVE_PRONOUNS.has(at(tokens, next + 1).text) ? 2 : 1;
    } else break;
  }
  const cue = next > position || hasCueBefore(tokens, position);
  let parts: Parts = {};
  let end = -1;
  const relative = relativeDay(tokens, next);
  if (relative !== null) {
    parts = relative.value;
    end = next = relative.next;
    if (at(tokens, next).lex.unit === "day" && at(tokens, next + 1).lex.weekday !== undefined) next += 1;
  }
  const weekday = weekdayPhrase(tokens, next, named || at(tokens, next - 1).lex.unit === "day");
  if (weekday !== null && (end < 0 || !at(tokens, next).clitics.conjunction)) {
    parts = { ...parts, ...weekday.value };
    end = next = weekday.next;
  }
  const joined = end < 0 ? next : skipJoin(tokens, next);
  const date = dateAfter(tokens, joined, cue || end >= 0);
  if (date !== null && (end < 0 || !at(tokens, joined).clitics.conjunction)) {
    if (date.value === null) return { value: null, next: date.next };
    parts = { ...parts, ...date.value };
    end = date.next;
    if (isMark(at(tokens, joined - 1), "(") && isMark(at(tokens, end), ")")) end += 1;
  } else if (weekday !== null) {
    const join = skipJoin(tokens, next);
    const number = weekdayNumber(tokens, join, join > next && !isMark(at(tokens, next), "،,-–(/"));
    if (number !== null) {
      parts = { ...parts, day: number.value };
      end = number.next;
    }
  }
  if (end < 0) return named ? bareDayNumber(tokens, next) : null;
  return { value: clock.night ? { ...parts, night: true } : parts, next: end };
}

/** "يوم 29" in a report: of its own month. */
function bareDayNumber(tokens: readonly Token[], position: number): Match<Parts> | null {
  const number = dayNumber(tokens, position);
  if (number === null || at(tokens, number.next - 1).kind !== "number") return null;
  const after = at(tokens, number.next);
  if (
    !closesNumber(after) ||
    (isMark(after, "/-–.:") && !after.spaced && at(tokens, number.next + 1).kind === "number")
  )
    return null;
  return { value: { day: number.value }, next: number.next };
}

/** "اليوم القبل البارحة": "the day" before a relative day, not "today". */
function isDayBeside(tokens: readonly Token[], position: number): boolean {
  const { role } = at(tokens, position + 1).lex;
  return (role === "ago" || role === "after") && relativeDay(tokens, position + 1) !== null;
}

function isOrdinalDay(tokens: readonly Token[], position: number): boolean {
  const token = at(tokens, position + 1);
  if (token.lex.role === "article") return at(tokens, position + 2).kind === "number";
  return token.clitics.article && ordinalWords(tokens, position + 1) !== null;
}

function dateAfter(tokens: readonly Token[], position: number, cue: boolean): Match<Parts | null> | null {
  return numericDate(tokens, position, cue) ?? writtenDate(tokens, position) ?? noSuchDay(tokens, position);
}

/** Words before two digits "5/9" that make a date of them. */
function hasCueBefore(tokens: readonly Token[], position: number): boolean {
  const before = at(tokens, position - 1);
  return (
    ["from", "to", "since", "in", "between", "date", "after", "ago", "corresponding"].includes(
      before.lex.role ?? "",
    ) ||
    ["ب", "ل"].includes(before.text) ||
    before.text === "و"
  );
}

/** "الخميس 21", "السبت السادس عشر", "الجمعة في الثاني": nothing may follow that the number could count. */
function weekdayNumber(
  tokens: readonly Token[],
  position: number,
  introduced: boolean,
): Match<number> | null {
  const token = at(tokens, position);
  if (token.clitics.conjunction || token.clitics.preposition !== "") return null;
  const number = dayNumber(tokens, position);
  if (number === null || !closesNumber(at(tokens, number.next))) return null;
  // "السبت والأحد 28 و29 أيلول": the numbers belong to a list of their own.
  const listed = at(tokens, number.next).text === "و" ? number.next + 1 : number.next;
  if (at(tokens, number.next).lex.role === "and" && dayNumber(tokens, listed) !== null) return null;
  if (token.kind === "number" || token.lex.role === "article") return number;
  return number.value > 10 || (introduced && token.clitics.article) ? number : null;
}
