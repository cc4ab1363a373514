import type { Scored, SearchOptions } from "./store.ts";
import { StoreError } from "./store.ts";
import { TopScored } from "./top.ts";

/** BM25 with the constants that measured best on passages (docs/retrieval.md); idf as in Lucene, always above 0. */
const K1 = 0.9;
const B = 0.4;

const MAGIC = 0x4c455831; // "LEX1"
const HEADER_WORDS = 5;

/** Postings in term order: those of term t are `refs`/`counts` from `offsets[t]` to `offsets[t + 1]`, refs ascending. */
interface Postings {
  readonly terms: readonly string[];
  readonly offsets: Uint32Array;
  readonly refs: Uint32Array;
  /** Occurrences of the term in the document, at most 255. */
  readonly counts: Uint8Array;
  /** Terms of each document, repeated ones counted. */
  readonly lengths: Uint32Array;
}

/** A term of a question: its number in the postings and its weight (idf x occurrences in the question). */
interface WeightedTerm {
  readonly id: number;
  readonly weight: number;
}

/** BM25 over typed-array postings. A document's ref is its place in the sequence that built the index. */
export class LexicalIndex {
  readonly #postings: Postings;
  readonly #ids: ReadonlyMap<string, number>;
  /** k1 * (1 - b + b * length / mean length), per document. */
  readonly #norms: Float32Array;
  /** Reused by every search: all zero between searches. */
  readonly #scores: Float64Array;
  readonly #touched: Uint32Array;

  constructor(postings: Postings) {
    this.#postings = postings;
    this.#ids = new Map(postings.terms.map((term, id) => [term, id]));
    const size = postings.lengths.length;
    const mean = postings.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, size) || 1;
    this.#norms = Float32Array.from(postings.lengths, (length) => K1 * (1 - B + (B * length) / mean));
    this.#scores = new Float64Array(size);
    this.#touched = new Uint32Array(size);
  }

  /** Number of documents. */
  get size(): number {
    return this.#postings.lengths.length;
  }

  /** Lucene's idf of a term: ln(1 + (N - df + 0.5) / (df + 0.5)); the highest for a term that no document has. */
  idf(term: string): number {
    const id = this.#ids.get(term);
    const { offsets } = this.#postings;
    const frequency = id === undefined ? 0 : (offsets[id + 1] ?? 0) - (offsets[id] ?? 0);
    return Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
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
    const { offsets, counts } = this.#postings;
    for (const { id, weight } of this.#weigh(terms)) {
      const end = offsets[id + 1] ?? 0;
      refs.forEach((ref, i) => {
        const at = this.#find(ref, offsets[id] ?? 0, end);
        if (at >= 0) out[i] = (out[i] ?? 0) + this.#term(weight, counts[at] ?? 0, ref);
      });
    }
    return out;
  }

  /** The index as bytes (little-endian), read back by `fromBytes`. */
  toBytes(): Uint8Array {
    const { terms, offsets, refs, counts, lengths } = this.#postings;
    const vocabulary = new TextEncoder().encode(terms.join("\n"));
    const header = Uint32Array.of(MAGIC, lengths.length, terms.length, refs.length, vocabulary.length);
    const parts = [header, offsets, refs, lengths, counts, vocabulary];
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
    let position = 0;
    for (const part of parts) {
      bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), position);
      position += part.byteLength;
    }
    return bytes;
  }

  #weigh(terms: readonly string[]): WeightedTerm[] {
    const times = new Map<number, number>();
    for (const term of terms) {
      const id = this.#ids.get(term);
      if (id !== undefined) times.set(id, (times.get(id) ?? 0) + 1);
    }
    return [...times].map(([id, count]) => ({
      id,
      weight: count * this.idf(this.#postings.terms[id] ?? ""),
    }));
  }

  #term(weight: number, count: number, ref: number): number {
    return (weight * count * (K1 + 1)) / (count + (this.#norms[ref] ?? 0));
  }

  /** Adds the terms' scores into `#scores` and lists the documents reached; returns how many. */
  #accumulate(terms: readonly WeightedTerm[]): number {
    const { offsets, refs, counts } = this.#postings;
    const scores = this.#scores;
    let touched = 0;
    for (const { id, weight } of terms) {
      const end = offsets[id + 1] ?? 0;
      for (let at = offsets[id] ?? 0; at < end; at += 1) {
        const ref = refs[at] ?? 0;
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

  #find(ref: number, from: number, to: number): number {
    const { refs } = this.#postings;
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

  /** Reads what `toBytes` wrote. Throws StoreError for anything else. */
  static fromBytes(bytes: Uint8Array): LexicalIndex {
    return new LexicalIndex(readPostings(bytes));
  }
}

function readPostings(bytes: Uint8Array): Postings {
  // A copy starts at offset 0 of its buffer, as 4-byte views need.
  const buffer = bytes.slice().buffer;
  const header = buffer.byteLength >= 4 * HEADER_WORDS ? new Uint32Array(buffer, 0, HEADER_WORDS) : [];
  const [magic = 0, documents = 0, terms = 0, postings = 0, vocabulary = 0] = header;
  const expected = 4 * (HEADER_WORDS + terms + 1 + postings + documents) + postings + vocabulary;
  if (magic !== MAGIC || expected !== buffer.byteLength)
    throw new StoreError("The lexical snapshot is damaged or of another version; rebuild the index.");
  let position = 4 * HEADER_WORDS;
  const words = (length: number): Uint32Array => {
    const view = new Uint32Array(buffer, position, length);
    position += 4 * length;
    return view;
  };
  const offsets = words(terms + 1);
  const refs = words(postings);
  const lengths = words(documents);
  const counts = new Uint8Array(buffer, position, postings);
  const text = new TextDecoder().decode(new Uint8Array(buffer, position + postings, vocabulary));
  return { terms: terms === 0 ? [] : text.split("\n"), offsets, refs, counts, lengths };
}

/** A typed array that doubles when full. */
class GrowingWords {
  #values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }
}

/** Takes documents one by one, so that whoever builds a large index can look up between them. */
export class LexicalBuilder {
  readonly #ids = new Map<string, number>();
  readonly #termOf = new GrowingWords();
  readonly #countOf = new GrowingWords();
  readonly #documentEnds = new GrowingWords();
  readonly #lengths = new GrowingWords();
  readonly #frequency: number[] = [];

  /** The next document as its terms (text/tokens.ts, repetitions kept; no term holds a line break). */
  add(terms: readonly string[]): void {
    const counts = new Map<number, number>();
    for (const term of terms) {
      let id = this.#ids.get(term);
      if (id === undefined) {
        id = this.#ids.size;
        this.#ids.set(term, id);
        this.#frequency.push(0);
      }
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const [id, count] of counts) {
      this.#termOf.push(id);
      this.#countOf.push(Math.min(255, count));
      this.#frequency[id] = (this.#frequency[id] ?? 0) + 1;
    }
    this.#documentEnds.push(this.#termOf.length);
    this.#lengths.push(terms.length);
  }

  finish(): LexicalIndex {
    const offsets = new Uint32Array(this.#ids.size + 1);
    this.#frequency.forEach((value, id) => {
      offsets[id + 1] = (offsets[id] ?? 0) + value;
    });
    return invert({
      terms: [...this.#ids.keys()],
      offsets,
      termOf: this.#termOf,
      countOf: this.#countOf,
      documentEnds: this.#documentEnds,
      lengths: this.#lengths,
    });
  }
}

interface DocumentMajor {
  readonly terms: readonly string[];
  readonly offsets: Uint32Array;
  readonly termOf: GrowingWords;
  readonly countOf: GrowingWords;
  readonly documentEnds: GrowingWords;
  readonly lengths: GrowingWords;
}

/** Counting sort of (document, term) pairs into term order; documents stay ascending within a term. */
function invert({ terms, offsets, termOf, countOf, documentEnds, lengths }: DocumentMajor): LexicalIndex {
  const refs = new Uint32Array(termOf.length);
  const counts = new Uint8Array(termOf.length);
  const next = offsets.slice();
  let at = 0;
  for (let ref = 0; ref < documentEnds.length; ref += 1) {
    for (; at < documentEnds.at(ref); at += 1) {
      const id = termOf.at(at);
      const place = next[id] ?? 0;
      refs[place] = ref;
      counts[place] = countOf.at(at);
      next[id] = place + 1;
    }
  }
  const documentLengths = Uint32Array.from({ length: lengths.length }, (_, ref) => lengths.at(ref));
  return new LexicalIndex({ terms, offsets, refs, counts, lengths: documentLengths });
}
