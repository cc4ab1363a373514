import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventDate, Passage } from "../../src/passage/passage.ts";
import { heldIn, isToldOn, MOST_READ, readScope, selectInScope, someOf } from "../../src/retrieval/scope.ts";
import { addDays, type Day } from "../../src/text/day.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import { FakeStore } from "../fakes.ts";
import { sampleReport } from "../store/samples.ts";

const gazetteer = buildGazetteer([]);

function date(start: Day, end: Day = start): EventDate {
  const precision = start === end ? "day" : "range";
  return { start, end, precision, confidence: "certain", basis: "passage", words: "", background: false };
}

function passage(number: number, dates: readonly EventDate[], place = "mayadin"): Passage {
  const text = `خبر ${number}`;
  return {
    id: `p${number}`,
    reportId: `r${String(number).padStart(6, "0")}`,
    role: "text",
    start: 0,
    end: text.length,
    text,
    header: "",
    dates,
    places: [{ id: place, name: "الميادين", basis: "passage", words: "" }],
  };
}

async function sourcesOf(passages: readonly Passage[]) {
  const reports = passages.map(({ reportId, text }) => sampleReport(reportId, text).report);
  const store = await FakeStore.of({ reports, passages });
  return { store, gazetteer, coverage: await store.coverage() };
}

describe("someOf", () => {
  it("keeps all up to the limit, and of more as many in order, the first among them", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 20 }), (size, limit) => {
        const refs = Array.from({ length: size }, (_, ref) => 3 * ref);
        const kept = someOf(refs, limit);
        expect(kept).toHaveLength(Math.min(size, limit));
        expect(new Set(kept).size).toBe(kept.length);
        expect(kept).toEqual(refs.filter((ref) => kept.includes(ref)));
        expect(kept[0]).toBe(refs[0]);
      }),
    );
  });
});

describe("heldIn", () => {
  it("names those of some passages that the scope holds", () => {
    expect(heldIn({ refs: [1, 4, 9] }, [{ ref: 9 }, { ref: 2 }, { ref: 1 }])).toEqual(new Set([1, 9]));
  });
});

describe("selectInScope", () => {
  const day = "2017-10-29";
  const select = async (dates: readonly EventDate[]) =>
    selectInScope({ days: [{ start: day, end: day }], places: [] }, await sourcesOf([passage(0, dates)]));

  it("takes the day itself and events of two days", async () => {
    expect(await select([date(day)])).toMatchObject({ match: "exact", refs: [0] });
    expect(await select([date("2017-10-28", day)])).toMatchObject({ match: "exact" });
  });

  it("widens to the very day beside, not to a week that touches it", async () => {
    expect(await select([date("2017-10-30")])).toMatchObject({ match: "widened", refs: [0] });
    expect(await select([date("2017-10-30", "2017-11-05")])).toMatchObject({ match: "absent", refs: [] });
  });

  it("takes an event of up to a month around the day as uncertain, and nothing longer", async () => {
    expect(await select([date("2017-10-17", "2017-10-31")])).toMatchObject({ match: "uncertain" });
    expect(await select([date("2017-01-01", "2017-12-31")])).toMatchObject({
      match: "absent",
      onDays: false,
    });
  });
});

describe("isToldOn", () => {
  it("asks for days and place together", async () => {
    const sources = await sourcesOf([passage(0, [date("2017-10-29")])]);
    const days = [{ start: "2017-10-29", end: "2017-10-29" }];
    expect(await isToldOn("mayadin", days, sources)).toBe(true);
    expect(await isToldOn("homs", days, sources)).toBe(false);
    expect(await isToldOn("mayadin", [{ start: "2017-11-29", end: "2017-11-29" }], sources)).toBe(false);
  });
});

describe("readScope", () => {
  const many = Array.from({ length: 3 * MOST_READ }, (_, n) => passage(n, [date(addDays("2016-01-01", n))]));

  it("reads a scope whole while it is small", async () => {
    const sources = await sourcesOf(many.slice(0, 20));
    const scope = { days: [], places: ["mayadin"] };
    expect(await readScope({ refs: [0, 5, 19] }, scope, sources)).toHaveLength(3);
  });

  it("reads the newest of a place that is told of too often", async () => {
    const sources = await sourcesOf(many);
    const scope = { days: [], places: ["mayadin"] };
    const read = await readScope(await selectInScope(scope, sources), scope, sources);
    expect(read.map(({ ref }) => ref)).toEqual(many.map((_, ref) => ref).slice(-MOST_READ));
  });

  it("reads as many at even distances where days are asked", async () => {
    const sources = await sourcesOf(many);
    const scope = { days: [{ start: "2016-01-01", end: null }], places: [] };
    const read = await readScope(await selectInScope(scope, sources), scope, sources);
    expect(read).toHaveLength(MOST_READ);
    expect(read.at(-1)?.ref).toBeGreaterThan(many.length - 5);
  });
});
