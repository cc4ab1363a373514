import { z } from "zod";
import { sealed } from "../seal.ts";
import type { Delivery, DeliveryDraft } from "../state.ts";
import {
  type Findings,
  type Held,
  MOST_SUBSCRIPTIONS,
  SUBSCRIPTION_LIFE_MS,
  type Subscription,
  type Subscriptions,
  subscriptionSealKeys,
} from "../subscriptions.ts";
import { draftArrays, idRow, PLAN_OUTSIDE, planned } from "./deliveries.ts";
import type { PostgresRows, Value } from "./rows.ts";

const subscriptionRow = z.object({
  id: z.string(),
  chat: z.string(),
  person: z.string(),
  topic: z.string(),
  daily: z.boolean(),
  madeAt: z.number(),
});
const heldRow = z.object({
  id: z.number(),
  subscription: z.string(),
  payload: z.string(),
  foundAt: z.number(),
});
const textRow = z.object({ value: z.string() });
const SELECT = 'SELECT id, chat, person, topic, daily, made_at AS "madeAt" FROM bot_subscriptions';
const MARK = "SELECT mark AS value FROM bot_looked_through";

/** Runs work on the tables in one transaction. */
export type InTransaction = <T>(work: (rows: PostgresRows) => Promise<T>) => Promise<T>;

export class PostgresSubscriptions implements Subscriptions {
  readonly #rows: PostgresRows;
  readonly #transaction: InTransaction;

  constructor(rows: PostgresRows, transaction: InTransaction) {
    this.#rows = rows;
    this.#transaction = transaction;
  }

  add(subscription: Subscription): Promise<"added" | "known" | "too_many"> {
    const { id, chat, person, topic, daily, madeAt } = subscription;
    return this.#transaction(async (rows) => {
      // Two at once by one person are counted one after the other.
      await rows.run("SELECT pg_advisory_xact_lock(hashtextextended('subscriptions ' || $1, 0))", person);
      const theirs = await list(rows, `${SELECT} WHERE person = $1`, person);
      if (theirs.some((each) => each.topic === topic)) return "known";
      if (theirs.length >= MOST_SUBSCRIPTIONS) return "too_many";
      const stored = sealed(subscriptionSealKeys(subscription), topic);
      const sql = "INSERT INTO bot_subscriptions VALUES ($1, $2, $3, $4, $5, $6)";
      await rows.run(sql, id, chat, person, stored, daily, madeAt);
      return "added";
    });
  }

  of(person: string): Promise<Subscription[]> {
    return list(this.#rows, `${SELECT} WHERE person = $1 ORDER BY made_at, id`, person);
  }

  all(now: number): Promise<Subscription[]> {
    return list(this.#rows, `${SELECT} WHERE made_at > $1 ORDER BY made_at, id`, now - SUBSCRIPTION_LIFE_MS);
  }

  async setDaily(id: string, person: string, daily: boolean): Promise<boolean> {
    const sql = "UPDATE bot_subscriptions SET daily = $3 WHERE id = $1 AND person = $2 RETURNING id";
    return (await this.#rows.count(sql, id, person, daily)) > 0;
  }

  async end(id: string, person: string): Promise<boolean> {
    return (await this.#rows.delete("bot_subscriptions", "id = $1 AND person = $2", id, person)) > 0;
  }

  lookedThrough(): Promise<string | null> {
    return this.#rows.text(MARK);
  }

  async known(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const sql = "SELECT key AS value FROM bot_seen WHERE key = ANY($1::text[])";
    return new Set((await this.#rows.all(textRow, sql, keys)).map(({ value }) => value));
  }

  found({ from, to, keys, deliveries, held }: Findings, now: number): Promise<Delivery[] | null> {
    return this.#transaction(async (rows) => {
      await rows.run("LOCK TABLE bot_looked_through IN EXCLUSIVE MODE");
      if ((await rows.text(MARK)) !== from) return null;
      await rows.run(
        "INSERT INTO bot_looked_through VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET mark = $1",
        to,
      );
      await rows.run("INSERT INTO bot_seen SELECT unnest($1::text[]) ON CONFLICT DO NOTHING", keys);
      const kept = await list(rows, `${SELECT} FOR SHARE`);
      const ids = new Set(kept.map(({ id }) => id));
      const waiting = held.filter(({ subscription }) => ids.has(subscription));
      await rows.run(
        `INSERT INTO bot_held (subscription, payload, found_at)
         SELECT h.subscription, h.payload, $3
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS h(subscription, payload, n) ORDER BY h.n`,
        waiting.map(({ subscription }) => subscription),
        waiting.map(({ subscription, payload }) => sealed(["held", subscription], payload)),
        now,
      );
      const chats = new Set(kept.map(({ chat }) => chat));
      const wanted = deliveries.filter(({ chat }) => chats.has(chat));
      return plan(rows, wanted, now);
    });
  }

  async held(before: number): Promise<Held[]> {
    const sql =
      'SELECT id, subscription, payload, found_at AS "foundAt" FROM bot_held WHERE found_at < $1 ORDER BY id';
    const found: Held[] = [];
    for (const row of await this.#rows.all(heldRow, sql, before)) {
      const payload = this.#rows.unseal(["held", row.subscription], row.payload);
      if (payload !== null) found.push({ ...row, payload });
      else await this.#rows.delete("bot_held", "id = $1", row.id);
    }
    return found;
  }

  tell(
    ids: readonly number[],
    deliveries: readonly DeliveryDraft[],
    now: number,
  ): Promise<Delivery[] | null> {
    return this.#transaction(async (rows) => {
      const there = await rows.count("SELECT FROM bot_held WHERE id = ANY($1::bigint[]) FOR UPDATE", ids);
      if (there < ids.length) return null;
      await rows.delete("bot_held", "id = ANY($1::bigint[])", ids);
      return plan(rows, deliveries, now);
    });
  }
}

async function plan(rows: PostgresRows, drafts: readonly DeliveryDraft[], now: number): Promise<Delivery[]> {
  return planned(drafts, await rows.all(idRow, PLAN_OUTSIDE, ...draftArrays(drafts), now));
}

async function list(rows: PostgresRows, sql: string, ...values: Value[]): Promise<Subscription[]> {
  return (await rows.all(subscriptionRow, sql, ...values)).flatMap((row) => {
    const topic = rows.unseal(subscriptionSealKeys(row), row.topic);
    return topic === null ? [] : [{ ...row, topic }];
  });
}
