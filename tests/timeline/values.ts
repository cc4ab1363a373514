/** Passages of made-up days. */
import type { EventDate, Passage } from "../../src/passage/passage.ts";
import type { Day } from "../../src/text/day.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import type { TimelineOutline } from "../../src/timeline/outline.ts";
import { readOutline } from "../../src/timeline/read.ts";
import { WHOLE } from "../../src/timeline/timeline.ts";
import { FakeStore } from "../fakes.ts";

export function eventOf(
  start: Day | null,
  end: Day | null = start,
  more: Partial<EventDate> = {},
): EventDate {
  return {
    start,
    end,
    precision: start === end ? "day" : "range",
    confidence: "certain",
    basis: "report",
    words: "",
    background: false,
    ...more,
  };
}

/** A passage that stands at `start` in a report. */
export function toldPassage(
  text: string,
  dates: readonly EventDate[],
  { report = "r", start = 0, ...more }: Partial<Passage> & { readonly report?: string } = {},
): Passage {
  return {
    id: `${report}-${start}`,
    reportId: report,
    role: "text",
    start,
    end: start + text.length,
    text,
    header: "",
    dates,
    places: [],
    ...more,
  };
}

/** A store of some passages in which nothing is searched. */
export function storeOf(passages: readonly Passage[]): Promise<FakeStore> {
  return FakeStore.of({ reports: [], passages, embedder: NO_VECTORS });
}

/** The whole timeline of some passages, counted. */
export async function outlineOf(passages: readonly Passage[]): Promise<TimelineOutline> {
  return readOutline(WHOLE, { store: await storeOf(passages), gazetteer: buildGazetteer([]) });
}

const NO_VECTORS = {
  model: { id: "none", fingerprint: "none", dimension: 1 },
  embed: async (texts: readonly string[]) => texts.map(() => new Float32Array(1)),
  close: async () => undefined,
};
