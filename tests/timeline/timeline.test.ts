import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../src/text/day.ts";
import { atAGlance, timelineOf, WHOLE } from "../../src/timeline/timeline.ts";
import { eventOf, toldPassage } from "./values.ts";

const TWO_DAYS =
  "وكانت قوات النظام قد تمكنت أمس السبت من السيطرة على حيي العمال والعرفي، فيما دخلت صباح اليوم الأحد حي الحميدية للمرة الأولى";

describe("the events by day", () => {
  it("are told once for each day of a passage, each time with all that it says", () => {
    const passage = toldPassage(
      TWO_DAYS,
      [
        eventOf("2017-10-29", "2017-10-29", { basis: "passage", words: "صباح اليوم الأحد" }),
        eventOf("2017-10-28", "2017-10-28", { basis: "passage", words: "أمس السبت" }),
      ],
      { start: 40 },
    );
    const { days } = timelineOf([passage], WHOLE);
    expect(days.map(({ start, entries }) => [start, entries.map(({ quotation }) => quotation)])).toEqual([
      ["2017-10-28", [TWO_DAYS]],
      ["2017-10-29", [TWO_DAYS]],
    ]);
  });

  it("do not quote the comma after which the sentence goes on", () => {
    const passage = toldPassage(" دخلت القوات الحي، ", [eventOf("2017-10-29")], { start: 7 });
    expect(
      timelineOf([passage], WHOLE).entries.map(({ quotation, start, end }) => [quotation, start, end]),
    ).toEqual([["دخلت القوات الحي", 8, 24]]);
  });

  it("leave out background, passages without a day, and what only names a day", () => {
    const passages = [
      toldPassage("خرج الحي عن سيطرة النظام عام 2012", [
        eventOf("2012-01-01", "2012-12-31", { background: true }),
      ]),
      toldPassage("لا يوم هنا", [], { start: 100 }),
      toldPassage("الأحد 29 تشرين الأول", [eventOf("2017-10-29")], { start: 200, role: "date" }),
    ];
    expect(timelineOf(passages, WHOLE)).toEqual({ filter: WHOLE, entries: [], days: [] });
  });

  it("say of a day how surely it is known: by the surest who tells it", () => {
    const of = (...known: ("certain" | "inferred" | "doubtful")[]): string | undefined =>
      timelineOf(
        known.map((confidence, at) =>
          toldPassage("سيطرت القوات على الحي", [eventOf("2017-10-29", "2017-10-29", { confidence })], {
            start: at * 50,
          }),
        ),
        WHOLE,
      ).days[0]?.confidence;
    expect([of("doubtful", "inferred"), of("inferred", "certain"), of("doubtful")]).toEqual([
      "inferred",
      "certain",
      "doubtful",
    ]);
  });

  it("hold every passage of the days asked, in order of time, and quote it where it stands", () => {
    const event = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }), fc.boolean())
      .map(([from, length, background]) =>
        eventOf(addDays("2017-09-01", from), addDays("2017-09-01", from + length), { background }),
      );
    const passage = fc.array(event, { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(passage, { maxLength: 12 }), (all) => {
        const passages = all.map((dates, at) =>
          toldPassage(`${TWO_DAYS} `, dates, { report: `r${at % 3}`, start: at * 200 }),
        );
        const days = { start: "2017-09-10", end: "2017-09-30" };
        const { entries, days: byDay } = timelineOf(passages, { days, place: null });
        const expected = passages.filter(({ dates }) =>
          dates.some(
            ({ start, end, background }) =>
              !background && (start ?? "") <= days.end && (end ?? "") >= days.start,
          ),
        );
        expect(new Set(entries.map(({ passage: { id } }) => id))).toEqual(
          new Set(expected.map(({ id }) => id)),
        );
        const starts = entries.map(({ event: { start } }) => start ?? "");
        expect(starts).toEqual([...starts].sort());
        expect(byDay.flatMap((each) => each.entries)).toEqual(entries);
        for (const entry of entries) {
          const { text, start } = entry.passage;
          expect(text.slice(entry.start - start, entry.end - start)).toBe(entry.quotation);
          expect(entry.quotation).toBe(entry.quotation.trim());
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a timeline at a glance", () => {
  it("gives every report its best day before any has its second, in order of time", () => {
    const passages = [1, 2, 3, 4].map((day) =>
      toldPassage(`خبر اليوم ${day}`, [eventOf(`2017-10-0${day}`)], {
        report: day < 4 ? "a" : "b",
        start: day * 20,
      }),
    );
    const shown = atAGlance(passages, { limit: 2, longest: 400 });
    expect(shown.map(({ event }) => event.start)).toEqual(["2017-10-01", "2017-10-04"]);
  });

  it("prefers news that names its day to background", () => {
    const background = toldPassage("كان ذلك عام 2012", [
      eventOf("2012-01-01", "2012-12-31", { background: true }),
    ]);
    const news = toldPassage(
      "دخلت الحي صباح الأحد",
      [eventOf("2017-10-29", "2017-10-29", { basis: "passage" })],
      {
        start: 50,
      },
    );
    expect(atAGlance([background, news], { limit: 1, longest: 400 }).map(({ passage }) => passage)).toEqual([
      news,
    ]);
  });
});
