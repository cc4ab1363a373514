import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valuesOf } from "../../src/evaluation/evaluate.ts";
import type { SetQuestion } from "../../src/evaluation/question-set.ts";
import type { Reply } from "../../src/evaluation/reply.ts";
import { addTallies, MEASURE_NAMES, tallyOf } from "../../src/evaluation/scores.ts";

const question: SetQuestion = {
  id: "1",
  type: "figure",
  question: "كم قتيلاً؟",
  answerable: true,
  reports: ["a", "b"],
  evidence: [["خمسةُ قتلى", "5 قتلى"]],
};
const unanswerable: SetQuestion = { ...question, answerable: false, reports: [], evidence: [] };
const refusal: Reply = { kind: "refusal", citations: [], sourceText: null };

function citing(...quotes: [report: string, quote: string][]): Reply {
  const citations = quotes.map(([report, quote]) => ({ report, quote }));
  return { kind: "answer", citations, sourceText: null };
}

const measured = (...cases: [SetQuestion, Reply][]) => valuesOf(cases.map((one) => tallyOf(...one)));

describe("evidence", () => {
  it("is found when a citation of an expected report holds one wording, however it is spelled", () => {
    expect(measured([question, citing(["b", "سقط خمسه قتلي هناك"])])).toMatchObject({
      evidenceRecall: 1,
      nuggetRecall: 1,
      firstRight: 1,
      citationPrecision: 1,
      reportPrecision: 1,
    });
  });

  it("does not count from another report, nor when it is spread over two quotations", () => {
    const elsewhere = measured([question, citing(["c", "سقط خمسة قتلى"])]);
    expect(elsewhere).toMatchObject({ evidenceRecall: 0, firstRight: 0, citationPrecision: 0 });
    expect(measured([question, citing(["a", "خمسة"], ["a", "قتلى"])]).evidenceRecall).toBe(0);
  });

  it("counts from every report when none is named", () => {
    expect(measured([{ ...question, reports: [] }, citing(["c", "5 قتلى"])]).evidenceRecall).toBe(1);
  });

  it("needs every group; half of the groups are half of the nuggets", () => {
    const two = { ...question, evidence: [["5 قتلى"], ["الحميدية"]] };
    expect(measured([two, citing(["a", "5 قتلى"])])).toMatchObject({
      evidenceRecall: 0,
      nuggetRecall: 0.5,
      firstRight: null,
    });
  });

  it("may stand in the text of a source that was asked for", () => {
    const source: Reply = { kind: "source", citations: [], sourceText: "النص كله: 5 قتلى" };
    expect(measured([question, source])).toMatchObject({
      evidenceRecall: 1,
      firstRight: null,
      citationPrecision: null,
      overRefusal: 0,
    });
  });
});

describe("citations", () => {
  it("count by the share that holds evidence and the share from an expected report", () => {
    const reply = citing(["c", "5 قتلى"], ["a", "خبر آخر"], ["a", "5 قتلى"], ["b", "شيء"]);
    expect(measured([question, reply])).toMatchObject({
      evidenceRecall: 1,
      firstRight: 0,
      citationPrecision: 0.25,
      reportPrecision: 0.75,
      citationsPerAnswer: 4,
    });
  });

  it("to a question without an answer are all wrong", () => {
    const both = measured([question, citing(["a", "5 قتلى"])], [unanswerable, citing(["a", "خبر"])]);
    expect(both).toMatchObject({ citationPrecision: 0.5, reportPrecision: 0.5, refusalRecall: 0 });
  });
});

describe("refusals", () => {
  it("have precision, recall and F1, and cost answerable questions", () => {
    const values = measured(
      [unanswerable, refusal],
      [unanswerable, { ...refusal, kind: "clarification" }],
      [unanswerable, citing(["a", "خبر"])],
      [question, refusal],
      [question, citing(["a", "5 قتلى"])],
    );
    expect(values.refusalPrecision).toBeCloseTo(2 / 3);
    expect(values.refusalRecall).toBeCloseTo(2 / 3);
    expect(values.refusalF1).toBeCloseTo(2 / 3);
    expect(values.overRefusal).toBe(0.5);
  });

  it("have nothing to be measured by where nothing was refused and nothing should have been", () => {
    const values = measured([question, citing(["a", "5 قتلى"])]);
    expect(values).toMatchObject({ refusalPrecision: null, refusalRecall: null, refusalF1: null });
  });
});

const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  fc.constantFrom<Reply>(refusal, { ...refusal, kind: "help" }, { ...refusal, kind: "clarification" }),
  fc
    .array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("5 قتلى", "خبر", "الحميدية")), {
      minLength: 1,
      maxLength: 8,
    })
    .map((quotes) => citing(...quotes)),
);
const anyQuestion = fc.constantFrom(question, unanswerable, {
  ...question,
  evidence: [["5 قتلى"], ["الحميدية"]],
});

describe("any set", () => {
  const cases = fc.array(fc.tuple(anyQuestion, anyReply), { maxLength: 12 });

  it("has shares between 0 and 1, and no more right first citations than found evidence of single facts", () => {
    fc.assert(
      fc.property(cases, (set) => {
        const values = measured(...set);
        for (const name of MEASURE_NAMES) {
          const value = values[name];
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(name === "citationsPerAnswer" ? 8 : 1);
        }
        expect(values.evidenceRecall ?? 0).toBeLessThanOrEqual((values.nuggetRecall ?? 0) + 1e-9);
        expect(values.citationPrecision ?? 0).toBeLessThanOrEqual((values.reportPrecision ?? 0) + 1e-9);
      }),
    );
  });

  it("measures the same in any order", () => {
    fc.assert(
      fc.property(cases, (set) => {
        const there = addTallies(set.map((one) => tallyOf(...one)));
        const back = addTallies(set.toReversed().map((one) => tallyOf(...one)));
        for (const [key, value] of Object.entries(there))
          expect(back[key as keyof typeof back]).toBeCloseTo(value);
      }),
    );
  });
});
