import { z } from "zod";
import { type Corrections, EXPECTATION_LIFE_MS } from "./corrections.ts";
import { DRAFT_LIFE_MS } from "./drafts.ts";
import { openStateFile } from "./open-file.ts";
import { answerRow, deliveryRow, feedbackRow, updateRow } from "./row-schemas.ts";
import { Rows, type Value } from "./rows.ts";
import { sealed } from "./seal.ts";
import { SqliteCorrections } from "./sqlite-corrections.ts";
import { SqliteDrafts } from "./sqlite-drafts.ts";
import { SqliteSubscriptions } from "./sqlite-subscriptions.ts";
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
  type StoredUpdate,
} from "./state.ts";
import { SUBSCRIPTION_LIFE_MS } from "./subscriptions.ts";

/**
 * Opens the state file, readable by its owner only; makes the folder when it is missing. A damaged file is kept aside,
 * and `onWarning` is told so in one English line, as of stored texts that are not what was written. Throws StateError.
 */
export function openState(file: string, onWarning: (line: string) => void = () => undefined): State {
  return new SqliteState(new Rows(openStateFile(file, onWarning), file, onWarning));
}

class SqliteState implements State {
  readonly corrections: Corrections;
  readonly drafts: SqliteDrafts;
  readonly subscriptions: SqliteSubscriptions;
  readonly #rows: Rows;
  /** Whether the journal may hold what is to be forgotten. */
  #forgetting = false;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.corrections = new SqliteCorrections(rows);
    this.drafts = new SqliteDrafts(rows);
    this.subscriptions = new SqliteSubscriptions(rows, (draft, now) => this.#plan(draft, now));
  }

  #text(sql: string, ...values: Value[]): string | null {
    return this.#rows.all(z.object({ value: z.string() }), sql, ...values)[0]?.value ?? null;
  }

  async accept({ id, chat, payload, receivedAt }: StoredUpdate): Promise<boolean> {
    const sql = "INSERT OR IGNORE INTO updates (id, chat, payload, received_at) VALUES (?, ?, ?, ?)";
    const stored = sealed(["update", id, chat], payload);
    return this.#rows.run(sql, id, chat, stored, receivedAt).changes === 1;
  }

  async unanswered(): Promise<StoredUpdate[]> {
    const found = this.#rows.all(
      updateRow,
      "SELECT id, chat, payload, received_at AS receivedAt FROM updates WHERE payload IS NOT NULL ORDER BY received_at, id",
    );
    return found.flatMap((row) => {
      const payload = this.#rows.unseal(["update", row.id, row.chat], row.payload);
      if (payload === null)
        this.#rows.run("UPDATE updates SET payload = NULL, chat = NULL WHERE id = ?", row.id);
      return payload === null ? [] : [{ ...row, payload }];
    });
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
      sealed(["delivery", draft.chat, draft.question], draft.payload),
      now,
    );
    return { ...draft, id: lastInsertRowid, status: "pending" };
  }

  async undelivered(): Promise<Delivery[]> {
    const found = this.#rows.all(
      deliveryRow,
      "SELECT id, chat, question, payload, status FROM deliveries WHERE payload IS NOT NULL ORDER BY id",
    );
    return found.flatMap((row) => {
      const payload = this.#rows.unseal(["delivery", row.chat, row.question], row.payload);
      if (payload === null)
        this.#rows.run("UPDATE deliveries SET payload = NULL, status = 'uncertain' WHERE id = ?", row.id);
      return payload === null ? [] : [{ ...row, payload }];
    });
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
    const planned = this.#rows.transaction(() => {
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
    // The word that all is forgotten was the last that had to do with that person.
    if (this.#forgetting && (await this.undelivered()).length === 0) this.#emptyJournal();
    return planned;
  }

  #emptyJournal(): void {
    this.#forgetting = false;
    this.#rows.checkpoint();
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
      this.subscriptions.drop("chat = ?", chat);
    });
  }

  async recall(conversation: string, now: number): Promise<string | null> {
    const sql = "SELECT value FROM memory WHERE conversation = ? AND remembered_at > ?";
    return this.#rows.unseal(["memory", conversation], this.#text(sql, conversation, now - MEMORY_LIFE_MS));
  }

  async remember(conversation: string, value: string, now: number): Promise<void> {
    const stored = sealed(["memory", conversation], value);
    this.#rows.run("INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", conversation, stored, now);
  }

  async recordAnswer({ id, conversation, citations, sentAt }: SentAnswer): Promise<void> {
    const stored = sealed(["answer", id, conversation], citations);
    this.#rows.run("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", id, conversation, stored, sentAt);
  }

  #answer(sql: string, key: string): SentAnswer | null {
    const [row] = this.#rows.all(answerRow, sql, key);
    const citations = row ? this.#rows.unseal(["answer", row.id, row.conversation], row.citations) : null;
    return row && citations !== null ? { ...row, citations } : null;
  }

  async answer(id: string): Promise<SentAnswer | null> {
    const sql = "SELECT id, conversation, citations, sent_at AS sentAt FROM answers WHERE id = ?";
    return this.#answer(sql, id);
  }

  async lastAnswer(conversation: string): Promise<SentAnswer | null> {
    const sql =
      "SELECT id, conversation, citations, sent_at AS sentAt FROM answers WHERE conversation = ? ORDER BY sent_at DESC, rowid DESC LIMIT 1";
    return this.#answer(sql, conversation);
  }

  async saveOffer({ id, chat, conversation, question, now }: OfferDraft): Promise<void> {
    const sql =
      "INSERT OR REPLACE INTO offers (id, chat, conversation, question, saved_at) VALUES (?, ?, ?, ?, ?)";
    this.#rows.run(sql, id, chat, conversation, sealed(["offer", id, chat], question), now);
  }

  async offer(id: string, chat: string): Promise<string | null> {
    const stored = this.#text("SELECT question AS value FROM offers WHERE id = ? AND chat = ?", id, chat);
    return this.#rows.unseal(["offer", id, chat], stored);
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
      rows.delete("drafts", "chat = ?", chat);
      return {
        conversations: rows.delete("memory", theirs, chat, person),
        answers: rows.delete("answers", theirs, chat, person),
        offers: rows.delete("offers", `chat = ? OR ${theirs}`, chat, chat, person),
        verdicts: rows.delete("feedback", "person = ?", person),
        corrections: rows.delete("corrections", "person = ?", person),
        subscriptions: this.subscriptions.drop("person = ? OR chat = ?", person, chat),
        admission: rows.delete("admitted", "person = ?", person) > 0,
      };
    });
    rows.checkpoint();
    this.#forgetting = true;
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
      this.#rows.delete("drafts", "changed_at <= ?", now - DRAFT_LIFE_MS);
      this.subscriptions.drop("made_at <= ?", now - SUBSCRIPTION_LIFE_MS);
      this.#rows.run("DELETE FROM memory WHERE remembered_at <= ?", now - MEMORY_LIFE_MS);
      this.#rows.run("DELETE FROM offers WHERE saved_at < ?", now - ANSWER_LIFE_MS);
      this.#rows.run(
        "DELETE FROM answers WHERE sent_at < ? AND id NOT IN (SELECT answer FROM feedback)",
        now - ANSWER_LIFE_MS,
      );
    });
    this.#emptyJournal();
  }

  async close(): Promise<void> {
    this.#rows.close();
  }
}
