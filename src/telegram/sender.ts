/** Outgoing calls: in order per chat, within Telegram's rates, repeated only while it is certain that nothing was done. */
import type { Clock } from "./clock.ts";
import { makePace, type Pace } from "./pace.ts";
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
  /** How soon calls may leave; by default at the rates of a process that sends alone. */
  readonly pace?: Pace;
}

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
/** Repetitions of an idempotent call whose fate is unknown. */
const UNKNOWN_TRIES = 3;
/** Quiet chats are forgotten from so many on. */
const MOST_CHATS = 1_000;

interface ChatQueue {
  tail: Promise<unknown>;
  waiting: number;
}

export function makeSender({ transport, clock, signal, log, pace = makePace(clock) }: SenderOptions): Sender {
  const chats = new Map<string, ChatQueue>();

  function queueOf(chat: string): ChatQueue {
    const known = chats.get(chat);
    if (known) return known;
    if (chats.size >= MOST_CHATS)
      for (const [each, { waiting }] of chats) if (waiting === 0) chats.delete(each);
    const queue: ChatQueue = { tail: Promise.resolve(), waiting: 0 };
    chats.set(chat, queue);
    return queue;
  }

  async function attempt(job: SendJob): Promise<CallResult> {
    let pause = FIRST_PAUSE_MS;
    let unknown = 0;
    for (;;) {
      await pace.turn(job.chat, signal);
      if (signal.aborted) return { kind: "aborted" };
      await job.before?.();
      const { method, payload, upload } = job;
      const result = await transport.call(method, payload, { signal, ...(upload && { upload }) });
      if (result.kind === "wait") {
        log("rate_limited", { method, seconds: result.seconds });
        await pace.hold(job.chat, result.seconds);
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
      const queue = queueOf(job.chat);
      queue.waiting += 1;
      const sent = queue.tail.then(() => attempt(job));
      queue.tail = sent
        .catch(() => undefined)
        .finally(() => {
          queue.waiting -= 1;
        });
      return sent;
    },
  };
}
