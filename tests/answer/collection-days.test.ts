import { describe, expect, it } from "vitest";
import { daysOfCollection } from "../../src/answer/collection-days.ts";
import { parseQuestion } from "../../src/question/parse.ts";
import type { Coverage } from "../../src/store/store.ts";
import { questionContext } from "../question/context.ts";

const coverageOf = (...days: string[]): Coverage => ({
  reports: 1,
  passages: days.length,
  days: days.map((day) => ({ day, passages: 1 })),
  span: { start: days[0] ?? null, end: days.at(-1) ?? null },
  places: [],
});
const datesOf = (text: string, coverage: Coverage) =>
  daysOfCollection(parseQuestion(text, questionContext), coverage).dates.map(({ start, end }) => [
    start,
    end,
  ]);

describe("a bare weekday asked of an archive", () => {
  it("is the only such day that the reports tell of", () => {
    expect(datesOf("ماذا حدث يوم السبت؟", coverageOf("2017-10-28", "2017-10-29"))).toEqual([
      ["2017-10-28", "2017-10-28"],
    ]);
  });

  it("stays the last one when there are several, so that the answer names the days there are", () => {
    expect(datesOf("ماذا حدث يوم السبت؟", coverageOf("2017-01-14", "2017-10-28"))).toEqual([
      ["2026-11-21", "2026-11-21"],
    ]);
  });

  it("does not confine a question for a fact", () => {
    const coverage = coverageOf("2017-01-14", "2017-10-28");
    expect(datesOf("من سيطر على الملعب البلدي يوم السبت؟", coverage)).toEqual([]);
  });

  it("is left alone where the collection reaches to that day", () => {
    expect(datesOf("ماذا حدث يوم السبت؟", coverageOf("2017-10-28", "2026-11-22"))).toEqual([
      ["2026-11-21", "2026-11-21"],
    ]);
  });
});

describe("days written out", () => {
  it("stay as they are, inside the collection and outside", () => {
    const coverage = coverageOf("2017-10-28", "2017-10-29");
    expect(datesOf("ماذا حدث يوم السبت 4 آذار 2023؟", coverage)).toEqual([["2023-03-04", "2023-03-04"]]);
    expect(datesOf("من قصف المدينة في 2021؟", coverage)).toEqual([["2021-01-01", "2021-12-31"]]);
  });
});
