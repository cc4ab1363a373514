import { type Database, DatabaseError, guarded, openDatabase, type Statement } from "../sqlite/open.ts";
import { StoreError } from "./store.ts";

/** Reads of one file, with errors that name it. */
export class Reading {
  readonly #file: string;
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(file: string) {
    this.#file = file;
    this.#database = this.#run(() => openDatabase({ file, readOnly: true }));
    // The file never changes: one transaction for all reads saves locking it for each (half of a read's time).
    this.#run(() => this.#database.exec("BEGIN"));
  }

  one<T>(sql: string, ...values: readonly unknown[]): T | undefined {
    return this.#run(() => this.#prepared(sql).get(...values) as T | undefined);
  }

  all<T>(sql: string, ...values: readonly unknown[]): T[] {
    return this.#run(() => this.#prepared(sql).all(...values) as T[]);
  }

  /** Rows one by one, for results that should not be in memory twice. Nothing else is read meanwhile. */
  *rows<T>(sql: string): Generator<T> {
    const rows = this.#run(() => this.#database.prepare(sql).iterate());
    try {
      for (;;) {
        const next = this.#run(() => rows.next());
        if (next.done) return;
        yield next.value as T;
      }
    } finally {
      rows.return?.();
    }
  }

  close(): void {
    this.#database.close();
  }

  #prepared(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #run<T>(work: () => T): T {
    try {
      return guarded(this.#file, work);
    } catch (cause) {
      if (!(cause instanceof DatabaseError)) throw cause;
      throw new StoreError(
        `The index cannot be read (${cause.message}); run npm run index and start again.`,
        {
          cause,
        },
      );
    }
  }
}
