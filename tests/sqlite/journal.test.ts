import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { journalDamage } from "../../src/sqlite/journal.ts";
import { openDatabase } from "../../src/sqlite/open.ts";

const folder = mkdtempSync(join(tmpdir(), "isnad-journal-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A database with a journal of twenty transactions, as a kill leaves it. */
function killed(name: string, checkpoint = false): string {
  const file = join(folder, name);
  const database = openDatabase({ file });
  database.exec("CREATE TABLE t (x TEXT)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  for (let n = 0; n < 20; n += 1) {
    insert.run(`row ${n} `.repeat(40));
    if (checkpoint && n === 12) database.pragma("wal_checkpoint(RESTART)");
  }
  const copy = join(folder, `${name}-killed`);
  for (const suffix of ["", "-wal"]) copyFileSync(file + suffix, copy + suffix);
  database.close();
  return copy;
}

describe("the journal of a database", () => {
  it("that is whole, not there, or begun anew over an older one, is sound", () => {
    expect(journalDamage(join(folder, "nothing"))).toBeNull();
    expect(journalDamage(killed("whole"))).toBeNull();
    expect(journalDamage(killed("anew", true))).toBeNull();
  });

  it("has lost something wherever a bit is flipped in what was committed", () => {
    const file = killed("flipped");
    const sound = readFileSync(`${file}-wal`);
    for (let at = 0; at < sound.length; at += 997) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      writeFileSync(`${file}-wal`, bytes);
      // The number of the next checkpoint, in the head, is covered by its checksum like everything else.
      expect(journalDamage(file), `bit at ${at}`).not.toBeNull();
    }
  });

  it("may end in a frame that a kill left unfinished over an earlier round, and nowhere else", () => {
    const file = killed("over", true);
    const sound = readFileSync(`${file}-wal`);
    const size = 24 + sound.readUInt32BE(8);
    const isOfThisRound = (frame: number): boolean =>
      sound.readUInt32BE(32 + frame * size + 8) === sound.readUInt32BE(16);
    let last = 0;
    while (isOfThisRound(last + 1)) last += 1;
    for (const [frame, damage] of [
      [last, null],
      [last - 1, "a change that was committed is damaged"],
    ] as const) {
      const bytes = Buffer.from(sound);
      bytes.fill(7, 32 + frame * size + 24, 32 + frame * size + 600);
      writeFileSync(`${file}-wal`, bytes);
      expect(journalDamage(file)).toBe(damage);
    }
  });

  it("may end in a frame that a kill cut short", () => {
    const file = killed("short");
    truncateSync(`${file}-wal`, statSync(`${file}-wal`).size - 1_000);
    expect(journalDamage(file)).toBeNull();
  });
});
