import { rankPassages } from "../retrieval/retrieve.ts";
import { type Answer, MAX_CITATIONS } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { factLead } from "./lead.ts";
import { refuseTopic } from "./refuse.ts";
import { reportsOf } from "./reports.ts";
import { mentionedReports } from "./source.ts";

/** The byline of the report that the question names by its number, its words, its day or its place. */
export async function answerAuthor(asked: Asked): Promise<Answer> {
  const { question, scope, sources, signal } = asked;
  const words = question.text.replace(/\p{P}/gu, " ");
  const ranked = await rankPassages({ text: words, limit: 1, signal }, sources);
  const named = ranked.map(({ passage }) => passage.reportId);
  const reports = named.length > 0 ? named : await mentionedReports(asked);
  const heads = await sources.store.heads();
  const signed = reports.filter((id) => heads.get(id)?.byline != null).slice(0, MAX_CITATIONS);
  const refs = await sources.store.select({ reports: signed });
  const bylines = (await sources.store.passages(refs)).filter(({ role }) => role === "byline");
  if (bylines.length === 0) return refuseTopic({ ...asked, ...sources }, "not_reported");
  const quotations = bylines.map((passage) => ({
    passage,
    start: passage.start,
    end: passage.end,
    group: "main" as const,
  }));
  const quoted = await reportsOf(quotations, sources.store);
  return composeAnswer({
    lead: factLead(question, quotations, quoted),
    quotations,
    reports: quoted,
    scope: { dates: scope.dates, places: scope.places },
    widened: null,
    notes: [],
    offers: [],
  });
}
