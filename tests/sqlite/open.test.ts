import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DatabaseError, databaseError, guarded, openDatabase, quickCheck } from "../../src/sqlite/open.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isnad-sqlite-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(work: () => unknown): DatabaseError {
  try {
    work();
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("openDatabase", () => {
  it("makes a file with WAL, foreign keys and commits that outlive a loss of power", () => {
    const database = openDatabase({ file: join(folder, "new.sqlite") });
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
    expect(database.pragma("synchronous", { simple: true })).toBe(2);
    database.close();
  });

  it("syncs less where only the process may die", () => {
    const database = openDatabase({ file: join(folder, "light.sqlite"), durability: "process" });
    expect(database.pragma("synchronous", { simple: true })).toBe(1);
    database.close();
  });

  it("lets a reader read beside a writer, and not write", () => {
    const file = join(folder, "shared.sqlite");
    const writer = openDatabase({ file });
    writer.exec(
      "CREATE TABLE numbers (n); INSERT INTO numbers VALUES (1); BEGIN IMMEDIATE; DELETE FROM numbers",
    );
    const reader = openDatabase({ file, readOnly: true });
    expect(reader.prepare("SELECT n FROM numbers").pluck().all()).toEqual([1]);
    const error = refusal(() => guarded(file, () => reader.exec("DELETE FROM numbers")));
    expect(error.problem).toBe("unwritable");
    reader.close();
    writer.close();
  });

  it("says when another writer holds the file", () => {
    const file = join(folder, "busy.sqlite");
    const first = openDatabase({ file });
    first.exec("CREATE TABLE t (n); BEGIN IMMEDIATE");
    const second = openDatabase({ file, busyTimeout: 0 });
    const error = refusal(() => guarded(file, () => second.exec("BEGIN IMMEDIATE")));
    expect(error).toMatchObject({
      problem: "busy",
      message: expect.stringMatching(/busy\.sqlite.*wait until/),
    });
    second.close();
    first.close();
  });

  it.each([
    ["a file that is no database", "damaged", "this is text, and quite a lot of it".repeat(10)],
    ["a header with nothing sound behind it", "damaged", `SQLite format 3\0${"x".repeat(200)}`],
  ] as const)("refuses %s", (_, problem, content) => {
    const file = join(folder, "foreign.sqlite");
    writeFileSync(file, content);
    for (const readOnly of [true, false]) {
      const error = refusal(() => openDatabase({ file, readOnly }));
      expect(error).toMatchObject({ problem, message: expect.stringMatching(/foreign\.sqlite.*remove it/) });
    }
  });

  it("names a file that cannot be opened, with the remedy", () => {
    expect(
      refusal(() => openDatabase({ file: join(folder, "absent.sqlite"), readOnly: true })).message,
    ).toMatch(/absent\.sqlite/);
    expect(refusal(() => openDatabase({ file: join(folder, "no/folder/x.sqlite") })).message).toMatch(
      /check the (path|owner)/,
    );
    expect(refusal(() => openDatabase({ file: folder })).problem).toBe("unwritable");
  });
});

describe("a full disk", () => {
  it("is told as such and leaves the committed rows readable", () => {
    const file = join(folder, "full.sqlite");
    const database = openDatabase({ file });
    database.exec("CREATE TABLE t (blob); INSERT INTO t VALUES (1)");
    database.pragma("max_page_count = 8");
    const fill = (): unknown => database.prepare("INSERT INTO t VALUES (?)").run(Buffer.alloc(100_000));
    expect(refusal(() => guarded(file, fill))).toMatchObject({
      problem: "full",
      message: expect.stringMatching(/full\.sqlite.*free some space/),
    });
    expect(database.prepare("SELECT blob FROM t").pluck().all()).toEqual([1]);
    database.close();
  });
});

describe("quickCheck", () => {
  it("finds a sound database sound, and a torn one not", () => {
    const file = join(folder, "torn.sqlite");
    const database = openDatabase({ file });
    database.exec("CREATE TABLE t (n); CREATE INDEX i ON t (n); INSERT INTO t VALUES (1), (2)");
    expect(quickCheck(database)).toBeNull();
    database.pragma("journal_mode = DELETE");
    database.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 4096, 4200));
    const torn = openDatabase({ file, readOnly: true });
    expect(quickCheck(torn)).not.toBeNull();
    torn.close();
  });
});

describe("databaseError", () => {
  it("leaves errors alone that are none of the database's", () => {
    for (const error of [new TypeError("a defect"), "a string", undefined])
      expect(databaseError("x.sqlite", error)).toBe(error);
  });
});
