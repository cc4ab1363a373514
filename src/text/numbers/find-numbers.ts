import type { NormalizedText, Span } from "../normalize.ts";
import { normalizeWithOffsets, originalSpan } from "../normalize.ts";
import type { Token } from "./lex.ts";
import { isOneOf, lex, lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import type { ParsedNumber } from "./number-words.ts";
import { parseNumberAt } from "./number-words.ts";
import type { NumberRole } from "./roles.ts";
import { rolesOf } from "./roles.ts";
import { ORDINALS } from "./vocabulary.ts";

/** A number as a text has it, whatever it is for. `span` is in the original text. */
export interface NumberMention {
  readonly value: number;
  readonly text: string;
  readonly span: Span;
  readonly form: "digits" | "words" | "mixed";
  readonly role: NumberRole;
}

/** A text cut into tokens with its numbers and what each of them does. */
export interface ScannedText {
  readonly original: string;
  readonly normalized: NormalizedText;
  readonly tokens: readonly Token[];
  readonly numbers: readonly ParsedNumber[];
  readonly roles: readonly NumberRole[];
}

/** The tokens that an ordinal takes with it: "الخامس عشر", "التاسع والعشرين". */
function ordinalLength(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token?.kind !== "word" || !isOneOf(ORDINALS, token.text)) return 0;
  const next = parseNumberAt(tokens, at + 1);
  if (next === null || next.form !== "words") return 1;
  const tail = next.value === 10 || (next.value >= 20 && next.value <= 90 && next.value % 10 === 0);
  return tail && next.to === at + 2 ? 2 : 1;
}

/** Whether it is a number and no other word: "ست", "مية", "ألفا" and the like count only where a counted noun or another number follows. */
function isProven(
  scan: Pick<ScannedText, "original" | "normalized" | "tokens">,
  number: ParsedNumber,
): boolean {
  const next = scan.tokens[number.to];
  const first = scan.tokens[number.from];
  if (first === undefined) return false;
  const [from, to] = originalSpan(scan.normalized, first.start, first.end);
  // "ألّف" is "he wrote".
  if (number.to === number.from + 1 && /لّ/.test(scan.original.slice(from, to))) return false;
  if (!number.weak) return true;
  if (/[ئ\u064B]/.test(scan.original.slice(from, to))) return true;
  const previous = scan.tokens[number.from - 1];
  if (previous?.kind === "number") return false;
  if (next?.kind !== "word") return false;
  const noun = lookUp(COUNTED_NOUNS, next.text);
  return (noun !== null && noun.offset === 0) || next.text === "من";
}

/** "ألفا مدني" is two thousand, "ألفاً من المدنيين" and "20 ألفاً" are not: only the dual stands right before its noun. */
function asDual(
  text: Pick<ScannedText, "original" | "normalized" | "tokens">,
  number: ParsedNumber,
): ParsedNumber {
  const first = text.tokens[number.from];
  const next = text.tokens[number.to];
  if (first === undefined || number.to > number.from + 1 || !/(?:الف|مليون)ا$/.test(first.text))
    return number;
  const [from, to] = originalSpan(text.normalized, first.start, first.end);
  const before = next?.kind === "word" && lookUp(COUNTED_NOUNS, next.text)?.offset === 0;
  return before && !/\u064B/.test(text.original.slice(from, to))
    ? { ...number, value: number.value * 2 }
    : number;
}

/** Cuts a text into tokens and finds its numbers. Linear in the length of the text; never throws. */
export function scan(original: string): ScannedText {
  const normalized = normalizeWithOffsets(original);
  const tokens = lex(normalized);
  const numbers: ParsedNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const ordinal = ordinalLength(tokens, at);
    if (ordinal > 0) {
      at += ordinal;
      continue;
    }
    const number = parseNumberAt(tokens, at);
    if (number === null) at += 1;
    else {
      if (isProven({ original, normalized, tokens }, number))
        numbers.push(asDual({ original, normalized, tokens }, number));
      at = number.to;
    }
  }
  return { original, normalized, tokens, numbers, roles: rolesOf(tokens, numbers) };
}

/** Span in the original of a number, its conjunction and preposition left out ("وعشرون" → "عشرون"). */
export function numberSpan(scanned: ScannedText, number: ParsedNumber): Span {
  const first = scanned.tokens[number.from];
  const last = scanned.tokens[number.to - 1];
  if (first === undefined || last === undefined) return [0, 0];
  return originalSpan(scanned.normalized, first.start + number.offset, last.end);
}

/**
 * Every number of a text, in digits of any script or in words, with what it does there. A figure that only stands in
 * a dual ("قتيلان") or in no number at all ("العشرات") is found by findQuantities. Linear; never throws.
 */
export function findNumbers(text: string): readonly NumberMention[] {
  const scanned = scan(text);
  return scanned.numbers.map((number, index) => {
    const span = numberSpan(scanned, number);
    const role = scanned.roles[index] ?? "other";
    return { value: number.value, text: text.slice(span[0], span[1]), span, form: number.form, role };
  });
}
