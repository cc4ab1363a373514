import * as phrases from "../phrases/answer.ts";
import { tellsOfControl } from "../question/control.ts";
import { asksWhoTook } from "../question/focus.ts";
import type { Question } from "../question/question.ts";
import type { Report } from "../report/report.ts";
import { words } from "../text/tokens.ts";
import type { Quotation } from "./citation.ts";
import { publishedLabel } from "./labels.ts";

const CONTROLLED =
  /^[وفبل]{0,2}(?:ال)?(?:سيطر|سيطرت|سيطروا|سيطره|سيطرتها|سيطرته|مسيطر|مسيطره|استعادت?|استعاده|استولت?|انتزعت?|حررت?|تحرير|احتلت?|بيد|سقوط)$/u;

/** Whether a question asks who took a place of which the quotations tell only that it was entered or left. */
function tellsNoControl(question: Question, quotations: readonly Quotation[]): boolean {
  if (!asksWhoTook(question) || question.places.length === 0) return false;
  const told = quotations.flatMap(({ passage, start, end }) =>
    words(passage.text.slice(start - passage.start, end - passage.start)),
  );
  const asked = words(question.text).some((word) => CONTROLLED.test(word));
  return asked && told.some(tellsOfControl) && !told.some((word) => CONTROLLED.test(word));
}

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
  if (question.kind === "count") return phrases.figures.noneOfJustThat(source);
  return tellsNoControl(question, quotations) ? phrases.onlyEntered(source) : `${source}:`;
}
