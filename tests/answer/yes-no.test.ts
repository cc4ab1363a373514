import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Sources } from "../../src/answer/asked.ts";
import { answerText } from "../../src/answer/text.ts";
import { answerQuestion } from "../../src/pipeline.ts";
import { openFiveReports, ROOT } from "../five-reports.ts";

/**
 * What the five reports allow as a first word: "yes" and "no" where a sentence of theirs tells it; "soft" where yes and
 * a careful answer are both right; "not" where neither yes nor a refusal in words of doubt may become a yes.
 */
const QUESTION = z.object({
  id: z.string(),
  question: z.string(),
  expected: z.enum(["yes", "no", "soft", "not"]),
});

const questions = readFileSync(join(ROOT, "tests", "questions", "yes-no.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => QUESTION.parse(JSON.parse(line)));

type Said = "yes" | "no" | "open" | "refusal";

let sources: Sources;
let said: { expected: string; question: string; said: Said; text: string }[];

beforeAll(async () => {
  sources = await openFiveReports();
  said = [];
  for (const { question, expected } of questions) {
    const { answer } = await answerQuestion({ text: question, today: "2026-11-22", memory: null }, sources);
    const text = answerText(answer);
    const first = /^(?:نعم|لا)(?=[،:])/u.exec(text)?.[0];
    const word: Said =
      answer.kind === "refusal" ? "refusal" : first === "نعم" ? "yes" : first === "لا" ? "no" : "open";
    said.push({ question, expected, said: word, text });
  }
  console.info(
    said
      .filter((one) => one.said !== one.expected)
      .map(
        (one) =>
          `${one.expected} ${one.said} ${one.question}\n      ${one.text.split("\n").slice(0, 2).join(" ").slice(0, 200)}`,
      )
      .join("\n"),
  );
}, 120_000);
afterAll(async () => {
  await sources.store.close();
  await sources.embedder.close();
});

const wrongly = (word: Said, allowed: readonly string[]): readonly string[] =>
  said.filter((one) => one.said === word && !allowed.includes(one.expected)).map(({ question }) => question);

describe("a question that wants yes or no", () => {
  it("is never affirmed where the reports do not affirm it", () => {
    expect(wrongly("yes", ["yes", "soft"])).toEqual([]);
  });
  it("is affirmed where a sentence of theirs tells it", () => {
    const told = said.filter(({ expected }) => expected === "yes");
    const missed = told.filter((one) => one.said !== "yes").map(({ question }) => question);
    expect(missed.length / told.length, missed.join("\n")).toBeLessThanOrEqual(0.25);
  });
  it("is denied where a sentence of theirs denies it", () => {
    expect(said.filter(({ expected }) => expected === "no").map((one) => one.said)).toContain("no");
  });
  it("is never denied where the reports do not deny it", () => {
    expect(wrongly("no", ["no", "not"])).toEqual([]);
  });
});
