import { setTimeout as delay } from "node:timers/promises";

/** Time as the bot sees it, so that tests can bring their own. Milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Resolves after the time or when the signal is aborted, whichever comes first; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that reads the time from `now` and sleeps on real timers. */
export function makeClock(now: () => number): Clock {
  return {
    now,
    async sleep(milliseconds, signal) {
      await delay(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);
    },
  };
}

/** A time limit for one piece of work inside something longer. */
export interface Deadline {
  /** Aborted with the parent, when the time is over, and by `end`. */
  readonly signal: AbortSignal;
  /** Whether the time was over before the work. */
  readonly expired: boolean;
  /** The work is done: lets go of the parent and of the timer. */
  end(): void;
}

/** Built on a plain timer: Node 20 may collect what AbortSignal.any makes of AbortSignal.timeout before it fires. */
export function deadlineWithin(parent: AbortSignal, milliseconds: number): Deadline {
  const controller = new AbortController();
  let expired = false;
  const abort = () => controller.abort();
  const timer = setTimeout(() => {
    expired = true;
    abort();
  }, milliseconds);
  if (parent.aborted) abort();
  else parent.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    end() {
      clearTimeout(timer);
      parent.removeEventListener("abort", abort);
      abort();
    },
  };
}
