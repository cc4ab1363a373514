import type { EventDate, Passage } from "../passage/passage.ts";
import type { PassageRef, Store } from "../store/store.ts";
import { type DayInterval, dayNumber, overlaps, widen } from "../text/day.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";

/** Days and places that a question is about. Several of a kind are alternatives. */
export interface RetrievalScope {
  readonly days: readonly DayInterval[];
  /** Ids as the question names them; their children count as well. */
  readonly places: readonly string[];
}

/** A passage with its number in the store. */
export interface Located {
  readonly ref: PassageRef;
  readonly passage: Passage;
}

/**
 * What the structured fields hold for a scope. `exact`: passages of just these days and places; `widened`: none,
 * but a day beside has some; `uncertain`: some of a longer time in which the day lies; `absent`: nothing, and then `onDays`/`inPlaces` say whether each alone has anything.
 */
export interface ScopeSelection {
  readonly match: "exact" | "widened" | "uncertain" | "absent";
  readonly located: readonly Located[];
  readonly widenedTo: readonly DayInterval[];
  readonly onDays: boolean;
  readonly inPlaces: boolean;
}

/** A day is answered by an event of that day or of two days, such as a night; what lasted longer only says that it may have been then. */
const LONGEST_EVENT_FOR_A_DAY = 2;
/** An event of at most this many days may have been on a day in it. */
export const LONGEST_UNCERTAIN_EVENT = 31;
const DAYS_WIDENED = 1;

/** Days in an inclusive interval; infinite when an end is open. */
export function lengthInDays(interval: DayInterval): number {
  if (interval.start === null || interval.end === null) return Number.POSITIVE_INFINITY;
  return dayNumber(interval.end) - dayNumber(interval.start) + 1;
}

function tellsOf(date: EventDate, asked: DayInterval, longest: number): boolean {
  return overlaps(date, asked) && lengthInDays(date) <= Math.max(longest, lengthInDays(asked));
}

/** Whether a passage tells of one of the days asked, finely enough to answer for them; `longest` is the longest event for a shorter time asked. */
export function tellsOfDays(
  passage: Passage,
  days: readonly DayInterval[],
  longest: number = LONGEST_EVENT_FOR_A_DAY,
): boolean {
  return days.some((asked) => passage.dates.some((date) => tellsOf(date, asked, longestFor(asked, longest))));
}

/** A month is answered by whatever touches it and is no longer than a month; a day only by events of about a day. */
function longestFor(asked: DayInterval, longest: number): number {
  return lengthInDays(asked) > LONGEST_EVENT_FOR_A_DAY ? Math.max(longest, LONGEST_UNCERTAIN_EVENT) : longest;
}

async function locate(store: Store, refs: readonly PassageRef[]): Promise<Located[]> {
  const passages = await store.passages(refs);
  return passages.map((passage, index) => ({ ref: refs[index] as PassageRef, passage }));
}

async function select(
  store: Store,
  days: readonly DayInterval[],
  places: readonly string[],
  longest?: number,
): Promise<Located[]> {
  const refs = await store.select({
    ...(days.length > 0 && { days }),
    ...(places.length > 0 && { places }),
  });
  const located = await locate(store, refs);
  return days.length === 0 ? located : located.filter(({ passage }) => tellsOfDays(passage, days, longest));
}

/** All ids that a question about these places covers: the places and what lies in them. */
export function placesCovered(places: readonly string[], gazetteer: Gazetteer): string[] {
  return [...new Set(places.flatMap((id) => [id, ...gazetteer.descendants(id)]))];
}

/**
 * Passages of the scope: the exact days first; only if there are none and single days were asked, one day to each
 * side. A week or a month away is never taken. An empty scope selects nothing.
 */
export async function selectInScope(
  scope: RetrievalScope,
  options: { store: Store; gazetteer: Gazetteer },
): Promise<ScopeSelection> {
  const { store, gazetteer } = options;
  const places = placesCovered(scope.places, gazetteer);
  const nothing: ScopeSelection = {
    match: "absent",
    located: [],
    widenedTo: [],
    onDays: false,
    inPlaces: false,
  };
  if (scope.days.length === 0 && places.length === 0) return nothing;
  const exact = await select(store, scope.days, places);
  if (exact.length > 0) return { ...nothing, match: "exact", located: exact, onDays: true, inPlaces: true };
  const single = scope.days.filter((day) => lengthInDays(day) === 1);
  if (single.length > 0) {
    const widenedTo = single.map((day) => widen(day, DAYS_WIDENED));
    const near = (await select(store, widenedTo, places)).filter(({ passage }) =>
      isOfSingleDays(passage, widenedTo),
    );
    if (near.length > 0)
      return { ...nothing, match: "widened", located: near, widenedTo, onDays: true, inPlaces: true };
  }
  if (single.length > 0) {
    const uncertain = await select(store, single, places, LONGEST_UNCERTAIN_EVENT);
    if (uncertain.length > 0)
      return { ...nothing, match: "uncertain", located: uncertain, onDays: true, inPlaces: true };
  }
  const onDays = scope.days.length > 0 && (await select(store, scope.days, [])).length > 0;
  const inPlaces = places.length > 0 && (await select(store, [], places)).length > 0;
  return { ...nothing, onDays, inPlaces };
}

/** Widening looks for the very day beside the one asked, not for long intervals that happen to touch it. */
function isOfSingleDays(passage: Passage, days: readonly DayInterval[]): boolean {
  return passage.dates.some(
    (date) => lengthInDays(date) === 1 && days.some((asked) => overlaps(date, asked)),
  );
}
