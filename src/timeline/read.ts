import { setImmediate as breathe } from "node:timers/promises";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { Store } from "../store/store.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { slotsOf, type TimelineOutline, timesOf } from "./outline.ts";
import { byDay, entryAt, type Timeline, type TimelineEntry, type TimelineFilter } from "./timeline.ts";

/** Passages or reports that are read before others have their turn. */
const STEP = 100;

interface TimelineSources {
  readonly store: Store;
  readonly gazetteer: Gazetteer;
}

/** What was told as news of dated events, counted; background is left out. No passage is read. */
export async function readOutline(
  filter: TimelineFilter,
  { store, gazetteer }: TimelineSources,
): Promise<TimelineOutline> {
  const { days, place } = filter;
  const told = await store.news({
    ...(days && { days: [days] }),
    ...(place !== null && { places: gazetteer.descendants(place) }),
  });
  const refs = [...new Set(told.map(({ ref }) => ref))];
  const places = [...(await store.placesOf(refs))].map(([id, passages]) => ({ id, passages }));
  return {
    filter,
    times: timesOf(told),
    entries: told.length,
    passages: refs.length,
    reports: await store.reportsOf(refs),
    places: places.sort((a, b) => b.passages - a.passages || a.id.localeCompare(b.id)),
  };
}

/** So many entries of an outline with their words, in order of time, from one place on. */
export async function readEntries(
  outline: TimelineOutline,
  { from = 0, count = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly count?: number },
  store: Store,
): Promise<Timeline> {
  const slots = slotsOf(outline, from, count);
  const passages: Passage[] = [];
  for (let at = 0; at < slots.length; at += STEP) {
    if (at > 0) await breathe();
    passages.push(...(await store.passages(slots.slice(at, at + STEP).map(({ ref }) => ref))));
  }
  const entries = slots.flatMap(({ time }, at) => {
    const passage = passages[at];
    return (passage && entryAt(passage, time)) ?? [];
  });
  return { filter: outline.filter, entries, days: byDay(entries) };
}

/** The whole timeline of a filter with its words: for whoever writes all of it down. */
export async function readTimeline(filter: TimelineFilter, sources: TimelineSources): Promise<Timeline> {
  return readEntries(await readOutline(filter, sources), {}, sources.store);
}

/** The reports that tell it, by id. */
export async function reportsOf(
  entries: readonly TimelineEntry[],
  store: Store,
): Promise<ReadonlyMap<string, Report>> {
  const reports = new Map<string, Report>();
  for (const id of new Set(entries.map(({ passage }) => passage.reportId))) {
    if (reports.size % STEP === STEP - 1) await breathe();
    const report = await store.report(id);
    if (report) reports.set(id, report);
  }
  return reports;
}
