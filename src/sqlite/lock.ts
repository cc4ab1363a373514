/** A file that one process holds at a time. The lock is SQLite's own file lock: the system takes it back when its process dies. */
import { rmSync } from "node:fs";
import { pid } from "node:process";
import { type Database, DatabaseError, databaseError, openDatabase } from "./open.ts";

export interface Lock {
  release(): void;
}

/** The lock, or the process that holds it (null when it cannot be told). Throws DatabaseError. */
export function takeLock(file: string): Lock | { readonly holder: number | null } {
  const database = openLock(file);
  if (database === null) return { holder: null };
  try {
    database.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER)");
    database.exec("BEGIN IMMEDIATE");
    database.exec("DELETE FROM holder");
    database.prepare("INSERT INTO holder VALUES (?)").run(pid);
    // Committed, so that whoever is refused can name the holder; then taken again for good.
    database.exec("COMMIT; BEGIN IMMEDIATE");
  } catch (cause) {
    const holder = holderOf(database);
    database.close();
    const error = databaseError(file, cause);
    if (error instanceof DatabaseError && error.problem === "busy") return { holder };
    throw error;
  }
  return { release: () => void database.close() };
}

/** The database of a lock; null when another process is just opening it. Nothing in it is worth keeping. */
function openLock(file: string): Database | null {
  const open = (): Database => openDatabase({ file, durability: "process", busyTimeout: 0 });
  try {
    return open();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.problem === "busy") return null;
    if (error.problem !== "damaged") throw error;
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true, recursive: true });
    return open();
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
