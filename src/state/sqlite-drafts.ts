import { z } from "zod";
import { DRAFT_LIFE_MS, type Draft, type Drafts } from "./drafts.ts";
import type { Rows } from "./rows.ts";
import { sealed } from "./seal.ts";

const draftRow = z.object({
  id: z.string(),
  chat: z.string(),
  value: z.string(),
  step: z.number(),
  changedAt: z.number(),
});
const SELECT = "SELECT id, chat, value, step, changed_at AS changedAt FROM drafts WHERE changed_at > ?";

export class SqliteDrafts implements Drafts {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  async save({ id, chat, value, step, changedAt }: Draft): Promise<boolean> {
    const stored = sealed(["draft", id, chat, step], value);
    const sql =
      step === 1
        ? "INSERT OR IGNORE INTO drafts (chat, value, step, changed_at, id) VALUES (?, ?, ?, ?, ?)"
        : "UPDATE drafts SET chat = ?, value = ?, step = ?, changed_at = ? WHERE id = ? AND step = ? - 1";
    const values = [chat, stored, step, changedAt, id];
    return this.#rows.run(sql, ...values, ...(step === 1 ? [] : [step])).changes === 1;
  }

  async get(id: string, now: number): Promise<Draft | null> {
    return this.#read(`${SELECT} AND id = ?`, now - DRAFT_LIFE_MS, id)[0] ?? null;
  }

  async list(now: number): Promise<Draft[]> {
    return this.#read(`${SELECT} ORDER BY changed_at DESC, id`, now - DRAFT_LIFE_MS);
  }

  async remove(id: string): Promise<void> {
    this.#rows.delete("drafts", "id = ?", id);
  }

  #read(sql: string, ...values: (string | number)[]): Draft[] {
    return this.#rows.all(draftRow, sql, ...values).flatMap((row) => {
      const value = this.#rows.unseal(["draft", row.id, row.chat, row.step], row.value);
      return value === null ? [] : [{ ...row, value }];
    });
  }
}
