import { describe, expect, it } from "vitest";
import { hijriDay, hijriMonth, hijriYearOf } from "../../../src/text/dates/hijri.ts";
import { addDays, dayNumber } from "../../../src/text/day.ts";

const UMM_AL_QURA = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

function fields(day: string): readonly number[] {
  const parts = UMM_AL_QURA.formatToParts(new Date(`${day}T00:00:00Z`));
  return ["year", "month", "day"].map((type) =>
    Number.parseInt(parts.find((part) => part.type === type)?.value ?? "", 10),
  );
}

describe("Hijri months", () => {
  it("begin on the days of the Umm al-Qura calendar from 1400 to 1470", () => {
    for (let year = 1400; year <= 1470; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const { start, end } = hijriMonth(year, month);
        expect(fields(start)).toEqual([year, month, 1]);
        expect(fields(addDays(end, 1))[2]).toBe(1);
      }
    }
  });

  it("lie within a day of the tabular calendar outside the table", () => {
    expect(Math.abs(dayNumber(hijriMonth(1399, 12).start) - dayNumber("1979-10-22"))).toBeLessThanOrEqual(1);
    expect(hijriDay(1350, 1, 1)?.slice(0, 7)).toBe("1931-05");
  });

  it("have at most 30 days", () => {
    expect(hijriDay(1438, 9, 5)).toBe("2017-05-31");
    expect(hijriDay(1438, 9, 31)).toBeNull();
  });

  it("know the year of a Gregorian day", () => {
    expect(hijriYearOf("2017-05-31")).toBe(1438);
    expect(hijriYearOf("2017-10-29")).toBe(1439);
  });
});
