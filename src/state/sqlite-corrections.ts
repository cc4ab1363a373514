import { z } from "zod";
import { type Correction, type Corrections, EXPECTATION_LIFE_MS } from "./corrections.ts";
import type { Rows } from "./rows.ts";

const correctionRow = z.object({
  id: z.string(),
  person: z.string(),
  text: z.string(),
  reports: z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json))),
  sentAt: z.number(),
});
const countRow = z.object({ count: z.number() });

export class SqliteCorrections implements Corrections {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  async expect(conversation: string, now: number): Promise<void> {
    this.#rows.run("INSERT OR REPLACE INTO expectations VALUES (?, ?)", conversation, now);
  }

  async isExpected(conversation: string, now: number): Promise<boolean> {
    const sql = "SELECT COUNT(*) AS count FROM expectations WHERE conversation = ? AND since > ?";
    return this.#count(sql, conversation, now - EXPECTATION_LIFE_MS) > 0;
  }

  async cancel(conversation: string): Promise<boolean> {
    return this.#rows.delete("expectations", "conversation = ?", conversation) > 0;
  }

  async save({ id, person, text, reports, sentAt }: Correction, conversation: string): Promise<void> {
    this.#rows.transaction(() => {
      const sql = "INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, ?, ?)";
      this.#rows.run(sql, id, person, text, JSON.stringify(reports), sentAt);
      this.#rows.delete("expectations", "conversation = ?", conversation);
    });
  }

  async has(id: string): Promise<boolean> {
    return this.#count("SELECT COUNT(*) AS count FROM corrections WHERE id = ?", id) > 0;
  }

  async countSince(person: string, since: number): Promise<number> {
    const sql = "SELECT COUNT(*) AS count FROM corrections WHERE person = ? AND sent_at >= ?";
    return this.#count(sql, person, since);
  }

  async list(): Promise<Correction[]> {
    const sql = "SELECT id, person, text, reports, sent_at AS sentAt FROM corrections ORDER BY sent_at, id";
    return this.#rows.all(correctionRow, sql);
  }

  #count(sql: string, ...values: (string | number)[]): number {
    return this.#rows.all(countRow, sql, ...values)[0]?.count ?? 0;
  }
}
