/** Taps on buttons and inline queries: each may be answered once, and only for a while. */
import { bad } from "./refusal.mjs";

const TOO_OLD = "query is too old and response timeout expired or query ID is invalid";
const LONGEST_TOAST = 200;

export class Queries {
  #byId = new Map();
  #last = 900_000;
  /** Inline answers that Telegram keeps, by query and, for personal ones, by person. */
  #kept = new Map();
  /** Milliseconds in which a query can be answered. */
  life = 30_000;

  /** A new query of this kind ("tap" or "inline"); gives its id. */
  ask(kind, fields = {}) {
    this.#last += 1;
    const id = String(this.#last);
    this.#byId.set(id, { kind, askedAt: Date.now(), answered: null, expired: false, ...fields });
    return id;
  }

  find(id) {
    return this.#byId.get(id);
  }

  expireAll() {
    for (const query of this.#byId.values()) query.expired = true;
  }

  answerTap({ callback_query_id: id, text, show_alert, url }) {
    const query = this.#open(id, "tap");
    if ((text?.length ?? 0) > LONGEST_TOAST) throw bad("MESSAGE_TOO_LONG");
    if (url !== undefined && !/^(https:\/\/)?t\.me\/isnad_test_bot\?start=[\w-]{1,64}$/.test(url))
      throw bad("URL_INVALID");
    query.answered = { text: text ?? null, alert: show_alert === true, ...(url && { url }) };
  }

  answerInline(id, answer) {
    const query = this.#open(id, "inline");
    query.answered = answer;
    const { cache_time: seconds = 300, is_personal: personal } = answer;
    if (seconds > 0) {
      const kept = { answer, until: Date.now() + seconds * 1000 };
      this.#kept.set(keyOf(query, personal ? query.user : null), kept);
    }
  }

  /** What Telegram answers by itself, because the bot has answered the same before. */
  keptAnswer(query) {
    for (const key of [keyOf(query, query.user), keyOf(query, null)]) {
      const kept = this.#kept.get(key);
      if (kept && kept.until > Date.now()) return kept.answer;
    }
    return null;
  }

  #open(id, kind) {
    const query = this.#byId.get(id);
    const isLate = query && Date.now() - query.askedAt > this.life;
    if (query?.kind !== kind || query.expired || query.answered || isLate) throw bad(TOO_OLD);
    return query;
  }
}

function keyOf({ query, offset }, user) {
  return JSON.stringify([query, offset, user]);
}
