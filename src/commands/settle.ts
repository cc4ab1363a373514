/** Work on the index that can wait: begun after a while without changes, and stopped by the next one. */
export interface SettlingOptions {
  /** Its signal comes with the next change. What it throws is told. */
  readonly settle: (signal: AbortSignal) => Promise<void>;
  readonly onProblem: (message: string) => void;
  /** Milliseconds without a change after which it begins; default 60,000. */
  readonly after?: number | undefined;
}

export class Settling {
  readonly #options: SettlingOptions;
  #changes = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** Makes a change, and settles when no other follows. Rejects with what the change throws. */
  async change(make: () => Promise<void>): Promise<void> {
    this.#changes += 1;
    try {
      await this.stop();
      await make();
    } finally {
      this.#changes -= 1;
      if (this.#changes === 0) this.#beginLater();
    }
  }

  /** Ends what is under way; nothing begins before the next change. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running?.stop.abort();
    await this.#running?.done;
  }

  #beginLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), this.#options.after ?? 60_000).unref();
  }

  #begin(): void {
    const { settle, onProblem } = this.#options;
    const stop = new AbortController();
    const done = settle(stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) onProblem(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        this.#running = null;
      });
    this.#running = { stop, done };
  }
}
