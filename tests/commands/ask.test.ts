import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnswerJson, answerJsonSchema } from "../../src/answer/json.ts";
import { runMain } from "../../src/main.ts";
import { explainJsonSchema } from "../../src/question/json.ts";
import { call, PROJECT_ROOT } from "./context.ts";

let folder: string;
let index: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isnad-commands-"));
  index = join(folder, "index");
  const built = await isnad(["index", "--index", index]);
  expect(built).toMatchObject({ code: 0, stdout: "" });
  expect(built.stderr).toContain("5 reports added");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isnad = (args: readonly string[], stdin = "") => call(runMain, { args: [...args], stdin });

async function lines(
  command: string,
  input: readonly unknown[],
  ...more: string[]
): Promise<Record<string, unknown>[]> {
  const text = input.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const { stdout } = await isnad([command, "--batch", "--index", index, ...more], text);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("index", () => {
  it("skips unchanged reports", async () => {
    const { code, stderr } = await isnad(["index", "--index", index]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      "0 reports added, 0 changed, 0 removed, 5 unchanged; 62 passages, 0 embedded now",
    );
  });
  it("names every file that cannot be read, reads the rest and ends with 1", async () => {
    const data = join(folder, "mixed");
    await cp(join(PROJECT_ROOT, "data", "reports"), data, { recursive: true });
    await writeFile(join(data, "empty.txt"), "");
    await writeFile(join(data, "binary.txt"), Buffer.from([0xff, 0xfe, 0x00, 0x01, 0xc3]));
    const { code, stderr } = await isnad(["index", "--data", data, "--index", join(folder, "mixed-index")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/empty\.txt is empty/);
    expect(stderr).toMatch(/binary\.txt/);
    expect(stderr).toContain("5 reports added");
  });
  it("says in one line that a folder of reports does not exist", async () => {
    const { code, stderr } = await isnad([
      "index",
      "--data",
      join(folder, "nowhere"),
      "--index",
      join(folder, "x"),
    ]);
    expect(code).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("--data DIR");
  });
});

describe("ask", () => {
  it("prints a person's answer", async () => {
    const { code, stdout } = await isnad([
      "ask",
      "--index",
      index,
      "ماذا",
      "جرى",
      "في",
      "4",
      "أيار",
      "2017؟",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("هجوم شرس لتنظيم الدولة بدير الزور");
    expect(stdout).toContain("[1]");
    expect(stdout).toContain("المصادر");
  });
  it("prints with --json one object of the documented form", async () => {
    const { stdout } = await isnad(["ask", "--json", "--index", index, "كم مدنياً بقي في مدينة دير الزور؟"]);
    const answer = answerJsonSchema.strict().parse(JSON.parse(stdout));
    expect(answer.kind).toBe("answer");
    expect(answer.text).not.toMatch(/[<>\u200e\u200f\u2066-\u2069]/);
  });
  it("answers a batch line by line in order, and goes on after every kind of bad line", async () => {
    const results = await lines("ask", [
      { id: "a", question: "من فاز بكأس العالم 2018؟" },
      "no json",
      { id: "b" },
      { id: "c", question: "x".repeat(20_000) },
      { id: "d", question: "نص المصدر 004" },
      { id: "e", question: "", today: "2017-31-31" },
    ]);
    expect(
      results.map(({ id, line, kind, error }) => ({
        id,
        line,
        kind,
        code: (error as { code?: string })?.code,
      })),
    ).toEqual([
      { id: "a", line: undefined, kind: "refusal", code: undefined },
      { id: null, line: 2, kind: undefined, code: "bad_json" },
      { id: "b", line: 3, kind: undefined, code: "bad_input" },
      { id: "c", line: 4, kind: undefined, code: "too_long" },
      { id: "d", line: undefined, kind: "source", code: undefined },
      { id: "e", line: 6, kind: undefined, code: "bad_input" },
    ]);
  });
  it("remembers within a chat of a batch, and only there", async () => {
    const [, same, other] = (await lines("ask", [
      { id: "1", question: "ماذا جرى في 4 أيار 2017؟", chat: "x" },
      { id: "2", question: "نص المصدر 1", chat: "x" },
      { id: "3", question: "نص المصدر 1", chat: "y" },
    ])) as unknown as AnswerJson[];
    expect(same?.report?.slice(0, 3)).toBe("004");
    expect(other?.report?.slice(0, 3)).toBe("000");
  });
  it("gives another --data an index of its own and leaves the default one alone", async () => {
    const data = join(folder, "one");
    await cp(join(PROJECT_ROOT, "data", "reports", "004_4609ec8d4135fa32.txt"), join(data, "004.txt"));
    const env = { INDEX_DIR: index };
    const before = (await readdir(index)).sort();
    const { stdout, code } = await call(runMain, {
      args: ["ask", "--json", "--data", data, "ماذا جرى في 4 أيار 2017؟"],
      env,
    });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as AnswerJson).citations.every(({ report }) => report === "004")).toBe(true);
    expect((await readdir(index)).sort()).toEqual([...before, "by-data"].sort());
  });
  it.each([
    [["ask"], "a question is missing"],
    [["ask", "--today", "2017-02-30", "x"], "--today"],
    [["ask", "--mode", "clever", "x"], "--mode"],
    [["ask", "--nonsense", "x"], "--nonsense"],
    [["ask", "--batch", "x"], "--batch"],
  ])("ends with 2 and one line for wrong usage: %j", async (args, said) => {
    const { code, stderr, stdout } = await isnad(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(said);
  });
});

describe("source", () => {
  it("prints the stored text letter for letter, by id, prefix or number", async () => {
    for (const name of ["004_4609ec8d4135fa32", "004", "5"]) {
      const { stdout } = await isnad(["source", "--json", "--index", index, name]);
      expect(JSON.parse(stdout)).toMatchObject({ id: "004_4609ec8d4135fa32" });
    }
  });
  it("ends with 1 for an unknown id and names the known ones", async () => {
    const { code, stderr } = await isnad(["source", "--index", index, "zzz"]);
    expect(code).toBe(1);
    expect(stderr).toContain("000_3c5f58a11287295c");
  });
});

describe("explain", () => {
  it("prints the question as understood, in the documented form", async () => {
    const { stdout } = await isnad([
      "explain",
      "--json",
      "--index",
      index,
      "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟",
    ]);
    const explained = explainJsonSchema.strict().parse(JSON.parse(stdout));
    expect(explained).toMatchObject({
      kind: "day",
      dates: [{ start: "2017-10-29", end: "2017-10-29" }],
      places: [{ id: "al-hamidiyah" }],
    });
  });
  it("reads a report's sentence against the report's day", async () => {
    const [line] = await lines("explain", [
      { id: "r", question: "سيطرت القوات على الحي أمس السبت", report_date: "2017-10-29" },
    ]);
    expect(line).toMatchObject({ id: "r", dates: [{ start: "2017-10-28", end: "2017-10-28" }] });
  });
});
