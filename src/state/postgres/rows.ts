import { z } from "zod";
import type { Queries } from "../../postgres/postgres.ts";
import { unsealed } from "../seal.ts";

export type Value = string | number | boolean | null | readonly (string | number | null)[];

/** Statements on the tables of the state, their rows checked. */
export class PostgresRows {
  readonly #queries: Queries;
  readonly #onWarning: (line: string) => void;

  constructor(queries: Queries, onWarning: (line: string) => void) {
    this.#queries = queries;
    this.#onWarning = onWarning;
  }

  /** Rows that are not what the schema says are left out, with a warning. */
  async all<T>(row: z.ZodType<T>, sql: string, ...values: Value[]): Promise<T[]> {
    const found = await this.#queries.rows(sql, values);
    return found.flatMap((each) => {
      const parsed = row.safeParse(each);
      if (!parsed.success) this.#onWarning("A row of the state in PostgreSQL is damaged: it is left out.");
      return parsed.success ? [parsed.data] : [];
    });
  }

  async run(sql: string, ...values: Value[]): Promise<void> {
    await this.#queries.rows(sql, values);
  }

  /** Runs a statement that ends in RETURNING; tells how many rows it gave back. */
  async count(sql: string, ...values: Value[]): Promise<number> {
    return (await this.#queries.rows(sql, values)).length;
  }

  /** Deletes and tells how many rows there were. */
  delete(table: string, where: string, ...values: Value[]): Promise<number> {
    return this.count(`DELETE FROM ${table} WHERE ${where} RETURNING 1`, ...values);
  }

  /** The only value of the first row, or null. */
  async text(sql: string, ...values: Value[]): Promise<string | null> {
    return (await this.all(z.object({ value: z.string() }), sql, ...values))[0]?.value ?? null;
  }

  /** A stored text without its seal (seal.ts); null, with a warning, when it is not what was written under these keys. */
  unseal(keys: readonly (string | number | null)[], stored: string | null): string | null {
    const text = stored === null ? null : unsealed(keys, stored);
    if (stored !== null && text === null)
      this.#onWarning(`A text of the state in PostgreSQL is damaged (${keys[0]}): it is left out.`);
    return text;
  }
}

/** PostgreSQL keeps every character but U+0000, which nobody types. */
export function storable(text: string): string {
  return text.replaceAll("\0", "");
}
