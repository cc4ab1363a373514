import * as phrases from "../phrases/answer.ts";
import { asksWhatHappened, beyondEvents } from "../question/kind.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import {
  type Located,
  placesCovered,
  readScope,
  type ScopeSelection,
  selectInScope,
} from "../retrieval/scope.ts";
import { findActors } from "../text/actors.ts";
import { type DayInterval, earliest, latest } from "../text/day.ts";
import type { Answer, Offer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { type ChosenQuotation, composeAnswer } from "./compose.ts";
import { answerFact } from "./fact.ts";
import { dayLabel } from "./labels.ts";
import { listEvents } from "./listing.ts";
import { scopeCaution, scopeNotes } from "./notes.ts";
import { placeLabel } from "./place-label.ts";
import { refuseScope, refuseTopic } from "./refuse.ts";
import { reportsOf } from "./reports.ts";
import { reportNamed } from "./source.ts";

/** Similarity to the question where it asks for more than a day and a place; else the fields alone decide. */
async function scoresOf(located: readonly Located[], asked: Asked): Promise<Map<number, number>> {
  if (located.length === 0 || asked.question.topic.length === 0) return new Map();
  const ranked = await rankPassages(
    {
      text: asked.question.text,
      within: located.map(({ ref }) => ref),
      limit: located.length,
      signal: asked.signal,
    },
    asked.sources,
  );
  return new Map(ranked.map(({ ref, score }) => [ref, score]));
}

/** How far each report reaches among the passages found: the end of its last one. */
function lengthsOf(located: readonly Located[]): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const { passage } of located) {
    lengths.set(passage.reportId, Math.max(lengths.get(passage.reportId) ?? 1, passage.end));
  }
  return lengths;
}

/** Whether a party that the question names is named in what is told of its days and places; agencies only report. */
function namesParties(located: readonly Located[], { question, sources }: Asked): boolean {
  const parties = question.actors.filter(({ id }) => sources.actors.byId.get(id)?.kind !== "agency");
  const named = new Set(
    parties.length === 0
      ? []
      : located.flatMap(({ passage }) => findActors(passage.text, sources.actors).map(({ id }) => id)),
  );
  return parties.every(({ id }) => named.has(id));
}

/** First line: the places and days that the answer is about. */
function lead(asked: Asked, days: readonly DayInterval[]): string {
  const { scope, sources } = asked;
  const place = scope.places.map(({ id }) =>
    placeLabel(id, sources.gazetteer, { withParent: scope.places.length === 1 }),
  );
  return [phrases.list(place), phrases.list(days.map(dayLabel))].filter(Boolean).join(" · ");
}

/** The span of the days told of in the chosen passages, for a question that named none. */
function toldDays(quotations: readonly ChosenQuotation[]): DayInterval[] {
  const events = quotations.flatMap(({ event }) => (event ? [event] : []));
  const start = earliest(events.flatMap((event) => event.start ?? []));
  const end = latest(events.flatMap((event) => event.end ?? []));
  return start === null || end === null ? [] : [{ start, end }];
}

async function wholeCollection(asked: Asked): Promise<ScopeSelection> {
  const { store } = asked.sources;
  const named = asked.question.source ? await reportNamed(asked.question.source, asked) : [];
  const refs = await store.select(named.length > 0 ? { reports: named } : {});
  return { match: "exact", refs, widenedTo: [], onDays: true, inPlaces: true };
}

/**
 * A question about a day or a place that asks for more than what happened there: answered as one for a fact. Null where
 * it asks for no more, or only says of whom or what the events are to be.
 */
async function answerBeyondEvents(asked: Asked): Promise<Answer | null> {
  const { question } = asked;
  if (!["day", "place"].includes(question.kind) || beyondEvents(question.topic).length === 0) return null;
  const answer = await answerFact({ ...asked, question: { ...question, kind: "what" } });
  return answer.kind === "answer" || !asksWhatHappened(question.text) ? answer : null;
}

/** What happened on the days and in the places asked, in order of time; for a summary or timeline without any, in all reports. */
export async function answerEvents(asked: Asked): Promise<Answer> {
  const fact = await answerBeyondEvents(asked);
  if (fact) return fact;
  const { scope, sources } = asked;
  const selectionScope = { days: scope.dates, places: scope.places.map(({ id }) => id) };
  const scoped = scope.dates.length + scope.places.length > 0;
  const whole = !scoped && ["timeline", "summary", "compare"].includes(asked.question.kind);
  if (!scoped && !whole) return answerFact(asked);
  const selection = whole ? await wholeCollection(asked) : await selectInScope(selectionScope, sources);
  sources.trace?.(
    `scope ${JSON.stringify(selectionScope)}: ${selection.match}, ${selection.refs.length} passages`,
  );
  const refusalContext = { ...asked, coverage: sources.coverage, gazetteer: sources.gazetteer };
  if (selection.match === "absent") return refuseScope(refusalContext, selection);
  const days = selection.match === "widened" ? selection.widenedTo : scope.dates;
  const located = await readScope(selection, selectionScope, sources);
  if (!namesParties(located, asked)) return refuseTopic(refusalContext, "not_reported");
  const quotations = listEvents({
    located,
    scores: await scoresOf(located, asked),
    days,
    places: new Set(placesCovered(selectionScope.places, sources.gazetteer)),
    ascending: whole,
    bodyLengths: lengthsOf(located),
    leader: sources.copies?.leader,
  });
  if (quotations.length === 0)
    return refuseScope(refusalContext, { ...selection, match: "absent", onDays: false, inPlaces: false });
  const told = toldDays(quotations);
  const widened =
    selection.match === "widened"
      ? { from: phrases.list(scope.dates.map(dayLabel)), to: phrases.list(told.map(dayLabel)) }
      : null;
  return composeAnswer({
    caution: scopeCaution(scope.dates, told, selection.match),
    lead: lead(asked, selection.match !== "exact" || scope.dates.length === 0 ? told : scope.dates),
    quotations,
    reports: await reportsOf(quotations, sources.store),
    scope: { dates: scope.dates, places: scope.places },
    widened,
    notes: scopeNotes(asked),
    offers: eventOffers(asked, selection),
  });
}

function eventOffers(asked: Asked, selection: ScopeSelection): Offer[] {
  const { scope, sources } = asked;
  const offers: Offer[] = [];
  const [place] = scope.places;
  if (place && scope.dates.length > 0 && selection.match === "exact") {
    offers.push(phrases.offers.inPlace(placeLabel(place.id, sources.gazetteer)));
  }
  for (const date of scope.dates) {
    if (place && date.start !== null && date.start === date.end)
      offers.push(phrases.offers.onDay(dayLabel(date)));
  }
  return offers;
}
