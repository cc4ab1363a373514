/** What an operator sees of the workers and of their queue. */
import { z } from "zod";
import type { Postgres } from "../../postgres/postgres.ts";
import { PostgresRows } from "./rows.ts";

export interface WorkerSeen {
  readonly id: number;
  /** Machine and process. */
  readonly name: string;
  /** Seconds since its last sign of life. */
  readonly silent: number;
  readonly leads: boolean;
  /** Turns that it works on. */
  readonly turns: number;
}

export interface QueueOverview {
  readonly workers: readonly WorkerSeen[];
  /** Updates that nobody works on. */
  readonly waiting: number;
  /** Seconds that the first of them has waited; null when none waits. */
  readonly oldest: number | null;
  readonly deadLetters: number;
}

const workerRow = z.object({
  id: z.number(),
  name: z.string(),
  silent: z.number(),
  leads: z.boolean(),
  turns: z.number(),
});
const queueRow = z.object({ waiting: z.number(), since: z.number().nullable(), letters: z.number() });

/** `now` in milliseconds since 1970, as the bot gives its times. */
export async function readQueue(database: Postgres, now: number): Promise<QueueOverview> {
  const rows = new PostgresRows(database, () => undefined);
  const workers = await rows.all(
    workerRow,
    `SELECT id, name,
       EXISTS (SELECT FROM bot_leader WHERE worker = bot_workers.id AND until > clock_timestamp()) AS leads,
       round(extract(epoch FROM clock_timestamp() - seen_at))::integer AS silent,
       (SELECT count(*)::integer FROM bot_turns WHERE owner = bot_workers.id) AS turns
     FROM bot_workers ORDER BY id`,
  );
  const [queue] = await rows.all(
    queueRow,
    `SELECT count(*)::integer AS waiting, min(u.received_at) AS since,
       (SELECT count(*)::integer FROM bot_dead_letters) AS letters
     FROM bot_turns t LEFT JOIN bot_updates u ON u.id = t.update_id WHERE t.owner IS NULL`,
  );
  const since = queue?.since ?? null;
  return {
    workers,
    waiting: queue?.waiting ?? 0,
    oldest: since === null ? null : Math.max(0, Math.round((now - since) / 1_000)),
    deadLetters: queue?.letters ?? 0,
  };
}
