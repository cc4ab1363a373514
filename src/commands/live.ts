/** A collection that is replaced while questions are answered: each question sees one generation from start to end. */
import type { Sources } from "../answer/asked.ts";
import type { IndexWatch } from "../store/watch.ts";

export interface LiveSources {
  /** Its fields are those of the newest generation; take a copy (`{...sources}`) for one question. */
  readonly sources: Sources;
  /** Switches at once; the former store is closed when no question can still use it. */
  replace(next: Sources): void;
  close(): Promise<void>;
}

/** Longer than any question takes. */
const FAREWELL_MS = 120_000;

export function liveSources(first: Sources): LiveSources {
  let current = first;
  // Held weakly: the memory of a generation is given back when its last question is over, its file with it.
  const waiting = new Map<NodeJS.Timeout, WeakRef<Sources["store"]>>();
  const fields = Object.keys(first) as (keyof Sources)[];
  const newest = fields.map((field) => [field, { get: () => current[field], enumerable: true }]);
  return {
    sources: Object.defineProperties({}, Object.fromEntries(newest)) as Sources,
    replace(next) {
      const former = new WeakRef(current.store);
      current = next;
      const timer = setTimeout(() => {
        waiting.delete(timer);
        void former.deref()?.close();
      }, FAREWELL_MS);
      timer.unref();
      waiting.set(timer, former);
    },
    async close() {
      for (const [timer, former] of waiting) {
        clearTimeout(timer);
        await former.deref()?.close();
      }
      await current.store.close();
    },
  };
}

export interface FollowOptions {
  readonly index: Pick<IndexWatch, "current" | "wait">;
  readonly live: LiveSources;
  /** Opens the collection as it is now; the embedder is the one in use. */
  readonly open: () => Promise<Sources>;
  readonly onSwitch: (sources: Sources) => void;
  readonly onProblem: (message: string) => void;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks; default 250. */
  readonly every?: number | undefined;
}

/** Looks whether another process has switched to a new generation, and follows it. Resolves when it is stopped. */
export async function followIndex(options: FollowOptions): Promise<void> {
  const { index, live, open, signal, every = 250 } = options;
  let seen = await index.current();
  while (!signal.aborted) {
    await index.wait(every, signal);
    const now = await index.current();
    if (now === null || now === seen) continue;
    try {
      const next = await open();
      live.replace(next);
      seen = now;
      options.onSwitch(next);
    } catch (error) {
      seen = now;
      options.onProblem(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Waits, or less when the signal comes. Does not keep the process alive. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    timer.unref();
    signal.addEventListener("abort", end, { once: true });
  });
}
