import { z } from "zod";
import type { RateLimits, SharedPace } from "../shared.ts";
import type { PostgresRows } from "./rows.ts";

/** A place among all calls is taken at most so long before its time: what a killed worker had taken is soon over. */
const AHEAD_MS = 1_000;
/** So many chats held back at once mean that the whole bot is. */
const CHATS_HELD_FOR_ALL = 3;

const placeRow = z.object({ wait: z.number(), taken: z.boolean() });
const MILLISECOND = "interval '1 millisecond'";

/** The rate of all workers, kept in one function of the database (migrations/0010-state.sql). */
export class PostgresPace implements SharedPace {
  readonly #rows: PostgresRows;

  constructor(rows: PostgresRows) {
    this.#rows = rows;
  }

  async take(chat: string, { all, chat: limits }: RateLimits): Promise<{ wait: number; taken: boolean }> {
    const sql = `SELECT wait_ms AS wait, taken FROM bot_take_place($1, $2 * ${MILLISECOND}, $3, $4,
      ARRAY(SELECT span * ${MILLISECOND} FROM unnest($5::integer[]) AS span), $6 * ${MILLISECOND})`;
    const counts = limits.map(({ count }) => count);
    const spans = limits.map(({ milliseconds }) => milliseconds);
    const [place] = await this.#rows.all(placeRow, sql, chat, all.every, all.burst, counts, spans, AHEAD_MS);
    return place ?? { wait: AHEAD_MS, taken: false };
  }

  async hold(chat: string, milliseconds: number): Promise<void> {
    const until = `clock_timestamp() + $2 * ${MILLISECOND}`;
    await this.#rows.run(
      `INSERT INTO bot_pace (key, held_until) VALUES ($1, ${until})
       ON CONFLICT (key) DO UPDATE SET held_until = greatest(bot_pace.held_until, excluded.held_until)`,
      chat,
      milliseconds,
    );
    await this.#rows.run(
      `WITH held AS (
         SELECT count(*) AS chats, min(held_until) AS until FROM bot_pace
         WHERE key <> 'all' AND held_until > clock_timestamp())
       UPDATE bot_pace SET held_until = greatest(held_until, held.until) FROM held
       WHERE key = 'all' AND held.chats >= $1`,
      CHATS_HELD_FOR_ALL,
    );
  }
}
