import type { EventDate, Passage } from "../passage/passage.ts";
import type { Store } from "../store/store.ts";
import { type DayInterval, overlaps } from "../text/day.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";

/** A passage at an event that it tells of. */
export interface TimelineEntry {
  readonly event: EventDate;
  readonly passage: Passage;
}

export interface TimelineFilter {
  /** The event lies in it, at least in part; null for all. */
  readonly days: DayInterval | null;
  /** A place or what lies in it; null for all. */
  readonly place: string | null;
}

/** What was told as news of dated events, in order of time, then of report and place in it. Background is left out. */
export async function timeline(
  { days, place }: TimelineFilter,
  { store, gazetteer }: { readonly store: Store; readonly gazetteer: Gazetteer },
): Promise<TimelineEntry[]> {
  const refs = await store.select({
    ...(days && { days: [days], background: false }),
    ...(place !== null && { places: gazetteer.descendants(place) }),
  });
  const entries: TimelineEntry[] = [];
  for (const passage of await store.passages(refs)) {
    const event = passage.dates.find((date) => isNews(date) && (days === null || overlaps(date, days)));
    if (event) entries.push({ event, passage });
  }
  return entries.sort((a, b) => orderOf(a.event).localeCompare(orderOf(b.event)));
}

const isNews = ({ background, start, end }: EventDate): boolean =>
  !background && (start !== null || end !== null);

/** An event without a beginning stands at its end. */
const orderOf = ({ start, end }: EventDate): string => `${start ?? end} ${end ?? "9999"}`;
