import { describe, expect, it } from "vitest";
import { parseSquad } from "../../src/commands/squad.ts";

const answer = (text: string) => ({ text, answer_start: 0 });

describe("parseSquad", () => {
  it("takes equal paragraphs once and equal questions once, with all their paragraphs and answers", () => {
    const set = parseSquad({
      data: [
        { paragraphs: [{ context: "أ", qas: [{ question: "كم؟", answers: [answer("1")] }] }] },
        {
          paragraphs: [
            { context: "ب", qas: [{ question: " كم؟", answers: [answer("2")] }] },
            { context: "أ", qas: [{ question: "من؟", answers: [] }] },
          ],
        },
      ],
    });
    expect(set.paragraphs).toEqual(["أ", "ب"]);
    expect(set.questions).toEqual([
      { text: "كم؟", relevant: new Set([0, 1]), answers: new Set(["1", "2"]) },
      { text: "من؟", relevant: new Set([0]), answers: new Set() },
    ]);
  });
  it("refuses what is no question set", () => {
    expect(() => parseSquad({ data: [{ title: "x" }] })).toThrow();
  });
});
