/** Timelines as the bot reads them: of the newest generation, the last few kept. */
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { filterLabel } from "../pictures/labels.ts";
import { placeKey, type TimelineRef } from "../telegram/callback.ts";
import type { Timelines } from "../telegram/sources.ts";
import { findDates } from "../text/dates/find.ts";
import { type Day, earliest, latest, yearOf } from "../text/day.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import { readTimeline } from "../timeline/read.ts";
import type { Timeline, TimelineFilter } from "../timeline/timeline.ts";
import { makePictures } from "./pictures.ts";

/** Whole timelines that are kept for the next page. */
const KEPT = 8;

export interface TimelineOptions {
  /** Where the fonts of pictures lie. */
  readonly fonts: string;
  /** The reader's day in Asia/Damascus. */
  today(): Day;
}

export function botTimelines(given: Sources, { fonts, today }: TimelineOptions): Timelines {
  const pictures = makePictures(given, fonts);
  let kept: { readonly store: Sources["store"]; readonly timelines: Map<string, Promise<Timeline>> } | null =
    null;

  function read(filter: TimelineFilter): Promise<Timeline> {
    const { store, gazetteer } = given;
    if (kept?.store !== store) kept = { store, timelines: new Map() };
    const { timelines } = kept;
    const key = JSON.stringify(filter);
    const known = timelines.get(key);
    if (known) return known;
    const [oldest] = timelines.keys();
    if (timelines.size >= KEPT && oldest !== undefined) timelines.delete(oldest);
    const reading = readTimeline(filter, { store, gazetteer });
    reading.catch(() => timelines.delete(key));
    timelines.set(key, reading);
    return reading;
  }

  return {
    async named(words) {
      if (words.trim() === "") return { start: null, end: null, place: null };
      const { gazetteer, coverage } = given;
      const years = [coverage.span.start, coverage.span.end].flatMap((day) =>
        day === null ? [] : [yearOf(day)],
      );
      const between = Array.from(
        { length: Math.max(0, (years[1] ?? 0) - (years[0] ?? 0)) + 1 },
        (_, index) => (years[0] ?? 0) + index,
      );
      const dates = findDates(words, {
        mode: "question",
        anchor: today(),
        years: years.length === 2 ? between : years,
      });
      const found = mostParticular(findPlaces(words, gazetteer, { fuzzy: true, bare: true }), gazetteer);
      const place = found[0]?.id;
      if (dates.length === 0 && place === undefined) return null;
      const isOpen = {
        start: dates.some(({ start }) => start === null),
        end: dates.some(({ end }) => end === null),
      };
      return {
        start: isOpen.start ? null : earliest(dates.flatMap(({ start }) => start ?? [])),
        end: isOpen.end ? null : latest(dates.flatMap(({ end }) => end ?? [])),
        place: place === undefined ? null : placeKey(place),
      };
    },
    async read(about) {
      const filter = filterOf(about, given);
      const place = filter.place && placeLabel(filter.place, given.gazetteer, { withParent: true });
      return { timeline: await read(filter), scope: filterLabel(filter, place) };
    },
    make(about, form) {
      const filter = filterOf(about, given);
      return form === "csv" ? pictures.csv(filter) : pictures.png({ form, filter });
    },
  };
}

/** A key that no place has stands for a place of which nothing is told. */
function filterOf({ start, end, place }: TimelineRef, { gazetteer }: Sources): TimelineFilter {
  const days = start === null && end === null ? null : { start, end };
  if (place === null) return { days, place };
  const id = [...gazetteer.byId.keys()].find((each) => placeKey(each) === place);
  return { days, place: id ?? place };
}
