/** A timeline that is counted from the index alone, and read part by part, is the one that all passages would give. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Passage } from "../../src/passage/passage.ts";
import type { Store } from "../../src/store/store.ts";
import { addDays } from "../../src/text/day.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import { countsOf, spanOf } from "../../src/timeline/outline.ts";
import { readEntries, readOutline, readTimeline } from "../../src/timeline/read.ts";
import { timelineOf, WHOLE } from "../../src/timeline/timeline.ts";
import { eventOf, storeOf, toldPassage } from "./values.ts";

const gazetteer = buildGazetteer([]);

const date = fc
  .tuple(
    fc.nat(9),
    fc.option(fc.nat(4), { freq: 8 }),
    fc.boolean(),
    fc.constantFrom("certain", "inferred", "doubtful"),
  )
  .map(([from, length, background, confidence]) => {
    const start = addDays("2017-10-25", from);
    const more = { background, confidence } as const;
    return length === null ? eventOf(null, start, more) : eventOf(start, addDays(start, length), more);
  });
const passages = fc
  .array(fc.tuple(fc.nat(3), fc.array(date, { maxLength: 3 }), fc.constantFrom("text", "title", "date")), {
    maxLength: 12,
  })
  .map((all) =>
    all.map(
      ([report, dates, role], at): Passage =>
        toldPassage(`خبر ${at}`, dates, {
          report: `r${report}`,
          start: at * 20,
          role: role as Passage["role"],
        }),
    ),
  );
const filter = fc.option(fc.nat(12).map((from) => addDays("2017-10-24", from))).map((start) => ({
  days: start === null ? null : { start, end: addDays(start, 2) },
  place: null,
}));

describe("the outline of a timeline", () => {
  it("has the times, counts and entries that reading every passage gives, whole or part by part", async () => {
    await fc.assert(
      fc.asyncProperty(passages, filter, fc.integer({ min: 1, max: 4 }), async (told, limits, size) => {
        const store = await storeOf(told);
        const all = timelineOf(await store.passages(await store.select({})), limits);
        const outline = await readOutline(limits, { store, gazetteer });
        expect(await readTimeline(limits, { store, gazetteer })).toEqual(all);
        expect(outline.entries).toBe(all.entries.length);
        expect(outline.passages).toBe(new Set(all.entries.map(({ passage }) => passage.id)).size);
        expect(outline.reports).toEqual(
          [...new Set(all.entries.map(({ passage }) => passage.reportId))].sort(),
        );
        expect(outline.times.map(({ start, end, confidence }) => ({ start, end, confidence }))).toEqual(
          all.days.map(({ start, end, confidence }) => ({ start, end, confidence })),
        );
        expect(countsOf(outline).map(({ passages: count, stated }) => [count, stated])).toEqual(
          all.days.map(({ entries }) => [
            entries.length,
            entries.filter(({ event }) => event.confidence === "certain").length,
          ]),
        );
        const parts = [];
        for (let from = 0; from < outline.entries; from += size)
          parts.push(...(await readEntries(outline, { from, count: size }, store)).entries);
        expect(parts).toEqual(all.entries);
        expect((await readEntries(outline, { from: outline.entries, count: size }, store)).entries).toEqual(
          [],
        );
      }),
      { numRuns: 60 },
    );
  });

  it("reads only the passages that are shown", async () => {
    const store = await storeOf(
      Array.from({ length: 50 }, (_, at) =>
        toldPassage(`خبر ${at}`, [eventOf("2017-10-29")], { start: at * 20 }),
      ),
    );
    const read: number[] = [];
    const passages = (refs: readonly number[]) => {
      read.push(...refs);
      return store.passages(refs);
    };
    const counting: Store = Object.assign(Object.create(null), {
      news: store.news.bind(store),
      placesOf: store.placesOf.bind(store),
      reportsOf: store.reportsOf.bind(store),
      passages,
    });
    const outline = await readOutline(WHOLE, { store: counting, gazetteer });
    expect([outline.entries, spanOf(outline)]).toEqual([50, { start: "2017-10-29", end: "2017-10-29" }]);
    await readEntries(outline, { from: 10, count: 5 }, counting);
    expect(read).toEqual([10, 11, 12, 13, 14]);
  });
});
