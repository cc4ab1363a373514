import * as phrases from "../phrases/answer.ts";
import type { Question } from "../question/question.ts";
import type { Report } from "../report/report.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { Quotation } from "./citation.ts";
import { publishedLabel } from "./labels.ts";
import { fitsAsked } from "./quantity-fit.ts";

const PHRASE_LENGTH = 120;

function quoted({ passage, start, end }: Quotation): string {
  return passage.text.slice(start - passage.start, end - passage.start);
}

/** The figure with its bound, noun and party where they stand together: "أكثر من 50 من عناصر تنظيم …", letter for letter. */
function figure(quantity: Quantity, text: string): string {
  const [start, end] = quantity.phraseSpan ?? quantity.span;
  return end - start <= PHRASE_LENGTH ? text.slice(start, end) : text.slice(...quantity.span);
}

/**
 * First line of an answer to a question for a fact: who says it and when; for "how many", the figure first, as the
 * source has it.
 */
export function factLead(
  question: Question,
  quotations: readonly Quotation[],
  reports: ReadonlyMap<string, Report>,
): string {
  const [first] = quotations;
  const report = first && reports.get(first.passage.reportId);
  if (!first || !report) return "";
  const publisher = report.publisher ?? phrases.unknownPublisher;
  const source = phrases.list([phrases.accordingTo(publisher), publishedLabel(report.published)]);
  if (question.kind !== "count") return `${source}:`;
  const text = quoted(first);
  const fitting = findQuantities(text).filter(
    (quantity) => fitsAsked(quantity, question.quantity) && (quantity.partOf ?? null) === null,
  );
  const [only] = fitting;
  return only && fitting.length === 1 ? phrases.list([figure(only, text), source]) : `${source}:`;
}
