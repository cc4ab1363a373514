import type { NormalizedText } from "../normalize.ts";
import { type Lexeme, lexeme } from "./lexicon.ts";

/** A word, a run of digits, or one other character of the normalised text. */
export interface Token {
  readonly kind: "word" | "number" | "mark";
  readonly text: string;
  /** Half-open range in the normalised text. */
  readonly start: number;
  readonly end: number;
  /** White space stands before it. */
  readonly spaced: boolean;
  /** A line break stands before it. */
  readonly line: boolean;
  /** Of a number of up to nine digits; otherwise -1. */
  readonly value: number;
  readonly lex: Lexeme;
  readonly clitics: Clitics;
}

/** What was written together before the word: "و", then "ب/ل/ك", then "ال" (or Levantine "هال"). */
export interface Clitics {
  readonly conjunction: boolean;
  readonly preposition: string;
  readonly article: boolean;
  readonly demonstrative: boolean;
}

const NO_LEXEME: Lexeme = {};
const BARE: Clitics = { conjunction: false, preposition: "", article: false, demonstrative: false };

interface Reading {
  readonly lex: Lexeme;
  readonly clitics: Clitics;
}

const PREFIXES: readonly (readonly [string, Clitics])[] = ["", "و", "ف"].flatMap((conjunction) =>
  [
    ["", "", false, false],
    ["ال", "", true, false],
    ["لل", "ل", true, false],
    ["بال", "ب", true, false],
    ["كال", "ك", true, false],
    ["هال", "", true, true],
    ["بهال", "ب", true, true],
    ["ب", "ب", false, false],
    ["ل", "ل", false, false],
  ].map(
    ([prefix, preposition, article, demonstrative]) =>
      [
        `${conjunction}${prefix}`,
        {
          conjunction: conjunction !== "",
          preposition: String(preposition),
          article: article === true,
          demonstrative: demonstrative === true,
        },
      ] as const,
  ),
);

/** "باب" is a door, "لاحد" no Sunday: these stems take no bare one-letter preposition. */
const NO_PREPOSITION = new Set(["اب", "و", "م", "ال", "من", "الي", "حد", "ست", "سبع", "اوت", "ماي", "لل"]);

function read(word: string): Reading {
  for (const [prefix, clitics] of PREFIXES) {
    if (!word.startsWith(prefix)) continue;
    const stem = word.slice(prefix.length);
    if (clitics.preposition !== "" && !clitics.article && NO_PREPOSITION.has(stem)) continue;
    const lex = lexeme(stem);
    if (lex !== undefined) return { lex, clitics };
  }
  return { lex: NO_LEXEME, clitics: BARE };
}

/** Arabizi writes a digit inside a word: "mbare7". */
const PIECE = /[a-z]{3,}[357](?!\d)|\p{L}+|\d+|\s|[^\p{L}\d\s]/gu;

/** Cuts a normalised text into tokens and looks every distinct word up once. Linear in the text. */
export function tokenize(normalized: NormalizedText): Token[] {
  const tokens: Token[] = [];
  const readings = new Map<string, Reading>();
  let spaced = false;
  let line = false;
  for (const match of normalized.text.matchAll(PIECE)) {
    const text = match[0];
    if (text === " " || text === "\n") {
      spaced = true;
      line ||= text === "\n";
      continue;
    }
    const number = text[0] !== undefined && text[0] >= "0" && text[0] <= "9";
    const word = !number && /^\p{L}/u.test(text);
    let reading: Reading = { lex: NO_LEXEME, clitics: BARE };
    if (word) {
      reading = readings.get(text) ?? read(text);
      readings.set(text, reading);
    }
    tokens.push({
      kind: number ? "number" : word ? "word" : "mark",
      text,
      start: match.index,
      end: match.index + text.length,
      spaced,
      line,
      value: number && text.length <= 9 ? Number(text) : -1,
      lex: reading.lex,
      clitics: reading.clitics,
    });
    spaced = false;
    line = false;
  }
  return tokens;
}
