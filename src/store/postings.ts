/** Postings of one run of documents, and how they are made, stored and taken over from another run. */
import { StoreError } from "./store.ts";

const MAGIC = 0x4c455831; // "LEX1"
const HEADER_WORDS = 5;

/** Postings in term order: those of term t are `refs`/`counts` from `offsets[t]` to `offsets[t + 1]`, refs ascending. */
export interface Postings {
  readonly terms: readonly string[];
  readonly offsets: Uint32Array;
  readonly refs: Uint32Array;
  /** Occurrences of the term in the document, at most 255. */
  readonly counts: Uint8Array;
  /** Terms of each document, repeated ones counted. */
  readonly lengths: Uint32Array;
}

/** Postings as bytes (little-endian), read back by `readPostings`. */
export function postingsBytes({ terms, offsets, refs, counts, lengths }: Postings): Uint8Array {
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

/** Reads what `postingsBytes` wrote. Throws StoreError for anything else. */
export function readPostings(bytes: Uint8Array): Postings {
  // A copy starts at offset 0 of its buffer, as 4-byte views need.
  const { buffer } = new Uint8Array(bytes);
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
      const id = this.#idOf(term);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const [id, count] of counts) this.#push(id, Math.min(255, count));
    this.#end(terms.length);
  }

  #idOf(term: string): number {
    let id = this.#ids.get(term);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(term, id);
      this.#frequency.push(0);
    }
    return id;
  }

  #push(id: number, count: number): void {
    this.#termOf.push(id);
    this.#countOf.push(count);
    this.#frequency[id] = (this.#frequency[id] ?? 0) + 1;
  }

  #end(length: number): void {
    this.#documentEnds.push(this.#termOf.length);
    this.#lengths.push(length);
  }

  /** The documents `from` to `to` (exclusive) of another run, as they are. */
  copy(other: DocumentsOf, from: number, to: number): void {
    for (let ref = from; ref < to; ref += 1) {
      for (const [term, count] of other.termsOf(ref)) this.#push(this.#idOf(term), count);
      this.#end(other.lengthOf(ref));
    }
  }

  finish(): Postings {
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
function invert({ terms, offsets, termOf, countOf, documentEnds, lengths }: DocumentMajor): Postings {
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
  return { terms, offsets, refs, counts, lengths: documentLengths };
}

/** The terms of each document of finished postings: what `LexicalBuilder.copy` takes over without the texts. */
export class DocumentsOf {
  readonly #postings: Postings;
  /** Pairs of (term, count) of document d: from `ends[d - 1]` to `ends[d]`. */
  readonly #ends: Uint32Array;
  readonly #terms: Uint32Array;
  readonly #counts: Uint8Array;

  constructor(postings: Postings) {
    this.#postings = postings;
    const { offsets, refs, counts, lengths } = postings;
    const next = new Uint32Array(lengths.length + 1);
    for (const ref of refs) next[ref + 1] = (next[ref + 1] ?? 0) + 1;
    for (let ref = 0; ref < lengths.length; ref += 1) next[ref + 1] = (next[ref + 1] ?? 0) + (next[ref] ?? 0);
    this.#ends = next.slice(1);
    this.#terms = new Uint32Array(refs.length);
    this.#counts = new Uint8Array(refs.length);
    for (let term = 0; term + 1 < offsets.length; term += 1)
      for (let at = offsets[term] ?? 0; at < (offsets[term + 1] ?? 0); at += 1) {
        const ref = refs[at] ?? 0;
        const place = next[ref] ?? 0;
        this.#terms[place] = term;
        this.#counts[place] = counts[at] ?? 0;
        next[ref] = place + 1;
      }
  }

  lengthOf(ref: number): number {
    return this.#postings.lengths[ref] ?? 0;
  }

  *termsOf(ref: number): Generator<readonly [term: string, count: number]> {
    for (let at = ref === 0 ? 0 : (this.#ends[ref - 1] ?? 0); at < (this.#ends[ref] ?? 0); at += 1)
      yield [this.#postings.terms[this.#terms[at] ?? 0] ?? "", this.#counts[at] ?? 0];
  }
}
