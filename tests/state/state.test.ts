import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/sqlite/open.ts";
import { lockState } from "../../src/state/lock.ts";
import { openMemoryState } from "../../src/state/memory.ts";
import { MIGRATIONS } from "../../src/state/schema.ts";
import { openState } from "../../src/state/sqlite.ts";
import { testDrafts } from "../contract/drafts.ts";
import { testSubscriptions } from "../contract/subscriptions.ts";
import { testState } from "./contract.ts";

const folder = mkdtempSync(join(tmpdir(), "isnad-state-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => {
  files += 1;
  return join(folder, `${files}`, "state.sqlite");
};

for (const test of [testState, testSubscriptions, testDrafts]) {
  test("the state in memory", openMemoryState);
  test("the state in SQLite", () => openState(newFile()));
}

describe("the state file", () => {
  it("can be read by its owner only, with its journals", async () => {
    const file = newFile();
    const state = openState(file);
    await state.remember("7", "value", 1);
    for (const name of readdirSync(join(file, ".."))) {
      expect(statSync(join(file, "..", name)).mode & 0o777, name).toBe(0o600);
    }
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
    await state.close();
  });

  it("keeps everything over a restart", async () => {
    const file = newFile();
    const before = openState(file);
    await before.accept({ id: 1, chat: "7", payload: '"x"', receivedAt: 1 });
    await before.accept({ id: 2, chat: "7", payload: '"y"', receivedAt: 2 });
    await before.answered(1, [{ chat: "7", question: null, payload: '"call"' }], 3);
    // Not closed: as after kill -9.
    const after = openState(file);
    expect((await after.unanswered()).map(({ id }) => id)).toEqual([2]);
    expect((await after.undelivered()).map(({ payload }) => payload)).toEqual(['"call"']);
    expect(await after.accept({ id: 1, chat: "7", payload: '"x"', receivedAt: 1 })).toBe(false);
    await after.close();
    await before.close();
  });

  it("holds no trace of a question that was answered, nor of a person who was forgotten", async () => {
    const file = newFile();
    const state = openState(file);
    const chat = "123456789";
    await state.accept({ id: 1, chat, payload: "SECRET-QUESTION", receivedAt: 1 });
    const [sent] = await state.answered(1, [{ chat, question: 3, payload: "SECRET-ANSWER" }], 2);
    await state.settle(sent?.id ?? 0, { status: "sent", message: 4 }, 3);
    await state.remember(chat, "SECRET-MEMORY", 3);
    await state.forget({ chat, person: "p" });
    const bytes = readdirSync(join(file, "..")).map((name) => readFileSync(join(file, "..", name), "latin1"));
    for (const text of bytes) expect(text).not.toMatch(/SECRET|123456789/);
    await state.close();
  });

  it("of the first version is brought up to date with what it holds", async () => {
    const file = newFile();
    mkdirSync(join(file, ".."), { recursive: true });
    const database = openDatabase({ file });
    database.exec(MIGRATIONS[0] ?? "");
    database.exec("INSERT INTO offers VALUES ('o', '7', 'ماذا حدث؟', 1)");
    database.pragma("user_version = 1");
    database.close();
    const state = openState(file);
    expect(await state.offer("o", "7")).toBe("ماذا حدث؟");
    await state.corrections.expect("7", 1);
    expect(await state.forget({ chat: "7", person: "p" })).toMatchObject({ offers: 1 });
    await state.close();
  });

  it("of a later version is refused with the remedy", () => {
    const file = newFile();
    openState(file).close();
    const database = openDatabase({ file });
    database.pragma("user_version = 99");
    database.close();
    expect(() => openState(file)).toThrow(/later version.*STATE_DIR/s);
  });

  it("that is damaged is kept aside, and said; the state begins anew", async () => {
    const file = newFile();
    const state = openState(file);
    await state.admit("p", 1);
    await state.close();
    const broken = Buffer.alloc(statSync(file).size, "not a database at all ");
    writeFileSync(file, broken);
    const warnings: string[] = [];
    for (const kept of [`${file}.damaged-1`, `${file}.damaged-2`]) {
      writeFileSync(file, broken);
      const anew = openState(file, (line) => warnings.push(line));
      expect(await anew.isAdmitted("p")).toBe(false);
      await anew.close();
      expect(readFileSync(kept).equals(broken)).toBe(true);
      expect(warnings.at(-1)).toContain(`kept as ${kept}`);
    }
  });

  it("whose tables are not those that were made is damaged, too", async () => {
    const file = newFile();
    await openState(file).close();
    const database = openDatabase({ file });
    database.exec("ALTER TABLE memory RENAME COLUMN conversation TO konversation");
    database.close();
    const warnings: string[] = [];
    const anew = openState(file, (line) => warnings.push(line));
    expect(await anew.recall("7", 1)).toBeNull();
    await anew.close();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`kept as ${file}.damaged-1`);
  });

  it("leaves out a text that is not what was written, and says so", async () => {
    const file = newFile();
    const state = openState(file);
    await state.accept({ id: 1, chat: "7", payload: '"question"', receivedAt: 1 });
    await state.accept({ id: 2, chat: "7", payload: '"another"', receivedAt: 2 });
    await state.remember("7", "where", 1);
    await state.close();
    const database = openDatabase({ file });
    database.exec("UPDATE updates SET chat = '8' WHERE id = 1; UPDATE memory SET value = value || '!'");
    database.close();
    const warnings: string[] = [];
    const after = openState(file, (line) => warnings.push(line));
    expect((await after.unanswered()).map(({ id }) => id)).toEqual([2]);
    expect(await after.recall("7", 2)).toBeNull();
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).not.toContain("question");
    await after.close();
  });

  it("of the version before the seals is read on", async () => {
    const file = newFile();
    mkdirSync(dirname(file), { recursive: true });
    const database = openDatabase({ file });
    for (const migration of MIGRATIONS.slice(0, 2)) database.exec(migration);
    database.exec("INSERT INTO updates (id, chat, payload, received_at) VALUES (1, '7', '\"x\"', 1)");
    database.exec("INSERT INTO memory VALUES ('7', 'where', 1)");
    database.pragma("user_version = 2");
    database.close();
    const state = openState(file);
    expect((await state.unanswered()).map(({ payload }) => payload)).toEqual(['"x"']);
    expect(await state.recall("7", 2)).toBe("where");
    await state.close();
  });
});

describe("the state folder", () => {
  it("belongs to one bot at a time", () => {
    const stateDir = join(folder, "locked");
    const lock = lockState(stateDir);
    expect(() => lockState(stateDir)).toThrow(/Another bot \(pid \d+\) uses the state in .*: stop it/);
    lock.release();
    lockState(stateDir).release();
  });
});
