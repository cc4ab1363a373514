import { describe, expect, it } from "vitest";
import { formatDay, formatInterval, monthNames } from "../../../src/text/dates/format.ts";

describe("formatDay", () => {
  it("writes the day with its Levantine month", () => {
    expect(formatDay("2017-10-29")).toBe("29 تشرين الأول 2017");
    expect(formatDay("2017-10-29", { weekday: true })).toBe("الأحد 29 تشرين الأول 2017");
  });
});

describe("formatInterval", () => {
  it("writes the shortest form that says both ends", () => {
    expect(formatInterval({ start: "2017-10-29", end: "2017-10-29" })).toBe("29 تشرين الأول 2017");
    expect(formatInterval({ start: "2017-10-28", end: "2017-10-29" })).toBe("28–29 تشرين الأول 2017");
    expect(formatInterval({ start: "2017-09-28", end: "2017-10-03" })).toBe("28 أيلول – 3 تشرين الأول 2017");
    expect(formatInterval({ start: "2016-12-28", end: "2017-01-03" })).toBe(
      "28 كانون الأول 2016 – 3 كانون الثاني 2017",
    );
  });

  it("writes whole months and years as such, unless a range is asked for", () => {
    const month = { start: "2017-10-01", end: "2017-10-31" };
    expect(formatInterval(month)).toBe("تشرين الأول 2017");
    expect(formatInterval(month, "range")).toBe("1–31 تشرين الأول 2017");
    expect(formatInterval({ start: "2017-01-01", end: "2017-12-31" })).toBe("2017");
  });

  it("says an open end", () => {
    expect(formatInterval({ start: "2017-10-29", end: null })).toBe("منذ 29 تشرين الأول 2017");
    expect(formatInterval({ start: null, end: "2017-10-29" })).toBe("حتى 29 تشرين الأول 2017");
    expect(formatInterval({ start: null, end: null })).toBe("");
  });
});

describe("monthNames", () => {
  it("agrees with CLDR for Syria and for Egypt", () => {
    for (let month = 1; month <= 12; month += 1) {
      const date = new Date(Date.UTC(2017, month - 1, 15));
      const name = (locale: string): string =>
        new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(date);
      expect(monthNames(month)).toEqual({ levantine: name("ar-SY"), gregorian: name("ar-EG") });
    }
  });

  it("refuses a month that is none", () => {
    expect(() => monthNames(13)).toThrow(RangeError);
  });
});
