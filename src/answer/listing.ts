import type { EventDate, Passage } from "../passage/passage.ts";
import { type Located, lengthInDays } from "../retrieval/scope.ts";
import { type Day, type DayInterval, latest, overlaps } from "../text/day.ts";
import { searchKey } from "../text/normalize.ts";
import { findQuantities } from "../text/numbers/find.ts";
import { MAX_CITATIONS, MAX_QUOTE_LENGTH } from "./answer.ts";
import type { ChosenQuotation } from "./compose.ts";
import { clauseWith, distinctDays, toldRange } from "./told-range.ts";

/** What a screen of a telephone holds; more reports than this still get one quotation each, up to the cap. */
const USEFUL_QUOTATIONS = 4;
const PER_REPORT = 3;

/** How much the fields say that a passage is news of the scope itself, on the scale of the text score (0…1). */
const WEIGHTS = {
  ownPlace: 0.35,
  ownDay: 0.2,
  title: 0.25,
  background: -0.6,
  byline: -2,
  short: -0.3,
  /** News tells first what matters most: the first passage of a report gets all of it, the last nothing. */
  early: 0.3,
  /** The passage tells mainly of another day and only mentions this one. */
  aside: -0.4,
  /** What befell people is what a reader looks for first. */
  casualties: 0.15,
} as const;
/** Weight of the text score where the question asks for more than a day and a place. */
const SIMILARITY = 1.5;
const SHORT_PASSAGE = 40;

export interface ListingInput {
  readonly located: readonly Located[];
  /** Similarity of each passage to the question, 0…1, by ref; absent counts as 0. */
  readonly scores: ReadonlyMap<number, number>;
  readonly days: readonly DayInterval[];
  /** Ids asked with everything that lies in them. Empty when no place was asked. */
  readonly places: ReadonlySet<string>;
  /** Oldest first even when no day was asked: a timeline. */
  readonly ascending: boolean;
  /** The report that stands for all that are one text with this one; itself where nothing is said. */
  readonly leader?: ((report: string) => string) | undefined;
  /** Units of each report's body, by id. */
  readonly bodyLengths: ReadonlyMap<string, number>;
}

function fieldScore(passage: Passage, input: ListingInput): number {
  const asked = passage.dates.filter((date) => input.days.some((day) => overlaps(date, day)));
  const ownPlace = passage.places.some((place) => place.basis === "passage" && input.places.has(place.id));
  const ownDay = asked.some((date) => date.basis === "passage" && !date.background);
  let score = 0;
  if (ownPlace) score += WEIGHTS.ownPlace;
  if (ownDay) score += WEIGHTS.ownDay;
  if (passage.role === "title" && (ownPlace || input.places.size === 0)) score += WEIGHTS.title;
  if (passage.role === "byline" || passage.role === "date") score += WEIGHTS.byline;
  const news = passage.dates.filter(({ background }) => !background);
  if (asked.length > 0 && news[0] && !asked.includes(news[0])) score += WEIGHTS.aside;
  if (findQuantities(passage.text).some(({ event }) => event === "killed" || event === "wounded"))
    score += WEIGHTS.casualties;
  if (isBackground(passage, input)) score += WEIGHTS.background;
  score +=
    WEIGHTS.early *
    (1 - passage.start / (input.bodyLengths.get(passage.reportId) ?? Number.POSITIVE_INFINITY));
  if (passage.end - passage.start < SHORT_PASSAGE) score += WEIGHTS.short;
  return score;
}

/** Told as background when every day of the passage that fits the question is background, or all of its days when no day was asked. */
function isBackground(passage: Passage, input: ListingInput): boolean {
  const dates =
    input.days.length > 0
      ? passage.dates.filter((date) => input.days.some((day) => overlaps(date, day)))
      : passage.dates;
  return dates.length > 0 && dates.every((date) => date.background);
}

interface Ranked extends Located {
  readonly score: number;
}

/** The best passages with every report represented first: one from each report in turn. */
function spread(ranked: readonly Ranked[], limit: number, textOf: (item: Ranked) => string): Ranked[] {
  const byReport = new Map<string, Ranked[]>();
  for (const item of ranked) {
    const list = byReport.get(textOf(item)) ?? [];
    if (list.length < PER_REPORT && !list.some((other) => sameText(other.passage, item.passage)))
      list.push(item);
    byReport.set(textOf(item), list);
  }
  const chosen: Ranked[] = [];
  for (let round = 0; round < PER_REPORT; round += 1) {
    for (const list of byReport.values()) {
      const item = list[round];
      if (item && chosen.length < limit) chosen.push(item);
    }
  }
  return chosen;
}

function sameText(a: Passage, b: Passage): boolean {
  return searchKey(a.text) === searchKey(b.text);
}

/** The day that stands in the clause of the place asked, where a passage tells of several days: what happened there is of that day. */
function dayOfPlace(passage: Passage, { places }: ListingInput): EventDate | null {
  const own = passage.dates.filter(({ basis, background }) => basis === "passage" && !background);
  if (own.length === 0 || distinctDays(passage) < 2) return null;
  const here = passage.places.find(({ id, basis }) => basis === "passage" && places.has(id));
  const clause = here ? clauseWith(passage, here.words) : null;
  if (clause === null) return null;
  return own.find(({ words }) => words !== "" && passage.text.slice(...clause).includes(words)) ?? null;
}

/** The event by which a passage is told: that of the place asked, one of the days asked, news before background. */
function toldEvent(passage: Passage, input: ListingInput): EventDate | null {
  const asked = (date: DayInterval): boolean => input.days.some((day) => overlaps(date, day));
  return (
    passage.dates.find((date) => date.basis === "passage" && !date.background && asked(date)) ??
    dayOfPlace(passage, input) ??
    passage.dates.find((date) => !date.background && asked(date)) ??
    passage.dates.find(asked) ??
    passage.dates.find((date) => !date.background) ??
    passage.dates[0] ??
    null
  );
}

/** What the passage tells of the place asked is of a day that was not asked. */
function isOfAnotherDay(passage: Passage, input: ListingInput): boolean {
  const asked = (date: DayInterval): boolean => input.days.some((day) => overlaps(date, day));
  const named = passage.dates.some((date) => date.basis === "passage" && asked(date));
  const local = input.days.length > 0 && !named ? dayOfPlace(passage, input) : null;
  return local !== null && !asked(local);
}

/** Its place in time: the first of its days that was asked. */
function orderDay(event: EventDate | null, input: ListingInput): Day {
  const start = event?.start ?? event?.end ?? "";
  const asked = event && input.days.find((day) => overlaps(event, day));
  const from = asked?.start ?? start;
  return latest([from, start]) ?? start;
}

/**
 * What happened in the scope: the best passages, every report represented. In order of time when days were asked;
 * newest first for a place alone. Background stands last, and only when there is no news.
 */
export function listEvents(input: ListingInput): ChosenQuotation[] {
  const ranked = input.located
    .map(({ ref, passage }) => ({
      ref,
      passage,
      score: SIMILARITY * (input.scores.get(ref) ?? 0) + fieldScore(passage, input),
    }))
    .filter(
      ({ passage }) => passage.end - passage.start <= MAX_QUOTE_LENGTH && !isOfAnotherDay(passage, input),
    )
    .sort((a, b) => b.score - a.score || a.ref - b.ref);
  const textOf = ({ passage: { reportId } }: Ranked): string => input.leader?.(reportId) ?? reportId;
  const reports = new Set(ranked.map(textOf)).size;
  const limit = Math.min(MAX_CITATIONS, Math.max(USEFUL_QUOTATIONS, reports));
  const chosen = spread(ranked, limit, textOf).map((item) => ({
    ...item,
    background: isBackground(item.passage, input),
    event: toldEvent(item.passage, input),
  }));
  const news = chosen.filter(({ background }) => !background);
  const newestFirst = input.days.length === 0 && !input.ascending;
  const dayOf = ({ event }: { event: EventDate | null }): Day => orderDay(event, input);
  const lengthOf = ({ event }: { event: EventDate | null }): number => (event ? lengthInDays(event) : 1);
  const byTime = (a: Day, b: Day): number => (newestFirst ? b.localeCompare(a) : a.localeCompare(b));
  return (news.length > 0 ? news : chosen)
    .sort((a, b) => byTime(dayOf(a), dayOf(b)) || lengthOf(a) - lengthOf(b) || b.score - a.score)
    .map(({ passage, event }) => ({ passage, ...toldRange(passage, event), group: "main", event }));
}
