import { idf, lengthNorm, termScore } from "./bm25.ts";
import type { Postings } from "./postings.ts";
import type { Scored, SearchOptions } from "./store.ts";
import { TopScored } from "./top.ts";

/** Postings that can be looked up by word; shared by all generations that hold them. */
export class LexicalPart {
  readonly postings: Postings;
  readonly #ids: ReadonlyMap<string, number>;
  /** Terms of all documents together. */
  readonly totalLength: number;

  constructor(postings: Postings) {
    this.postings = postings;
    this.#ids = new Map(postings.terms.map((term, id) => [term, id]));
    this.totalLength = postings.lengths.reduce((sum, length) => sum + length, 0);
  }

  /** Number of documents. */
  get size(): number {
    return this.postings.lengths.length;
  }

  /** Where the postings of a term begin and end; empty for a term that no document has. */
  range(term: string): readonly [from: number, to: number] {
    const id = this.#ids.get(term);
    const { offsets } = this.postings;
    return id === undefined ? [0, 0] : [offsets[id] ?? 0, offsets[id + 1] ?? 0];
  }
}

/** A term of a question with its weight (idf x occurrences in the question). */
interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

/**
 * BM25 over the documents of all parts, one part after another: a document's ref is its place in that sequence.
 * Frequencies and mean length are those of all parts together, so that scores do not depend on how they are divided.
 */
export class LexicalIndex {
  readonly #parts: readonly LexicalPart[];
  /** First ref of each part, and the number of all documents. */
  readonly #starts: Uint32Array;
  /** k1 * (1 - b + b * length / mean length), per document. */
  readonly #norms: Float32Array;
  /** Reused by every search: all zero between searches. */
  readonly #scores: Float64Array;
  readonly #touched: Uint32Array;

  constructor(parts: readonly LexicalPart[]) {
    this.#parts = parts;
    this.#starts = startsOf(parts.map(({ size }) => size));
    const { size } = this;
    const mean = parts.reduce((sum, { totalLength }) => sum + totalLength, 0) / Math.max(1, size) || 1;
    this.#norms = new Float32Array(size);
    for (const [at, { postings }] of parts.entries()) {
      const start = this.#starts[at] ?? 0;
      postings.lengths.forEach((length, ref) => {
        this.#norms[start + ref] = lengthNorm(length, mean);
      });
    }
    this.#scores = new Float64Array(size);
    this.#touched = new Uint32Array(size);
  }

  /** Number of documents. */
  get size(): number {
    return this.#starts.at(-1) ?? 0;
  }

  /** Lucene's idf of a term: ln(1 + (N - df + 0.5) / (df + 0.5)); the highest for a term that no document has. */
  idf(term: string): number {
    let frequency = 0;
    for (const part of this.#parts) {
      const [from, to] = part.range(term);
      frequency += to - from;
    }
    return idf(this.size, frequency);
  }

  /** The best documents with a score above 0, best first, equal scores in order of ref. */
  search(terms: readonly string[], options: SearchOptions): Scored[] {
    const touched = this.#accumulate(this.#weigh(terms));
    const scores = this.#scores;
    const top = new TopScored(options.limit);
    const offer = (ref: number): void => {
      const score = scores[ref] ?? 0;
      if (score > 0 && score >= top.threshold) top.add(ref, score);
    };
    if (options.within) for (const ref of options.within) offer(ref);
    else for (let i = 0; i < touched; i += 1) offer(this.#touched[i] ?? 0);
    for (let i = 0; i < touched; i += 1) scores[this.#touched[i] ?? 0] = 0;
    return top.sorted();
  }

  /** Scores of these documents, in their order; 0 where no term matches. Costs terms x refs, not the collection. */
  scores(terms: readonly string[], refs: readonly number[]): Float64Array {
    const out = new Float64Array(refs.length);
    const places = refs.map((ref) => partAt(this.#starts, ref));
    for (const { term, weight } of this.#weigh(terms)) {
      const ranges = this.#parts.map((part) => part.range(term));
      refs.forEach((ref, i) => {
        const place = places[i] ?? 0;
        const postings = this.#parts[place]?.postings;
        const [from, to] = ranges[place] ?? [0, 0];
        if (postings === undefined || from === to) return;
        const at = find(postings.refs, ref - (this.#starts[place] ?? 0), from, to);
        if (at >= 0) out[i] = (out[i] ?? 0) + this.#term(weight, postings.counts[at] ?? 0, ref);
      });
    }
    return out;
  }

  /** The known terms of a question, each once. */
  #weigh(terms: readonly string[]): WeightedTerm[] {
    const times = new Map<string, number>();
    for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1);
    return [...times].map(([term, count]) => ({ term, weight: count * this.idf(term) }));
  }

  #term(weight: number, count: number, ref: number): number {
    return termScore(weight, count, this.#norms[ref] ?? 0);
  }

  /** Adds the terms' scores into `#scores` and lists the documents reached; returns how many. */
  #accumulate(terms: readonly WeightedTerm[]): number {
    const scores = this.#scores;
    let touched = 0;
    for (const { term, weight } of terms)
      for (const [place, part] of this.#parts.entries()) {
        const { refs, counts } = part.postings;
        const start = this.#starts[place] ?? 0;
        const [from, to] = part.range(term);
        for (let at = from; at < to; at += 1) {
          const ref = start + (refs[at] ?? 0);
          const before = scores[ref] ?? 0;
          if (before === 0) {
            this.#touched[touched] = ref;
            touched += 1;
          }
          scores[ref] = before + this.#term(weight, counts[at] ?? 0, ref);
        }
      }
    return touched;
  }
}

/** First places of runs of these lengths that stand one after another, and the place after the last. */
export function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (const [at, length] of lengths.entries()) starts[at + 1] = (starts[at] ?? 0) + length;
  return starts;
}

/** Which run holds a place, by the first places of all runs. */
export function partAt(starts: Uint32Array, place: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Place of a ref in a stretch of ascending refs, or -1. */
function find(refs: Uint32Array, ref: number, from: number, to: number): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = refs[middle] ?? 0;
    if (value === ref) return middle;
    if (value < ref) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
