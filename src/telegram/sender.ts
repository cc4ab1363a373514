/**
 * Outgoing calls: in order per chat, within Telegram's rates, repeated only while it is certain that nothing was done.
 * Rates: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
import type { Clock } from "./clock.ts";
import type { CallResult, Payload, Transport, Upload } from "./transport.ts";

export interface SendJob {
  /** Chat id as a string; negative ids are groups. */
  readonly chat: string;
  readonly method: string;
  readonly payload: Payload;
  readonly upload?: Upload | undefined;
  /** Doing it twice is the same as once (edits, deletions). */
  readonly idempotent: boolean;
  /** Called right before an attempt leaves. */
  before?(): Promise<void>;
  /** Called when an attempt is certain to have done nothing, and another will follow. */
  undone?(): Promise<void>;
}

export interface Sender {
  /** Never "wait"; "unsent" only when the signal was aborted while waiting to try again. */
  send(job: SendJob): Promise<CallResult>;
}

export interface SenderOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  log(event: string, details?: Record<string, unknown>): void;
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

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
/** Repetitions of an idempotent call whose fate is unknown. */
const UNKNOWN_TRIES = 3;
/** So many chats held back at once mean that the whole bot is. */
const CHATS_HELD_FOR_ALL = 3;

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

interface ChatQueue {
  readonly limits: readonly RateLimit[];
  readonly hold: Hold;
  tail: Promise<unknown>;
  waiting: number;
}

export function makeSender({ transport, clock, signal, log }: SenderOptions): Sender {
  const overall = [OVERALL, BURST].map((rate) => new RateLimit(rate));
  const chats = new Map<string, ChatQueue>();
  const holdOfAll = new Hold();

  function queueOf(chat: string): ChatQueue {
    let queue = chats.get(chat);
    if (!queue) {
      const rates = chat.startsWith("-") ? [CHAT, GROUP] : [CHAT];
      const limits = rates.map((rate) => new RateLimit(rate));
      queue = { limits, hold: new Hold(), tail: Promise.resolve(), waiting: 0 };
      chats.set(chat, queue);
    }
    return queue;
  }

  /** Forgets quiet chats, so that the map stays as small as the traffic. */
  function sweep(): void {
    if (chats.size < 1_000) return;
    const now = clock.now();
    for (const [chat, queue] of chats) {
      const quiet = queue.waiting === 0 && queue.hold.left(now) === 0;
      if (quiet && queue.limits.every((limit) => limit.waitFrom(now) === 0)) chats.delete(chat);
    }
  }

  async function turn(queue: ChatQueue): Promise<void> {
    while (!signal.aborted) {
      const now = clock.now();
      const limits = [...overall, ...queue.limits];
      const wait = Math.max(
        holdOfAll.left(now),
        queue.hold.left(now),
        ...limits.map((limit) => limit.waitFrom(now)),
      );
      if (wait <= 0) {
        for (const limit of limits) limit.note(now);
        return;
      }
      await clock.sleep(wait, signal);
    }
  }

  function hold(queue: ChatQueue, seconds: number): void {
    const now = clock.now();
    queue.hold.extend(now, now + seconds * 1000 + 100);
    const held = [...chats.values()].map((each) => each.hold.left(now)).filter((left) => left > 0);
    if (held.length >= CHATS_HELD_FOR_ALL) holdOfAll.extend(now, now + Math.min(...held));
  }

  async function attempt(job: SendJob, queue: ChatQueue): Promise<CallResult> {
    let pause = FIRST_PAUSE_MS;
    let unknown = 0;
    for (;;) {
      await turn(queue);
      if (signal.aborted) return { kind: "aborted" };
      await job.before?.();
      const { method, payload, upload } = job;
      const result = await transport.call(method, payload, { signal, ...(upload && { upload }) });
      if (result.kind === "wait") {
        log("rate_limited", { method, seconds: result.seconds });
        hold(queue, result.seconds);
        await job.undone?.();
        continue;
      }
      if (result.kind === "unknown") {
        unknown += 1;
        log("fate_unknown", { method, reason: result.reason });
        if (!job.idempotent || unknown >= UNKNOWN_TRIES) return result;
      } else if (result.kind !== "unsent") {
        return result;
      } else {
        log("unsent", { method, reason: result.reason });
        await job.undone?.();
      }
      await clock.sleep(pause, signal);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  return {
    send(job) {
      sweep();
      const queue = queueOf(job.chat);
      queue.waiting += 1;
      const sent = queue.tail.then(() => attempt(job, queue));
      queue.tail = sent
        .catch(() => undefined)
        .finally(() => {
          queue.waiting -= 1;
        });
      return sent;
    },
  };
}
