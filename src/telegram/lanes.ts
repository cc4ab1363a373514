/** Work in order within a lane, lanes beside each other, and not too much slow work at once. */
export class Lanes {
  readonly #tails = new Map<string, { tail: Promise<void>; waiting: number }>();
  readonly #slots: number;
  #busy = 0;
  readonly #queue: (() => void)[] = [];

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Work in the lane that has not ended. */
  waiting(lane: string): number {
    return this.#tails.get(lane)?.waiting ?? 0;
  }

  /** Work that has not ended, in all lanes. */
  get length(): number {
    let sum = 0;
    for (const { waiting } of this.#tails.values()) sum += waiting;
    return sum;
  }

  /** Runs the work after what the lane holds already. The work must not reject. */
  add(lane: string, work: () => Promise<void>): void {
    const entry = this.#tails.get(lane) ?? { tail: Promise.resolve(), waiting: 0 };
    this.#tails.set(lane, entry);
    entry.waiting += 1;
    entry.tail = entry.tail.then(work).finally(() => {
      entry.waiting -= 1;
      if (entry.waiting === 0) this.#tails.delete(lane);
    });
  }

  /** Runs the work, when `slow` only while fewer than `slots` others run. */
  async withSlot<T>(slow: boolean, work: () => Promise<T>): Promise<T> {
    if (!slow) return work();
    if (this.#busy >= this.#slots) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#busy += 1;
    try {
      return await work();
    } finally {
      // The slot is handed on; it is free only when nobody waits.
      const next = this.#queue.shift();
      if (next) next();
      else this.#busy -= 1;
    }
  }

  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all([...this.#tails.values()].map((entry) => entry.tail));
  }
}
