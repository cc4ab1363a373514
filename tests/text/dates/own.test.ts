import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findDates } from "../../../src/text/dates/find.ts";
import type { DateContext } from "../../../src/text/dates/mention.ts";

const CASES = "tests/text/dates/fixtures/own-cases.txt";
/** The year of the collection that the questions are asked of. */
const YEARS = [2017];

function contextOf(mode: string, anchor: string): DateContext {
  return mode === "q" ? { mode: "question", anchor, years: YEARS } : { mode: "report", anchor };
}

function found(text: string, context: DateContext): string {
  const open = (day: string | null): string => day ?? "*";
  return findDates(text, context)
    .map(({ start, end }) => (start === end ? open(start) : `${open(start)}/${open(end)}`))
    .join(",");
}

describe("expressions of Syrian news and of people who ask", () => {
  const rows = readFileSync(CASES, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("|"));

  it("are at least two hundred", () => {
    expect(rows.length).toBeGreaterThanOrEqual(200);
  });

  for (const [mode = "", anchor = "", text = "", expected = ""] of rows) {
    const title = `${mode === "q" ? "asked" : "reported"} on ${anchor}: ${text}`;
    it(`${title} → ${expected || "no date"}`, () => {
      expect(found(text, contextOf(mode, anchor))).toBe(expected);
    });
  }
});
