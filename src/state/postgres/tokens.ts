/** The tokens of a model that several processes spend, counted by day (UTC, by the server's clock). */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Queries } from "../../postgres/postgres.ts";
import { PostgresRows } from "./rows.ts";

const takenRow = z.object({ today: z.string(), refused: z.enum(["all", "payer"]).nullable() });
/** Counts of the day before stay: an answer that began before midnight settles after it. */
export const FORGET_TOKENS =
  "DELETE FROM model_tokens WHERE day < (clock_timestamp() AT TIME ZONE 'UTC')::date - 1";

/** Who asks is kept as a fingerprint only. */
function payerOf(chat: string | null): string {
  return chat === null ? "" : createHash("sha256").update(`tokens of ${chat}`).digest("hex").slice(0, 24);
}

export class PostgresTokens {
  readonly #rows: PostgresRows;

  constructor(queries: Queries) {
    this.#rows = new PostgresRows(queries, () => undefined);
  }

  /** Counts tokens of today, and tells of which day; or counts nothing, and tells whose limit is in the way. */
  async take(
    chat: string | null,
    tokens: number,
    { perDay, perChat }: { readonly perDay: number; readonly perChat: number },
  ): Promise<{ readonly day: string } | { readonly refused: "all" | "chat" }> {
    const sql = "SELECT today, refused FROM model_take_tokens($1, $2, $3, $4)";
    const [taken] = await this.#rows.all(takenRow, sql, payerOf(chat), tokens, perDay, perChat);
    if (taken === undefined) throw new Error("PostgreSQL counted no tokens; run npm run migrate");
    if (taken.refused !== null) return { refused: taken.refused === "all" ? "all" : "chat" };
    return { day: taken.today };
  }

  /** Adds to what was taken on that day; less than 0 takes back. */
  async correct(chat: string | null, tokens: number, day: string): Promise<void> {
    // The row of all first, as when tokens are taken: two never wait for each other in a circle.
    const sql = "UPDATE model_tokens SET tokens = tokens + $3 WHERE day = $2::date AND payer = $1";
    for (const payer of new Set(["", payerOf(chat)])) await this.#rows.run(sql, payer, day, tokens);
    await this.#rows.run(FORGET_TOKENS);
  }
}
