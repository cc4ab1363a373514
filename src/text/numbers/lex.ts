import type { NormalizedText } from "../normalize.ts";

/**
 * Tokens of a normalised text. `start`/`end` are offsets in the normalised text; `glued`: no space before it.
 * `value` is set for numbers written in digits; NaN when the digits are no number (a date, an address).
 */
export interface Token {
  readonly kind: "word" | "number" | "mark" | "break";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly glued: boolean;
  readonly value: number;
}

const TOKEN = /(\p{L}+)|(\d+(?:[.,٫٬]\d+|،\d{3}(?!\d))*)|(\n)|(\S)/gu;

/** Digits with their separators: 1,234 and 1.234 are thousands, 14.5 and 14,5 decimals; NaN for 12.5.2017. */
export function parseLiteral(literal: string): number {
  const groups = literal.split(/[.,٫٬،]/);
  const marks = literal.match(/[.,٫٬،]/g) ?? [];
  const first = groups[0] ?? "";
  const last = marks.at(-1);
  if (last === undefined) return first.length > 15 ? Number.NaN : Number(first);
  const inThrees = (from: readonly string[]): boolean =>
    first.length <= 3 && !first.startsWith("0") && from.every((group) => group.length === 3);
  const tail = groups.slice(1);
  if (last !== "٫" && new Set(marks).size === 1 && inThrees(tail)) return Number(groups.join(""));
  const whole = tail.slice(0, -1);
  const decimal = last === "٫" || last === "." || last === ",";
  const thousandsFirst = whole.length === 0 || (inThrees(whole) && !marks.slice(0, -1).includes(last));
  if (!decimal || !thousandsFirst) return Number.NaN;
  return Number(`${first}${whole.join("")}.${tail.at(-1) ?? "0"}`);
}

/** Splits a normalised text into words, numbers in digits, line breaks and single marks. Linear. */
export function lex(normalized: NormalizedText): readonly Token[] {
  const tokens: Token[] = [];
  let end = -1;
  for (const match of normalized.text.matchAll(TOKEN)) {
    const text = match[0];
    const start = match.index;
    const kind = match[1] ? "word" : match[2] ? "number" : match[3] ? "break" : "mark";
    const glued = start === end;
    end = start + text.length;
    tokens.push({
      kind,
      text,
      start,
      end,
      glued,
      value: kind === "number" ? parseLiteral(text) : Number.NaN,
    });
  }
  return joinSpacedThousands(tokens);
}

/** "12 000 شخص": groups of three digits after a space are one number. */
function joinSpacedThousands(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const before = out.at(-1);
    const joins =
      token.kind === "number" &&
      /^\d{3}$/.test(token.text) &&
      before?.kind === "number" &&
      !token.glued &&
      /^[1-9]\d{0,2}(?: \d{3})*$/.test(before.text) &&
      before.text.length < 12 &&
      out.at(-2)?.text !== "+" &&
      out.at(-2)?.kind !== "number";
    if (!joins) {
      out.push(token);
      continue;
    }
    const text = `${before.text} ${token.text}`;
    out[out.length - 1] = { ...before, text, end: token.end, value: Number(text.replaceAll(" ", "")) };
  }
  return out;
}

const CLITICS = [
  "و",
  "ف",
  "ال",
  "ب",
  "ل",
  "ك",
  "وال",
  "فال",
  "بال",
  "لل",
  "كال",
  "ول",
  "وب",
  "وبال",
  "ولل",
  "عال",
  "هال",
] as const;

/** What a word is in a table, once its proclitics are taken away; `offset` units were taken. */
export interface Found<T> {
  readonly value: T;
  readonly key: string;
  readonly offset: number;
  readonly definite: boolean;
  readonly conjoined: boolean;
}

/** Looks a normalised word up as it stands, then without its proclitics (و ف ب ل ك ال لل), shortest first. */
export function lookUp<T>(table: ReadonlyMap<string, T>, word: string): Found<T> | null {
  const whole = table.get(word);
  if (whole !== undefined) return { value: whole, key: word, offset: 0, definite: false, conjoined: false };
  for (const clitic of CLITICS) {
    if (!word.startsWith(clitic)) continue;
    const key = word.slice(clitic.length);
    const value = table.get(key);
    if (value === undefined) continue;
    const definite = clitic.endsWith("ال") || clitic.endsWith("لل");
    return { value, key, offset: clitic.length, definite, conjoined: /^[وف]/.test(clitic) };
  }
  return null;
}

/** Whether the word, with or without proclitics, is in the set. */
export function isOneOf(set: ReadonlyMap<string, true>, word: string | undefined): boolean {
  return word !== undefined && lookUp(set, word) !== null;
}
