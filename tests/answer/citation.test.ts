import { describe, expect, it } from "vitest";
import type { CitedAnswer } from "../../src/answer/answer.ts";
import { CitationError, checkCitations, makeCitation } from "../../src/answer/citation.ts";
import { composeAnswer } from "../../src/answer/compose.ts";
import { passageOf, reportOf } from "./values.ts";

const report = reportOf("a", "سيطرت القوات على الحي. وقتل 23 عنصراً.");
const bodies = new Map([["a", report.body]]);

function answerOf(...texts: string[]): CitedAnswer {
  return composeAnswer({
    lead: "",
    quotations: texts.map((text) => {
      const passage = passageOf(report, text);
      return { passage, start: passage.start, end: passage.end, group: "main" as const };
    }),
    reports: new Map([[report.id, report]]),
    scope: { dates: [], places: [] },
    widened: null,
    notes: [],
    offers: [],
  });
}

describe("makeCitation", () => {
  it("quotes the body letter for letter", () => {
    const passage = passageOf(report, "وقتل 23 عنصراً.");
    const citation = makeCitation(1, report, { passage, start: passage.start, end: passage.end - 1 });
    expect(citation.quote).toBe("وقتل 23 عنصراً");
    expect(report.body.slice(citation.start, citation.end)).toBe(citation.quote);
  });
});

describe("checkCitations", () => {
  const answer = answerOf("سيطرت القوات على الحي.", "وقتل 23 عنصراً.");
  const [first, second] = answer.citations;
  if (!first || !second) throw new Error("two citations were composed");

  it("passes an answer whose quotations stand in their reports", () => {
    expect(() => checkCitations(answer, bodies)).not.toThrow();
  });
  it.each([
    [
      "a letter was changed",
      { ...answer, citations: [{ ...first, quote: first.quote.replace("س", "ش") }, second] },
    ],
    [
      "the offsets are one off",
      { ...answer, citations: [{ ...first, start: first.start + 1, end: first.end + 1 }, second] },
    ],
    ["the report is not stored", { ...answer, citations: [{ ...first, report: "b" }, second] }],
    ["the quotation is empty", { ...answer, citations: [{ ...first, quote: "", end: first.start }, second] }],
    ["the numbers do not run from 1", { ...answer, citations: [second, first] }],
    [
      "a claim cites nothing",
      { ...answer, claims: [{ text: "x", citations: [], quoted: true, group: "main" as const }] },
    ],
    [
      "a claim cites an unknown number",
      { ...answer, claims: [{ text: "x", citations: [9], quoted: true, group: "main" as const }] },
    ],
  ])("refuses when %s", (_, wrong) => {
    expect(() => checkCitations(wrong, bodies)).toThrow(CitationError);
  });
});

describe("composeAnswer", () => {
  it("merges wire copy of the same day and place into one statement with a citation for each report", () => {
    const other = reportOf("b", report.body);
    const quotations = [report, other].map((source) => {
      const passage = passageOf(source, "وقتل 23 عنصراً.");
      return { passage, start: passage.start, end: passage.end, group: "main" as const };
    });
    const composed = composeAnswer({
      lead: "",
      quotations,
      reports: new Map([report, other].map((source) => [source.id, source])),
      scope: { dates: [], places: [] },
      widened: null,
      notes: [],
      offers: [],
    });
    expect(composed.citations).toHaveLength(2);
    expect(composed.claims.map(({ citations }) => citations)).toEqual([[1, 2]]);
  });
  it("never gives more than eight citations", () => {
    const body = Array.from({ length: 20 }, (_, i) => `جملة رقم ${i}.`).join(" ");
    const long = reportOf("c", body);
    const quotations = Array.from({ length: 20 }, (_, i) => {
      const passage = passageOf(long, `جملة رقم ${i}.`);
      return { passage, start: passage.start, end: passage.end, group: "main" as const };
    });
    const composed = composeAnswer({
      lead: "",
      quotations,
      reports: new Map([["c", long]]),
      scope: { dates: [], places: [] },
      widened: null,
      notes: [],
      offers: [],
    });
    expect(composed.citations).toHaveLength(8);
    expect(() => checkCitations(composed, new Map([["c", body]]))).not.toThrow();
  });
});
