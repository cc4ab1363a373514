import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthInDays } from "../../src/retrieval/scope.ts";
import {
  type DateRow,
  mergeTold,
  PassageFields,
  type PlaceRow,
  type Told,
} from "../../src/store/passage-fields.ts";
import type { Coverage } from "../../src/store/store.ts";
import { addDays, type DayInterval, overlaps } from "../../src/text/day.ts";

const SIZE = 12;
const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays("2017-10-20", days));
const interval: fc.Arbitrary<DayInterval> = fc
  .tuple(fc.option(day), fc.option(day))
  .map(([a, b]) => (a !== null && b !== null && a > b ? { start: b, end: a } : { start: a, end: b }));
/** Days asked for, of some with the longest date that answers. */
const asked = fc
  .tuple(interval, fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }))
  .map(([days, longest]) => ({ ...days, longest }));
const ref = fc.integer({ min: 0, max: SIZE - 1 });
const inOrder = <T extends { ref: number }>(rows: T[]): T[] => rows.toSorted((a, b) => a.ref - b.ref);
const dates: fc.Arbitrary<DateRow[]> = fc
  .array(fc.record({ ref, interval, background: fc.boolean() }), { maxLength: 20 })
  .map((rows) => inOrder(rows.map(({ interval, ...row }) => ({ ...row, ...interval, precision: "range" }))));
const places: fc.Arbitrary<PlaceRow[]> = fc
  .array(fc.record({ ref, id: fc.constantFrom("a", "b", "c"), name: fc.constant("مكان") }), { maxLength: 20 })
  .map(inOrder);
const reports = Array.from({ length: SIZE }, (_, i) => `report-${Math.floor(i / 5)}`);

describe("select", () => {
  it("agrees with looking at every passage, for any dates, places and filter", () => {
    const filter = fc.record(
      {
        days: fc.array(asked, { maxLength: 3 }),
        background: fc.boolean(),
        places: fc.array(fc.constantFrom<string>("a", "b", "z"), { maxLength: 2 }),
        reports: fc.array(fc.constantFrom<string>("report-0", "report-2", "none"), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(dates, places, filter, (dateRows, placeRows, wanted) => {
        const expected = reports.flatMap((report, at) => {
          const onDay = dateRows.some(
            (row) =>
              row.ref === at &&
              (wanted.background !== false || !row.background) &&
              wanted.days?.some(
                (other) =>
                  overlaps(row, other) && lengthInDays(row) <= (other.longest ?? Number.POSITIVE_INFINITY),
              ),
          );
          const inPlace = placeRows.some((row) => row.ref === at && wanted.places?.includes(row.id));
          const held =
            (!wanted.days || onDay) &&
            (!wanted.places || inPlace) &&
            (!wanted.reports || wanted.reports.includes(report));
          return held ? [at] : [];
        });
        const fields = new PassageFields({ reports, dates: dateRows, places: placeRows });
        expect(fields.select(wanted)).toEqual(expected);
      }),
    );
  });
});

describe("reportsOf", () => {
  it("names the report of each passage once, in order", () => {
    const fields = new PassageFields({ reports, dates: [], places: [] });
    fc.assert(
      fc.property(fc.array(ref), (refs) => {
        expect(fields.reportsOf(refs)).toEqual([...new Set(refs.map((at) => reports[at]))].sort());
      }),
    );
  });
});

describe("coverage", () => {
  const told = (rows: readonly Omit<DateRow, "ref">[]): Told =>
    new PassageFields({
      reports: ["a"],
      dates: rows.map((row) => ({ ref: 0, ...row })),
      places: [{ ref: 0, id: "mayadin", name: "الميادين" }],
    }).told();
  const coverageOf = (rows: readonly Omit<DateRow, "ref">[]): Coverage => mergeTold([told(rows)], 1);
  const range = { precision: "range", background: false };

  it("spans from the first named day to the last, by the known end of an open interval", () => {
    const rows = [
      { start: null, end: "2012-03-01", ...range },
      { start: "2017-10-29", end: null, ...range },
    ];
    expect(coverageOf(rows).span).toEqual({ start: "2012-03-01", end: "2017-10-29" });
  });

  it("spans nothing where no day is named", () => {
    expect(coverageOf([{ start: null, end: null, ...range }]).span).toEqual({
      start: null,
      end: null,
    });
  });

  it("counts a passage once a day, and neither background nor longer intervals", () => {
    const news = { start: "2017-10-29", end: "2017-10-29", precision: "day", background: false };
    const rows = [news, news, { ...news, background: true, start: "2012-01-01", end: "2012-01-01" }];
    expect(coverageOf([...rows, { ...range, start: "2017-01-01", end: "2017-12-31" }]).days).toEqual([
      { day: "2017-10-29", passages: 1 },
    ]);
  });

  it("adds up what several runs of passages tell of", () => {
    const news = { start: "2017-10-29", end: "2017-10-29", precision: "day", background: false };
    const older = { ...news, start: "2016-01-01", end: "2016-01-01" };
    expect(mergeTold([told([news]), told([news, older]), told([])], 5)).toEqual({
      reports: 5,
      passages: 3,
      days: [
        { day: "2016-01-01", passages: 1 },
        { day: "2017-10-29", passages: 2 },
      ],
      span: { start: "2016-01-01", end: "2017-10-29" },
      places: [{ id: "mayadin", name: "الميادين", passages: 3 }],
    });
  });
});
