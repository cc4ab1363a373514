import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findDates } from "../../../src/text/dates/find.ts";

/** Every time expression of the five reports, read by a person, with its days; "?" marks a contradiction in the text. */
const REPORTS: Readonly<Record<string, { readonly published: string; readonly days: readonly string[] }>> = {
  "000_3c5f58a11287295c.txt": {
    published: "2017-10-29",
    days: ["2017-10-29", "2017-10-29", "2017-10-28/2017-10-29", "?2017-10-28/2017-10-29", "2017-09-10"],
  },
  "001_4ef627a1459e3f94.txt": {
    published: "2017-01-18",
    days: [
      "2017-01-18",
      "2017-01-15/2017-01-18",
      "2017-01-14",
      "2016-01-01/2017-01-18",
      "2017-01-01/2017-01-18",
      "?2015-01-01/2017-01-18",
    ],
  },
  "002_9e121b45a6439d02.txt": {
    published: "2017-10-10",
    days: ["2017-10-09/2017-10-10", "2017-10-09/2017-10-10", "2017-10-10", "2017-10-06", "2017-10-08"],
  },
  "003_68158fa51ebf8193.txt": {
    published: "2017-10-29",
    days: [
      "2017-10-29",
      "2012-01-01/2012-12-31",
      "2017-10-28",
      "2012-06-01/2012-06-30",
      "2014-01-01/2014-12-31",
      "2017-10-28",
      "2017-10-25",
      "2017-10-15/2017-10-29",
    ],
  },
  "004_4609ec8d4135fa32.txt": { published: "2017-05-05", days: ["2017-05-04", "2017-05-04", "?2017-05-05"] },
};

describe("the five reports", () => {
  for (const [file, { published, days }] of Object.entries(REPORTS)) {
    it(`${file}, published ${published}`, () => {
      const text = readFileSync(`data/reports/${file}`, "utf8");
      const found = findDates(text, { mode: "report", anchor: published }).map(
        ({ start, end, confidence }) => {
          const interval = start === end ? start : `${start}/${end}`;
          return confidence === "doubtful" ? `?${interval}` : interval;
        },
      );
      expect(found).toEqual(days);
    });
  }
});
