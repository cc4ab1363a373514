import type { Report } from "../report/report.ts";
import type { Store } from "../store/store.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { type Timeline, type TimelineEntry, type TimelineFilter, timelineOf } from "./timeline.ts";

/** What was told as news of dated events, in order of time. Background is left out. */
export async function readTimeline(
  filter: TimelineFilter,
  { store, gazetteer }: { readonly store: Store; readonly gazetteer: Gazetteer },
): Promise<Timeline> {
  const { days, place } = filter;
  const refs = await store.select({
    ...(days && { days: [days], background: false }),
    ...(place !== null && { places: gazetteer.descendants(place) }),
  });
  return timelineOf(await store.passages(refs), filter);
}

/** The reports that tell it, by id. */
export async function reportsOf(
  entries: readonly TimelineEntry[],
  store: Store,
): Promise<ReadonlyMap<string, Report>> {
  const reports = new Map<string, Report>();
  for (const id of new Set(entries.map(({ passage }) => passage.reportId))) {
    const report = await store.report(id);
    if (report) reports.set(id, report);
  }
  return reports;
}
