/** One writer per index. The lock is SQLite's own file lock: the system takes it back when its process dies. */
import { rmSync } from "node:fs";
import { pid } from "node:process";
import { type Database, DatabaseError, openDatabase } from "../sqlite/open.ts";
import { fileError, lockFile } from "./generation.ts";
import { StoreError } from "./store.ts";

export interface WriterLock {
  release(): void;
}

/** Takes the lock of an index folder for this process. Throws StoreError when another writer holds it. */
export function lockWriter(indexDir: string): WriterLock {
  const database = openLock(indexDir);
  try {
    database.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER)");
    database.exec("BEGIN IMMEDIATE");
    database.exec("DELETE FROM holder");
    database.prepare("INSERT INTO holder VALUES (?)").run(pid);
    // Committed, so that a refused writer can name the holder; then taken again for good.
    database.exec("COMMIT; BEGIN IMMEDIATE");
  } catch (cause) {
    const holder = holderOf(database);
    database.close();
    if (cause instanceof Error && "code" in cause && String(cause.code).startsWith("SQLITE_BUSY"))
      throw new StoreError(
        `${indexDir} is being built by another process${holder === null ? "" : ` (pid ${holder})`}; wait until that has ended.`,
        { cause },
      );
    throw fileError(indexDir, "cannot be written", cause);
  }
  return { release: () => void database.close() };
}

function openLock(indexDir: string): Database {
  const file = lockFile(indexDir);
  const open = (): Database => openDatabase({ file, durability: "process", busyTimeout: 0 });
  try {
    return open();
  } catch (cause) {
    if (cause instanceof DatabaseError && cause.problem === "damaged") {
      rmSync(file, { force: true, recursive: true });
      return open();
    }
    if (cause instanceof DatabaseError && cause.problem === "busy")
      throw new StoreError(`${indexDir} is being built by another process; wait until that has ended.`, {
        cause,
      });
    throw fileError(indexDir, "cannot be written", cause);
  }
}

function holderOf(database: Database): number | null {
  try {
    const holder: unknown = database.prepare("SELECT pid FROM holder").pluck().get();
    return typeof holder === "number" ? holder : null;
  } catch {
    return null;
  }
}
