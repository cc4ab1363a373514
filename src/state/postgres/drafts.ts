import { z } from "zod";
import { DRAFT_LIFE_MS, type Draft, type Drafts } from "../drafts.ts";
import { sealed } from "../seal.ts";
import type { PostgresRows } from "./rows.ts";

const draftRow = z.object({
  id: z.string(),
  chat: z.string(),
  value: z.string(),
  step: z.number(),
  changedAt: z.number(),
});
const SELECT =
  'SELECT id, chat, value, step, changed_at AS "changedAt" FROM bot_drafts WHERE changed_at > $1';

export class PostgresDrafts implements Drafts {
  readonly #rows: PostgresRows;

  constructor(rows: PostgresRows) {
    this.#rows = rows;
  }

  async save({ id, chat, value, step, changedAt }: Draft): Promise<boolean> {
    const sql =
      step === 1
        ? `INSERT INTO bot_drafts (id, chat, value, step, changed_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (id) DO NOTHING RETURNING id`
        : `UPDATE bot_drafts SET chat = $2, value = $3, step = $4, changed_at = $5
           WHERE id = $1 AND step = $4 - 1 RETURNING id`;
    const stored = sealed(["draft", id, chat, step], value);
    return (await this.#rows.count(sql, id, chat, stored, step, changedAt)) === 1;
  }

  async get(id: string, now: number): Promise<Draft | null> {
    return (await this.#read(`${SELECT} AND id = $2`, now - DRAFT_LIFE_MS, id))[0] ?? null;
  }

  list(now: number): Promise<Draft[]> {
    return this.#read(`${SELECT} ORDER BY changed_at DESC, id`, now - DRAFT_LIFE_MS);
  }

  async remove(id: string): Promise<void> {
    await this.#rows.delete("bot_drafts", "id = $1", id);
  }

  async #read(sql: string, ...values: (string | number)[]): Promise<Draft[]> {
    const found = await this.#rows.all(draftRow, sql, ...values);
    return found.flatMap((row) => {
      const value = this.#rows.unseal(["draft", row.id, row.chat, row.step], row.value);
      return value === null ? [] : [{ ...row, value }];
    });
  }
}
