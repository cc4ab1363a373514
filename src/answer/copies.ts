/** Tells of each quotation where else the same text was published, and sets beside it what an edited copy changes in its figures. */

import type { Passage } from "../passage/passage.ts";
import { unknownPublisher } from "../phrases/answer.ts";
import * as phrases from "../phrases/copies.ts";
import type { Report } from "../report/report.ts";
import { normalizeWithOffsets, originalSpan, type Span } from "../text/normalize.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import { words } from "../text/tokens.ts";
import {
  type Citation,
  type CitationCopy,
  type CitedAnswer,
  type Claim,
  type Disagreement,
  MAX_CITATIONS,
  MAX_QUOTE_LENGTH,
} from "./answer.ts";
import type { Sources } from "./asked.ts";
import { makeCitation } from "./citation.ts";

/** Of two neighbouring words of a sentence, the share that its edited form keeps. */
const SAME_SENTENCE = 0.5;

/** The answer with one citation for the same words, however often they were published, and with what copies say otherwise. */
export async function tellCopies(answer: CitedAnswer, sources: Sources): Promise<CitedAnswer> {
  const { copies, store } = sources;
  if (copies === undefined || answer.citations.every(({ report }) => copies.others(report).length === 0))
    return answer;
  const once = joined(answer, ({ report }) => copies.leader(report));
  const citations: Citation[] = [...once.citations];
  const differing: Disagreement[] = [];
  for (const [index, citation] of once.citations.entries()) {
    const held: CitationCopy[] = [];
    for (const id of copies.others(citation.report)) {
      const report = await store.report(id);
      if (report === null) continue;
      const span = whereIn(report.body, citation.quote);
      if (span !== null) held.push(copyOf(report, span));
      else if (!once.citations.some((other) => other.report === id)) {
        const passages = await store.passages(await store.select({ reports: [id] }));
        const edited = editedForm(citation.quote, passages);
        if (edited === null || !otherFigures(citation.quote, edited.text)) continue;
        if (citations.length === MAX_CITATIONS) continue;
        citations.push(makeCitation(citations.length + 1, report, { passage: edited, ...shown(edited) }));
      }
    }
    citations[index] = { ...citation, copies: held };
  }
  for (const [index, one] of citations.entries())
    for (const other of citations.slice(index + 1))
      if (
        areOneText(one, other, copies.leader) &&
        areOneSentence(one, other) &&
        otherFigures(one.quote, other.quote)
      )
        if (!isTold(answer, one, other)) differing.push(disagreementOf(one, other));
  const whole = { ...once, citations, disagreements: [...once.disagreements, ...differing] };
  const note = noteOf(whole, copies.leader);
  return { ...whole, notes: note === null ? whole.notes : [...whole.notes, note] };
}

type Leader = (report: string) => string;

const areOneText = (a: Citation, b: Citation, leader: Leader): boolean =>
  a.report !== b.report && leader(a.report) === leader(b.report);

/** Quotations of one text that say one thing: the same words are one citation, edited ones without other figures one statement. */
function joined(answer: CitedAnswer, leader: (citation: Citation) => string): CitedAnswer {
  const kept: Citation[] = [];
  const number = new Map<number, number>();
  for (const citation of answer.citations) {
    const twin = kept.find(
      (other) =>
        other.report !== citation.report &&
        leader(other) === leader(citation) &&
        keyOf(other.quote) === keyOf(citation.quote),
    );
    if (twin === undefined) kept.push({ ...citation, n: kept.length + 1 });
    number.set(citation.n, twin?.n ?? kept.length);
  }
  const renumbered = (numbers: readonly number[]): number[] => [
    ...new Set(numbers.map((n) => number.get(n) ?? n)),
  ];
  const claims: Claim[] = [];
  for (const claim of answer.claims) {
    const next = { ...claim, citations: renumbered(claim.citations) };
    const before = claims.findIndex(
      (other) =>
        other.quoted && next.quoted && other.group === next.group && saysAgain(next, other, kept, leader),
    );
    const same = claims[before];
    if (same === undefined) claims.push(next);
    else claims[before] = { ...same, citations: [...new Set([...same.citations, ...next.citations])] };
  }
  const disagreements = answer.disagreements.map((disagreement) => ({
    ...disagreement,
    values: disagreement.values.map((value) => ({ ...value, citations: renumbered(value.citations) })),
  }));
  const renamed = (line: string): string =>
    line.replace(/\[(\d+)\]/g, (_, n: string) => `[${number.get(Number(n)) ?? n}]`);
  const notes = kept.length === answer.citations.length ? answer.notes : answer.notes.map(renamed);
  return { ...answer, citations: kept, claims, disagreements, notes };
}

/** Whether a statement is the edited form of another of the same text, without other figures. */
function saysAgain(
  claim: Claim,
  other: Claim,
  citations: readonly Citation[],
  leader: (citation: Citation) => string,
): boolean {
  const [one, two] = [claim, other].map(({ citations: [n] }) => citations.find((each) => each.n === n));
  if (one === undefined || two === undefined) return false;
  if (one.n === two.n) return true;
  return (
    one.report !== two.report &&
    leader(one) === leader(two) &&
    areOneSentence(one, two) &&
    !otherFigures(one.quote, two.quote)
  );
}

function copyOf(report: Report, [start, end]: Span): CitationCopy {
  const { id, publisher, title, published, url, body } = report;
  return { report: id, publisher, title, published, url, quote: body.slice(start, end), start, end };
}

/** Where a quotation stands in another report: letter for letter, or but for vowel signs and white space. */
function whereIn(body: string, quote: string): Span | null {
  const exact = body.indexOf(quote);
  if (exact >= 0) return [exact, exact + quote.length];
  const [text, wanted] = [normalizeWithOffsets(body), normalizeWithOffsets(quote).text.trim()];
  const at = wanted === "" ? -1 : text.text.indexOf(wanted);
  return at < 0 ? null : originalSpan(text, at, at + wanted.length);
}

const keyOf = (text: string): string => words(text).join(" ");

function pairsOf(text: string): Set<string> {
  const all = words(text);
  return new Set(all.slice(1).map((word, at) => `${all[at]} ${word}`));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  const least = Math.min(a.size, b.size);
  return least === 0 ? 0 : common / least;
}

const areOneSentence = (a: Citation, b: Citation): boolean =>
  likeness(pairsOf(a.quote), pairsOf(b.quote)) >= SAME_SENTENCE;

/** The passage that is a quotation in other words; null when none is near enough. */
function editedForm(quote: string, passages: readonly Passage[]): Passage | null {
  const wanted = pairsOf(quote);
  const [best] = passages
    .filter(({ role }) => role === "text" || role === "title")
    .map((passage) => ({ passage, share: likeness(wanted, pairsOf(passage.text)) }))
    .sort((a, b) => b.share - a.share);
  return best !== undefined && best.share >= SAME_SENTENCE ? best.passage : null;
}

function shown({ start, end }: Passage): { start: number; end: number } {
  return { start, end: Math.min(end, start + MAX_QUOTE_LENGTH) };
}

/** Whether each of two forms of a sentence has a figure that the other lacks: left out is not contradicted. */
function otherFigures(a: string, b: string): boolean {
  return figuresOnlyIn(a, b).length > 0 && figuresOnlyIn(b, a).length > 0;
}

/** The figures of a sentence that the other form of it does not have, in its own words. */
function figuresOnlyIn(text: string, other: string): string[] {
  const keyOf = ({ min, max }: Quantity): string => `${min} ${max}`;
  const theirs = new Set(findQuantities(other).map(keyOf));
  return findQuantities(text).flatMap((found) =>
    found.min === null || theirs.has(keyOf(found)) ? [] : [found.text],
  );
}

/** Whether the answer shows already that these two differ. */
function isTold(answer: CitedAnswer, one: Citation, other: Citation): boolean {
  const reportOf = (n: number): string | undefined => answer.citations.find((each) => each.n === n)?.report;
  return answer.disagreements.some(({ values }) => {
    const told = values.flatMap(({ citations }) => citations.map(reportOf));
    return told.includes(one.report) && told.includes(other.report);
  });
}

function disagreementOf(one: Citation, other: Citation): Disagreement {
  const value = (mine: Citation, theirs: Citation) => ({
    text: phrases.copySays(mine.publisher ?? unknownPublisher, figuresOnlyIn(mine.quote, theirs.quote)),
    citations: [mine.n],
  });
  return { about: phrases.copiesDiffer, values: [value(one, other), value(other, one)] };
}

/** How many places of publication one text has that the answer quotes; null when each was quoted from one place. */
function noteOf({ citations }: CitedAnswer, leader: Leader): string | null {
  const places = new Map<string, Set<string>>();
  for (const { report, copies = [] } of citations) {
    const known = places.get(leader(report)) ?? new Set();
    for (const id of [report, ...copies.map((copy) => copy.report)]) known.add(id);
    places.set(leader(report), known);
  }
  const published = [...places].filter(([, reports]) => reports.size > 1);
  const notes = published.map(([id, reports]) => {
    const numbers = citations.filter(({ report }) => leader(report) === id).map(({ n }) => n);
    return phrases.oneTextPublished(reports.size, numbers);
  });
  return notes.length === 0 ? null : notes.join(" ");
}
