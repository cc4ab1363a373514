/** Sends updates to the bot's webhook: those of one chat in order, others beside each other, again until it says 2xx. */
import { bad } from "./refusal.mjs";

const PORTS = new Set(["", "80", "88", "443", "8443"]);
const LONGEST_PAUSE_MS = 60_000;
const DEFAULT_CONNECTIONS = 40;

export class Webhook {
  #queue;
  #run;
  #settings = {};
  #busy = new Set();
  #pauses = new Map();
  #lastError = null;
  /** Addresses behind the public ones, as a reverse proxy has them: prefix -> prefix. */
  routes = new Map();
  /** Milliseconds before the first repetition, and until an answer must be there. */
  retry = 1_000;
  timeout = 60_000;
  /** Every delivery: {update_id, status or error}. */
  deliveries = [];

  /** `run(method, values)` makes a call that came as the answer to a delivery. */
  constructor(queue, run) {
    this.#queue = queue;
    this.#run = run;
    queue.onPush = () => this.#pump();
  }

  set({ url = "", secret_token, max_connections, allowed_updates, drop_pending_updates, ip_address }) {
    if (url !== "") this.#check(url, secret_token, max_connections);
    if (drop_pending_updates) this.#queue.drop();
    if (allowed_updates) this.#queue.allowed = allowed_updates;
    const description =
      url !== "" ? "Webhook was set" : `Webhook ${this.#queue.webhook ? "was" : "is already"} deleted`;
    this.#settings = { secret_token, max_connections: max_connections ?? DEFAULT_CONNECTIONS, ip_address };
    this.#lastError = null;
    this.#pauses.clear();
    this.#queue.setWebhook(url);
    this.#pump();
    return description;
  }

  #check(url, secret, connections) {
    if (!URL.canParse(url) || !url.startsWith("https://"))
      throw bad("bad webhook: An HTTPS URL must be provided for webhook");
    const { port, hostname } = new URL(url);
    if (!PORTS.has(port)) throw bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    if (hostname.endsWith(".invalid"))
      throw bad("bad webhook: Failed to resolve host: Name or service not known");
    if (secret !== undefined && secret.length > 256) throw bad("secret token is too long");
    if (secret !== undefined && !/^[\w-]*$/.test(secret))
      throw bad("secret token contains unallowed characters");
    if (connections !== undefined && (connections < 1 || connections > 100))
      throw bad("max_connections must be between 1 and 100");
  }

  info() {
    const { webhook: url, allowed, length } = this.#queue;
    const error = this.#lastError;
    return {
      url,
      has_custom_certificate: false,
      pending_update_count: length,
      ...(url && { max_connections: this.#settings.max_connections, ip_address: "127.0.0.1" }),
      ...(error && { last_error_date: error.at, last_error_message: error.message }),
      ...(allowed?.length > 0 && { allowed_updates: allowed }),
    };
  }

  #pump() {
    if (!this.#queue.webhook) return;
    const seen = new Set();
    for (const update of this.#queue.pending) {
      const lane = laneOf(update);
      const isFirst = !seen.has(lane);
      seen.add(lane);
      if (!isFirst || this.#busy.has(lane) || this.#pauses.get(lane)?.until > Date.now()) continue;
      if (this.#busy.size >= this.#settings.max_connections) return;
      this.#busy.add(lane);
      this.#deliver(update, lane).finally(() => {
        this.#busy.delete(lane);
        this.#pump();
      });
    }
  }

  async #deliver(update, lane) {
    const url = this.#queue.webhook;
    const { secret_token: secret } = this.#settings;
    const record = { update_id: update.update_id, at: Date.now() };
    this.deliveries.push(record);
    try {
      const response = await fetch(this.#behind(url), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(secret && { "x-telegram-bot-api-secret-token": secret }),
        },
        body: JSON.stringify(update),
        redirect: "manual",
        signal: AbortSignal.timeout(this.timeout),
      });
      record.status = response.status;
      const text = await response.text();
      if (!response.ok)
        throw new Error(`Wrong response from the webhook: ${response.status} ${response.statusText}`);
      this.#queue.remove(update.update_id);
      this.#pauses.delete(lane);
      await this.#runReply(text);
    } catch (error) {
      const code = error.cause?.code;
      const message =
        code === "ECONNREFUSED"
          ? "Connection refused"
          : error.name === "TimeoutError"
            ? "Read timeout expired"
            : error.cause
              ? `Connection broken: ${error.cause.message}`
              : error.message;
      record.error = message;
      this.#lastError = { at: Math.floor(Date.now() / 1000), message };
      const pause = Math.min((this.#pauses.get(lane)?.ms ?? this.retry / 2) * 2, LONGEST_PAUSE_MS);
      this.#pauses.set(lane, { ms: pause, until: Date.now() + pause });
      setTimeout(() => this.#pump(), pause + 1).unref();
    }
  }

  /** A method in the body of the answer is a call of the bot; nobody hears what became of it. */
  async #runReply(text) {
    let reply = null;
    try {
      reply = JSON.parse(text);
    } catch {}
    if (typeof reply?.method !== "string") return;
    const { method, ...values } = reply;
    await this.#run(method, values);
  }

  #behind(url) {
    for (const [from, to] of this.routes) if (url.startsWith(from)) return to + url.slice(from.length);
    return url;
  }
}

/** What is delivered in order. */
function laneOf(update) {
  const [kind] = Object.keys(update).filter((key) => key !== "update_id");
  const body = update[kind];
  return `${body?.chat?.id ?? body?.message?.chat?.id ?? body?.from?.id ?? kind}`;
}
