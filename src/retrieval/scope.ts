import type { EventDate, Passage } from "../passage/passage.ts";
import type { Coverage, DaysFilter, PassageRef, Store } from "../store/store.ts";
import { type Day, type DayInterval, dayNumber, overlaps, widen } from "../text/day.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { refsWithoutStuffed, withoutStuffed } from "./keyword-reports.ts";

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
  /** Ascending. */
  readonly refs: readonly PassageRef[];
  readonly widenedTo: readonly DayInterval[];
  readonly onDays: boolean;
  readonly inPlaces: boolean;
}

/** A day is answered by an event of that day or of two days, such as a night; what lasted longer only says that it may have been then. */
const LONGEST_EVENT_FOR_A_DAY = 2;
/** An event of at most this many days may have been on a day in it. */
export const LONGEST_UNCERTAIN_EVENT = 31;
const DAYS_WIDENED = 1;
/** Passages of a scope that are read for one question; of more, as many at even distances. */
export const MOST_READ = 400;

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

/** Passages with their numbers, in the order of the refs. */
export async function locate(store: Store, refs: readonly PassageRef[]): Promise<Located[]> {
  const passages = await store.passages(refs);
  return passages.map((passage, index) => ({ ref: refs[index] as PassageRef, passage }));
}

/** At most `limit` of some passages, at even distances: a question reads no more, however many there are. */
export function someOf(refs: readonly PassageRef[], limit: number = MOST_READ): readonly PassageRef[] {
  if (refs.length <= limit) return refs;
  return Array.from({ length: limit }, (_, n) => refs[Math.floor((n * refs.length) / limit)] as PassageRef);
}

/** Those of some passages that a scope holds; costs no set as large as the scope. */
export function heldIn<T extends { readonly ref: PassageRef }>(
  { refs }: Pick<ScopeSelection, "refs">,
  items: readonly T[],
): ReadonlySet<PassageRef> {
  const wanted = new Set(items.map(({ ref }) => ref));
  return new Set(refs.filter((ref) => wanted.has(ref)));
}

/** Refs of the passages in these places that tell of these days; an empty list stands for all. */
async function select(
  store: Store,
  days: readonly DaysFilter[],
  places: readonly string[],
): Promise<readonly PassageRef[]> {
  return store.select({
    ...(days.length > 0 && { days }),
    ...(places.length > 0 && { places }),
  });
}

/** Days as the store selects them: with the longest date that answers for each. */
function answering(days: readonly DayInterval[], longest: number = LONGEST_EVENT_FOR_A_DAY): DaysFilter[] {
  return days.map((asked) => {
    const most = Math.max(longestFor(asked, longest), lengthInDays(asked));
    return { start: asked.start, end: asked.end, longest: most };
  });
}

/** All ids that a question about these places covers: the places and what lies in them. */
export function placesCovered(places: readonly string[], gazetteer: Gazetteer): string[] {
  return [...new Set(places.flatMap((id) => [id, ...gazetteer.descendants(id)]))];
}

/**
 * Passages of the scope: the exact days first; only if there are none and single days were asked, one day to each
 * side. A week or a month away is never taken. An empty scope selects nothing. Reports that are made to be found for
 * everything count only where no other tells anything.
 */
export async function selectInScope(
  scope: RetrievalScope,
  options: { store: Store; gazetteer: Gazetteer },
): Promise<ScopeSelection> {
  let stuffed = false;
  const told = async (refs: readonly PassageRef[]): Promise<readonly PassageRef[]> => {
    const left = await refsWithoutStuffed(refs, options.store);
    stuffed ||= left.length < refs.length;
    return left;
  };
  const selection = await selectAmong(scope, options, told);
  return selection.match === "absent" && stuffed
    ? selectAmong(scope, options, async (refs) => refs)
    : selection;
}

/** What a scope selects of the passages that `told` leaves. */
async function selectAmong(
  scope: RetrievalScope,
  { store, gazetteer }: { store: Store; gazetteer: Gazetteer },
  told: (refs: readonly PassageRef[]) => Promise<readonly PassageRef[]>,
): Promise<ScopeSelection> {
  const places = placesCovered(scope.places, gazetteer);
  const nothing: ScopeSelection = {
    match: "absent",
    refs: [],
    widenedTo: [],
    onDays: false,
    inPlaces: false,
  };
  if (scope.days.length === 0 && places.length === 0) return nothing;
  const found = { ...nothing, onDays: true, inPlaces: true };
  const exact = await told(await select(store, answering(scope.days), places));
  if (exact.length > 0) return { ...found, match: "exact", refs: exact };
  const single = scope.days.filter((day) => lengthInDays(day) === 1);
  if (single.length > 0) {
    const widenedTo = single.map((day) => widen(day, DAYS_WIDENED));
    // The very day beside the one asked, not long intervals that happen to touch it.
    const beside = widenedTo.map((day) => ({ ...day, longest: 1 }));
    const near = await told(await select(store, beside, places));
    if (near.length > 0) return { ...found, match: "widened", refs: near, widenedTo };
    const longer = answering(single, LONGEST_UNCERTAIN_EVENT);
    const uncertain = await told(await select(store, longer, places));
    if (uncertain.length > 0) return { ...found, match: "uncertain", refs: uncertain };
  }
  const onDays = scope.days.length > 0 && (await select(store, answering(scope.days), [])).length > 0;
  const inPlaces = places.length > 0 && (await select(store, [], places)).length > 0;
  return { ...nothing, onDays, inPlaces };
}

/** Whether anything is told of these days in a place or in what lies in it. */
export async function isToldOn(
  place: string,
  days: readonly DayInterval[],
  { store, gazetteer }: { store: Store; gazetteer: Gazetteer },
): Promise<boolean> {
  return (await select(store, answering(days), placesCovered([place], gazetteer))).length > 0;
}

/**
 * The passages of a scope that a question reads: all of them; of more than it may read, those of the newest days when
 * no day is asked, else as many at even distances.
 */
export async function readScope(
  selection: Pick<ScopeSelection, "refs">,
  scope: RetrievalScope,
  sources: { store: Store; gazetteer: Gazetteer; coverage: Pick<Coverage, "days"> },
): Promise<Located[]> {
  const { store, gazetteer, coverage } = sources;
  const { refs } = selection;
  if (refs.length <= MOST_READ || scope.days.length > 0)
    return withoutStuffed(await locate(store, someOf(refs)), store);
  const places = placesCovered(scope.places, gazetteer);
  const since = (day: Day): Promise<readonly PassageRef[]> =>
    select(store, [{ start: day, end: null }], places);
  let newest = refs;
  let [low, high] = [0, coverage.days.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = await since(coverage.days[middle]?.day ?? "");
    if (found.length >= MOST_READ) {
      newest = found;
      low = middle + 1;
    } else high = middle - 1;
  }
  return withoutStuffed(await locate(store, someOf(newest)), store);
}
