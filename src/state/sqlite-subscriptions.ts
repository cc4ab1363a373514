import { z } from "zod";
import type { Rows } from "./rows.ts";
import { sealed } from "./seal.ts";
import type { Delivery, DeliveryDraft } from "./state.ts";
import {
  type Findings,
  type Held,
  MOST_SUBSCRIPTIONS,
  SUBSCRIPTION_LIFE_MS,
  type Subscription,
  type Subscriptions,
  subscriptionSealKeys,
} from "./subscriptions.ts";

const subscriptionRow = z.object({
  id: z.string(),
  chat: z.string(),
  person: z.string(),
  topic: z.string(),
  daily: z.number().transform((value) => value !== 0),
  madeAt: z.number(),
});
const heldRow = z.object({
  id: z.number(),
  subscription: z.string(),
  payload: z.string(),
  foundAt: z.number(),
});
const textRow = z.object({ value: z.string() });
const SELECT = "SELECT id, chat, person, topic, daily, made_at AS madeAt FROM subscriptions";
/** Marks asked for in one statement. */
const ASKED_AT_ONCE = 500;

export class SqliteSubscriptions implements Subscriptions {
  readonly #rows: Rows;
  readonly #plan: (draft: DeliveryDraft, now: number) => Delivery;

  constructor(rows: Rows, plan: (draft: DeliveryDraft, now: number) => Delivery) {
    this.#rows = rows;
    this.#plan = plan;
  }

  async add(subscription: Subscription): Promise<"added" | "known" | "too_many"> {
    const { id, chat, person, topic, daily, madeAt } = subscription;
    return this.#rows.transaction(() => {
      const theirs = this.#list(`${SELECT} WHERE person = ?`, person);
      if (theirs.some((each) => each.topic === topic)) return "known";
      if (theirs.length >= MOST_SUBSCRIPTIONS) return "too_many";
      const stored = sealed(subscriptionSealKeys(subscription), topic);
      const sql = "INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?, ?)";
      this.#rows.run(sql, id, chat, person, stored, daily ? 1 : 0, madeAt);
      return "added";
    });
  }

  async of(person: string): Promise<Subscription[]> {
    return this.#list(`${SELECT} WHERE person = ? ORDER BY made_at, id`, person);
  }

  async all(now: number): Promise<Subscription[]> {
    return this.#list(`${SELECT} WHERE made_at > ? ORDER BY made_at, id`, now - SUBSCRIPTION_LIFE_MS);
  }

  async setDaily(id: string, person: string, daily: boolean): Promise<boolean> {
    const sql = "UPDATE subscriptions SET daily = ? WHERE id = ? AND person = ?";
    return this.#rows.run(sql, daily ? 1 : 0, id, person).changes > 0;
  }

  async end(id: string, person: string): Promise<boolean> {
    return this.#rows.transaction(() => this.drop("id = ? AND person = ?", id, person)) > 0;
  }

  async lookedThrough(): Promise<string | null> {
    return this.#rows.all(textRow, "SELECT mark AS value FROM looked_through")[0]?.value ?? null;
  }

  async known(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (let at = 0; at < keys.length; at += ASKED_AT_ONCE) {
      const some = JSON.stringify(keys.slice(at, at + ASKED_AT_ONCE));
      const sql = "SELECT key AS value FROM seen WHERE key IN (SELECT value FROM json_each(?))";
      for (const { value } of this.#rows.all(textRow, sql, some)) known.add(value);
    }
    return known;
  }

  async found(findings: Findings, now: number): Promise<Delivery[] | null> {
    const { from, to, keys, deliveries, held } = findings;
    return this.#rows.transaction(() => {
      const mark = this.#rows.all(textRow, "SELECT mark AS value FROM looked_through")[0]?.value ?? null;
      if (mark !== from) return null;
      this.#rows.run("INSERT OR REPLACE INTO looked_through VALUES (1, ?)", to);
      this.#rows.run("INSERT OR IGNORE INTO seen SELECT value FROM json_each(?)", JSON.stringify(keys));
      const kept = this.#list(SELECT);
      const ids = new Set(kept.map(({ id }) => id));
      for (const { subscription, payload } of held) {
        if (!ids.has(subscription)) continue;
        const sql = "INSERT INTO held (subscription, payload, found_at) VALUES (?, ?, ?)";
        this.#rows.run(sql, subscription, sealed(["held", subscription], payload), now);
      }
      const chats = new Set(kept.map(({ chat }) => chat));
      return deliveries.filter(({ chat }) => chats.has(chat)).map((draft) => this.#plan(draft, now));
    });
  }

  async held(before: number): Promise<Held[]> {
    const sql =
      "SELECT id, subscription, payload, found_at AS foundAt FROM held WHERE found_at < ? ORDER BY id";
    return this.#rows.all(heldRow, sql, before).flatMap((row) => {
      const payload = this.#rows.unseal(["held", row.subscription], row.payload);
      if (payload === null) this.#rows.delete("held", "id = ?", row.id);
      return payload === null ? [] : [{ ...row, payload }];
    });
  }

  async tell(
    ids: readonly number[],
    deliveries: readonly DeliveryDraft[],
    now: number,
  ): Promise<Delivery[] | null> {
    return this.#rows.transaction(() => {
      const list = JSON.stringify(ids);
      const there = this.#rows.all(
        heldRow.pick({ id: true }),
        "SELECT id FROM held WHERE id IN (SELECT value FROM json_each(?))",
        list,
      );
      if (there.length < ids.length) return null;
      this.#rows.delete("held", "id IN (SELECT value FROM json_each(?))", list);
      return deliveries.map((draft) => this.#plan(draft, now));
    });
  }

  /** Ends subscriptions with what waits for their digests; inside a transaction. Gives how many there were. */
  drop(where: string, ...values: (string | number)[]): number {
    const ended = this.#rows.delete("subscriptions", where, ...values);
    this.#rows.delete("held", "subscription NOT IN (SELECT id FROM subscriptions)");
    return ended;
  }

  #list(sql: string, ...values: (string | number)[]): Subscription[] {
    return this.#rows.all(subscriptionRow, sql, ...values).flatMap((row) => {
      const topic = this.#rows.unseal(subscriptionSealKeys(row), row.topic);
      return topic === null ? [] : [{ ...row, topic }];
    });
  }
}
