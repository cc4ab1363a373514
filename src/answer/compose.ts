import * as phrases from "../phrases/answer.ts";
import type { Report } from "../report/report.ts";
import { searchKey } from "../text/normalize.ts";
import {
  type Citation,
  type CitedAnswer,
  type Claim,
  type Disagreement,
  MAX_CITATIONS,
  type Offer,
  type Scope,
} from "./answer.ts";
import { makeCitation, type Quotation } from "./citation.ts";
import { dayLabel } from "./labels.ts";

/** A quotation that is to become a statement of the answer. */
export interface ChosenQuotation extends Quotation {
  readonly group: Claim["group"];
}

export interface AnswerParts {
  readonly lead: string;
  readonly quotations: readonly ChosenQuotation[];
  /** All reports that are quoted, by id. */
  readonly reports: ReadonlyMap<string, Report>;
  readonly scope: Scope;
  readonly caution?: string | null;
  readonly widened: CitedAnswer["widened"];
  readonly notes: readonly string[];
  readonly offers: readonly Offer[];
  readonly disagreements?: readonly Disagreement[];
}

/** Wire copy: the same words for the same day and place are one statement with a citation for each report. */
function sameStatement(a: Citation, b: Citation): boolean {
  if (searchKey(a.quote) !== searchKey(b.quote)) return false;
  const places = (citation: Citation) =>
    citation.places
      .map(({ id }) => id)
      .sort()
      .join(" ");
  return a.event?.start === b.event?.start && a.event?.end === b.event?.end && places(a) === places(b);
}

/** The quotation without white space at its edges and without the comma that it ends on. */
function tidy(quotation: ChosenQuotation): ChosenQuotation {
  const { passage, start, end } = quotation;
  const text = passage.text.slice(start - passage.start, end - passage.start);
  const from = start + text.length - text.trimStart().length;
  return { ...quotation, start: from, end: from + text.trim().replace(/[\s،؛,]+$/u, "").length };
}

/** Whether the days of a quotation's event were computed: not written out, in a report whose own day is not stated either. */
function isComputed({ event, passage }: ChosenQuotation, reports: AnswerParts["reports"]): boolean {
  return event?.confidence !== "certain" && reports.get(passage.reportId)?.published.confidence !== "stated";
}

/** The days under which each quotation is told; marked where no quotation of these days has them written out. */
export function headingsOf({
  quotations,
  reports,
}: Pick<AnswerParts, "quotations" | "reports">): (string | null)[] {
  const labels = quotations.map(({ event }) =>
    event === undefined ? null : event ? dayLabel(event) : phrases.undated,
  );
  const stated = new Set(
    labels.filter((_, i) => quotations[i]?.event && !isComputed(quotations[i], reports)),
  );
  return labels.map((label, i) =>
    label === null || !quotations[i]?.event || stated.has(label) ? label : phrases.inferredDay(label),
  );
}

/** An extractive answer: each quotation is one statement, numbered in the order given; repeated wire copy is merged. */
export function composeAnswer(parts: AnswerParts): CitedAnswer {
  const citations: Citation[] = [];
  const claims: (Claim & { citations: number[] })[] = [];
  const headings = headingsOf(parts);
  const severalDays = new Set(headings).size > 1;
  for (const [index, quotation] of parts.quotations.entries()) {
    if (citations.length === MAX_CITATIONS) break;
    const report = parts.reports.get(quotation.passage.reportId);
    if (!report) continue;
    const citation = makeCitation(citations.length + 1, report, tidy(quotation));
    if (citations.some((other) => other.report === citation.report && overlap(other, citation))) continue;
    const twin = citations.find((other) => sameStatement(other, citation));
    citations.push(citation);
    const claim = twin && claims.find((other) => other.citations.includes(twin.n));
    if (claim) claim.citations.push(citation.n);
    else {
      const { group } = quotation;
      const heading = severalDays ? (headings[index] ?? null) : null;
      claims.push({ text: citation.quote, citations: [citation.n], quoted: true, group, heading });
    }
  }
  return {
    kind: "answer",
    mode: "extractive",
    lead: parts.lead,
    caution: parts.caution ?? null,
    claims,
    citations,
    disagreements: parts.disagreements ?? [],
    widened: parts.widened,
    notes: parts.notes,
    scope: parts.scope,
    offers: parts.offers,
  };
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}
