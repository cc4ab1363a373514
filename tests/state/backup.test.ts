import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backupState, restoreState } from "../../src/state/backup.ts";
import { openState } from "../../src/state/sqlite.ts";
import { StateError } from "../../src/state/state.ts";

const MADE = "2026-01-02T03:04:05.000Z";
let root = "";
let stateDir = "";
let backupDir = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "isnad-backup-"));
  stateDir = join(root, "state");
  backupDir = join(root, "backup");
  mkdirSync(stateDir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = () => openState(join(stateDir, "state.sqlite"));
const backup = () => backupState({ stateDir, backupDir, made: MADE });
const restore = () => restoreState({ backupDir, stateDir, setAside: join(root, "before") });

async function remembered(): Promise<string | null> {
  const state = open();
  const value = await state.recall("chat", 2_000);
  await state.close();
  return value;
}

async function remember(value: string): Promise<void> {
  const state = open();
  await state.remember("chat", value, 1_000);
  await state.close();
}

describe("a backup", () => {
  it("holds what was written while the bot runs, and is put back as it was", async () => {
    const running = open();
    await running.remember("chat", "before", 1_000);
    writeFileSync(join(stateDir, "salt"), "s");
    const { files } = await backup();
    await running.remember("chat", "after", 1_500);
    await running.close();
    expect(files.map(({ name }) => name)).toEqual(["salt", "state.sqlite"]);
    await restore();
    expect(await remembered()).toBe("before");
    expect(readFileSync(join(stateDir, "salt"), "utf8")).toBe("s");
    expect(existsSync(join(root, "before", "state.sqlite"))).toBe(true);
  });

  it("is readable by its owner only", async () => {
    await remember("x");
    await backup();
    for (const name of readdirSync(backupDir)) {
      expect(statSync(join(backupDir, name)).mode & 0o077, name).toBe(0);
    }
  });

  it("leaves the project's README where it is", async () => {
    writeFileSync(join(stateDir, "README.md"), "readme");
    await remember("x");
    await backup();
    await restore();
    expect(readdirSync(stateDir).sort()).toEqual(["README.md", "state.sqlite"]);
  });

  it("is not made where there is no state, nor over another one", async () => {
    await expect(backup()).rejects.toThrow(/holds no state/);
    await remember("x");
    await backup();
    await expect(backup()).rejects.toThrow(/is there already/);
  });
});

it("is put in the place of a state that is damaged", async () => {
  await remember("before");
  await backup();
  writeFileSync(join(stateDir, "state.sqlite"), "no database");
  await restore();
  expect(await remembered()).toBe("before");
});

describe("a backup that is not whole", () => {
  it.each([
    ["a bit is flipped", (file: string) => writeFileSync(file, flipped(readFileSync(file)))],
    ["it is cut", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5_000))],
    ["it is gone", (file: string) => rmSync(file)],
  ])("is refused and changes nothing: %s", async (_, damage) => {
    await remember("now");
    await backup();
    damage(join(backupDir, "state.sqlite"));
    await expect(restore()).rejects.toThrow(StateError);
    expect(await remembered()).toBe("now");
    expect(existsSync(join(root, "before"))).toBe(false);
  });

  it("is refused when its list is no list, or names a file elsewhere", async () => {
    await remember("now");
    await backup();
    const list = join(backupDir, "backup.json");
    writeFileSync(list, readFileSync(list, "utf8").replace("state.sqlite", "../state.sqlite"));
    await expect(restore()).rejects.toThrow(/is no backup/);
    writeFileSync(list, "{");
    await expect(restore()).rejects.toThrow(/is no backup/);
  });
});

it("is not put back under a running bot", async () => {
  await remember("now");
  await backup();
  const running = open();
  await running.remember("chat", "running", 1_500);
  await expect(restore()).rejects.toThrow(/stop the bot/);
  expect(await running.recall("chat", 2_000)).toBe("running");
  await running.close();
  expect(await remembered()).toBe("running");
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[4_200] = (copy[4_200] ?? 0) ^ 1;
  return copy;
}
