import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import { asksAuthor } from "../question/author.ts";
import { durationsIn, factScope } from "../question/fact-scope.ts";
import type { Question } from "../question/question.ts";
import { type RankedPassage, rankPassages } from "../retrieval/retrieve.ts";
import {
  heldIn,
  LONGEST_UNCERTAIN_EVENT,
  placesCovered,
  type ScopeSelection,
  selectInScope,
  tellsOfDays,
} from "../retrieval/scope.ts";
import { type DayInterval, earliest, latest } from "../text/day.ts";
import { findPlaces } from "../text/places/find.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { answerAuthor } from "./author.ts";
import { authorsOfReports, fromNamedAuthors } from "./authorship.ts";
import type { Quotation } from "./citation.ts";
import { type ChosenQuote, chooseQuotes } from "./clause.ts";
import { completionOf } from "./complete.ts";
import { type ChosenQuotation, composeAnswer } from "./compose.ts";
import { expectedIn } from "./expected.ts";
import { orderByFit } from "./fit.ts";
import { judgeFound, topicRarity } from "./judge-found.ts";
import { factLead } from "./lead.ts";
import { scopeCaution, scopeNotes } from "./notes.ts";
import { isOpenCount } from "./open-count.ts";
import { refuseScope, refuseTopic } from "./refuse.ts";
import { reportsOf } from "./reports.ts";

const CANDIDATES = 50;
/** Quotations that are weighed against each other, and that are shown. */
const CONSIDERED = 25;
const QUOTATIONS = 3;
/** Added to the text score (0…1) of a passage that the fields place in the scope asked. */
const IN_SCOPE = 0.05;
/** A further quotation must be nearly as good as the first one. */
const NEARLY_AS_GOOD = 0.7;

/**
 * Candidates within the scope: only reports that tell of the days and places asked, without the passages whose own
 * days are others; those that the fields place in the scope come forward.
 */
async function withinScope(
  ranked: readonly RankedPassage[],
  selection: ScopeSelection,
  asked: Asked,
): Promise<RankedPassage[]> {
  const { question, scope, sources } = asked;
  const counts = question.kind === "count";
  const reports = new Set(await sources.store.reportsOf(selection.refs));
  const inScope = heldIn(selection, ranked);
  const days = selection.match === "widened" ? selection.widenedTo : scope.dates;
  const longest = selection.match === "uncertain" ? LONGEST_UNCERTAIN_EVENT : undefined;
  // A figure of another day is a wrong answer, however the passage came by its day.
  const contradicts = ({ passage }: RankedPassage): boolean =>
    days.length > 0 &&
    passage.dates.some((date) => counts || date.basis === "passage") &&
    !tellsOfDays(passage, days, longest);
  // So is a figure of elsewhere in the same report: "how many" stays with the places asked.
  const counted = counts && scope.places.length > 0 ? countedInScope(ranked, selection, asked) : ranked;
  return counted
    .filter((item) => reports.has(item.passage.reportId) && !contradicts(item))
    .map((item) => (inScope.has(item.ref) ? { ...item, score: item.score + IN_SCOPE } : item))
    .sort((a, b) => b.score - a.score);
}

/** Passages of the places asked, and those that tell of the whole of their city and of no other place. */
function countedInScope(
  ranked: readonly RankedPassage[],
  selection: ScopeSelection,
  { scope, sources }: Asked,
): RankedPassage[] {
  const inScope = heldIn(selection, ranked);
  const above = new Set(scope.places.flatMap(({ id }) => sources.gazetteer.ancestors(id)));
  const cityWide = ({ places }: Passage): boolean =>
    places.length > 0 && places.every(({ id }) => above.has(id));
  return ranked.filter(({ ref, passage }) => inScope.has(ref) || cityWide(passage));
}

/** Candidates whose own words name a place asked, though it is not where their event happened ("قالت القاعدة في حميميم"). */
function namingPlaces(ranked: readonly RankedPassage[], asked: Asked): RankedPassage[] {
  const { scope, sources } = asked;
  const covered = new Set(
    placesCovered(
      scope.places.map(({ id }) => id),
      sources.gazetteer,
    ),
  );
  const region = sources.region ?? undefined;
  const names = (text: string): boolean =>
    findPlaces(text, sources.gazetteer, { prefer: region }).some(({ id }) => covered.has(id));
  return ranked.filter(
    ({ passage }) => names(passage.text) && (scope.dates.length === 0 || tellsOfDays(passage, scope.dates)),
  );
}

/** The days of the events that are quoted, from the first to the last. */
function newsDays(quotations: readonly Quotation[]): DayInterval[] {
  const events = quotations.flatMap(({ passage }) =>
    passage.dates.filter(({ background }) => !background).slice(0, 1),
  );
  const start = earliest(events.flatMap((event) => event.start ?? []));
  const end = latest(events.flatMap((event) => event.end ?? []));
  return start === null || end === null ? [] : [{ start, end }];
}

/** For "when" the event is the day that the quotation itself names, background or not. */
function timed({ passage, start, end }: ChosenQuote, { kind }: Question): Quotation {
  const text = passage.text.slice(start - passage.start, end - passage.start);
  const named = passage.dates.find(
    ({ basis, words }) => basis === "passage" && words !== "" && text.includes(words),
  );
  return kind === "when" && named ? { passage, start, end, event: named } : { passage, start, end };
}

const wholeOf = (passage: Passage): Quotation => ({ passage, start: passage.start, end: passage.end });

/** For "how many … within 72 hours" the candidates of the reports that tell of so long a time, where there are any. */
function ofDuration(
  candidates: readonly RankedPassage[],
  { kind, text }: Question,
): readonly RankedPassage[] {
  const [asked] = kind === "count" ? durationsIn(text) : [];
  if (asked === undefined) return candidates;
  const tells = (passage: Passage): boolean => durationsIn(passage.text).includes(asked);
  const reports = new Set(candidates.flatMap(({ passage }) => (tells(passage) ? [passage.reportId] : [])));
  return reports.size === 0 ? candidates : candidates.filter(({ passage }) => reports.has(passage.reportId));
}

/** Fit of a passage that names the time, or counts what is asked; expected.ts has what stands below. */
const HOLDS = { when: 1, count: 0.7 } as const;

/** Whether a quotation holds the time of a "when", or a figure of the dead or wounded that are counted. */
function holdsAsked({ passage }: ChosenQuote, question: Question): boolean {
  const { kind, quantity } = question;
  if (kind !== "when" && (kind !== "count" || quantity?.event == null)) return false;
  return expectedIn(question, passage, passage.text).fit >= HOLDS[kind];
}

/** Whether a further quotation is worth showing: where the best holds the time or the figure, only one that holds one too. */
function adds(quote: ChosenQuote, best: ChosenQuote, question: Question): boolean {
  return !holdsAsked(best, question) || holdsAsked(quote, question);
}

/** The quotations shown: the best, those with a figure first; for the dead of no day, place or party one of each report. */
function shown(quotes: readonly ChosenQuote[], asked: Asked): ChosenQuote[] {
  const { question } = asked;
  const figures = question.kind === "count" ? quotes.filter((quote) => holdsAsked(quote, question)) : [];
  const told = figures.length > 0 ? figures : quotes;
  const reportOf = ({ passage }: ChosenQuote): string => passage.reportId;
  const each = isOpenCount(asked)
    ? told.filter((quote, at) => told.findIndex((other) => reportOf(other) === reportOf(quote)) === at)
    : [];
  return (each.length > 1 ? each : told).slice(0, QUOTATIONS);
}

/** A question for a fact: the clauses that answer it, best first, or a refusal that says what there is. */
export async function answerFact(whole: Asked): Promise<Answer> {
  const asked = { ...whole, scope: factScope(whole.question, whole.scope) };
  const { question, scope, sources, signal } = asked;
  const refusalContext = { ...asked, coverage: sources.coverage, gazetteer: sources.gazetteer };
  if (asksAuthor(question)) return answerAuthor(asked);
  const scoped = scope.dates.length + scope.places.length > 0;
  const selection = await selectInScope(
    { days: scope.dates, places: scope.places.map(({ id }) => id) },
    sources,
  );
  const missingDays = scope.dates.length > 0 && !selection.onDays;
  const ranked = await rankPassages(
    { text: question.text, searchText: question.searchText, limit: CANDIDATES, signal },
    sources,
  );
  if (missingDays) {
    const foreign = (await judgeFound(asked, ranked, ranked)) === "off_topic";
    return foreign ? refuseTopic(refusalContext, "off_topic") : refuseScope(refusalContext, selection);
  }
  const told = ranked.filter(({ passage }) => passage.role === "text" || passage.role === "title");
  const sourced = fromNamedAuthors(told, asked, await authorsOfReports(told, asked));
  const candidates = !scoped
    ? sourced
    : selection.match === "absent"
      ? namingPlaces(sourced, asked)
      : await withinScope(sourced, selection, asked);
  if (scoped && candidates.length === 0) return refuseScope(refusalContext, selection);
  const context = {
    actors: sources.actors,
    rarity: await topicRarity(asked),
    placeKind: (id: string) => sources.gazetteer.byId.get(id)?.kind ?? null,
  };
  const considered = chooseQuotes({
    question,
    candidates: ofDuration(candidates, question),
    limit: CONSIDERED,
  });
  const quotes = shown(orderByFit(considered, question, context), asked);
  for (const { ref, passage, score, why } of quotes) {
    sources.trace?.(
      `${passage.reportId} passage ${passage.id} (${ref}): ${score.toFixed(2)}; ${why.join("; ")}`,
    );
  }
  const verdict = await judgeFound(asked, ranked, quotes);
  if (verdict !== "answer") return refuseTopic(refusalContext, verdict);
  const [best] = quotes;
  const quotations: ChosenQuotation[] = quotes
    .filter(({ score }) => isOpenCount(asked) || score >= (best?.score ?? 0) * NEARLY_AS_GOOD)
    .filter((quote) => quote === best || !best || adds(quote, best, question))
    .map((quote) => ({ ...timed(quote, question), group: "main" }));
  const completion = best && (await completionOf(best, question, sources.store));
  if (completion) quotations.splice(1, 0, { ...wholeOf(completion), group: "main" });
  const reports = await reportsOf(quotations, sources.store);
  return composeAnswer({
    lead: factLead(question, quotations, reports),
    quotations,
    reports,
    scope: { dates: whole.scope.dates, places: whole.scope.places },
    caution: scopeCaution(scope.dates, newsDays(quotations), selection.match),
    widened: null,
    notes: scopeNotes(asked),
    offers: [phrases.offers.coverage],
  });
}
