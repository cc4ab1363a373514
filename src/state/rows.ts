import type { z } from "zod";
import { type Database, guarded } from "../sqlite/open.ts";

export type Value = string | number | null;

/** Statements on one state file; SQLite's errors name the file. */
export class Rows {
  readonly #database: Database;
  readonly #file: string;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
  }

  run(sql: string, ...values: Value[]): { changes: number; lastInsertRowid: number } {
    return guarded(this.#file, () => {
      const { changes, lastInsertRowid } = this.#database.prepare(sql).run(...values);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    });
  }

  all<T>(row: z.ZodType<T>, sql: string, ...values: Value[]): T[] {
    const found = guarded(this.#file, () => this.#database.prepare(sql).all(...values));
    return found.map((each) => row.parse(each));
  }

  /** Deletes and tells how many rows there were. */
  delete(table: string, where: string, ...values: Value[]): number {
    return this.run(`DELETE FROM ${table} WHERE ${where}`, ...values).changes;
  }

  transaction<T>(work: () => T): T {
    return guarded(this.#file, () => this.#database.transaction(work).immediate());
  }

  /** Empties the journal, so that deleted rows do not live on in it. */
  checkpoint(): void {
    guarded(this.#file, () => this.#database.pragma("wal_checkpoint(TRUNCATE)"));
  }

  close(): void {
    this.#database.close();
  }
}
