/** Quotations found again in the reports that they are said to stand in. */
import type { Passage } from "../passage/passage.ts";
import { normalizeWithOffsets, type Span, searchKey } from "../text/normalize.ts";
import type { CitedReport, QuotedCitation } from "./claim.ts";

/** A quotation in its place: `report.body.slice(start, end) === text`. */
export interface Evidence extends CitedReport {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The passages of the report that the quotation touches. */
  readonly cited: readonly Passage[];
}

/** Letters and digits that a quotation must have: what is shorter proves nothing. */
const SHORTEST_QUOTE = 12;
const LETTERS = /[\p{L}\p{N}]/gu;
const LETTER = /[\p{L}\p{N}]/u;
/** Quotation marks and dashes of all kinds are one: keyboards differ. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[“”„‟«»‹›‘’‚‛'"]/g, '"'],
  [/[–—‐‑−]/g, "-"],
];
/** What an author may leave before or after a quotation. */
const EDGES = /^[\s".،,؛:…«»]+|[\s".،,؛:…«»]+$/g;
/** A quotation may begin after what is written to a word: "حي" of "لحي", "قوات" of "وبقوات". */
const PROCLITICS = /(?<!\p{L})[وفبلك]{1,2}$/u;
const LONGEST_PROCLITICS = 3;
/** "و" and "ف" are words of their own: what begins behind them is sent without them. */
const CONJUNCTION = /^[وف]$/;

function withOneKindOfMarks(text: string): string {
  return MARKS.reduce((marked, [pattern, mark]) => marked.replace(pattern, mark), text);
}

/** Whether the range of a normalised text begins and ends where words do. */
function isWhole(text: string, start: number, end: number): boolean {
  const after = text.charAt(end);
  if (LETTER.test(after) && LETTER.test(text.charAt(end - 1))) return false;
  return procliticsBefore(text, start) !== null;
}

/** What is written to the word in which a quotation begins, "" at the head of a word; null inside another word. */
function procliticsBefore(text: string, start: number): string | null {
  if (!LETTER.test(text.charAt(start - 1)) || !LETTER.test(text.charAt(start))) return "";
  return PROCLITICS.exec(text.slice(Math.max(0, start - LONGEST_PROCLITICS), start))?.[0] ?? null;
}

/** Where a quotation that begins inside a word is sent from: the head of the word, less a conjunction alone. */
function headOfWord(text: string, start: number): number {
  const written = procliticsBefore(text, start) ?? "";
  return CONJUNCTION.test(written) ? start : start - written.length;
}

/** The range with the quotation mark right outside it whose fellow stands inside. */
function withBothMarks(text: string, start: number, end: number): Span {
  const odd = text.slice(start, end).split('"').length % 2 === 0;
  if (!odd) return [start, end];
  if (text.charAt(end) === '"') return [start, end + 1];
  return text.charAt(start - 1) === '"' ? [start - 1, end] : [start, end];
}

/**
 * Where a quotation stands in a body, letter for letter after normalisation (searchKey), whole words only, but that it
 * may leave out what is written to its first word, which is then in the span; the first place of several. Null when it is too short or stands nowhere.
 */
export function locateQuote(quote: string, body: string): Span | null {
  const wanted = withOneKindOfMarks(searchKey(quote)).replace(EDGES, "");
  if ((wanted.match(LETTERS)?.length ?? 0) < SHORTEST_QUOTE) return null;
  const normalized = normalizeWithOffsets(body);
  const text = withOneKindOfMarks(normalized.text.replaceAll("\n", " "));
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!isWhole(text, at, end)) continue;
    const [from, to] = withBothMarks(text, headOfWord(text, at), end);
    return [normalized.starts[from] ?? 0, normalized.ends[to - 1] ?? 0];
  }
  return null;
}

/** The quotation in its place, or null when it does not stand in the report or stands in what readers never see. */
export function findEvidence(citation: QuotedCitation, cited: CitedReport): Evidence | null {
  const { body, parts } = cited.report;
  const span = locateQuote(citation.quote, body);
  if (span === null) return null;
  const [start, end] = span;
  if (parts.some((part) => part.role === "noise" && part.start < end && start < part.end)) return null;
  const touched = cited.passages.filter((passage) => passage.start < end && start < passage.end);
  return { ...cited, text: body.slice(start, end), start, end, cited: touched };
}
