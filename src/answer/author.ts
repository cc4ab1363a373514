import * as phrases from "../phrases/answer.ts";
import { namesPerson, reportAskedFor } from "../question/author.ts";
import { forms } from "../question/word-forms.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import { words } from "../text/tokens.ts";
import { type Answer, MAX_CITATIONS } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { factLead } from "./lead.ts";
import { refuseTopic } from "./refuse.ts";
import { reportsOf } from "./reports.ts";
import { mentionedReports, numberedReport } from "./source.ts";

const CANDIDATES = 20;
/** The report whose words are nearest to those asked for: first by how many of them stand in a passage, then by rank. */
async function nearestReport(asked: Asked): Promise<string[]> {
  const text = reportAskedFor(asked.question);
  const ranked = await rankPassages({ text, limit: CANDIDATES, signal: asked.signal }, asked.sources);
  const shared = (passage: string): number => {
    const found = new Set(words(passage).flatMap(forms));
    return words(text).filter((word) => forms(word).some((form) => found.has(form))).length;
  };
  const [best] = ranked
    .map(({ passage }) => ({ id: passage.reportId, shared: shared(passage.text) }))
    .sort((a, b) => b.shared - a.shared);
  return best ? [best.id] : [];
}

/** The byline of the report that the question names by its number, its words, its day or its place. */
export async function answerAuthor(asked: Asked): Promise<Answer> {
  const { question, scope, sources } = asked;
  const numbered = numberedReport(asked);
  if (numbered !== null && typeof numbered !== "string") return numbered;
  const nearest = numbered === null ? await nearestReport(asked) : [numbered];
  const reports = nearest.length > 0 ? nearest : await mentionedReports(asked);
  const heads = await sources.store.heads();
  const withByline = reports.filter((id) => heads.get(id)?.byline != null).slice(0, MAX_CITATIONS);
  const refs = await sources.store.select({ reports: withByline });
  const bylines = (await sources.store.passages(refs)).filter(({ role }) => role === "byline");
  const quotations = bylines.map((passage) => ({
    passage,
    start: passage.start,
    end: passage.end,
    group: "main" as const,
  }));
  const quoted = await reportsOf(quotations, sources.store);
  const signed = bylines.filter(({ text, reportId }) =>
    namesPerson(text, quoted.get(reportId)?.publisher ?? null),
  );
  if (signed.length === 0) {
    const refused = refuseTopic({ ...asked, ...sources }, "not_reported");
    const line = phrases.refusal.noAuthor(bylines[0]?.text ?? null);
    return { ...refused, lines: [line, ...refused.lines.slice(1)] };
  }
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
