import { z } from "zod";
import { type Correction, type Corrections, EXPECTATION_LIFE_MS } from "../corrections.ts";
import { type PostgresRows, storable } from "./rows.ts";

const correctionRow = z.object({
  id: z.string(),
  person: z.string(),
  text: z.string(),
  reports: z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json))),
  sentAt: z.number(),
});

export class PostgresCorrections implements Corrections {
  readonly #rows: PostgresRows;

  constructor(rows: PostgresRows) {
    this.#rows = rows;
  }

  async expect(conversation: string, now: number): Promise<void> {
    const sql =
      "INSERT INTO bot_expectations VALUES ($1, $2) ON CONFLICT (conversation) DO UPDATE SET since = $2";
    await this.#rows.run(sql, conversation, now);
  }

  async isExpected(conversation: string, now: number): Promise<boolean> {
    const sql = "SELECT 1 FROM bot_expectations WHERE conversation = $1 AND since > $2";
    return (await this.#rows.count(sql, conversation, now - EXPECTATION_LIFE_MS)) > 0;
  }

  async cancel(conversation: string): Promise<boolean> {
    return (await this.#rows.delete("bot_expectations", "conversation = $1", conversation)) > 0;
  }

  async save({ id, person, text, reports, sentAt }: Correction, conversation: string): Promise<void> {
    const sql = `
      WITH ended AS (DELETE FROM bot_expectations WHERE conversation = $6)
      INSERT INTO bot_corrections (id, person, text, reports, sent_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (id) DO NOTHING`;
    const kept = storable(text);
    await this.#rows.run(sql, id, person, kept, JSON.stringify(reports), sentAt, conversation);
  }

  async has(id: string): Promise<boolean> {
    return (await this.#rows.count("SELECT 1 FROM bot_corrections WHERE id = $1", id)) > 0;
  }

  countSince(person: string, since: number): Promise<number> {
    const sql = "SELECT 1 FROM bot_corrections WHERE person = $1 AND sent_at >= $2";
    return this.#rows.count(sql, person, since);
  }

  list(): Promise<Correction[]> {
    const sql =
      'SELECT id, person, text, reports, sent_at AS "sentAt" FROM bot_corrections ORDER BY sent_at, id';
    return this.#rows.all(correctionRow, sql);
  }
}
