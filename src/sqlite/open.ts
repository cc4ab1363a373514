/** The only importer of better-sqlite3: opens SQLite files and turns its errors into `DatabaseError`. */
import Sqlite from "better-sqlite3";

export type Database = Sqlite.Database;
export type Statement = Sqlite.Statement;

export type DatabaseProblem = "missing" | "damaged" | "busy" | "full" | "disk" | "unwritable" | "other";

/** A database file cannot be opened, read or written. The message names the file and ends in the remedy. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly problem: DatabaseProblem;

  constructor(message: string, problem: DatabaseProblem, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

export interface DatabaseOptions {
  readonly file: string;
  readonly readOnly?: boolean | undefined;
  /**
   * What a commit outlives. "process" (WAL, synchronous NORMAL): kill -9 at any moment. "power" (WAL,
   * synchronous FULL; the default): a loss of power as well. "none" (no journal): nothing, for a file that counts
   * only once it is whole and written through. https://www.sqlite.org/pragma.html#pragma_synchronous
   */
  readonly durability?: "none" | "process" | "power" | undefined;
  /** Milliseconds to wait for another process' lock; default 5,000. */
  readonly busyTimeout?: number | undefined;
}

const SYNCHRONOUS = { none: "OFF", process: "NORMAL", power: "FULL" } as const;

/**
 * Opens a database: for writing with WAL and foreign keys (made when it is missing), or for reading only.
 * Throws DatabaseError, also when the file is no SQLite database.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { file, readOnly = false, durability = "power", busyTimeout = 5_000 } = options;
  return guarded(file, () => {
    const database = new Sqlite(file, { readonly: readOnly, fileMustExist: readOnly, timeout: busyTimeout });
    try {
      if (!readOnly) database.pragma(`journal_mode = ${durability === "none" ? "OFF" : "WAL"}`);
      database.pragma("foreign_keys = ON");
      database.pragma(`synchronous = ${SYNCHRONOUS[durability]}`);
      // The header is read only now: a foreign file is refused here, not at the first question.
      database.pragma("schema_version");
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  });
}

/** Runs one piece of work on a database and turns SQLite's errors into `DatabaseError`. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw databaseError(file, error);
  }
}

/** What SQLite's quick check has to say against a database, or its whole check (indexes too), or null when it is sound. */
export function quickCheck(database: Database, { whole = false } = {}): string | null {
  try {
    const result = database.pragma(whole ? "integrity_check(1)" : "quick_check(1)", { simple: true });
    return result === "ok" ? null : String(result);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const REMEDIES: Readonly<Record<DatabaseProblem, string>> = {
  missing: "the file is missing; check the path",
  damaged: "the file is damaged or no SQLite database; remove it, or put a backup in its place",
  busy: "another process is writing to it; wait until that has ended",
  full: "the disk is full; free some space and try again",
  disk: "the disk does not take or give what it should; free some space, or check that it is sound, and try again",
  unwritable: "the file or its folder cannot be written; check the owner, the permissions and the mount",
  other: "see the cause",
};

/** The error as `DatabaseError`; errors that are none of SQLite's or the file system's come back as they are. */
export function databaseError(file: string, error: unknown): unknown {
  if (error instanceof DatabaseError || !(error instanceof Error)) return error;
  const code = errorCode(error);
  if (code === null && !/directory does not exist/i.test(error.message)) return error;
  const problem = problemOf(code ?? "ENOENT");
  return new DatabaseError(`${file}: ${error.message}: ${REMEDIES[problem]}.`, problem, { cause: error });
}

function errorCode(error: Error): string | null {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^(SQLITE_|E[A-Z]+$)/.test(code) ? code : null;
}

function problemOf(code: string): DatabaseProblem {
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return "damaged";
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "busy";
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return "full";
  // A full disk shows so too, where a journal is to grow.
  if (/^SQLITE_IOERR/.test(code) || code === "EIO") return "disk";
  if (/^SQLITE_(READONLY|PERM|AUTH|CANTOPEN)|^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(code))
    return "unwritable";
  return code === "ENOENT" ? "missing" : "other";
}
