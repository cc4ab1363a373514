/** Cuts a report into passages at sentence and clause borders. */
import type { BodyPart, Report } from "../report/report.ts";
import { splitClauses, splitSentences } from "../text/clauses.ts";
import { findLive, hasArabic, isForeign } from "../text/live-matter.ts";
import type { Span } from "../text/normalize.ts";
import type { Passage } from "./passage.ts";
import { passageId } from "./passage-id.ts";

/** Raise it when the same report would be cut differently: stored indexes become stale. */
export const CHUNKER_VERSION = 4;
/** No passage is longer, in UTF-16 units: the longest quotation that one citation may show. */
export const MAX_PASSAGE_LENGTH = 400;
const TARGET_MIN = 150;
const TARGET_MAX = 300;
const MAX_SENTENCES = 3;
/** Units in which the word that opens a clause ends. */
const LONGEST_OPENING = 12;

/** A passage before it is given its days, places and header. */
export type CutPassage = Omit<Passage, "header" | "dates" | "places">;

/** How a piece ends: with its sentence, with a clause, or with a clause before one that tells of another time. */
type Ending = "sentence" | "clause" | "time";

/** The smallest piece a passage is built from. */
interface Atom {
  readonly start: number;
  readonly end: number;
  readonly ending: Ending;
}

/** A clause that goes back to a date just named: "… منذ كانون الثاني 2016، حين هاجم التنظيم المدينة". */
const OTHER_TIME = /^(?:حين|عندما|يومها|حينها|آنذاك)(?!\p{L})/u;
/** What it costs to end a passage so. */
const ENDING_COST: Readonly<Record<Ending, number>> = { sentence: 0, clause: 0.3, time: -0.7 };

/**
 * Passages of every part but noise, in order: one to three sentences, or clauses of a long sentence, mostly 150 to
 * 300 units, never more than 400. They do not overlap and hold all that is not white space and may be quoted: a
 * clause with a link, an account, a command, markup, a mark of a citation or hidden
 * characters is left out, as is one of another script in an Arabic report. Linear in the body.
 */
export function cutPassages(report: Pick<Report, "id" | "body" | "parts">): CutPassage[] {
  const seen = new Map<string, number>();
  const passages: CutPassage[] = [];
  const arabic = hasArabic(report.body);
  for (const part of report.parts) {
    if (part.role === "noise") continue;
    const runs = quotableRuns(report.body, part, arabic && part.role !== "byline");
    for (const [from, to] of runs.flatMap(group)) {
      const [start, end] = trim(report.body, from, to);
      if (start === end) continue;
      const text = report.body.slice(start, end);
      const occurrence = seen.get(text) ?? 0;
      seen.set(text, occurrence + 1);
      passages.push({
        id: passageId(report.id, text, occurrence),
        reportId: report.id,
        role: part.role,
        start,
        end,
        text,
      });
    }
  }
  return passages;
}

function trim(body: string, start: number, end: number): Span {
  const piece = body.slice(start, end);
  const from = start + (piece.length - piece.trimStart().length);
  return [Math.min(from, end), Math.max(from, start + piece.trimEnd().length)];
}

/** The atoms of a part that may be quoted, in runs that nothing interrupts. */
function quotableRuns(body: string, part: BodyPart, arabic: boolean): Atom[][] {
  const text = body.slice(part.start, part.end);
  const live = findLive(text, { sites: part.role !== "byline" });
  let next = 0;
  const barred = ([start, end]: Span): boolean => {
    while ((live[next]?.[1] ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    const holdsLive = (live[next]?.[0] ?? Number.POSITIVE_INFINITY) < end;
    return holdsLive || (arabic && isForeign(text.slice(start, end)));
  };
  const runs: Atom[][] = [[]];
  for (const sentence of splitSentences(text)) {
    // Of a sentence that is not fit to be quoted, the clauses that are.
    const inPieces = barred(sentence);
    for (const atom of atomsOf(text, sentence, inPieces)) {
      if (inPieces && barred([atom.start, atom.end])) runs.push([]);
      else runs.at(-1)?.push({ ...atom, start: part.start + atom.start, end: part.start + atom.end });
    }
  }
  return runs;
}

/** The atoms of a sentence of a text: the whole of it, or its clauses when it is long or to be cut in pieces. */
function atomsOf(text: string, [from, to]: Span, inPieces: boolean): Atom[] {
  const sentence = text.slice(from, to);
  const whole = sentence.trimEnd().length <= TARGET_MAX && !inPieces;
  const clauses = whole ? [[0, sentence.length] as const] : splitClauses(sentence);
  return clauses
    .flatMap(([start, end]) => splitLong(sentence, start, end))
    .map(([start, end]) => ({ start: from + start, end: from + end, ending: endingAt(sentence, end) }));
}

function endingAt(sentence: string, end: number): Ending {
  if (end === sentence.length) return "sentence";
  return OTHER_TIME.test(sentence.slice(end, end + LONGEST_OPENING)) ? "time" : "clause";
}

/** Splits what is still too long at the last comma, else the last space, else between two characters. */
function splitLong(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  let from = start;
  while (text.slice(from, end).trimEnd().length > MAX_PASSAGE_LENGTH) {
    const window = text.slice(from, from + MAX_PASSAGE_LENGTH);
    const comma = Math.max(window.lastIndexOf("، "), window.lastIndexOf(", "), window.lastIndexOf("؛ ")) + 1;
    const space = window.search(/\s\S*$/u);
    let length = comma > TARGET_MIN ? comma : space > 0 ? space : window.length;
    if (length === window.length) length -= brokenTail(text, from + length);
    spans.push([from, from + length]);
    from += length;
  }
  if (from < end) spans.push([from, end]);
  return spans;
}

/** How many units to go back so that no surrogate pair and no letter with its marks is split at `at`. */
function brokenTail(text: string, at: number): number {
  let back = 0;
  const splits = (i: number): boolean =>
    /[\udc00-\udfff]|\p{M}|\u200d/u.test(text.charAt(i)) || text.charAt(i - 1) === "\u200d";
  while (back < 32 && splits(at - back)) back += 1;
  if (back < 32) return back;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? 1 : 0;
}

/** Cost of one passage: far from the target length, of many sentences, or ending inside a sentence. */
function cost(length: number, sentences: number, ending: Ending): number {
  const short = length < TARGET_MIN ? (TARGET_MIN - length) / TARGET_MIN : 0;
  const long = length > TARGET_MAX ? (length - TARGET_MAX) / 100 : 0;
  return 0.35 + short + long + Math.max(0, sentences - 1) * 0.15 + ENDING_COST[ending];
}

/** The cheapest way to join neighbouring atoms (dynamic programming over the last few atoms of each end). */
function group(atoms: readonly Atom[]): Span[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= atoms.length; to += 1) {
    const last = atoms[to - 1];
    let chosen = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    let sentences = 0;
    for (let from = to - 1; from >= 0; from -= 1) {
      const first = atoms[from];
      if (!first || !last) break;
      if (from === to - 1 || first.ending === "sentence") sentences += 1;
      const length = last.end - first.start;
      if (from < to - 1 && (length > MAX_PASSAGE_LENGTH || sentences > MAX_SENTENCES)) break;
      const total = (best[from]?.cost ?? 0) + cost(length, sentences, last.ending);
      if (total < chosen.cost) chosen = { cost: total, from };
    }
    best.push(chosen);
  }
  const spans: Span[] = [];
  for (let to = atoms.length; to > 0; to = best[to]?.from ?? 0) {
    const from = best[to]?.from ?? 0;
    spans.push([atoms[from]?.start ?? 0, atoms[to - 1]?.end ?? 0]);
  }
  return spans.reverse();
}
