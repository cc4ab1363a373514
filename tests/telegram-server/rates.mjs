/** Telegram's rates, on demand: too many calls to one chat, to one group, or in all are refused with a time to wait. */
import { Refusal } from "./refusal.mjs";

/** What Telegram lets pass, with short bursts: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
export const TELEGRAM_RATES = {
  chat: { count: 6, ms: 5_000 },
  group: { count: 20, ms: 60_000 },
  all: { count: 30, ms: 1_000 },
};
const COUNTED = /^(send(?!ChatAction)|edit|copy|forward|delete)/;

export class Rates {
  #times = new Map();
  limits = null;

  /** Throws 429 when the call is one too many; counts it otherwise. */
  take(method, chat) {
    if (!this.limits || !COUNTED.test(method) || chat === undefined) return;
    const keys = [
      [`chat ${chat}`, this.limits.chat],
      ["all", this.limits.all],
      ...(Number(chat) < 0 ? [[`group ${chat}`, this.limits.group]] : []),
    ].filter(([, limit]) => limit);
    const now = Date.now();
    const wait = Math.max(...keys.map(([key, limit]) => this.#waitFor(key, limit, now)), 0);
    if (wait > 0) {
      const retry_after = Math.ceil(wait / 1000);
      throw new Refusal(429, `Too Many Requests: retry after ${retry_after}`, { retry_after });
    }
    for (const [key] of keys) this.#times.get(key).push(now);
  }

  #waitFor(key, { count, ms }, now) {
    const times = (this.#times.get(key) ?? []).filter((time) => time > now - ms);
    this.#times.set(key, times);
    const oldest = times[times.length - count];
    return oldest === undefined ? 0 : oldest + ms - now;
  }
}
