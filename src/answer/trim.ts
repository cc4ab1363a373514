import { splitSentences } from "../text/clauses.ts";
import type { Span } from "../text/normalize.ts";
import { words } from "../text/tokens.ts";

/** A passage longer than this is shortened by whole sentences at its edges, in UTF-16 units. */
export const TYPICAL_QUOTE = 300;
/** A sentence at the edge goes when its worth is at most this share of the best sentence's. */
const DISPENSABLE = 0.5;

/** A sentence that begins so takes back or limits the one before it: the two stay together. */
const LIMITS_PREVIOUS = new Set(
  "لكن ولكن لكنه ولكنه لكنها ولكنها لكنهم ولكنهم غير الا بيد بل رغم ورغم ومع فيما بينما كما كذلك لذلك ولذلك لذا ولذا".split(
    " ",
  ),
);

export interface TrimOptions {
  /** What the quotation is cut from. */
  readonly text: string;
  /** How much a sentence tells of what was asked; any scale from 0. */
  readonly worth: (sentence: string) => number;
}

/**
 * The part of a text that is quoted, as a span: whole sentences around the best one. A text of at most
 * `TYPICAL_QUOTE` stays whole. Sentences are never cut, so a negation, a number and its noun, and "according to …"
 * stay with what they belong to; nor is a sentence parted from one that limits it or that it introduces.
 */
export function trimQuote({ text, worth }: TrimOptions): Span {
  if (text.trim().length <= TYPICAL_QUOTE) return trimSpace(text, 0, text.length);
  const spans = splitSentences(text);
  const worths = spans.map(([start, end]) => worth(text.slice(start, end)));
  const best = Math.max(...worths);
  let first = 0;
  let last = spans.length - 1;
  const length = (): number => (spans[last]?.[1] ?? 0) - (spans[first]?.[0] ?? 0);
  const sentence = (index: number): string => text.slice(...(spans[index] ?? [0, 0]));
  const dispensable = (index: number): boolean =>
    (worths[index] ?? 0) <= DISPENSABLE * best && (worths[index] ?? 0) < best;
  while (last > first && length() > TYPICAL_QUOTE) {
    const dropFirst = dispensable(first) && !joined(sentence(first), sentence(first + 1));
    const dropLast = dispensable(last) && !joined(sentence(last - 1), sentence(last));
    if (!dropFirst && !dropLast) break;
    if (dropLast && (!dropFirst || (worths[last] ?? 0) <= (worths[first] ?? 0))) last -= 1;
    else first += 1;
  }
  return trimSpace(text, spans[first]?.[0] ?? 0, spans[last]?.[1] ?? text.length);
}

/** Whether two neighbouring sentences must be quoted together. */
function joined(before: string, after: string): boolean {
  return /:\s*$/.test(before) || LIMITS_PREVIOUS.has(words(after)[0] ?? "");
}

function trimSpace(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end);
  return [start + piece.length - piece.trimStart().length, start + piece.trimEnd().length];
}
