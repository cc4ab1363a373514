import * as phrases from "../phrases/answer.ts";
import type { Question } from "../question/question.ts";
import type { Report } from "../report/report.ts";
import type { Quotation } from "./citation.ts";
import { publishedLabel } from "./labels.ts";

/**
 * First line of an answer to a question for a fact: who says it and when. For "how many" it says that no figure of
 * just that stands there: count.ts puts one in its place where one does.
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
  return question.kind === "count" ? phrases.figures.noneOfJustThat(source) : `${source}:`;
}
