import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../src/text/day.ts";
import { type Counted, timeRows } from "../../src/timeline/bins.ts";

const on = (start: string | null, end = start, passages = 1): Counted => ({
  start,
  end,
  passages,
  stated: 0,
});
const LIMITS = { most: 20, mostLonger: 6 };

describe("events counted by time", () => {
  it("stand by day, with longer times in their place and the days between of which nothing is told", () => {
    const { unit, rows } = timeRows(
      [on("2017-10-29"), on("2017-01-14"), on("2017-01-17", "2017-01-31", 7), on("2017-02-03")],
      LIMITS,
    );
    expect(unit).toBe("day");
    expect(rows.map(({ start, kind, gap }) => [start, kind, gap])).toEqual([
      ["2017-01-14", "bin", 0],
      ["2017-01-17", "longer", 2],
      ["2017-02-03", "bin", 2],
      ["2017-10-29", "bin", 267],
    ]);
  });

  it("do not call a time empty in which a longer one lies, shown or not", () => {
    const counted = [on("2017-01-01"), on("2017-01-02", "2017-06-30"), on("2017-06-30")];
    for (const mostLonger of [0, 1]) {
      expect(
        timeRows(counted, { most: 20, mostLonger })
          .rows.map(({ gap }) => gap)
          .some(Boolean),
      ).toBe(false);
    }
    const hidden = [on("2017-01-01"), on("2017-03-01", "2017-03-09"), on("2017-06-30")];
    expect(timeRows(hidden, { most: 20, mostLonger: 0 }).rows.map(({ gap }) => gap)).toEqual([0, 0]);
  });

  it("do not call the time after an open end empty", () => {
    expect(timeRows([on("2017-01-01", null), on("2017-06-30")], LIMITS).rows.map(({ gap }) => gap)).toEqual([
      0, 0,
    ]);
  });

  it("go to weeks, months, quarters and years as there are more", () => {
    const days = (count: number, step: number): Counted[] =>
      Array.from({ length: count }, (_, n) => on(addDays("2013-01-01", n * step)));
    const unitOf = (count: number, step: number) => timeRows(days(count, step), LIMITS).unit;
    expect([unitOf(20, 30), unitOf(60, 1), unitOf(500, 1), unitOf(1_700, 1), unitOf(5_000, 1)]).toEqual([
      "day",
      "week",
      "month",
      "quarter",
      "year",
    ]);
  });

  it("lose nothing: what is not shown is counted", () => {
    const time = fc
      .tuple(
        fc.integer({ min: 0, max: 15_000 }),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 1, max: 50 }),
      )
      .map(([from, length, passages]) =>
        on(addDays("1990-01-01", from), addDays("1990-01-01", from + length), passages),
      );
    fc.assert(
      fc.property(fc.array(time, { maxLength: 80 }), (counted) => {
        const { rows, hidden } = timeRows(counted, LIMITS);
        const sum = rows.reduce((total, { passages }) => total + passages, hidden.passages);
        expect(sum).toBe(counted.reduce((total, { passages }) => total + passages, 0));
        expect(rows.length).toBeLessThanOrEqual(LIMITS.most + LIMITS.mostLonger);
      }),
      { numRuns: 100 },
    );
  });
});
