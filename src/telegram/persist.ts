import type { Clock } from "./clock.ts";

export interface PersistOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  log(event: string, details?: Record<string, unknown>): void;
}

/** Runs a write of the state until it is done. */
export type Persist = <T>(write: () => Promise<T>) => Promise<T>;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Writes that wait while the disk is full, locked or read-only, or the server away, and go on when it is not, so that nothing under way is
 * forgotten. A write that can never be done, and any when the program ends, rejects with its error: what it was about
 * is taken up at the next start.
 */
export function makePersist({ clock, signal, log }: PersistOptions): Persist {
  return async (write) => {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (signal.aborted || !mayPass(error)) throw error;
        if (pause === FIRST_PAUSE_MS) log("state not written, waiting", { problem: problemOf(error) });
        await clock.sleep(pause, signal);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  };
}

/** The kind of a database's error, as sqlite/open.ts and postgres/error.ts name it; null for others. */
function problemOf(error: unknown): string | null {
  return error instanceof Error && "problem" in error && typeof error.problem === "string"
    ? error.problem
    : null;
}

function mayPass(error: unknown): boolean {
  return ["full", "disk", "busy", "unwritable", "unreachable", "conflict"].includes(problemOf(error) ?? "");
}
