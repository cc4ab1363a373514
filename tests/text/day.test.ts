import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dayFromNumber,
  dayNumber,
  daysInMonth,
  isDay,
  makeDay,
  monthInterval,
  overlaps,
  weekdayOf,
  widen,
} from "../../src/text/day.ts";

const day = fc.integer({ min: dayNumber("0002-01-01"), max: dayNumber("9998-12-31") }).map(dayFromNumber);

describe("makeDay", () => {
  it("makes days that exist and no others", () => {
    expect(makeDay(2017, 10, 29)).toBe("2017-10-29");
    expect(makeDay(2016, 2, 29)).toBe("2016-02-29");
    for (const [year, month, date] of [
      [2017, 2, 29],
      [2017, 9, 31],
      [2017, 13, 1],
      [2017, 0, 1],
      [0, 1, 1],
      [2017, 1, 0],
      [2017.5, 1, 1],
    ] as const) {
      expect(makeDay(year, month, date)).toBeNull();
    }
  });

  it("knows centuries without a leap day", () => {
    expect(daysInMonth(1900, 2)).toBe(28);
    expect(daysInMonth(2000, 2)).toBe(29);
  });
});

describe("isDay", () => {
  it("accepts what makeDay makes and nothing beside", () => {
    fc.assert(fc.property(day, (one) => isDay(one)));
    for (const text of ["2017-9-1", "2017-02-29", "2017-10-29T00", "", "29/10/2017"])
      expect(isDay(text)).toBe(false);
  });
});

describe("counting days", () => {
  it("goes there and back", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -300, max: 300 }), (one, days) => {
        expect(addDays(addDays(one, days), -days)).toBe(one);
        expect(dayNumber(addDays(one, days)) - dayNumber(one)).toBe(days);
      }),
    );
  });

  it("knows the weekday as Date does", () => {
    expect(weekdayOf("2017-10-29")).toBe(0);
    expect(weekdayOf("1969-12-31")).toBe(3);
    fc.assert(fc.property(day, (one) => weekdayOf(one) === new Date(`${one}T00:00:00Z`).getUTCDay()));
  });
});

describe("intervals", () => {
  it("of a month are its first and last day", () => {
    expect(monthInterval(2017, 2)).toEqual({ start: "2017-02-01", end: "2017-02-28" });
    expect(monthInterval(2017, 13)).toBeNull();
  });

  it("overlap when they share a day; an open end reaches everywhere", () => {
    const october = { start: "2017-10-01", end: "2017-10-31" };
    expect(overlaps(october, { start: "2017-10-31", end: null })).toBe(true);
    expect(overlaps(october, { start: "2017-11-01", end: null })).toBe(false);
    expect(overlaps({ start: null, end: null }, october)).toBe(true);
  });

  it("widen on both sides and stay open where they were", () => {
    expect(widen({ start: "2017-10-01", end: null }, 1)).toEqual({ start: "2017-09-30", end: null });
    expect(widen({ start: null, end: "2017-10-31" }, 1)).toEqual({ start: null, end: "2017-11-01" });
  });
});
