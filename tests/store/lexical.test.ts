import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LexicalIndex, LexicalPart } from "../../src/store/lexical.ts";
import {
  DocumentsOf,
  LexicalBuilder,
  type Postings,
  postingsBytes,
  readPostings,
} from "../../src/store/postings.ts";
import { StoreError } from "../../src/store/store.ts";

function postingsOf(documents: readonly (readonly string[])[]): Postings {
  const builder = new LexicalBuilder();
  for (const terms of documents) builder.add(terms);
  return builder.finish();
}

function buildLexicalIndex(documents: readonly (readonly string[])[]): LexicalIndex {
  return new LexicalIndex([new LexicalPart(postingsOf(documents))]);
}

const term = fc.constantFrom("ا", "ب", "ت", "ث", "ج", "ح");
const document = fc.array(term, { maxLength: 12 });
const collection = fc.array(document, { minLength: 1, maxLength: 20 });

/** BM25 written out from its definition, as the reference. */
function bm25(documents: readonly (readonly string[])[], query: readonly string[], ref: number): number {
  const mean = documents.reduce((sum, d) => sum + d.length, 0) / documents.length || 1;
  const own = documents[ref] ?? [];
  let score = 0;
  for (const asked of query) {
    const frequency = documents.filter((d) => d.includes(asked)).length;
    const count = own.filter((t) => t === asked).length;
    const idf = Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5));
    score += (idf * count * 1.9) / (count + 0.9 * (0.6 + (0.4 * own.length) / mean));
  }
  return score;
}

describe("LexicalIndex", () => {
  it("ranks the document with the rarer term first and leaves out those without any", () => {
    const index = buildLexicalIndex([["حي", "العمال"], ["حي", "الحميدية"], ["نهر"]]);
    const found = index.search(["حي", "الحميدية"], { limit: 10 });
    expect(found.map((hit) => hit.ref)).toEqual([1, 0]);
  });

  it("scores as the definition of BM25 says, for any collection", () => {
    fc.assert(
      fc.property(collection, document, (documents, query) => {
        const index = buildLexicalIndex(documents);
        const found = new Map(index.search(query, { limit: 100 }).map((hit) => [hit.ref, hit.score]));
        documents.forEach((_, ref) => {
          expect(found.get(ref) ?? 0).toBeCloseTo(bm25(documents, query, ref), 4);
        });
      }),
    );
  });

  it("gives the same scores for named documents as in a search", () => {
    fc.assert(
      fc.property(collection, document, (documents, query) => {
        const index = buildLexicalIndex(documents);
        const refs = documents.map((_, ref) => ref);
        const found = new Map(index.search(query, { limit: 100 }).map((hit) => [hit.ref, hit.score]));
        expect([...index.scores(query, refs)]).toEqual(refs.map((ref) => found.get(ref) ?? 0));
      }),
    );
  });

  it("keeps the best of the list when the limit is short, equal scores in order of ref", () => {
    fc.assert(
      fc.property(collection, document, fc.nat(5), (documents, query, limit) => {
        const index = buildLexicalIndex(documents);
        expect(index.search(query, { limit })).toEqual(index.search(query, { limit: 100 }).slice(0, limit));
      }),
    );
  });

  it("looks only within the named documents", () => {
    const index = buildLexicalIndex([["حي"], ["حي"], ["حي"]]);
    expect(index.search(["حي"], { limit: 5, within: [2, 0] }).map((hit) => hit.ref)).toEqual([0, 2]);
    expect(index.search(["حي"], { limit: 5, within: [] })).toEqual([]);
  });

  it("leaves nothing of one search in the next", () => {
    const index = buildLexicalIndex([["حي"], ["نهر"]]);
    const first = index.search(["حي"], { limit: 5 });
    index.search(["نهر"], { limit: 5 });
    expect(index.search(["حي"], { limit: 5 })).toEqual(first);
  });

  it("gives the very same scores however the documents are divided into parts", () => {
    const cuts = fc.array(fc.nat(20), { maxLength: 4 });
    fc.assert(
      fc.property(collection, document, cuts, (documents, query, places) => {
        const borders = [
          0,
          ...places.map((place) => Math.min(place, documents.length)).sort((a, b) => a - b),
        ];
        const parts = borders.map((from, at) => documents.slice(from, borders[at + 1] ?? documents.length));
        const divided = new LexicalIndex(parts.map((part) => new LexicalPart(postingsOf(part))));
        const whole = buildLexicalIndex(documents);
        const refs = documents.map((_, ref) => ref);
        expect(divided.search(query, { limit: 100 })).toEqual(whole.search(query, { limit: 100 }));
        expect(divided.scores(query, refs)).toEqual(whole.scores(query, refs));
        expect(query.map((one) => divided.idf(one))).toEqual(query.map((one) => whole.idf(one)));
      }),
    );
  });

  it("is the same when documents are taken over from another index instead of their texts", () => {
    fc.assert(
      fc.property(collection, document, fc.nat(20), fc.nat(20), (documents, query, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)].map((at) => Math.min(at, documents.length));
        const builder = new LexicalBuilder();
        builder.add(["ا", "ب"]);
        builder.copy(new DocumentsOf(postingsOf(documents)), from ?? 0, to ?? 0);
        const copied = new LexicalIndex([new LexicalPart(builder.finish())]);
        const typed = buildLexicalIndex([["ا", "ب"], ...documents.slice(from, to)]);
        expect(copied.search(query, { limit: 100 })).toEqual(typed.search(query, { limit: 100 }));
      }),
    );
  });

  it("is the same after a round trip through bytes, at any offset of a larger buffer", () => {
    fc.assert(
      fc.property(collection, fc.nat(7), (documents, shift) => {
        const postings = postingsOf(documents);
        const bytes = postingsBytes(postings);
        const shifted = new Uint8Array(bytes.length + shift);
        shifted.set(bytes, shift);
        expect(readPostings(shifted.subarray(shift))).toEqual(postings);
      }),
    );
  });

  it("refuses a cut or foreign snapshot", () => {
    const bytes = postingsBytes(postingsOf([["حي"]]));
    expect(() => readPostings(bytes.subarray(0, bytes.length - 1))).toThrow(StoreError);
    expect(() => readPostings(new Uint8Array(3))).toThrow(StoreError);
    expect(() => readPostings(new Uint8Array(64))).toThrow(StoreError);
  });

  it("answers an empty collection and an empty question with nothing", () => {
    expect(buildLexicalIndex([]).search(["حي"], { limit: 5 })).toEqual([]);
    expect(buildLexicalIndex([["حي"]]).search([], { limit: 5 })).toEqual([]);
  });
});
