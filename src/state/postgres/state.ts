/** The state in PostgreSQL: for several workers at once, each of which writes only about the turns that it has. */
import { z } from "zod";
import type { Postgres } from "../../postgres/postgres.ts";
import type { Corrections } from "../corrections.ts";
import { answerRow, feedbackRow, updateRow } from "../row-schemas.ts";
import { sealed } from "../seal.ts";
import {
  type Delivery,
  type DeliveryDraft,
  type Feedback,
  type Forgotten,
  MEMORY_LIFE_MS,
  type OfferDraft,
  type SentAnswer,
  type Settled,
  type State,
  StateError,
  type StoredUpdate,
} from "../state.ts";
import { PostgresCorrections } from "./corrections.ts";
import { draftArrays, idRow, insertDrafts, planned, readDeliveries } from "./deliveries.ts";
import { PostgresDrafts } from "./drafts.ts";
import { forget, prune } from "./forget.ts";
import { PostgresRows, storable } from "./rows.ts";
import { PostgresSubscriptions } from "./subscriptions.ts";

export interface PostgresStateOptions {
  readonly database: Postgres;
  /** What this worker has not taken it cannot answer or send; without a number nothing is asked (one process). */
  readonly worker?: number | null;
  readonly onWarning?: (line: string) => void;
}

/** Opens the state in a migrated schema. Closing it leaves the database open. */
export function openPostgresState({
  database,
  worker = null,
  onWarning = () => undefined,
}: PostgresStateOptions): State {
  return new PostgresState(database, worker, onWarning);
}

class PostgresState implements State {
  readonly corrections: Corrections;
  readonly subscriptions: PostgresSubscriptions;
  readonly drafts: PostgresDrafts;
  readonly #database: Postgres;
  readonly #rows: PostgresRows;
  readonly #worker: number | null;
  readonly #onWarning: (line: string) => void;

  constructor(database: Postgres, worker: number | null, onWarning: (line: string) => void) {
    this.#database = database;
    this.#worker = worker;
    this.#onWarning = onWarning;
    this.#rows = new PostgresRows(database, onWarning);
    this.corrections = new PostgresCorrections(this.#rows);
    this.drafts = new PostgresDrafts(this.#rows);
    this.subscriptions = new PostgresSubscriptions(this.#rows, (work) => this.#transaction(work));
  }

  async accept({ id, chat, payload, receivedAt }: StoredUpdate): Promise<boolean> {
    const sql = `INSERT INTO bot_updates (id, chat, payload, received_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (id) DO NOTHING RETURNING id`;
    const stored = sealed(["update", id, chat], payload);
    return (await this.#rows.count(sql, id, chat, stored, receivedAt)) === 1;
  }

  async unanswered(): Promise<StoredUpdate[]> {
    const found = await this.#rows.all(
      updateRow,
      'SELECT id, chat, payload, received_at AS "receivedAt" FROM bot_updates WHERE payload IS NOT NULL ORDER BY received_at, id',
    );
    return found.flatMap((row) => {
      const payload = this.#rows.unseal(["update", row.id, row.chat], row.payload);
      return payload === null ? [] : [{ ...row, payload }];
    });
  }

  async answered(updateId: number, drafts: readonly DeliveryDraft[], now: number): Promise<Delivery[]> {
    // The lock on the turn makes this and its being taken over one after the other.
    const sql = `
      WITH mine AS (SELECT turn FROM bot_turns WHERE update_id = $4 AND owner = $6 FOR SHARE),
      closed AS (
        UPDATE bot_updates SET payload = NULL, chat = NULL, answered_at = $5
        WHERE id = $4 AND payload IS NOT NULL AND ($6::bigint IS NULL OR EXISTS (SELECT FROM mine)) RETURNING id)
      ${insertDrafts("closed", "(SELECT max(turn) FROM bot_turns WHERE update_id = $4)", "$5")}`;
    const ids = await this.#rows.all(idRow, sql, ...draftArrays(drafts), updateId, now, this.#worker);
    return planned(drafts, ids);
  }

  async undelivered(): Promise<Delivery[]> {
    return readDeliveries(this.#rows, "payload IS NOT NULL");
  }

  /** Throws when the turn has been taken over: then another worker sends. */
  async sending(deliveryId: number): Promise<void> {
    const sql = `
      WITH mine AS (
        SELECT t.turn FROM bot_turns t JOIN bot_deliveries d ON d.turn = t.turn
        WHERE d.id = $1 AND t.owner = $2 FOR SHARE OF t)
      UPDATE bot_deliveries SET status = 'sending'
      WHERE id = $1 AND payload IS NOT NULL AND ($2::bigint IS NULL OR EXISTS (SELECT FROM mine)) RETURNING id`;
    const done = await this.#rows.count(sql, deliveryId, this.#worker);
    if (done === 0 && this.#worker !== null)
      throw new StateError(
        `Delivery ${deliveryId} belongs to another worker now, which sends it: nothing is to be done.`,
      );
  }

  async unsent(deliveryId: number): Promise<void> {
    const sql = `UPDATE bot_deliveries SET status = 'pending' WHERE id = $1 AND status = 'sending' AND ${mine("$2")}`;
    await this.#rows.run(sql, deliveryId, this.#worker);
  }

  async settle(
    deliveryId: number,
    { status, message }: Settled,
    now: number,
    followUp?: DeliveryDraft,
  ): Promise<Delivery | null> {
    const drafts = followUp ? [followUp] : [];
    const sql = `
      WITH gone AS (
        DELETE FROM bot_deliveries WHERE id = $4 AND question IS NULL AND ${mine("$8")} RETURNING turn),
      kept AS (
        UPDATE bot_deliveries SET status = $5, message = $6, payload = NULL, settled_at = $7
        WHERE id = $4 AND question IS NOT NULL AND ${mine("$8")} RETURNING turn),
      ended AS (SELECT turn FROM gone UNION ALL SELECT turn FROM kept)
      ${insertDrafts("ended", "ended.turn", "$7")}`;
    const values = [deliveryId, status, message, now, this.#worker];
    const ids = await this.#rows.all(idRow, sql, ...draftArrays(drafts), ...values);
    return planned(drafts, ids)[0] ?? null;
  }

  async repliesTo(chat: string, question: number): Promise<number[]> {
    const rows = await this.#rows.all(
      z.object({ message: z.number() }),
      // Editing an answer again is a delivery of its own with the same message.
      "SELECT message, MIN(id) AS first FROM bot_deliveries WHERE chat = $1 AND question = $2 AND message IS NOT NULL GROUP BY message ORDER BY first",
      chat,
      question,
    );
    return rows.map((row) => row.message);
  }

  async dropChat(chat: string): Promise<void> {
    await this.#rows.run(
      `WITH updates AS (UPDATE bot_updates SET payload = NULL, chat = NULL WHERE chat = $1),
       ended AS (DELETE FROM bot_subscriptions WHERE chat = $1)
       UPDATE bot_deliveries SET payload = NULL, status = 'refused' WHERE chat = $1 AND payload IS NOT NULL`,
      chat,
    );
  }

  async recall(conversation: string, now: number): Promise<string | null> {
    const sql = "SELECT value FROM bot_memory WHERE conversation = $1 AND remembered_at > $2";
    const stored = await this.#rows.text(sql, conversation, now - MEMORY_LIFE_MS);
    return this.#rows.unseal(["memory", conversation], stored);
  }

  async remember(conversation: string, value: string, now: number): Promise<void> {
    const sql = `INSERT INTO bot_memory VALUES ($1, $2, $3)
      ON CONFLICT (conversation) DO UPDATE SET value = $2, remembered_at = $3`;
    await this.#rows.run(sql, conversation, sealed(["memory", conversation], value), now);
  }

  async recordAnswer({ id, conversation, citations, sentAt }: SentAnswer): Promise<void> {
    const sql = `INSERT INTO bot_answers (id, conversation, citations, sent_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (id) DO UPDATE SET conversation = $2, citations = $3, sent_at = $4`;
    const stored = sealed(["answer", id, conversation], citations);
    await this.#rows.run(sql, id, conversation, stored, sentAt);
  }

  async #answer(where: string, key: string): Promise<SentAnswer | null> {
    const sql = `SELECT id, conversation, citations, sent_at AS "sentAt" FROM bot_answers WHERE ${where}`;
    const [row] = await this.#rows.all(answerRow, sql, key);
    const citations = row ? this.#rows.unseal(["answer", row.id, row.conversation], row.citations) : null;
    return row && citations !== null ? { ...row, citations } : null;
  }

  answer(id: string): Promise<SentAnswer | null> {
    return this.#answer("id = $1", id);
  }

  lastAnswer(conversation: string): Promise<SentAnswer | null> {
    return this.#answer("conversation = $1 ORDER BY sent_at DESC, written DESC LIMIT 1", conversation);
  }

  async saveOffer({ id, chat, conversation, question, now }: OfferDraft): Promise<void> {
    const sql = `INSERT INTO bot_offers (id, chat, conversation, question, saved_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (id, chat) DO UPDATE SET conversation = $3, question = $4, saved_at = $5`;
    const stored = sealed(["offer", id, chat], storable(question));
    await this.#rows.run(sql, id, chat, conversation, stored, now);
  }

  async offer(id: string, chat: string): Promise<string | null> {
    const sql = "SELECT question AS value FROM bot_offers WHERE id = $1 AND chat = $2";
    return this.#rows.unseal(["offer", id, chat], await this.#rows.text(sql, id, chat));
  }

  async dropOffer(id: string, chat: string): Promise<void> {
    await this.#rows.delete("bot_offers", "id = $1 AND chat = $2", id, chat);
  }

  async saveFeedback({ answer, person, verdict, givenAt }: Feedback): Promise<void> {
    const sql = `INSERT INTO bot_feedback VALUES ($1, $2, $3, $4)
      ON CONFLICT (answer, person) DO UPDATE SET verdict = $3, given_at = $4`;
    await this.#rows.run(sql, answer, person, verdict, givenAt);
  }

  feedback(): Promise<Feedback[]> {
    return this.#rows.all(
      feedbackRow,
      'SELECT answer, person, verdict, given_at AS "givenAt" FROM bot_feedback ORDER BY given_at, answer, person',
    );
  }

  async saveInvitation(fingerprint: string, now: number): Promise<void> {
    const sql =
      "INSERT INTO bot_invitations VALUES ($1, $2) ON CONFLICT (fingerprint) DO UPDATE SET made_at = $2";
    await this.#rows.run(sql, fingerprint, now);
  }

  async useInvitation(fingerprint: string, notBefore: number): Promise<boolean> {
    const where = "fingerprint = $1 AND made_at >= $2";
    return (await this.#rows.delete("bot_invitations", where, fingerprint, notBefore)) === 1;
  }

  async admit(person: string, now: number): Promise<void> {
    await this.#rows.run("INSERT INTO bot_admitted VALUES ($1, $2) ON CONFLICT DO NOTHING", person, now);
  }

  async isAdmitted(person: string): Promise<boolean> {
    return (await this.#rows.count("SELECT 1 FROM bot_admitted WHERE person = $1", person)) > 0;
  }

  fileId(sha256: string): Promise<string | null> {
    return this.#rows.text("SELECT file_id AS value FROM bot_files WHERE sha256 = $1", sha256);
  }

  async saveFileId(sha256: string, fileId: string): Promise<void> {
    const sql = "INSERT INTO bot_files VALUES ($1, $2) ON CONFLICT (sha256) DO UPDATE SET file_id = $2";
    await this.#rows.run(sql, sha256, fileId);
  }

  forget(person: { chat: string; person: string }): Promise<Forgotten> {
    return this.#transaction((rows) => forget(rows, person));
  }

  #transaction<T>(work: (rows: PostgresRows) => Promise<T>): Promise<T> {
    return this.#database.transaction((queries) => work(new PostgresRows(queries, this.#onWarning)));
  }

  prune(now: number): Promise<void> {
    return prune(this.#rows, now);
  }

  async close(): Promise<void> {}
}

/** Whether the turn of the delivery, in a statement on bot_deliveries, is the worker's. */
function mine(worker: string): string {
  return `(${worker}::bigint IS NULL OR EXISTS (
    SELECT FROM bot_turns t WHERE t.turn = bot_deliveries.turn AND t.owner = ${worker}))`;
}
