/** The short form of `npm run load`: the real bot, the real index, twenty people at once, one kill. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "../../bench/load/people.ts";
import { runLoad } from "../../bench/load/run.ts";

const ROOT = join(import.meta.dirname, "../..");
let folder = "";

beforeAll(() => {
  // The bot runs as compiled.
  spawnSync(process.execPath, [join(ROOT, "scripts/ready.mjs")], { stdio: "ignore" });
  folder = mkdtempSync(join(tmpdir(), "isnad-load-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("twenty people at once", () => {
  it("get their answers once and in order, past a slow model, refusals and a kill", async () => {
    const { problems, delays, answers, notices } = await runLoad({
      root: ROOT,
      indexDir: join(folder, "index"),
      stateDir: join(folder, "state"),
      people: 20,
      slow: 4,
      slowMs: 1_500,
      refusals: 5,
      questions: 2,
      kills: 1,
      say: () => {},
    });
    expect(problems).toEqual([]);
    expect([delays.quick, delays.beside, delays.refused].map(({ length }) => length)).toEqual([20, 16, 20]);
    expect(answers + notices).toBeGreaterThanOrEqual(40);
  }, 240_000);
});

describe("what counts as a problem", () => {
  const expected = ["أ", "ب", "ج"];
  const judge = (...texts: string[]) => problemOf(texts, expected, (text) => text === "!");
  it.each([
    [["أ", "ب", "ج"], null],
    [["أ", "!", "ج"], null],
    [["أ", "ب", "!", "ج"], null],
    [["أ", "ج"], "1 answers are missing, 0 notices"],
    [["أ", "ب", "ب", "ج"], "an answer came twice or out of order"],
    [["ب", "أ", "ج"], "an answer came twice or out of order"],
    [["أ", "ب", "ج", "د"], "an unknown text: د"],
  ])("%j: %s", (texts, problem) => {
    expect(judge(...texts)).toBe(problem);
  });
});
