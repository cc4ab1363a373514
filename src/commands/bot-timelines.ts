/** Timelines as the bot reads them: of the newest generation, the last few kept. */
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { filterLabel } from "../pictures/labels.ts";
import { placeKey, type TimelineRef } from "../telegram/callback.ts";
import type { Timelines } from "../telegram/sources.ts";
import { findDates } from "../text/dates/find.ts";
import { type Day, earliest, latest, yearOf } from "../text/day.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import type { TimelineOutline } from "../timeline/outline.ts";
import { readEntries, readOutline } from "../timeline/read.ts";
import type { TimelineFilter } from "../timeline/timeline.ts";
import { makePictures } from "./pictures.ts";

/** Outlines that are kept for the next page, and pictures for whoever asks at the same time. */
const KEPT = 8;
/** Events in a table that is sent. */
const TABLE_HOLDS = 5_000;

export interface TimelineOptions {
  /** The project's folder: fonts and the compiled program that draws. */
  readonly root: string;
  /** The reader's day in Asia/Damascus. */
  today(): Day;
}

export function botTimelines(given: Sources, { root, today }: TimelineOptions): Timelines {
  const pictures = makePictures(given, root);
  let kept: Kept | null = null;

  /** What is kept of the newest generation. */
  function keptNow(): Kept {
    const { store } = given;
    if (kept?.store !== store) kept = { store, outlines: new Map(), drawn: new Map() };
    return kept;
  }

  function outline(filter: TimelineFilter): Promise<TimelineOutline> {
    const { outlines, store } = keptNow();
    return remembered(outlines, JSON.stringify(filter), () =>
      readOutline(filter, { store, gazetteer: given.gazetteer }),
    );
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
    tableHolds: TABLE_HOLDS,
    async read(about, from, count) {
      const { store, gazetteer } = { ...given };
      const filter = filterOf(about, given);
      const place = filter.place && placeLabel(filter.place, gazetteer, { withParent: true });
      const all = await outline(filter);
      const { days } = await readEntries(all, { from, count }, store);
      const { entries: events, passages, reports } = all;
      return { days, events, passages, reports: reports.length, scope: filterLabel(filter, place) };
    },
    async make(about, form) {
      const filter = filterOf(about, given);
      const { drawn } = keptNow();
      const all = await outline(filter);
      if (form === "csv") return pictures.csv(all, TABLE_HOLDS);
      return remembered(drawn, JSON.stringify([form, filter]), () => pictures.png(all, form));
    },
    async inWords(about, form) {
      return pictures.inWords(await outline(filterOf(about, given)), form);
    },
  };
}

interface Kept {
  readonly store: Sources["store"];
  readonly outlines: Map<string, Promise<TimelineOutline>>;
  readonly drawn: Map<string, Promise<Uint8Array>>;
}

/** The last few values by their keys; one that cannot be made is not kept. */
function remembered<T>(values: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = values.get(key);
  if (known) return known;
  const [oldest] = values.keys();
  if (values.size >= KEPT && oldest !== undefined) values.delete(oldest);
  const made = make();
  made.catch(() => values.delete(key));
  values.set(key, made);
  return made;
}

/** A key that no place has stands for a place of which nothing is told. */
function filterOf({ start, end, place }: TimelineRef, { gazetteer }: Sources): TimelineFilter {
  const days = start === null && end === null ? null : { start, end };
  if (place === null) return { days, place };
  const id = [...gazetteer.byId.keys()].find((each) => placeKey(each) === place);
  return { days, place: id ?? place };
}
