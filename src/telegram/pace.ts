/**
 * How soon a call may leave: Telegram's rates, and what it said to wait.
 * Rates: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
import type { RateLimits, SharedPace } from "../state/shared.ts";
import type { Clock } from "./clock.ts";

export interface Pace {
  /** Resolves when a call to the chat may leave, or when the signal is aborted. */
  turn(chat: string, signal: AbortSignal): Promise<void>;
  /** Telegram said to wait so many seconds. */
  hold(chat: string, seconds: number): Promise<void>;
}

/** At most `count` calls in any stretch of `milliseconds`. */
interface Rate {
  readonly count: number;
  readonly milliseconds: number;
}

const OVERALL: Rate = { count: 25, milliseconds: 1_000 };
/** The same spread out: the end of one burst and the beginning of the next arrive within one second of Telegram's. */
const BURST: Rate = { count: 5, milliseconds: 200 };
/** One message a second; short bursts pass. */
const CHAT: Rate = { count: 5, milliseconds: 5_000 };
const GROUP: Rate = { count: 20, milliseconds: 60_000 };

/** So many chats held back at once mean that the whole bot is. */
const CHATS_HELD_FOR_ALL = 3;
/** What is added to what Telegram says, in milliseconds. */
const MARGIN_MS = 100;

const ratesOf = (chat: string): Rate[] => (chat.startsWith("-") ? [CHAT, GROUP] : [CHAT]);

/** Times of past calls, and how long the next one has to wait. */
class RateLimit {
  readonly #rate: Rate;
  #times: number[] = [];

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  waitFrom(now: number): number {
    const { count, milliseconds } = this.#rate;
    // Times to come are from before the clock was set back.
    this.#times = this.#times.filter((time) => time > now - milliseconds && time <= now);
    const oldest = this.#times[this.#times.length - count];
    return oldest === undefined ? 0 : oldest + milliseconds - now;
  }

  note(now: number): void {
    this.#times.push(now);
  }
}

/** A time in which nothing is sent. */
class Hold {
  #from = 0;
  #until = 0;

  extend(now: number, until: number): void {
    this.#until = Math.max(now + this.left(now), until);
    this.#from = now;
  }

  /** Milliseconds that are left; a clock that is set back does not make them more. */
  left(now: number): number {
    if (now < this.#from) {
      this.#until -= this.#from - now;
      this.#from = now;
    }
    return Math.max(0, this.#until - now);
  }
}

interface ChatPace {
  readonly limits: readonly RateLimit[];
  readonly hold: Hold;
}

/** The pace of one process that sends alone. */
export function makePace(clock: Clock): Pace {
  const overall = [OVERALL, BURST].map((rate) => new RateLimit(rate));
  const chats = new Map<string, ChatPace>();
  const holdOfAll = new Hold();

  function paceOf(chat: string): ChatPace {
    sweep();
    const known = chats.get(chat);
    const pace = known ?? { limits: ratesOf(chat).map((rate) => new RateLimit(rate)), hold: new Hold() };
    if (!known) chats.set(chat, pace);
    return pace;
  }

  /** Forgets quiet chats, so that the map stays as small as the traffic. */
  function sweep(): void {
    if (chats.size < 1_000) return;
    const now = clock.now();
    for (const [chat, { hold, limits }] of chats)
      if (hold.left(now) === 0 && limits.every((limit) => limit.waitFrom(now) === 0)) chats.delete(chat);
  }

  return {
    async turn(chat, signal) {
      while (!signal.aborted) {
        const { limits, hold } = paceOf(chat);
        const now = clock.now();
        const all = [...overall, ...limits];
        const wait = Math.max(
          holdOfAll.left(now),
          hold.left(now),
          ...all.map((limit) => limit.waitFrom(now)),
        );
        if (wait <= 0) {
          for (const limit of all) limit.note(now);
          return;
        }
        await clock.sleep(wait, signal);
      }
    },
    async hold(chat, seconds) {
      const now = clock.now();
      paceOf(chat).hold.extend(now, now + seconds * 1000 + MARGIN_MS);
      const held = [...chats.values()].map((each) => each.hold.left(now)).filter((left) => left > 0);
      if (held.length >= CHATS_HELD_FOR_ALL) holdOfAll.extend(now, now + Math.min(...held));
    },
  };
}

/** All workers' calls: 24 a second and two at once at most, so that what busy processes send late still fits. */
const SHARED_ALL = { every: 42, burst: 2 } as const;
/** Before the next try when the database is away. */
const AWAY_MS = 1_000;

/** The pace of several workers that send together. While nobody can be asked, nothing leaves. */
export function makeSharedPace(shared: SharedPace, clock: Clock): Pace {
  const limitsOf = (chat: string): RateLimits => ({ all: SHARED_ALL, chat: ratesOf(chat) });
  return {
    async turn(chat, signal) {
      while (!signal.aborted) {
        const place = await shared
          .take(chat, limitsOf(chat))
          .catch(() => ({ wait: AWAY_MS, taken: false }) as const);
        if (place.wait > 0) await clock.sleep(place.wait, signal);
        if (place.taken) return;
      }
    },
    async hold(chat, seconds) {
      await shared.hold(chat, seconds * 1000 + MARGIN_MS).catch(() => undefined);
    },
  };
}
