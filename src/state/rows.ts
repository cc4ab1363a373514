import type { z } from "zod";
import { type Database, guarded } from "../sqlite/open.ts";
import { unsealed } from "./seal.ts";

export type Value = string | number | null;

/** Statements on one state file; SQLite's errors name the file. */
export class Rows {
  readonly #database: Database;
  readonly #file: string;
  readonly #onWarning: (line: string) => void;

  constructor(database: Database, file: string, onWarning: (line: string) => void) {
    this.#database = database;
    this.#file = file;
    this.#onWarning = onWarning;
  }

  run(sql: string, ...values: Value[]): { changes: number; lastInsertRowid: number } {
    return guarded(this.#file, () => {
      const { changes, lastInsertRowid } = this.#database.prepare(sql).run(...values);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    });
  }

  all<T>(row: z.ZodType<T>, sql: string, ...values: Value[]): T[] {
    const found = guarded(this.#file, () => this.#database.prepare(sql).all(...values));
    return found.flatMap((each) => {
      const parsed = row.safeParse(each);
      if (!parsed.success)
        this.#onWarning(`A row in the state file ${this.#file} is damaged: it is left out.`);
      return parsed.success ? [parsed.data] : [];
    });
  }

  /** A stored text without its seal (seal.ts); null, with a warning, when it is not what was written under these keys. */
  unseal(keys: readonly Value[], stored: string | null): string | null {
    const text = stored === null ? null : unsealed(keys, stored);
    if (stored !== null && text === null)
      this.#onWarning(`A text in the state file ${this.#file} is damaged (${keys[0]}): it is left out.`);
    return text;
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
