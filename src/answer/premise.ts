/** Whether what a question takes for granted is told otherwise by what was found, or not told at all. */
import { saysWholly, supposed } from "../question/premise.ts";
import type { Located } from "../retrieval/scope.ts";
import type { CitedReport, Rule } from "../verification/claim.ts";
import type { EventClass } from "../verification/events/lexicon.ts";
import { readEvents } from "../verification/events/read.ts";
import { read } from "../verification/reading.ts";
import { verifyClaim } from "../verification/verify.ts";
import type { Asked } from "./asked.ts";

/** Rules that a statement breaks where its event is told of other parties or places, or of none. */
const UNTOLD: ReadonlySet<Rule> = new Set<Rule>([
  "actor",
  "place",
  "role",
  "degree",
  "order",
  "fact",
  "coverage",
]);

/** Deeds that a report either tells or does not: of any other, words that are not known may hide it. */
const DEEDS: ReadonlySet<EventClass> = new Set<EventClass>([
  "control",
  "enter",
  "storm",
  "push",
  "withdraw",
  "besiege",
  "kidnap",
]);

async function citedReports(
  quotes: readonly Located[],
  { sources }: Asked,
): Promise<Map<string, CitedReport>> {
  const reports = new Map<string, CitedReport>();
  for (const id of new Set(quotes.map(({ passage }) => passage.reportId))) {
    const report = await sources.store.report(id);
    if (!report) continue;
    const passages = await sources.store.passages(await sources.store.select({ reports: [id] }));
    reports.set(id, { report, passages });
  }
  return reports;
}

/**
 * Whether a why, when or how supposes what the quotations found for it deny: its statement is held against each of
 * them by the rules for a model's claims, and none supports it while one tells the deed of others, none tells it
 * wholly, or, of words that all stand there, none tells the deed at all. `missing` are words that do not stand there.
 */
export async function isFalsePremise(
  quotes: readonly Located[],
  missing: readonly string[],
  asked: Asked,
): Promise<boolean> {
  const statement = supposed(asked.question);
  if (statement === null || quotes.length === 0) return false;
  const reports = await citedReports(quotes, asked);
  const { gazetteer, actors, region } = asked.sources;
  const rules = quotes.map(({ passage }) => {
    const claim = { text: statement, citations: [{ report: passage.reportId, quote: passage.text.trim() }] };
    return verifyClaim(claim, { reports, gazetteer, actors, region }).rule;
  });
  asked.sources.trace?.(`supposed: ${statement} ${rules.map((rule) => rule ?? "told").join(", ")}`);
  if (rules.includes(null) || rules.includes("negation")) return false;
  if (rules.includes("role")) return true;
  if (saysWholly(statement)) return rules.every((rule) => rule === "degree");
  const untold = rules.every((rule) => rule !== null && UNTOLD.has(rule));
  const deeds = readEvents(read(statement, { reports, gazetteer, actors, region }), []);
  const provable = deeds.some(({ main, cls }) => main && DEEDS.has(cls));
  return (
    provable &&
    untold &&
    missing.length === 0 &&
    rules.some((rule) => rule === "coverage" || rule === "degree")
  );
}
