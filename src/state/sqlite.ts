import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { type Database, openDatabase } from "../sqlite/open.ts";
import { type Corrections, EXPECTATION_LIFE_MS } from "./corrections.ts";
import { Rows, type Value } from "./rows.ts";
import { migrate } from "./schema.ts";
import { SqliteCorrections } from "./sqlite-corrections.ts";
import {
  ANSWER_LIFE_MS,
  type Delivery,
  type DeliveryDraft,
  type Feedback,
  type Forgotten,
  MEMORY_LIFE_MS,
  type OfferDraft,
  SETTLED_LIFE_MS,
  type SentAnswer,
  type Settled,
  type State,
  StateError,
  type StoredUpdate,
} from "./state.ts";

/** Opens the state file, readable by its owner only; makes the folder when it is missing. Throws StateError. */
export function openState(file: string): State {
  const database = openFile(file);
  return new SqliteState(database, file);
}

function openFile(file: string): Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Before SQLite opens it: its journals take the mode that the file has then.
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
    const database = openDatabase({ file, durability: "process" });
    database.pragma("secure_delete = ON");
    migrate(database, file);
    return database;
  } catch (error) {
    if (error instanceof StateError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StateError(`The state file ${file} cannot be opened (${reason}) Check STATE_DIR.`, {
      cause: error,
    });
  }
}

const updateRow = z.object({ id: z.number(), chat: z.string(), payload: z.string(), receivedAt: z.number() });
const deliveryRow = z.object({
  id: z.number(),
  chat: z.string(),
  question: z.number().nullable(),
  payload: z.string(),
  status: z.enum(["pending", "sending"]),
});
const answerRow = z.object({
  id: z.string(),
  conversation: z.string(),
  citations: z.string(),
  sentAt: z.number(),
});
const feedbackRow = z.object({
  answer: z.string(),
  person: z.string(),
  verdict: z.enum(["good", "bad", "wrong_quotation"]),
  givenAt: z.number(),
});

class SqliteState implements State {
  readonly corrections: Corrections;
  readonly #rows: Rows;

  constructor(database: Database, file: string) {
    this.#rows = new Rows(database, file);
    this.corrections = new SqliteCorrections(this.#rows);
  }

  #text(sql: string, ...values: Value[]): string | null {
    return this.#rows.all(z.object({ value: z.string() }), sql, ...values)[0]?.value ?? null;
  }

  async accept({ id, chat, payload, receivedAt }: StoredUpdate): Promise<boolean> {
    const sql = "INSERT OR IGNORE INTO updates (id, chat, payload, received_at) VALUES (?, ?, ?, ?)";
    return this.#rows.run(sql, id, chat, payload, receivedAt).changes === 1;
  }

  async unanswered(): Promise<StoredUpdate[]> {
    return this.#rows.all(
      updateRow,
      "SELECT id, chat, payload, received_at AS receivedAt FROM updates WHERE payload IS NOT NULL ORDER BY received_at, id",
    );
  }

  async answered(updateId: number, drafts: readonly DeliveryDraft[], now: number): Promise<Delivery[]> {
    return this.#rows.transaction(() => {
      const closed = this.#rows.run(
        "UPDATE updates SET payload = NULL, chat = NULL, answered_at = ? WHERE id = ? AND payload IS NOT NULL",
        now,
        updateId,
      );
      if (closed.changes === 0) return [];
      return drafts.map((draft) => this.#plan(draft, now));
    });
  }

  #plan(draft: DeliveryDraft, now: number): Delivery {
    const { lastInsertRowid } = this.#rows.run(
      "INSERT INTO deliveries (chat, question, payload, status, planned_at) VALUES (?, ?, ?, 'pending', ?)",
      draft.chat,
      draft.question,
      draft.payload,
      now,
    );
    return { ...draft, id: lastInsertRowid, status: "pending" };
  }

  async undelivered(): Promise<Delivery[]> {
    return this.#rows.all(
      deliveryRow,
      "SELECT id, chat, question, payload, status FROM deliveries WHERE payload IS NOT NULL ORDER BY id",
    );
  }

  async sending(deliveryId: number): Promise<void> {
    this.#rows.run(
      "UPDATE deliveries SET status = 'sending' WHERE id = ? AND payload IS NOT NULL",
      deliveryId,
    );
  }

  async unsent(deliveryId: number): Promise<void> {
    const sql = "UPDATE deliveries SET status = 'pending' WHERE id = ? AND status = 'sending'";
    this.#rows.run(sql, deliveryId);
  }

  async settle(
    deliveryId: number,
    { status, message }: Settled,
    now: number,
    followUp?: DeliveryDraft,
  ): Promise<Delivery | null> {
    return this.#rows.transaction(() => {
      this.#rows.run("DELETE FROM deliveries WHERE id = ? AND question IS NULL", deliveryId);
      this.#rows.run(
        "UPDATE deliveries SET status = ?, message = ?, payload = NULL, settled_at = ? WHERE id = ?",
        status,
        message,
        now,
        deliveryId,
      );
      return followUp ? this.#plan(followUp, now) : null;
    });
  }

  async repliesTo(chat: string, question: number): Promise<number[]> {
    const rows = this.#rows.all(
      z.object({ message: z.number() }),
      // Editing an answer again is a delivery of its own with the same message.
      "SELECT message, MIN(id) AS first FROM deliveries WHERE chat = ? AND question = ? AND message IS NOT NULL GROUP BY message ORDER BY first",
      chat,
      question,
    );
    return rows.map((row) => row.message);
  }

  async dropChat(chat: string): Promise<void> {
    this.#rows.transaction(() => {
      this.#rows.run("UPDATE updates SET payload = NULL, chat = NULL WHERE chat = ?", chat);
      this.#rows.run(
        "UPDATE deliveries SET payload = NULL, status = 'refused' WHERE chat = ? AND payload IS NOT NULL",
        chat,
      );
    });
  }

  async recall(conversation: string, now: number): Promise<string | null> {
    const sql = "SELECT value FROM memory WHERE conversation = ? AND remembered_at > ?";
    return this.#text(sql, conversation, now - MEMORY_LIFE_MS);
  }

  async remember(conversation: string, value: string, now: number): Promise<void> {
    this.#rows.run("INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", conversation, value, now);
  }

  async recordAnswer({ id, conversation, citations, sentAt }: SentAnswer): Promise<void> {
    this.#rows.run("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", id, conversation, citations, sentAt);
  }

  async answer(id: string): Promise<SentAnswer | null> {
    const sql = "SELECT id, conversation, citations, sent_at AS sentAt FROM answers WHERE id = ?";
    return this.#rows.all(answerRow, sql, id)[0] ?? null;
  }

  async lastAnswer(conversation: string): Promise<SentAnswer | null> {
    const sql =
      "SELECT id, conversation, citations, sent_at AS sentAt FROM answers WHERE conversation = ? ORDER BY sent_at DESC, rowid DESC LIMIT 1";
    return this.#rows.all(answerRow, sql, conversation)[0] ?? null;
  }

  async saveOffer({ id, chat, conversation, question, now }: OfferDraft): Promise<void> {
    const sql =
      "INSERT OR REPLACE INTO offers (id, chat, conversation, question, saved_at) VALUES (?, ?, ?, ?, ?)";
    this.#rows.run(sql, id, chat, conversation, question, now);
  }

  async offer(id: string, chat: string): Promise<string | null> {
    return this.#text("SELECT question AS value FROM offers WHERE id = ? AND chat = ?", id, chat);
  }

  async dropOffer(id: string, chat: string): Promise<void> {
    this.#rows.delete("offers", "id = ? AND chat = ?", id, chat);
  }

  async saveFeedback({ answer, person, verdict, givenAt }: Feedback): Promise<void> {
    this.#rows.run("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)", answer, person, verdict, givenAt);
  }

  async feedback(): Promise<Feedback[]> {
    return this.#rows.all(
      feedbackRow,
      "SELECT answer, person, verdict, given_at AS givenAt FROM feedback ORDER BY given_at, answer, person",
    );
  }

  async saveInvitation(fingerprint: string, now: number): Promise<void> {
    this.#rows.run("INSERT OR REPLACE INTO invitations VALUES (?, ?)", fingerprint, now);
  }

  async useInvitation(fingerprint: string, notBefore: number): Promise<boolean> {
    const sql = "DELETE FROM invitations WHERE fingerprint = ? AND made_at >= ?";
    return this.#rows.run(sql, fingerprint, notBefore).changes === 1;
  }

  async admit(person: string, now: number): Promise<void> {
    this.#rows.run("INSERT OR IGNORE INTO admitted VALUES (?, ?)", person, now);
  }

  async isAdmitted(person: string): Promise<boolean> {
    return this.#text("SELECT person AS value FROM admitted WHERE person = ?", person) !== null;
  }

  async fileId(sha256: string): Promise<string | null> {
    return this.#text("SELECT file_id AS value FROM files WHERE sha256 = ?", sha256);
  }

  async saveFileId(sha256: string, fileId: string): Promise<void> {
    this.#rows.run("INSERT OR REPLACE INTO files VALUES (?, ?)", sha256, fileId);
  }

  async forget({ chat, person }: { chat: string; person: string }): Promise<Forgotten> {
    const rows = this.#rows;
    const theirs = "conversation = ? OR conversation LIKE '%:' || ?";
    const forgotten = rows.transaction((): Forgotten => {
      rows.delete("deliveries", "chat = ?", chat);
      rows.delete("expectations", theirs, chat, person);
      return {
        conversations: rows.delete("memory", theirs, chat, person),
        answers: rows.delete("answers", theirs, chat, person),
        offers: rows.delete("offers", `chat = ? OR ${theirs}`, chat, chat, person),
        verdicts: rows.delete("feedback", "person = ?", person),
        corrections: rows.delete("corrections", "person = ?", person),
        admission: rows.delete("admitted", "person = ?", person) > 0,
      };
    });
    rows.checkpoint();
    return forgotten;
  }

  async prune(now: number): Promise<void> {
    this.#rows.transaction(() => {
      this.#rows.run("DELETE FROM updates WHERE payload IS NULL AND received_at < ?", now - SETTLED_LIFE_MS);
      this.#rows.run(
        "DELETE FROM deliveries WHERE payload IS NULL AND planned_at < ?",
        now - SETTLED_LIFE_MS,
      );
      this.#rows.delete("expectations", "since <= ?", now - EXPECTATION_LIFE_MS);
      this.#rows.run("DELETE FROM memory WHERE remembered_at <= ?", now - MEMORY_LIFE_MS);
      this.#rows.run("DELETE FROM offers WHERE saved_at < ?", now - ANSWER_LIFE_MS);
      this.#rows.run(
        "DELETE FROM answers WHERE sent_at < ? AND id NOT IN (SELECT answer FROM feedback)",
        now - ANSWER_LIFE_MS,
      );
    });
  }

  async close(): Promise<void> {
    this.#rows.close();
  }
}
