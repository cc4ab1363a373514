import type { Scored } from "./store.ts";

/** Better first: the higher score, and of equal scores the lower ref, so that results never depend on scan order. */
export function compareScored(a: Scored, b: Scored): number {
  return b.score - a.score || a.ref - b.ref;
}

/** Keeps the best `limit` of a stream in a binary heap whose root is the worst kept. */
export class TopScored {
  readonly #limit: number;
  readonly #refs: number[] = [];
  readonly #scores: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A score below this cannot enter any more; -Infinity while there is room. */
  get threshold(): number {
    return this.#refs.length < this.#limit
      ? Number.NEGATIVE_INFINITY
      : (this.#scores[0] ?? Number.POSITIVE_INFINITY);
  }

  add(ref: number, score: number): void {
    const size = this.#refs.length;
    if (size < this.#limit) {
      this.#refs.push(ref);
      this.#scores.push(score);
      this.#rise(size);
    } else if (size > 0 && this.#worse(this.#refs[0] ?? 0, this.#scores[0] ?? 0, ref, score)) {
      this.#refs[0] = ref;
      this.#scores[0] = score;
      this.#sink();
    }
  }

  /** What was kept, best first. */
  sorted(): Scored[] {
    return this.#refs.map((ref, i) => ({ ref, score: this.#scores[i] ?? 0 })).sort(compareScored);
  }

  #worse(ref: number, score: number, otherRef: number, otherScore: number): boolean {
    return score < otherScore || (score === otherScore && ref > otherRef);
  }

  #worseAt(a: number, b: number): boolean {
    return this.#worse(this.#refs[a] ?? 0, this.#scores[a] ?? 0, this.#refs[b] ?? 0, this.#scores[b] ?? 0);
  }

  #swap(a: number, b: number): void {
    [this.#refs[a], this.#refs[b]] = [this.#refs[b] ?? 0, this.#refs[a] ?? 0];
    [this.#scores[a], this.#scores[b]] = [this.#scores[b] ?? 0, this.#scores[a] ?? 0];
  }

  #rise(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#worseAt(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      let worst = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < this.#refs.length && this.#worseAt(child, worst)) worst = child;
      if (worst === parent) return;
      this.#swap(parent, worst);
      parent = worst;
    }
  }
}
