import { at, isMark, type Match } from "./parts.ts";
import type { Token } from "./tokens.ts";

const MAX_NUMBER_WORDS = 8;

/** Whether digits stand alone: no part of a decimal, a clock time, a fraction or a longer code. */
export function standsAlone(tokens: readonly Token[], position: number): boolean {
  const token = at(tokens, position);
  const before = at(tokens, position - 1);
  const after = at(tokens, position + 1);
  const joinsBefore =
    !token.spaced && isMark(before, ".,:/٫%") && at(tokens, position - 2).kind === "number" && !before.spaced;
  const joinsAfter =
    !after.spaced &&
    isMark(after, ".,:٫") &&
    at(tokens, position + 2).kind === "number" &&
    !at(tokens, position + 2).spaced;
  return token.kind === "number" && token.value >= 0 && !joinsBefore && !joinsAfter && !isMark(after, "%٪");
}

/** Digits of a whole number, with an English ordinal ending. */
export function digits(tokens: readonly Token[], position: number): Match<number> | null {
  const token = at(tokens, position);
  if (!standsAlone(tokens, position)) return null;
  const suffix = at(tokens, position + 1);
  const ordinal = !suffix.spaced && ["st", "nd", "rd", "th"].includes(suffix.text);
  return { value: token.value, next: position + (ordinal ? 2 : 1) };
}

/** "الخامس", "الحادي عشر", "الثاني والعشرين", "العشرين". */
export function ordinalWords(tokens: readonly Token[], position: number): Match<number> | null {
  const token = at(tokens, position);
  const next = at(tokens, position + 1);
  const { ordinal, cardinal } = token.lex;
  if (ordinal !== undefined) {
    if (ordinal < 10 && next.lex.cardinal === 10 && !next.clitics.conjunction) {
      return { value: ordinal + 10, next: position + 2 };
    }
    if (ordinal < 10 && next.clitics.conjunction && (next.lex.cardinal === 20 || next.lex.cardinal === 30)) {
      return { value: ordinal + next.lex.cardinal, next: position + 2 };
    }
    if (ordinal < 10 && next.text === "و" && isTwentyOrThirty(at(tokens, position + 2))) {
      return { value: ordinal + (at(tokens, position + 2).lex.cardinal ?? 0), next: position + 3 };
    }
    return token.text.startsWith("حادي") || token.text.includes("الحادي")
      ? null
      : { value: ordinal, next: position + 1 };
  }
  if (token.clitics.article && (cardinal === 20 || cardinal === 30))
    return { value: cardinal, next: position + 1 };
  return null;
}

function isTwentyOrThirty(token: Token): boolean {
  return token.lex.cardinal === 20 || token.lex.cardinal === 30;
}

/** A number in words: "خمسة عشر", "واحد وعشرين", "ألفين وسبعة عشر", "ألف وتسعمئة وخمس وتسعين". */
export function cardinalWords(tokens: readonly Token[], position: number): Match<number> | null {
  const first = at(tokens, position).lex.cardinal;
  if (first === undefined) return null;
  let total = first;
  let last = first;
  let next = position + 1;
  for (let count = 0; count < MAX_NUMBER_WORDS; count += 1) {
    const spacedAnd = at(tokens, next).text === "و";
    const token = at(tokens, spacedAnd ? next + 1 : next);
    const value = token.lex.cardinal;
    if (value === undefined) break;
    const joined = spacedAnd || token.clitics.conjunction;
    if (!joined && value === 10 && last < 10) total += 10;
    else if (!joined && (value === 100 || value === 1000) && last < 10) total += last * (value - 1);
    else if (joined && addsTo(last, value)) total += value;
    else break;
    last = value === 10 && !joined ? 19 : value;
    next += spacedAnd ? 2 : 1;
  }
  return { value: total, next };
}

/** Whether "… و value" continues a number whose last word was `last`: hundreds after thousands, tens after units. */
function addsTo(last: number, value: number): boolean {
  if (last >= 1000) return value < 1000;
  if (last >= 100) return value < 100;
  return last < 10 && value >= 20 && value < 100;
}

/** A whole number in digits or words. */
export function anyNumber(tokens: readonly Token[], position: number): Match<number> | null {
  return digits(tokens, position) ?? cardinalWords(tokens, position);
}

/** Skips "ال" or "الـ" written apart before digits, and "و". */
export function skipArticle(tokens: readonly Token[], position: number): number {
  const token = at(tokens, position);
  const apart = token.lex.role === "article" || ["ب", "ل", "وب", "ول"].includes(token.text);
  return apart && at(tokens, position + 1).kind === "number" ? position + 1 : position;
}

/** A day of the month: "29", "الـ 29", "29th", "التاسع والعشرين", "تسعة وعشرين". */
export function dayNumber(tokens: readonly Token[], position: number): Match<number> | null {
  const start = skipArticle(tokens, position);
  const token = at(tokens, start);
  const found =
    token.kind === "number" && token.text.length <= 2
      ? digits(tokens, start)
      : (ordinalWords(tokens, start) ?? cardinalWords(tokens, start));
  return found !== null && found.value >= 1 && found.value <= 31 ? found : null;
}
