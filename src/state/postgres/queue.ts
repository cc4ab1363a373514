import { z } from "zod";
import type { Postgres } from "../../postgres/postgres.ts";
import { sealed } from "../seal.ts";
import type { DeadLetters, QueuedUpdate, SharedQueue, Turn } from "../shared.ts";
import type { Delivery, DeliveryDraft } from "../state.ts";
import { draftArrays, idRow, insertDrafts, planned, readDeliveries } from "./deliveries.ts";
import { PostgresRows } from "./rows.ts";

/** The channel on which workers are told that there is something to take. */
export const TURNS = "turns";
const NOTICE_EVERY_MS = 5;

const turnRow = z.object({
  turn: z.number(),
  updateId: z.number(),
  chat: z.string().nullable(),
  payload: z.string().nullable(),
  crowded: z.boolean(),
  attempts: z.number(),
});

/** The first turns of lanes of which nobody has one. `SKIP LOCKED`: what another takes now is passed over. */
const TAKE = `
  WITH next AS (
    SELECT t.turn FROM bot_turns t
    WHERE t.owner IS NULL AND t.ready_at <= clock_timestamp()
      AND NOT EXISTS (SELECT FROM bot_turns before WHERE before.lane = t.lane AND before.turn < t.turn)
    ORDER BY t.turn LIMIT $2 FOR UPDATE OF t SKIP LOCKED),
  taken AS (
    UPDATE bot_turns t SET owner = $1, attempts = t.attempts + 1 FROM next WHERE t.turn = next.turn
    RETURNING t.turn, t.update_id, t.crowded, t.attempts)
  SELECT taken.turn, coalesce(taken.update_id, 0) AS "updateId", taken.crowded, taken.attempts, u.chat, u.payload
  FROM taken LEFT JOIN bot_updates u ON u.id = taken.update_id ORDER BY taken.turn`;

export interface PostgresQueueOptions {
  readonly database: Postgres;
  readonly worker: number;
  readonly onWarning: (line: string) => void;
}

export class PostgresQueue implements SharedQueue {
  readonly #rows: PostgresRows;
  readonly #worker: number;
  readonly #database: Postgres;
  #waking = false;

  constructor({ database, worker, onWarning }: PostgresQueueOptions) {
    this.#rows = new PostgresRows(database, onWarning);
    this.#worker = worker;
    this.#database = database;
  }

  async accept(
    { id, chat, payload, receivedAt, lane, same }: QueuedUpdate,
    { crowd }: { readonly crowd: number },
  ): Promise<"queued" | "known" | "repeated"> {
    const sql = `
      WITH look AS (
        SELECT EXISTS (SELECT FROM bot_turns WHERE same = $7) AS repeated,
          (SELECT count(*) FROM bot_turns WHERE lane = $5) >= $6 AS crowded),
      stored AS (
        INSERT INTO bot_updates (id, chat, payload, received_at)
        SELECT $1, CASE WHEN NOT repeated THEN $2 END, CASE WHEN NOT repeated THEN $3 END, $4 FROM look
        ON CONFLICT (id) DO NOTHING RETURNING id),
      queued AS (
        INSERT INTO bot_turns (update_id, lane, crowded, same)
        SELECT id, CASE WHEN crowded THEN $5 || ' full' ELSE $5 END, crowded, $7 FROM stored, look
        WHERE NOT repeated)
      SELECT repeated FROM stored, look`;
    const stored = sealed(["update", id, chat], payload);
    const values = [id, chat, stored, receivedAt, lane, crowd, same];
    const [done] = await this.#rows.all(z.object({ repeated: z.boolean() }), sql, ...values);
    if (done === undefined) return "known";
    if (done.repeated) return "repeated";
    this.#wakeAll();
    return "queued";
  }

  /** One notice for what comes within a few milliseconds; whoever misses it looks by itself a second later. */
  #wakeAll(): void {
    if (this.#waking) return;
    this.#waking = true;
    const timer = setTimeout(() => {
      this.#waking = false;
      this.#database.notify(TURNS, "").catch(() => undefined);
    }, NOTICE_EVERY_MS);
    timer.unref();
  }

  async take(limit: number): Promise<Turn[]> {
    const found = await this.#rows.all(turnRow, TAKE, this.#worker, limit);
    return found.map(({ chat, payload, ...turn }) => {
      return { ...turn, payload: this.#rows.unseal(["update", turn.updateId, chat], payload) };
    });
  }

  async close(turn: number): Promise<Delivery[]> {
    const open = "turn = $1 AND payload IS NOT NULL";
    const sql = `DELETE FROM bot_turns WHERE turn = $1 AND owner = $2
      AND NOT EXISTS (SELECT FROM bot_deliveries WHERE ${open}) RETURNING turn`;
    if ((await this.#rows.count(sql, turn, this.#worker)) > 0) return [];
    const isMine = "EXISTS (SELECT FROM bot_turns t WHERE t.turn = $1 AND t.owner = $2)";
    const rest = await readDeliveries(this.#rows, `${open} AND ${isMine}`, turn, this.#worker);
    // What was left may have been damaged, and is then no longer there.
    if (rest.length === 0) await this.#rows.run(sql, turn, this.#worker);
    return rest;
  }

  async giveBack(turn: number, delay: number): Promise<void> {
    const sql = `UPDATE bot_turns SET owner = NULL, ready_at = clock_timestamp() + $3 * interval '1 millisecond'
      WHERE turn = $1 AND owner = $2`;
    await this.#rows.run(sql, turn, this.#worker, delay);
  }

  async giveUp(
    { turn, updateId, attempts }: Turn,
    { reason, now }: { readonly reason: string; readonly now: number },
    drafts: readonly DeliveryDraft[],
  ): Promise<Delivery[]> {
    const sql = `
      WITH mine AS (SELECT turn, lane FROM bot_turns WHERE turn = $4 AND owner = $8 FOR SHARE),
      letter AS (
        INSERT INTO bot_dead_letters (update_id, chat, lane, payload, received_at, attempts, reason, failed_at)
        SELECT u.id, u.chat, mine.lane, u.payload, u.received_at, $6, $7, $9
        FROM bot_updates u, mine WHERE u.id = $5 AND u.payload IS NOT NULL
        ON CONFLICT (update_id) DO UPDATE SET attempts = $6, reason = $7, failed_at = $9 RETURNING update_id),
      closed AS (
        UPDATE bot_updates SET payload = NULL, chat = NULL, answered_at = $9
        FROM letter WHERE id = letter.update_id RETURNING id)
      ${insertDrafts("closed", "$4::bigint", "$9")}`;
    const values = [turn, updateId, attempts, reason, this.#worker, now];
    const ids = await this.#rows.all(idRow, sql, ...draftArrays(drafts), ...values);
    return planned(drafts, ids);
  }

  async first(key: string, milliseconds: number, updateId: number): Promise<boolean> {
    const sql = `INSERT INTO bot_moments VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond', $3)
      ON CONFLICT (key) DO UPDATE SET until = excluded.until, update_id = $3
      WHERE bot_moments.until < clock_timestamp() OR bot_moments.update_id = $3 RETURNING key`;
    return (await this.#rows.count(sql, key, milliseconds, updateId)) > 0;
  }

  async unseen(key: string): Promise<void> {
    await this.#rows.delete("bot_moments", "key = $1", key);
  }

  async length(): Promise<number> {
    const sql = "SELECT count(*)::integer AS id FROM bot_turns";
    return (await this.#rows.all(idRow, sql))[0]?.id ?? 0;
  }
}

const letterRow = z.object({
  updateId: z.number(),
  receivedAt: z.number(),
  failedAt: z.number(),
  attempts: z.number(),
  reason: z.string(),
});

/** What could not be answered, for the operator. */
export function openDeadLetters(database: Postgres, onWarning: (line: string) => void): DeadLetters {
  const rows = new PostgresRows(database, onWarning);
  return {
    list: () =>
      rows.all(
        letterRow,
        'SELECT update_id AS "updateId", received_at AS "receivedAt", failed_at AS "failedAt", attempts, reason FROM bot_dead_letters ORDER BY failed_at, update_id',
      ),
    async requeue(updateId) {
      const sql = `
        WITH letter AS (DELETE FROM bot_dead_letters WHERE update_id = $1 RETURNING *),
        back AS (
          INSERT INTO bot_updates (id, chat, payload, received_at)
          SELECT update_id, chat, payload, received_at FROM letter
          ON CONFLICT (id) DO UPDATE SET chat = excluded.chat, payload = excluded.payload, answered_at = NULL
          RETURNING id)
        INSERT INTO bot_turns (update_id, lane, crowded) SELECT id, letter.lane, false FROM back, letter
        RETURNING turn`;
      const isBack = (await rows.count(sql, updateId)) > 0;
      if (isBack) await database.notify(TURNS, "");
      return isBack;
    },
    async drop(updateId) {
      return (await rows.delete("bot_dead_letters", "update_id = $1", updateId)) > 0;
    },
  };
}
