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
