import { spawn, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/sqlite.ts";
import { compile, type Programs } from "../reliability/kills/programs.ts";

const TEXTS = 640;

let programs: Programs;
let program: string;
beforeAll(() => {
  programs = compile(["tests/store/slow-build"]);
  program = programs.file("tests/store/slow-build");
});
afterAll(() => programs.remove());

/** Builds to the end, or to the step at which it shall die; gives what it told until then. */
function build(indexDir: string, texts: number, deadly = ""): string[] {
  const { stdout } = spawnSync(process.execPath, [program, indexDir, String(texts), "0", deadly], {
    encoding: "utf8",
  });
  return stdout.trim().split("\n");
}

function killedAfter(indexDir: string, milliseconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, indexDir, String(TEXTS), "25"]);
  let told = "";
  child.stdout.on("data", (chunk) => {
    told += chunk;
    // The clock starts at the first step, so that a slow machine is killed in the middle of the build too.
    if (told.length === chunk.length) setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
  return new Promise((resolve) => child.on("close", () => resolve(told.trim().split("\n"))));
}

/** Texts that a killed build was still to embed, by what it told last; null when it had not come so far. */
function toEmbed(steps: readonly string[]): number | null {
  const total = steps.flatMap((step) => /^embed of (\d+)$/.exec(step)?.[1] ?? [])[0];
  const done = steps.flatMap((step) => /^embed (\d+)$/.exec(step)?.[1] ?? []).map(Number);
  return total === undefined ? null : Number(total) - Math.max(0, ...done);
}

function embedded(steps: readonly string[]): number {
  return Number(/^embedded (\d+)$/.exec(steps.at(-1) ?? "")?.[1] ?? Number.NaN);
}

async function passagesOf(indexDir: string): Promise<number> {
  const store = await openStore({ indexDir });
  const passages = await store.passages(await store.select({}));
  await store.close();
  return passages.length;
}

describe("a second writer", () => {
  it("in another process is refused by the first one's number, while readers read", async () => {
    const indexDir = programs.folder();
    build(indexDir, 5);
    const first = spawn(process.execPath, [program, indexDir, String(TEXTS), "1000"]);
    await new Promise((resolve) => first.stdout.once("data", resolve));
    const second = spawnSync(process.execPath, [program, indexDir, "6", "0"], { encoding: "utf8" });
    expect(second.stderr).toContain(`is being built by another process (pid ${first.pid}); wait until`);
    expect(await passagesOf(indexDir)).toBe(6);
    first.kill("SIGKILL");
    await new Promise((resolve) => first.once("close", resolve));
    expect(embedded(build(indexDir, 7))).toBeGreaterThan(0);
  });
});

describe("a build that is killed", () => {
  const moments = Array.from({ length: 6 }, () => Math.round(Math.random() * 320));

  it.each(moments)("after %i ms leaves the old index usable and embeds nothing twice", async (moment) => {
    const indexDir = programs.folder();
    build(indexDir, 5);
    const rest = toEmbed(await killedAfter(indexDir, moment));
    expect([6, TEXTS + 1]).toContain(await passagesOf(indexDir));
    expect(embedded(build(indexDir, TEXTS))).toBeLessThanOrEqual(rest ?? Number.POSITIVE_INFINITY);
    expect(await passagesOf(indexDir)).toBe(TEXTS + 1);
  });

  it.each(["read 1", "read 2", "cut 2", "embed 0", "embed 128", "index 64", "index 641", "now"])(
    "at the step '%s' leaves the old index usable and is taken up again",
    async (step) => {
      const indexDir = programs.folder();
      build(indexDir, 5);
      const told = build(indexDir, TEXTS, step);
      expect(told.at(-1)).toBe(step);
      expect(await passagesOf(indexDir)).toBe(6);
      const again = embedded(build(indexDir, TEXTS));
      expect(again).toBe(toEmbed(told) ?? again);
      expect(await passagesOf(indexDir)).toBe(TEXTS + 1);
    },
  );

  it("for the first time leaves no index, and is taken up again", async () => {
    const indexDir = programs.folder();
    const told = build(indexDir, TEXTS, "embed 320");
    await expect(openStore({ indexDir })).rejects.toThrow(/holds no index/);
    expect(embedded(build(indexDir, TEXTS))).toBe(toEmbed(told));
  });
});
