import type { Token } from "./lex.ts";
import { isOneOf, lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import type { ParsedNumber } from "./number-words.ts";
import * as words from "./vocabulary.ts";

/**
 * What a number does in its text. Only "count" is a figure; "date" a day or year, "clock" a time of day, "name" a part
 * of a name (اللواء 137), "ordinal" a rank, "list" the number of an item, "percent" a share, "other" an address or telephone.
 */
export type NumberRole = "count" | "date" | "clock" | "name" | "ordinal" | "list" | "percent" | "other";

const UNITS = words.wordSet("لواء فرقة فوج كتيبة سرية");
const JOINERS = words.wordSet("و إلى الى حتى أو to and");

/** The token that many places before the number, with a lone article ("الـ 24") passed over. */
function before(tokens: readonly Token[], at: number, steps: number): Token | undefined {
  const first = tokens[at - 1];
  const article = first?.text === "ال" || first?.text === "وال" || first?.text === "بال" ? 1 : 0;
  return tokens[at - article - steps];
}

function isYearLike(value: number, literal: string): boolean {
  return /^\d{4}$/.test(literal) && value >= 1000 && value <= 2100;
}

function partOfAddress(tokens: readonly Token[], number: ParsedNumber): NumberRole | null {
  const previous = tokens[number.from - 1];
  const token = tokens[number.from];
  const next = tokens[number.to];
  if (token === undefined) return "other";
  if (token.kind !== "number") return null;
  if (Number.isNaN(token.value)) return "other";
  const glue = (mark: Token | undefined, on: boolean): string =>
    mark?.kind === "mark" && on ? mark.text : "";
  const left = glue(previous, token.glued);
  const right = glue(next, next?.glued === true);
  const rightNumber =
    right !== "" && tokens[number.to + 1]?.glued && tokens[number.to + 1]?.kind === "number";
  const leftNumber = left !== "" && previous?.glued && tokens[number.from - 2]?.kind === "number";
  if ((right === ":" && rightNumber) || (left === ":" && leftNumber)) return "clock";
  if (["/", "\\", "⁄"].includes(right) && rightNumber) return "date";
  if (["/", "\\", "⁄"].includes(left) && leftNumber) return "date";
  if (/^[#@_/+=&?]$/.test(left) || /^[_/=&@+]$/.test(right)) return "other";
  if (/^0\d/.test(token.text) || (/^\d+$/.test(token.text) && token.text.length > 9)) return "other";
  if (token.glued && /^[تك]$/.test(previous?.text ?? "") && token.value <= 2) return "date";
  if (token.glued && previous?.kind === "word" && /[a-zt]$/.test(previous.text)) return "name";
  if (left === "-" && tokens[number.from - 2]?.kind === "word" && previous?.glued) return "name";
  if (left === "[" && right === "]") return "list";
  // "كم2" is a square, "اتحادية(1)" a footnote.
  if (token.glued && /^(?:كم|م|متر)$/.test(previous?.text ?? "")) return "other";
  const noted = left === "(" && right === ")" && previous?.glued === true;
  if (noted && tokens[number.from - 2]?.kind === "word" && !isCounted(tokens[number.to + 1])) return "list";
  if (hyphenChain(tokens, number)) return "date";
  const second = tokens[number.to + 1];
  if (right === "-" && rightNumber && second !== undefined && second.value <= token.value) return "other";
  const lead = tokens[number.from - 2];
  if (left === "-" && leftNumber && lead !== undefined && lead.value >= token.value) return "other";
  return null;
}

/** "29-10-2017" and "0944-123-456": three numbers glued by hyphens. */
function hyphenChain(tokens: readonly Token[], number: ParsedNumber): boolean {
  const link = (at: number): boolean =>
    tokens[at]?.text === "-" &&
    tokens[at]?.glued === true &&
    tokens[at + 1]?.kind === "number" &&
    tokens[at + 1]?.glued === true;
  const right = link(number.to);
  const left = number.from >= 2 && link(number.from - 1) && tokens[number.from - 2]?.kind === "number";
  return (
    (right && link(number.to + 2)) || (left && right) || (left && number.from >= 4 && link(number.from - 3))
  );
}

function isListNumber(tokens: readonly Token[], number: ParsedNumber): boolean {
  if (tokens[number.from]?.kind !== "number") return false;
  let at = number.from - 1;
  while (tokens[at]?.kind === "mark" && /^[•*·\-–—(]$/.test(tokens[at]?.text ?? "")) at -= 1;
  const opens = at < 0 || tokens[at]?.kind === "break";
  if (!opens) return false;
  const next = tokens[number.to];
  if (next === undefined || next.kind === "break") return true;
  const marked = next.kind === "mark" && /^[.)\-–—]$/.test(next.text) && next.glued;
  return marked && tokens[number.to + 1]?.kind !== "number" && !isCounted(tokens[number.to + 1]);
}

function isClock(tokens: readonly Token[], number: ParsedNumber): boolean {
  const head = before(tokens, number.from, 1)?.text;
  if (number.value <= 24 && isOneOf(words.CLOCK_HEADS, head)) return true;
  const next = tokens[number.to]?.text;
  return number.value <= 12 && isOneOf(words.DAY_PARTS, next);
}

/** Whether what follows the number makes it a day of a month, or a join to a number that is one. */
function opensDate(tokens: readonly Token[], number: ParsedNumber, after: NumberRole | null): boolean {
  if (number.value > 31 || !Number.isInteger(number.value)) return false;
  const next = tokens[number.to];
  if (next === undefined) return false;
  const second = tokens[number.to + 1]?.text ?? "";
  if (words.MONTHS.has(next.text) || (next.text === "/" && words.MONTHS.has(second))) return true;
  if (next.text === "من" || next.text === "شهر")
    return (
      words.MONTHS.has(second) ||
      words.DAY_OWNERS.has(second) ||
      (next.text === "شهر" && words.MONTHS.has(second))
    );
  const joined = JOINERS.has(next.text) || /^[-–—ـ]$/.test(next.text);
  return joined && after === "date" && nearest(tokens, number.to + 1);
}

function nearest(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === "number" || token?.text === "ال" || token?.kind === "word";
}

function isDate(tokens: readonly Token[], number: ParsedNumber, after: NumberRole | null): boolean {
  const head = before(tokens, number.from, 1)?.text ?? "";
  const next = tokens[number.to];
  if (opensDate(tokens, number, after)) return true;
  const literal = tokens[number.from]?.text ?? "";
  const yearHead = isOneOf(words.YEAR_HEADS, head) && lookUp(words.YEAR_HEADS, head) !== null;
  if (yearHead && number.value >= 100 && !isCounted(next)) return true;
  if (words.MONTHS.has(head) && (number.value <= 2 || number.value >= 100) && !isCounted(next)) return true;
  if (number.value <= 31 && tokens[number.from]?.kind === "number") {
    if (words.WEEKDAYS.has(head) && head.startsWith("ال") && !isCounted(next)) return true;
    if (/^(?:ال)?(?:يوم|تاريخ|ليله)$/.test(head.replace(/^[وبلف]/, "")) && !isCounted(next)) return true;
    if (words.MONTHS.has(head) && /^[a-z]/.test(head)) return true;
  }
  return (
    isYearLike(number.value, literal) &&
    number.form === "digits" &&
    !isCounted(next) &&
    !isCounted(tokens[number.to + 1], next)
  );
}

/** A known counted noun stands there, or "من" and such a noun. */
function isCounted(token: Token | undefined, connective?: Token): boolean {
  if (connective !== undefined && connective.text !== "من") return false;
  if (token?.kind !== "word" || words.MONTHS.has(token.text)) return false;
  return lookUp(COUNTED_NOUNS, token.text)?.conjoined === false;
}

function isName(tokens: readonly Token[], number: ParsedNumber, previousRole: NumberRole | null): boolean {
  const head = before(tokens, number.from, 1);
  const next = tokens[number.to];
  if (number.form === "words" && number.value === 1) return false;
  if (isOneOf(words.MILLIMETRES, next?.text)) return true;
  if (head?.kind === "word" && isOneOf(words.NAMED_BY_NUMBER, head.text) && !isCounted(next)) return true;
  const mark = head?.kind === "mark" && /^[-–"“«(]$/.test(head.text);
  const beyond = before(tokens, number.from, 2);
  if (mark && beyond?.kind === "word" && words.NAMED_BY_NUMBER.has(beyond.text) && head?.glued === true)
    return true;
  // "الفرقة المدرعة 17": an adjective with the article between.
  const apart = beyond?.kind === "word" && isOneOf(UNITS, beyond.text) && head?.text.startsWith("ال");
  if (apart && number.form === "digits" && next?.text !== "من" && !isCounted(next)) return true;
  const joined = tokens[number.from - 1]?.text === "و" || tokens[number.from - 1]?.text === "،";
  return joined && previousRole === "name" && tokens[number.from - 2]?.kind === "number" && !isCounted(next);
}

function isPercent(tokens: readonly Token[], number: ParsedNumber): boolean {
  const next = tokens[number.to]?.text ?? "";
  const second = tokens[number.to + 1]?.text ?? "";
  return (
    next === "%" ||
    next === "٪" ||
    /^بالما?[يا]?[يه]?ه$/.test(next) ||
    (next === "في" && /^الما?يه$/.test(second))
  );
}

const LEVEL_REACH = 9;

/** "تجاوز عدد قتلى التنظيم الخمسين": the level that a number passed. */
function isLevel(tokens: readonly Token[], from: number): boolean {
  for (let at = from - 1; at >= Math.max(0, from - LEVEL_REACH); at -= 1) {
    const token = tokens[at];
    if (token?.kind !== "word") return false;
    if (/^[وفل]?[يت]?(?:تجاوز|فاق|فوق|ناهز|قارب|تخط|تخطي)ت?$/.test(token.text)) return true;
  }
  return false;
}

/** "القرن العشرين" is a rank, "القتلى العشرون" counts. */
function isOrdinal(tokens: readonly Token[], number: ParsedNumber): boolean {
  if (!number.definite || number.form !== "words" || number.value < 20 || number.value > 90) return false;
  if (number.to - number.from > 1 || isCounted(tokens[number.to])) return false;
  if (isLevel(tokens, number.from)) return false;
  const head = tokens[number.from - 1]?.text;
  const found = head === undefined ? null : lookUp(COUNTED_NOUNS, head);
  return head !== "من" && found?.value.number !== "plural";
}

/** Roles of all numbers of a text, right to left so that "5 و10 أيلول" lends its month, names left to right. */
export function rolesOf(tokens: readonly Token[], numbers: readonly ParsedNumber[]): readonly NumberRole[] {
  const roles: NumberRole[] = new Array<NumberRole>(numbers.length).fill("count");
  for (let index = numbers.length - 1; index >= 0; index -= 1) {
    const number = numbers[index];
    if (number === undefined) continue;
    const after = numbers[index + 1];
    const close = after !== undefined && after.from - number.to <= 2;
    roles[index] = roleOf(tokens, number, close ? (roles[index + 1] ?? null) : null);
  }
  for (const [index, number] of numbers.entries())
    if (roles[index] === "count" && isName(tokens, number, roles[index - 1] ?? null)) roles[index] = "name";
  return roles;
}

function roleOf(tokens: readonly Token[], number: ParsedNumber, after: NumberRole | null): NumberRole {
  const address = partOfAddress(tokens, number);
  if (address !== null) return address;
  if (isPercent(tokens, number)) return "percent";
  if (isName(tokens, number, null)) return "name";
  if (isListNumber(tokens, number)) return "list";
  if (isClock(tokens, number)) return "clock";
  if (isDate(tokens, number, after)) return "date";
  if (isOrdinal(tokens, number)) return "ordinal";
  const row = tokens[number.from - 1]?.kind === "number" || tokens[number.to]?.kind === "number";
  if (row && number.form === "digits" && !isCounted(tokens[number.to])) return "other";
  return "count";
}
