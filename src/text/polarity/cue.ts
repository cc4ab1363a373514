import type { NormalizedText, Span } from "../normalize.ts";
import { normalize, originalSpan } from "../normalize.ts";
import type { Token } from "../numbers/lex.ts";

/** Words of a text that decide how it is meant. */
export interface Cue {
  readonly text: string;
  readonly span: Span;
}

/** A text as tokens; cues are quoted from the original. */
export interface Tokens {
  readonly original: string;
  readonly normalized: NormalizedText;
  readonly list: readonly Token[];
}

/** A place in the tokens: [from, to), `offset` units of the first ("و" of "ولم") left out. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** The words of a place, as the text has them. */
export function quote(tokens: Tokens, { from, to, offset }: Place): Cue {
  const first = tokens.list[from];
  const last = tokens.list[to - 1];
  if (first === undefined || last === undefined) return { text: "", span: [0, 0] };
  const span = originalSpan(tokens.normalized, first.start + offset, last.end);
  return { text: tokens.original.slice(...span), span };
}

/** Phrases by their first word; each phrase is a row of words, "|" between alternatives. */
export type PhraseTable<T> = ReadonlyMap<
  string,
  readonly { readonly rest: readonly ReadonlySet<string>[]; readonly value: T }[]
>;

/** Builds a table from lines of phrases: "," ends a phrase, "|" parts alternatives of one word. */
export function phraseTable<T>(entries: readonly (readonly [T, string])[]): PhraseTable<T> {
  const table = new Map<string, { rest: ReadonlySet<string>[]; value: T }[]>();
  for (const [value, phrases] of entries)
    for (const phrase of phrases.replace(/\|\s+/g, "|").split(",")) {
      const [first = "", ...rest] = phrase.trim().split(/\s+/);
      const sets = rest.map((word) => new Set(word.split("|").map(normalize)));
      for (const head of first.split("|")) {
        const key = normalize(head);
        table.set(key, [...(table.get(key) ?? []), { rest: sets, value }]);
      }
    }
  for (const list of table.values()) list.sort((a, b) => b.rest.length - a.rest.length);
  return table;
}

/** The longest phrase of a table that starts at a token, with or without "و" or "ف" before it. */
export function phraseAt<T>(
  table: PhraseTable<T>,
  list: readonly Token[],
  at: number,
): (Place & { readonly value: T }) | null {
  const word = list[at]?.kind === "word" ? (list[at]?.text ?? "") : "";
  for (const offset of /^[وف]/.test(word) ? [0, 1] : [0]) {
    for (const { rest, value } of table.get(word.slice(offset)) ?? []) {
      const fits = rest.every((set, index) => set.has(list[at + 1 + index]?.text ?? ""));
      if (fits) return { from: at, to: at + 1 + rest.length, offset, value };
    }
  }
  return null;
}

/** Whether the word at a token, less "و" or "ف", is one of a set. */
export function isWord(set: ReadonlySet<string>, token: Token | undefined): boolean {
  if (token?.kind !== "word") return false;
  return set.has(token.text) || (/^[وف]/.test(token.text) && set.has(token.text.slice(1)));
}

/** Normalised words of a line. */
export function words(line: string): ReadonlySet<string> {
  return new Set(line.split(/\s+/).map(normalize));
}
