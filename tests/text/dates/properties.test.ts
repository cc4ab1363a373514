import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDates } from "../../../src/text/dates/find.ts";
import { formatDay, formatInterval, monthNames } from "../../../src/text/dates/format.ts";
import type { DateContext, DatePrecision } from "../../../src/text/dates/mention.ts";
import { addDays, type DayInterval, dayFromNumber, dayNumber, isDay } from "../../../src/text/day.ts";

const CONTEXTS: readonly DateContext[] = [
  { mode: "report", anchor: "2017-10-29" },
  { mode: "question", anchor: "2026-11-22", years: [2017] },
  { mode: "question", anchor: null },
];

/** Words of which dates are made, so that random texts reach the grammar. */
const WORDS =
  "ماذا حدث في من إلى بين و و5 ال الـ 29 5 31 10:30 / - 2017 ٢٠١٧ عام سنة شهر الشهر الأسبوع يوم اليوم أمس أول أمس غدا تشرين الأول الثاني كانون أيلول / سبتمبر آب رمضان ربيع الجمعة السبت ليلة صباح الماضي الجاري المقبل ذاته الأيام الثلاثة ساعة 24 قبل بعد منذ حتى آخر أوائل منتصف النصف الأول ألفين وسبعة عشر مئة 1438 هـ October 29, last week ago ( ) ، . \n \u200f \u0640".split(
    " ",
  );

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(" ")),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 20 }).map((words) => words.join("")),
);

const day = fc
  .integer({ min: dayNumber("1900-01-01"), max: dayNumber("2100-12-31") })
  .map((number) => dayFromNumber(number));

/** What a text that the product prints is read as; no anchor, so that nothing can be filled in. */
function readBack(text: string): DayInterval[] {
  return findDates(text, { mode: "question", anchor: null }).map(({ start, end }) => ({ start, end }));
}

describe("findDates on any text", () => {
  it("never throws, and every span lies in the text and splits no character", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...CONTEXTS), (text, context) => {
        let last = 0;
        let before = "";
        for (const { span, text: words, start, end } of findDates(text, context)) {
          const [from, to] = span;
          // The two months of a bare "تشرين" share their words.
          if (span.join() !== before) expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(text.slice(from, to)).toBe(words);
          for (const edge of [from, to]) expect(splitsPair(text, edge)).toBe(false);
          for (const one of [start, end]) expect(one === null || isDay(one)).toBe(true);
          if (start !== null && end !== null) expect(start <= end).toBe(true);
          last = to;
          before = span.join();
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("gives the same dates with tashkeel, tatweel and direction marks strewn in", () => {
    const plain = "ماذا حدث يوم الأحد 29 تشرين الأول 2017";
    const noise = fc.array(fc.constantFrom("", "", "", "\u064e", "\u0640", "\u200f", "\u200e"), {
      minLength: plain.length,
      maxLength: plain.length,
    });
    fc.assert(
      fc.property(noise, (marks) => {
        const text = [...plain]
          .map((letter, index) => letter + (letter === " " ? "" : marks[index]))
          .join("");
        expect(readBack(text)).toEqual([{ start: "2017-10-29", end: "2017-10-29" }]);
      }),
    );
  });
});

/** Whether an offset falls between the halves of a surrogate pair. */
function splitsPair(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1));
}

describe("what is printed is read back", () => {
  it("a day, with and without its weekday", () => {
    fc.assert(
      fc.property(day, fc.boolean(), (one, weekday) => {
        expect(readBack(formatDay(one, { weekday }))).toEqual([{ start: one, end: one }]);
      }),
    );
  });

  it("an interval of any length, open or closed, in every precision", () => {
    const precisions = fc.constantFrom<DatePrecision | undefined>(
      undefined,
      "day",
      "range",
      "week",
      "month",
      "year",
    );
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), precisions, (start, length, precision) => {
        const later = addDays(start, length);
        const end = later > "2100-12-31" ? start : later;
        for (const interval of [
          { start, end },
          { start, end: null },
          { start: null, end },
        ]) {
          expect(readBack(formatInterval(interval, precision))).toEqual([interval]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("a whole month and a whole year", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const start = `${year}-${String(month).padStart(2, "0")}-01`;
        const end = addDays(
          month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`,
          -1,
        );
        const whole = { start: `${year}-01-01`, end: `${year}-12-31` };
        expect(readBack(formatInterval({ start, end }))).toEqual([{ start, end }]);
        expect(readBack(formatInterval(whole))).toEqual([whole]);
      }),
    );
  });

  it("the header's day with both month names", () => {
    fc.assert(
      fc.property(day, (one) => {
        const { levantine, gregorian } = monthNames(Number(one.slice(5, 7)));
        const text = `دير الزور، ${Number(one.slice(8))} ${levantine} ${gregorian} ${one.slice(0, 4)}`;
        expect(readBack(text)).toEqual([{ start: one, end: one }]);
      }),
    );
  });
});
