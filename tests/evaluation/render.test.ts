import { describe, expect, it } from "vitest";
import type { ConfigurationReport, Outcome, SetReport } from "../../src/evaluation/evaluate.ts";
import { scoresOf } from "../../src/evaluation/evaluate.ts";
import { htmlPage } from "../../src/evaluation/page.ts";
import type { SetQuestion } from "../../src/evaluation/question-set.ts";
import { alignRows, COLUMNS, faultOf, jsonReport, textReport } from "../../src/evaluation/render.ts";
import type { Reply } from "../../src/evaluation/reply.ts";
import { MEASURE_NAMES, tallyOf } from "../../src/evaluation/scores.ts";

const QUESTION: SetQuestion = {
  id: "q<1>",
  type: "figure",
  question: "كم <b>قتيلاً</b>؟",
  answerable: true,
  reports: [],
  evidence: [["5 & 6"]],
};
const REPLY: Reply = {
  kind: "answer",
  citations: [{ report: "a", quote: 'قال "5 & 6" <قتلى>' }],
  sourceText: null,
};
const REFUSAL: Reply = { kind: "refusal", citations: [], sourceText: null };

const outcome = (question: SetQuestion, reply: Reply): Outcome => ({
  question,
  reply,
  tally: tallyOf(question, reply),
  milliseconds: 12.4,
});

function reportOf(...outcomes: Outcome[]): SetReport {
  const configuration: ConfigurationReport = {
    name: "full",
    summary: "whole",
    scores: scoresOf(outcomes.map(({ tally }) => tally)),
    differences: null,
    types: [],
    outcomes,
    milliseconds: 12.4,
  };
  return { set: "set.jsonl", questions: outcomes.length, configurations: [configuration] };
}

describe("the table", () => {
  it("shows every measure of the scores, a dash where there was nothing to measure", () => {
    expect(COLUMNS.map(({ measure }) => measure).sort()).toEqual(MEASURE_NAMES.toSorted());
    const [, , row] = textReport(reportOf(outcome(QUESTION, REPLY))).split("\n");
    expect(row?.split(/\s+/)).toEqual([
      "full",
      "100.0",
      "100.0",
      "100.0",
      "100.0",
      "100.0",
      "1.00",
      "–",
      "–",
      "–",
      "0.0",
      "12",
    ]);
  });

  it("has columns that stand under each other", () => {
    const rows = alignRows([
      ["a", "1", "22"],
      ["long name", "333", "4"],
    ]).split("\n");
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });
});

describe("the JSON", () => {
  it("names what went wrong", () => {
    const { configurations } = jsonReport(
      reportOf(
        outcome(QUESTION, REFUSAL),
        outcome({ ...QUESTION, id: "2", evidence: [["7"]] }, REPLY),
        outcome({ ...QUESTION, id: "3", answerable: false }, REPLY),
        outcome({ ...QUESTION, id: "4" }, REPLY),
      ),
    );
    expect(configurations[0]?.misses.map(({ id }) => id)).toEqual(["q<1>", "2", "3"]);
    expect(faultOf(outcome(QUESTION, REFUSAL))).toBe("not answered (refusal)");
  });
});

describe("the page", () => {
  it("escapes whatever a set or a report holds, and reads from right to left", () => {
    const page = htmlPage([reportOf(outcome(QUESTION, REPLY))], "2026-01-02");
    expect(page).toContain("كم &lt;b&gt;قتيلاً&lt;/b&gt;؟");
    expect(page).toContain("قال &quot;5 &amp; 6&quot; &lt;قتلى&gt;");
    expect(page).toContain("q&lt;1&gt;");
    expect(page).toContain('dir="rtl" lang="ar"');
  });
});
