import type { Clock } from "../../src/telegram/clock.ts";

/** Time that passes only while everybody sleeps: to the end of the shortest sleep, at once. */
export class VirtualClock implements Clock {
  #now = 1_000_000;
  #sleepers: { until: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { until: this.#now + Math.max(0, milliseconds), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        resolve();
      });
      this.#advanceWhenIdle();
    });
  }

  #advanceWhenIdle(): void {
    // After every promise that can go on without time has gone on.
    setImmediate(() => {
      const until = Math.min(...this.#sleepers.map((each) => each.until));
      if (!Number.isFinite(until)) return;
      this.#now = Math.max(this.#now, until);
      const due = this.#sleepers.filter((each) => each.until <= this.#now);
      this.#sleepers = this.#sleepers.filter((each) => each.until > this.#now);
      for (const { wake } of due) wake();
      if (this.#sleepers.length > 0) this.#advanceWhenIdle();
    });
  }
}
