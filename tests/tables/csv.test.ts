import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CSV_COLUMNS } from "../../src/phrases/timeline.ts";
import { timelineCsv } from "../../src/tables/csv.ts";
import { timelineOf, WHOLE } from "../../src/timeline/timeline.ts";
import { reportOf } from "../answer/values.ts";
import { eventOf, toldPassage } from "../timeline/values.ts";

const read = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: "\r\n" });
const table = (text: string, more: Parameters<typeof reportOf>[2] = {}): string =>
  timelineCsv(
    timelineOf([toldPassage(text, [eventOf("2017-10-29", "2017-10-29", { confidence: "inferred" })])], WHOLE),
    new Map([["r", reportOf("r", text, more)]]),
  );

describe("the timeline as CSV", () => {
  it("has a row for each event, with all that a reader needs to check it", () => {
    const csv = table("دخلت القوات الحي", { publisher: "وكالة", url: "https://example.org/1" });
    expect(csv.startsWith("\ufeff")).toBe(true);
    expect(read(csv)).toEqual([
      [...CSV_COLUMNS],
      [
        ...["2017-10-29", "2017-10-29", "يوم", "مستنتج", "", "دخلت القوات الحي", "r"],
        ...["وكالة", "2017-10-29", "مذكور", "0–16", "https://example.org/1"],
      ],
    ]);
  });

  it.each(["=1+1", "+963", "-5", "@cmd", " =A1", "\u200f=A1", "＝A1", '=HYPERLINK("http://x")'])(
    "makes text of what a spreadsheet would take for a formula: %s",
    (text) => {
      const row = read(table("خبر", { publisher: text }))[1];
      expect(row?.[7]?.startsWith("'")).toBe(true);
    },
  );

  it("gives back every text as it stands, whatever is in it (RFC 4180)", () => {
    const text = fc
      .string({ unit: fc.constantFrom(..."ابت ،,\"\n\r;'=1") })
      .filter((each) => /[ابت]$/u.test(each) && /^[ابت]/u.test(each));
    fc.assert(
      fc.property(text, text, (quotation, publisher) => {
        const row = read(table(quotation, { publisher }))[1];
        expect([row?.[5], row?.[7]]).toEqual([quotation, publisher]);
      }),
      { numRuns: 60 },
    );
  });
});
