import * as phrases from "../phrases/answer.ts";
import type { Question } from "../question/question.ts";
import type { ScopeSelection } from "../retrieval/scope.ts";
import type { Coverage } from "../store/store.ts";
import { formatDay } from "../text/dates/format.ts";
import { type Day, type DayInterval, dayNumber, overlaps } from "../text/day.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { Offer, Refusal, RefusalReason, Scope } from "./answer.ts";
import { dayLabel, dayList } from "./labels.ts";
import { placeLabel } from "./place-label.ts";

const DAYS_SHOWN = 3;
const PLACES_SHOWN = 4;

/** What a refusal is written from. `today` tells a question about now from one about the collection's time. */
export interface RefusalContext {
  readonly question: Question;
  readonly scope: Scope;
  readonly coverage: Coverage;
  readonly gazetteer: Gazetteer;
  readonly today: Day;
}

/** Consecutive days joined: "28–29 تشرين الأول 2017، 4 أيار 2017". At most `limit` stretches, the fullest ones, in order of time. */
export function coveredDays(coverage: Coverage, limit = 6): string {
  const runs: { start: Day; end: Day; passages: number }[] = [];
  for (const { day, passages } of coverage.days) {
    const last = runs.at(-1);
    if (last && dayNumber(day) - dayNumber(last.end) === 1) {
      last.end = day;
      last.passages += passages;
    } else runs.push({ start: day, end: day, passages });
  }
  const kept = [...runs].sort((a, b) => b.passages - a.passages).slice(0, limit);
  return dayList(kept.sort((a, b) => a.start.localeCompare(b.start)));
}

/** Covered days nearest to an interval, nearest first. */
function nearestDays(coverage: Coverage, asked: DayInterval): Day[] {
  const anchor = asked.start ?? asked.end;
  if (anchor === null) return [];
  const distance = (day: Day) => Math.abs(dayNumber(day) - dayNumber(anchor));
  return coverage.days
    .map(({ day }) => day)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, DAYS_SHOWN);
}

function placeOffers(coverage: Coverage): Offer[] {
  return [...coverage.places]
    .sort((a, b) => b.passages - a.passages)
    .slice(0, PLACES_SHOWN)
    .map(({ name }) => phrases.offers.inPlace(name));
}

function refusal(
  context: RefusalContext,
  parts: { reason: RefusalReason; lines: readonly string[]; offers: readonly Offer[] },
): Refusal {
  return { kind: "refusal", scope: context.scope, ...parts };
}

const NOW = /(?:^|\s)(?:الآن|الان|حاليا|حالياً|هلق|هلأ|هسا|اليوم|now|today)(?:\s|[؟?!.،]|$)/;

/** Whether a person asks about the present, which no archive holds. */
export function asksAboutNow(context: Pick<RefusalContext, "question" | "today" | "coverage">): boolean {
  const { question, today, coverage } = context;
  const now: DayInterval = { start: today, end: today };
  if (overlaps(coverage.span, now)) return false;
  const datedNow = question.dates.some((date) => overlaps(date, now) && date.start === date.end);
  return NOW.test(question.text) && (datedNow || question.dates.length === 0);
}

/** Nothing stands in the fields for the days and places asked: says which of the two is missing, and what there is. */
export function refuseScope(context: RefusalContext, selection: ScopeSelection): Refusal {
  const { scope, coverage } = context;
  const day = phrases.list(scope.dates.map(dayLabel));
  const oneDay =
    scope.dates.length === 1 && scope.dates.every(({ start, end }) => start !== null && start === end);
  const when = oneDay ? phrases.onDay(day) : phrases.inTime(day);
  const place = phrases.list(scope.places.map(({ id }) => placeLabel(id, context.gazetteer)));
  const lines: string[] = [];
  const offers: Offer[] = [];
  if (asksAboutNow(context)) lines.push(phrases.refusal.notLiveNews);
  if (day && place && !selection.onDays && !selection.inPlaces)
    lines.push(phrases.refusal.neither(place, oneDay ? phrases.onDay(day) : day));
  else if (day && place) lines.push(phrases.refusal.noPlaceOnDay(place, when));
  else
    lines.push(
      day ? phrases.refusal.noDay(oneDay ? phrases.onDay(day) : day) : phrases.refusal.noPlace(place),
    );
  lines[lines.length - 1] += ` ${phrases.refusal.absenceIsNotDenial}`;
  const near = scope.dates.flatMap((asked) => nearestDays(coverage, asked));
  const shown = [...new Set(near)].slice(0, DAYS_SHOWN);
  if (selection.onDays && day) {
    offers.push(
      ...scope.dates.filter((d) => d.start === d.end).map((d) => phrases.offers.onDay(dayLabel(d))),
    );
  } else if (shown.length > 0) {
    lines.push(phrases.refusal.nearestDays(dayList(shown.map((day) => ({ start: day, end: day })))));
    offers.push(...shown.map((d) => phrases.offers.onDay(formatDay(d))));
  }
  if (selection.inPlaces && place)
    offers.push(...scope.places.map(({ name }) => phrases.offers.inPlace(name)));
  else if (place) offers.push(...placeOffers(coverage));
  lines.push(phrases.refusal.coverage(coveredDays(coverage)));
  offers.push(phrases.offers.coverage);
  const reason =
    day && !selection.onDays ? "no_event_on_day" : place ? "no_event_in_place" : "no_event_on_day";
  return refusal(context, { reason, lines, offers });
}

/** What happened in the places asked: what the reports tell there in place of what was supposed. */
function askedPlaces({ scope, gazetteer }: RefusalContext): Offer[] {
  return scope.places.map(({ id }) => phrases.offers.inPlace(placeLabel(id, gazetteer)));
}

/** That what the question supposes is not told, and of a place that is named that other things may be. */
function premiseLine({ scope }: RefusalContext): string {
  const { notAsSupposed, otherEventsThere } = phrases.refusal;
  return scope.places.length > 0 ? `${notAsSupposed} ${otherEventsThere}` : notAsSupposed;
}

/** The collection is about something else, or about this but without the answer. */
export function refuseTopic(
  context: RefusalContext,
  reason: "off_topic" | "not_reported" | "false_premise",
): Refusal {
  const lines: string[] = [];
  if (asksAboutNow(context)) lines.push(phrases.refusal.notLiveNews);
  if (reason === "off_topic") lines.push(phrases.refusal.offTopic);
  else if (reason === "false_premise") lines.push(premiseLine(context));
  else lines.push(`${phrases.refusal.notReported} ${phrases.refusal.absenceIsNotDenial}`);
  lines.push(phrases.refusal.coverage(coveredDays(context.coverage)));
  return refusal(context, {
    reason,
    lines,
    offers: [
      phrases.offers.coverage,
      ...(reason === "false_premise" ? askedPlaces(context) : placeOffers(context.coverage)),
    ],
  });
}

/** The message could not be read as a question. */
export function refuseInput(line: string): Refusal {
  return {
    kind: "refusal",
    reason: "bad_input",
    scope: { dates: [], places: [] },
    lines: [line],
    offers: [phrases.offers.coverage],
  };
}
