/** The queue of updates of one bot: long polling with confirmation, and who may poll. */

export const CONFLICT =
  "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
const WEBHOOK_CONFLICT =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const WEBHOOK_SET = "Conflict: terminated by setWebhook request";
const LONGEST_POLL_S = 50;
/** Left out unless they are asked for by name. */
const OPT_IN = ["chat_member", "message_reaction", "message_reaction_count"];

export class UpdateQueue {
  #nextId = 100_001;
  #poll = null;
  /** Not confirmed yet, in order. */
  pending = [];
  /** Names of the kinds asked for; null or empty for all but OPT_IN. */
  allowed = null;
  /** Address that updates are sent to, "" while they are polled for. */
  webhook = "";
  /** Called with every update that was queued. */
  onPush = () => {};

  get length() {
    return this.pending.length;
  }

  push(update) {
    const kind = Object.keys(update).find((key) => key !== "update_id");
    const complete = structuredClone({ update_id: update.update_id ?? this.#nextId, ...update });
    this.#nextId = complete.update_id + 1;
    if (!this.#isAllowed(kind)) return complete.update_id;
    this.pending.push(complete);
    this.#poll?.end("wake");
    this.onPush(complete);
    return complete.update_id;
  }

  #isAllowed(kind) {
    if (this.allowed && this.allowed.length > 0) return this.allowed.includes(kind);
    return !OPT_IN.includes(kind);
  }

  /** Resolves to {result} or {code, description}. `gone` is aborted when the client hangs up. */
  async get({ offset = 0, limit = 100, timeout = 0, allowed_updates }, gone) {
    if (this.webhook) return { code: 409, description: WEBHOOK_CONFLICT };
    if (allowed_updates) this.allowed = allowed_updates;
    this.#poll?.end("conflict");
    this.#confirm(offset);
    const count = Math.min(Math.max(limit, 1), 100);
    if (this.pending.length === 0 && timeout > 0) {
      const outcome = await this.#wait(Math.min(timeout, LONGEST_POLL_S) * 1000, gone);
      if (outcome === "conflict") return { code: 409, description: CONFLICT };
      if (outcome === "webhook") return { code: 409, description: WEBHOOK_SET };
      if (outcome === "gone") return { result: [] };
    }
    return { result: this.pending.slice(0, count) };
  }

  #confirm(offset) {
    if (offset < 0) this.pending = this.pending.slice(offset);
    else if (offset > 0 && offset <= this.#nextId + 10) {
      this.pending = this.pending.filter((update) => update.update_id >= offset);
    }
  }

  #wait(milliseconds, gone) {
    return new Promise((resolve) => {
      const end = (outcome) => {
        clearTimeout(timer);
        if (this.#poll === poll) this.#poll = null;
        resolve(outcome);
      };
      const timer = setTimeout(() => end("timeout"), milliseconds);
      const poll = { end };
      this.#poll = poll;
      gone.addEventListener("abort", () => end("gone"), { once: true });
    });
  }

  /** The webhook took it. */
  remove(updateId) {
    this.pending = this.pending.filter((update) => update.update_id !== updateId);
  }

  /** From now on updates are sent there; whoever polls is told. */
  setWebhook(url) {
    this.webhook = url;
    if (url) this.#poll?.end("webhook");
  }

  drop() {
    this.pending = [];
  }
}
