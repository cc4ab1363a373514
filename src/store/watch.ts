import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Tells when an index is replaced. */
export interface IndexWatch {
  /** Something that is another for another generation; null while there is none, or it cannot be asked. */
  current(): Promise<string | null>;
  /** Waits, or less when somebody tells of a new generation or the signal comes. Does not keep the process alive. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /**
   * Does what only one of those who watch may do: begins the work when no other does it, or no longer; `former` is
   * whether another did before. Its signal is aborted with the given one, or when another may begin.
   */
  alone(work: (signal: AbortSignal, former: boolean) => Promise<void>, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Watches an index in files: its folder is looked at from time to time. */
export function watchFiles(indexDir: string): IndexWatch {
  return {
    current: () => readFile(join(indexDir, "current.json"), "utf8").catch(() => null),
    wait: waitFor,
    alone: (work, signal) => work(signal, false),
    close: async () => undefined,
  };
}

/** Waits, or less when the signal comes. Does not keep the process alive. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
