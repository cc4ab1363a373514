import { describe, expect, it } from "vitest";
import { parseQuestionSet, QuestionSetError } from "../../src/evaluation/question-set.ts";

const read = (...lines: string[]) => parseQuestionSet(lines.join("\n"), "set.jsonl");

describe("parseQuestionSet", () => {
  it("reads one question a line, passes over empty lines, and takes reports by id or file name", () => {
    const questions = read(
      '\ufeff{"id":"1","question":"كم؟","reports":["a.txt","b"],"evidence":[["خمسة","5"]]}',
      "",
      '{"id":"2","type":"none","question":"لماذا؟","answerable":false,"why":"not told"}\r',
    );
    expect(questions).toEqual([
      {
        id: "1",
        type: "question",
        question: "كم؟",
        answerable: true,
        reports: ["a", "b"],
        evidence: [["خمسة", "5"]],
      },
      { id: "2", type: "none", question: "لماذا؟", answerable: false, reports: [], evidence: [] },
    ]);
  });

  const good = '{"id":"1","question":"كم؟","answerable":false}';
  it.each([
    [[good, "{"], "set.jsonl, line 2: it is not JSON"],
    [[good, good], 'line 2: the id "1" stands twice'],
    [['{"question":"كم؟"}'], "line 1: id:"],
    [['{"id":"1","question":"كم؟"}'], "an answerable question needs evidence"],
    [['{"id":"1","question":"كم؟","evidence":[[]]}'], "line 1: evidence.0:"],
    [["  "], "set.jsonl holds no question"],
  ])("refuses %j and names the line", (lines, message) => {
    const reading = () => read(...lines);
    expect(reading).toThrow(QuestionSetError);
    expect(reading).toThrow(message);
  });
});
