import type { ExitReason } from "./polling.ts";

/** Ends the bot when its polling no longer moves, so that whoever supervises the process starts it anew. */
export interface Watchdog {
  /** What is begun now has to be over after so many milliseconds. */
  expectWithin(milliseconds: number): void;
  /** Resolves when it was not; never otherwise. */
  readonly stalled: Promise<ExitReason>;
  stop(): void;
}

/** Milliseconds beyond what was expected: a machine under load is no reason to end. */
const SLACK_MS = 60_000;

export function makeWatchdog(slack = SLACK_MS): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let stall: (reason: ExitReason) => void = () => undefined;
  const stalled = new Promise<ExitReason>((resolve) => {
    stall = resolve;
  });
  return {
    expectWithin(milliseconds) {
      clearTimeout(timer);
      const limit = milliseconds + slack;
      timer = setTimeout(() => stall(stalledAfter(limit)), limit);
      timer.unref();
    },
    stalled,
    stop: () => clearTimeout(timer),
  };
}

function stalledAfter(milliseconds: number): ExitReason {
  const seconds = Math.round(milliseconds / 1_000);
  return {
    kind: "stalled",
    message: `Polling has not moved for ${seconds} s: the program ends, so that it can be started anew.`,
  };
}
