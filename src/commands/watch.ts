/** Follows a folder of reports: when its files have changed and come to rest, the index is brought up to date. */
import { type FSWatcher, watch } from "node:fs";
import { setImmediate as breathe } from "node:timers/promises";
import { findFiles } from "../report/files.ts";
import { pause } from "./live.ts";

export interface WatchOptions {
  readonly dir: string;
  /** Brings the index up to date; false when it cannot be done yet. What it throws is told, and the folder is followed on. */
  readonly update: () => Promise<boolean>;
  /** Whether files have changed between the last update and now, when following begins; asked once. */
  readonly isBehind?: (() => Promise<boolean>) | undefined;
  readonly onProblem: (message: string) => void;
  readonly signal: AbortSignal;
  /** Milliseconds without a change after which files count as whole; default 250. */
  readonly rest?: number | undefined;
  /** Milliseconds between two looks where the system does not tell of changes, or missed one; default 10,000. */
  readonly every?: number | undefined;
}

/** Runs until the signal is aborted. A change that comes during an update is taken up by the next one. */
export async function watchFolder(options: WatchOptions): Promise<void> {
  const { dir, signal, rest = 250, every = 10_000 } = options;
  const told = new Bell();
  const watcher = openWatcher(dir, () => told.ring());
  try {
    let known: string | null = await fingerprint(dir);
    if (await isBehind(options)) {
      known = null;
      told.ring();
    }
    while (!signal.aborted) {
      await Promise.race([told.rung(), pause(every, signal)]);
      if (signal.aborted) break;
      let now = await fingerprint(dir);
      if (now === known) continue;
      now = await atRest(dir, now, { rest, signal });
      if (signal.aborted) break;
      try {
        if (!(await options.update())) continue;
      } catch (error) {
        options.onProblem(error instanceof Error ? error.message : String(error));
      }
      known = now;
    }
  } finally {
    watcher?.close();
  }
}

/** What cannot be found out is taken for a change: an update that finds none does nothing. */
async function isBehind({ isBehind: asked, onProblem }: WatchOptions): Promise<boolean> {
  try {
    return (await asked?.()) ?? false;
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
    return true;
  }
}

/** Something that can be waited for; a ring that nobody waited for is remembered. */
class Bell {
  #ringing = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#ringing = true;
    this.#wake?.();
  }

  async rung(): Promise<void> {
    if (!this.#ringing) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#ringing = false;
    this.#wake = null;
  }
}

/** The system's own notices; without them the folder is looked through from time to time. */
function openWatcher(dir: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(dir, { recursive: true, persistent: false }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/** Waits until two looks give the same: a file that is still being written grows between them. */
async function atRest(
  dir: string,
  first: string,
  { rest, signal }: { rest: number; signal: AbortSignal },
): Promise<string> {
  let before = first;
  for (;;) {
    await pause(rest, signal);
    const now = await fingerprint(dir);
    if (now === before || signal.aborted) return now;
    before = now;
  }
}

/** Files that are looked at before answers have their turn. */
const STEP = 1_000;

/** Names, sizes and times of the files: no file is read. */
async function fingerprint(dir: string): Promise<string> {
  const files: string[] = [];
  try {
    for await (const found of findFiles(dir))
      if (found.kind === "file" && files.push(`${found.file} ${found.bytes} ${found.changed}`) % STEP === 0)
        await breathe();
  } catch {
    return "";
  }
  return files.join("\n");
}
