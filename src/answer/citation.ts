import type { EventDate, Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { type Answer, type Citation, MAX_CITATIONS, MAX_QUOTE_LENGTH } from "./answer.ts";

/** Half-open range of a report's body, chosen from a passage, that is to be quoted. */
export interface Quotation {
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  /** The event of the passage that it is quoted for; null for none. Without it the passage's first event that is news. */
  readonly event?: EventDate | null | undefined;
}

/** A citation that would not stand in its report. Never sent: it is a defect of this program. */
export class CitationError extends Error {
  override readonly name = "CitationError";
}

/** The n-th citation of an answer. The event shown is the passage's own first day that is no background, else its first. */
export function makeCitation(n: number, report: Report, quotation: Quotation): Citation {
  const { passage, start, end } = quotation;
  const first = passage.dates.find((date) => !date.background) ?? passage.dates[0] ?? null;
  const event = quotation.event === undefined ? first : quotation.event;
  return {
    n,
    report: report.id,
    passage: passage.id,
    publisher: report.publisher,
    title: report.title,
    published: report.published,
    event: event ? { start: event.start, end: event.end, precision: event.precision } : null,
    places: passage.places.map(({ id, name }) => ({ id, name })),
    quote: report.body.slice(start, end),
    start,
    end,
  };
}

/**
 * The last check before delivery: every citation's quotation stands letter for letter at its offsets, numbers
 * run 1…n, every claim cites at least one of them, and the caps hold. Throws CitationError naming the citation.
 */
export function checkCitations(answer: Answer, bodies: ReadonlyMap<string, string>): void {
  if (answer.kind !== "answer") return;
  const { citations, claims, disagreements } = answer;
  if (citations.length === 0) throw new CitationError("an answer cites nothing");
  if (citations.length > MAX_CITATIONS)
    throw new CitationError(`${citations.length} citations in one answer`);
  citations.forEach((citation, index) => {
    const name = `citation ${citation.n} of report ${citation.report}`;
    if (citation.n !== index + 1) throw new CitationError(`${name} stands at place ${index + 1}`);
    if (citation.quote.length === 0) throw new CitationError(`${name} is empty`);
    if (citation.quote.length > MAX_QUOTE_LENGTH) throw new CitationError(`${name} is longer than allowed`);
    if (bodies.get(citation.report)?.slice(citation.start, citation.end) !== citation.quote) {
      throw new CitationError(`${name} does not stand at ${citation.start}–${citation.end}`);
    }
  });
  for (const { n, copies = [] } of citations)
    for (const { report, quote, start, end } of copies)
      if (quote === "" || bodies.get(report)?.slice(start, end) !== quote)
        throw new CitationError(
          `the copy of citation ${n} in report ${report} does not stand at ${start}–${end}`,
        );
  const known = new Set(citations.map((citation) => citation.n));
  const cited = [
    ...claims.map((claim) => claim.citations),
    ...disagreements.flatMap((d) => d.values.map((v) => v.citations)),
  ];
  for (const numbers of cited) {
    if (numbers.length === 0) throw new CitationError("a claim cites nothing");
    const unknown = numbers.find((n) => !known.has(n));
    if (unknown !== undefined)
      throw new CitationError(`a claim cites [${unknown}], which is not in the answer`);
  }
}
