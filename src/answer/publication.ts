import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import type { Report } from "../report/report.ts";
import { findActors } from "../text/actors.ts";
import { overlaps } from "../text/day.ts";
import { type Answer, MAX_CITATIONS } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { publishedLabel } from "./labels.ts";
import { refuseInput } from "./refuse.ts";
import { reportsOf } from "./reports.ts";
import { numberedReport } from "./source.ts";

/** Reports by the author or publisher that the question names; without one those of the last answer. */
async function reportsMeant({ question, sources, memory }: Asked): Promise<string[]> {
  const named = new Set(question.actors.map(({ id }) => id));
  if (named.size === 0) return [...new Set(memory?.citations.map(({ report }) => report) ?? [])];
  const heads = [...(await sources.store.heads())];
  return heads.flatMap(([id, { publisher, byline }]) => {
    const authors = findActors(`${publisher ?? ""}\n${byline ?? ""}`, sources.actors);
    return authors.some((author) => named.has(author.id)) ? [id] : [];
  });
}

/** The passage that proves the day: the report's date line, else the first that names the day, else its first. */
function proofOf({ published }: Report, passages: readonly Passage[]): Passage | undefined {
  const namesDay = ({ dates }: Passage): boolean =>
    dates.some((date) => date.basis === "passage" && overlaps(date, published));
  return passages.find(({ role }) => role === "date") ?? passages.find(namesDay) ?? passages[0];
}

/** Who published a report, when, and how that is known. */
export async function answerPublication(asked: Asked): Promise<Answer> {
  const { scope, sources } = asked;
  const quotations = [];
  const numbered = numberedReport(asked);
  if (numbered !== null && typeof numbered !== "string") return numbered;
  const meant = numbered === null ? await reportsMeant(asked) : [numbered];
  for (const id of meant.slice(0, MAX_CITATIONS)) {
    const report = await sources.store.report(id);
    const passages = await sources.store.passages(await sources.store.select({ reports: [id] }));
    const passage = report && proofOf(report, passages);
    if (passage) quotations.push({ passage, start: passage.start, end: passage.end, group: "main" as const });
  }
  if (quotations.length === 0) return refuseInput(phrases.refusal.noLastAnswer);
  const reports = await reportsOf(quotations, sources.store);
  const labels = [...reports.values()].map(({ publisher, published }) =>
    phrases.list([publisher ?? phrases.unknownPublisher, publishedLabel(published)]),
  );
  return composeAnswer({
    lead: labels.join("\n"),
    quotations,
    reports,
    scope: { dates: scope.dates, places: scope.places },
    widened: null,
    notes: [],
    offers: [],
  });
}
