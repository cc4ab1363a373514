import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain } from "../../src/main.ts";
import { call, PROJECT_ROOT } from "./context.ts";

const QUESTIONS = 10;

interface Configured {
  readonly name: string;
  readonly scores: Readonly<Record<string, { readonly value: number } | null>>;
  readonly differences: Readonly<Record<string, unknown>> | null;
  readonly misses: readonly { readonly id: string }[];
}

let folder: string;
let set: string;
let few: string;
let index: readonly string[];

/** Five questions that the reports answer and five that they do not, of the project's own. */
function tenQuestions(): string {
  const lines = readFileSync(join(PROJECT_ROOT, "tests", "questions", "own.jsonl"), "utf8")
    .trim()
    .split("\n");
  const without = lines.filter((line) => line.includes('"answerable": false')).slice(0, QUESTIONS / 2);
  return [...lines.slice(0, QUESTIONS / 2), ...without].join("\n");
}

const run = (...args: string[]) => call((context) => runMain(context), { args });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isnad-eval-"));
  set = join(folder, "ten.jsonl");
  writeFileSync(set, tenQuestions());
  few = join(folder, "few.jsonl");
  writeFileSync(few, tenQuestions().split("\n").slice(3, 6).join("\n"));
  index = ["--index", join(folder, "index"), "--today", "2026-11-22"];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("eval", () => {
  it("scores the whole system beside a naive one, as JSON and as a page", async () => {
    const page = join(folder, "page.html");
    const called = await run("eval", set, ...index, "--config", "full,naive", "--json", "--html", page);
    expect(called.code, called.stderr).toBe(0);
    const { sets } = JSON.parse(called.stdout) as {
      sets: { set: string; questions: number; configurations: Configured[] }[];
    };
    expect(sets.map(({ set, questions }) => [set, questions])).toEqual([["ten.jsonl", QUESTIONS]]);
    const [full, naive] = sets[0]?.configurations ?? [];
    expect([full?.name, naive?.name]).toEqual(["full", "naive"]);
    expect(full?.scores.evidenceRecall?.value).toBeGreaterThanOrEqual(0.8);
    expect(full?.scores.refusalRecall?.value).toBe(1);
    expect(naive?.scores.refusalRecall?.value).toBe(0);
    expect(naive?.misses.length).toBeGreaterThanOrEqual(QUESTIONS / 2);
    expect(full?.differences).toBeNull();
    expect(Object.keys(naive?.differences ?? {})).toContain("citationPrecision");

    const html = readFileSync(page, "utf8");
    expect(html).toContain('<details dir="rtl" lang="ar">');
    expect(html.match(/<details/g)).toHaveLength(QUESTIONS);
    expect(html).not.toMatch(/<script|<link|src=|https?:/);
  });

  it("prints a table with every configuration", async () => {
    const called = await run("eval", few, ...index);
    expect(called.code, called.stderr).toBe(0);
    expect(called.stdout).toMatch(/^few\.jsonl: 3 questions/);
    for (const name of ["full", "dense", "lexical", "unscoped", "naive"])
      expect(called.stdout).toMatch(new RegExp(`^${name} `, "m"));
  });

  it.each([
    [[], 2, "a question set is missing"],
    [["x.jsonl", "--config", "best"], 2, "it may hold full, dense, lexical, unscoped, naive"],
    [["x.jsonl", "--today", "2017-02-30"], 2, "an existing day"],
    [["no-such-file.jsonl"], 1, "no-such-file.jsonl"],
    [["package.json"], 1, "package.json, line 1: it is not JSON"],
  ])("%j ends with exit %i and one line", async (args, code, message) => {
    const called = await run("eval", ...args);
    expect(called).toMatchObject({ code, stdout: "" });
    expect(called.stderr).toContain(message);
    expect(called.stderr.trimEnd()).not.toContain("\n");
  });
});

describe("eval-robust", () => {
  it("shows what every noise costs the answers to a question set", async () => {
    const called = await run("eval-robust", few, ...index, "--json");
    expect(called.code, called.stderr).toBe(0);
    const { sets } = JSON.parse(called.stdout) as {
      sets: {
        scores: Record<string, { value: number }>;
        noises: { noise: string; changed: number; differences: Record<string, { value: number }> }[];
      }[];
    };
    const noises = sets[0]?.noises ?? [];
    expect(noises.map(({ noise }) => noise)).toContain("levantine");
    const digits = noises.find(({ noise }) => noise === "digits");
    expect(digits?.changed).toBeGreaterThan(0);
    expect(digits?.differences.evidenceRecall?.value).toBe(0);
  });

  it("shows what every noise costs the ranking of a set in SQuAD's format", async () => {
    const file = join(folder, "tiny.json");
    const paragraphs = ["عاصمة الكويت هي مدينة الكويت", "أعلى جبل في العالم قمة إفرست"].map((context) => ({
      context,
      qas: [{ question: `ما ${context}؟`, answers: [{ text: context, answer_start: 0 }] }],
    }));
    writeFileSync(file, JSON.stringify({ data: [{ paragraphs }] }));
    const called = await run("eval-robust", file);
    expect(called.code, called.stderr).toBe(0);
    expect(called.stdout).toMatch(/^tiny\.json: 2 questions/);
    expect(called.stdout).toMatch(/^none\s+100\.0\s+100\.0$/m);
    expect(called.stdout).toMatch(/^ta-marbuta\s+2\s+0\.0\s+0\.0$/m);
  });
});
