import type { Report } from "../report/report.ts";

/** Half-open, UTF-16 offsets in the body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Longer paragraphs are turned in pieces, so that a page with its head fits one message. */
const LONGEST_PIECE = 1_500;

/** The readable paragraphs of a report, in order: lines of every part that is not noise, without empty ones. */
export function paragraphsOf({ body, parts }: Pick<Report, "body" | "parts">): Span[] {
  return parts.filter((part) => part.role !== "noise").flatMap(({ start, end }) => linesOf(body, start, end));
}

function linesOf(body: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (const match of body.slice(start, end).matchAll(/[^\n]*\S[^\n]*/g)) {
    const from = start + match.index;
    spans.push(...pieces(body, from, from + match[0].length));
  }
  return spans;
}

/** Cut after a sentence, a clause or a word. */
function pieces(body: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  let at = start;
  while (end - at > LONGEST_PIECE) {
    const window = body.slice(at, at + LONGEST_PIECE);
    const border = /^[\s\S]*[.!؟?…]\s|^[\s\S]*[؛،,;:]\s|^[\s\S]*\s/u.exec(window)?.[0] ?? window;
    // Half of a surrogate pair never begins a piece.
    const length = /[\ud800-\udbff]$/.test(border) ? border.length - 1 : border.length;
    spans.push({ start: at, end: at + length });
    at += length;
  }
  return [...spans, { start: at, end }];
}
