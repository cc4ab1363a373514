import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import { countedEvent, isAnyone } from "../question/quantity.ts";
import { nearestOf, rankPassages } from "../retrieval/retrieve.ts";
import { heldIn, type Located, selectInScope, tellsOfDays } from "../retrieval/scope.ts";
import { findActors } from "../text/actors.ts";
import { splitClauses } from "../text/clauses.ts";
import { polarity } from "../text/negation.ts";
import { findQuantities } from "../text/numbers/find.ts";
import { words } from "../text/tokens.ts";
import type { CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { publishedLabel } from "./labels.ts";
import { scopeNotes } from "./notes.ts";
import { isOpenCount } from "./open-count.ts";
import { fitsAsked } from "./quantity-fit.ts";
import { reportsOf } from "./reports.ts";

const CANDIDATES = 50;
const QUOTATIONS = 2;
/** Reports whose figures stand side by side where nothing says of which event they are asked. */
const REPORTS = 3;
const MAGNITUDE = /عشرات|مئات|آلاف|الاف/;
const BOTH_SIDES = /طرفي|الطرفين|الجانبين/;

/** Passages in which the count would stand: those of the scope's reports and days, or the nearest of the collection. */
async function candidatesOf(asked: Asked): Promise<Located[]> {
  const { scope, sources, question, signal } = asked;
  if (scope.dates.length + scope.places.length === 0)
    return rankPassages(
      { text: question.text, searchText: question.searchText, limit: CANDIDATES, signal },
      sources,
    );
  const selection = await selectInScope(
    { days: scope.dates, places: scope.places.map(({ id }) => id) },
    sources,
  );
  if (selection.match !== "exact") return [];
  const refs = await sources.store.select({ reports: await sources.store.reportsOf(selection.refs) });
  const located = await nearestOf(
    refs,
    { text: question.text, searchText: question.searchText, signal },
    sources,
  );
  const inScope = heldIn(selection, located);
  const above = new Set(scope.places.flatMap(({ id }) => sources.gazetteer.ancestors(id)));
  // What a report tells of another place does not answer for this one; what it tells of the whole city may.
  const cityWide = ({ places }: Passage): boolean =>
    places.length > 0 && places.every(({ id }) => above.has(id));
  return located.filter(
    ({ ref, passage }) =>
      (scope.places.length === 0 || inScope.has(ref) || cityWide(passage)) &&
      (scope.dates.length === 0 || tellsOfDays(passage, scope.dates)),
  );
}

/** Whether nothing but the event is asked: every other word of the question is understood elsewhere. */
function asksEventAlone({ question }: Asked): boolean {
  return question.topic.every((word) => countedEvent(word) !== null || isAnyone(word));
}

/** The clause that tells of the event asked, not negated and of the party asked; null for none. */
function clauseOf(text: string, asked: Asked): string | null {
  const { quantity } = asked.question;
  const clauses = polarity(text);
  for (const [index, [start, end]] of splitClauses(text).entries()) {
    const clause = text.slice(start, end).trim();
    const tells = words(clause).some((word) => countedEvent(word) === quantity?.event);
    if (!tells || clauses[index]?.negated) continue;
    const named = BOTH_SIDES.test(clause) ? text : clause;
    const actor = quantity?.actor ?? null;
    const ofParty = actor === null || findActors(named, asked.sources.actors).some(({ id }) => id === actor);
    if (ofParty) return clause.replace(/[\s،؛,.]+$/u, "");
  }
  return null;
}

/** 0: a fitting figure with a magnitude, 1: a fitting figure, 2: the event alone, null: nothing. */
function worth(text: string, asked: Asked): number | null {
  const fitting = findQuantities(text).filter((quantity) => fitsAsked(quantity, asked.question.quantity));
  if (clauseOf(text, asked) === null) return null;
  if (fitting.some((quantity) => quantity.min !== null || MAGNITUDE.test(quantity.text))) return 0;
  return fitting.length > 0 ? 1 : 2;
}

/** The best passage of each report, of those that hold a figure where several do. */
function onePerReport<T extends { readonly passage: Passage; readonly rank: number }>(
  found: readonly T[],
): T[] {
  const best = found.filter(({ rank }) => rank === found[0]?.rank);
  const each = best.filter(
    ({ passage }, at) => best.findIndex((other) => other.passage.reportId === passage.reportId) === at,
  );
  return (each.length > 1 ? each : found).slice(0, each.length > 1 ? REPORTS : QUOTATIONS);
}

/**
 * "كم جريح؟" where no number stands: what the text says instead ("العشرات", "أصيب عناصر"), as an answer; null when the
 * text tells of no such thing, or the question asks for more than that.
 */
export async function answerVagueCount(asked: Asked): Promise<CitedAnswer | null> {
  const { question, scope, sources } = asked;
  if (!question.quantity?.event || !asksEventAlone(asked)) return null;
  const found = (await candidatesOf(asked))
    .filter(({ passage }) => passage.role === "text" || passage.role === "title")
    .flatMap(({ passage }) => {
      const rank = worth(passage.text, asked);
      return rank === null ? [] : [{ passage, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  const told = isOpenCount(asked) ? onePerReport(found) : found.slice(0, QUOTATIONS);
  const quotations = told.map(({ passage }) => ({
    passage,
    start: passage.start,
    end: passage.end,
    group: "main" as const,
  }));
  const [first] = quotations;
  const reports = await reportsOf(quotations, sources.store);
  const report = first && reports.get(first.passage.reportId);
  if (!first || !report) return null;
  const source = phrases.list([
    phrases.accordingTo(report.publisher ?? phrases.unknownPublisher),
    publishedLabel(report.published),
  ]);
  return composeAnswer({
    lead: phrases.list([phrases.figures.vague(clauseOf(first.passage.text, asked) ?? ""), source]),
    quotations,
    reports,
    scope: { dates: scope.dates, places: scope.places },
    widened: null,
    notes: scopeNotes(asked),
    offers: [phrases.offers.coverage],
  });
}
