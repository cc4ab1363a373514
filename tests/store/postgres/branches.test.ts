import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BoundedTerm, branchesNeeded, prefixWithin } from "../../../src/store/postgres/branches.ts";

const PASSAGES = 1_000;
const term = fc.record({
  passages: fc.integer({ min: 1, max: PASSAGES }),
  bound: fc.double({ min: 0.1, max: 10, noNaN: true }),
});
const rarestFirst = fc
  .array(term, { minLength: 1, maxLength: 8 })
  .map((terms) => terms.toSorted((a, b) => a.passages - b.passages));

const worth = (terms: readonly BoundedTerm[]): number => terms.reduce((sum, { bound }) => sum + bound, 0);

/** Every choice of the terms that a passage may hold. */
function choices(terms: readonly BoundedTerm[]): BoundedTerm[][] {
  return Array.from({ length: 2 ** terms.length }, (_, bits) =>
    terms.filter((_, at) => (bits & (1 << at)) !== 0),
  );
}

describe("which passages a search by words looks at", () => {
  it("leaves out none that holds enough to reach the threshold", () => {
    fc.assert(
      fc.property(rarestFirst, fc.double({ min: 0.01, max: 1.1, noNaN: true }), (terms, part) => {
        const threshold = worth(terms) * part;
        const branches = branchesNeeded(terms, { threshold, passages: PASSAGES });
        for (const held of choices(terms).filter((each) => worth(each) >= threshold))
          expect(branches.some((sets) => sets.every((set) => set.some((each) => held.includes(each))))).toBe(
            true,
          );
      }),
    );
  });

  it("looks at none where all terms together are too little", () => {
    fc.assert(
      fc.property(rarestFirst, (terms) => {
        expect(branchesNeeded(terms, { threshold: worth(terms) * 1.01, passages: PASSAGES })).toEqual([]);
      }),
    );
  });

  it("asks for more words where the rarest are missing", () => {
    const terms = [10, 20, 30, 40].map((passages) => ({ passages, bound: 1 }));
    const [a, b, c] = terms;
    // Three of four words are needed: the first and one of the next two, or all of the last three. Who holds two of
    // these is sooner looked at than the index is asked for the last.
    expect(branchesNeeded(terms, { threshold: 2.5, passages: PASSAGES })).toEqual([
      [[a], [b, c]],
      [[b], [c]],
    ]);
  });

  it("takes one term at least, and no more than are within the limit", () => {
    const terms = [500, 600, 700].map((passages) => ({ passages, bound: 1 }));
    expect(prefixWithin(terms, 100)).toBe(1);
    expect(prefixWithin(terms, 1_100)).toBe(2);
    expect(prefixWithin(terms, 5_000)).toBe(3);
  });
});
