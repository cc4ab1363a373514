import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUSION, fuse, margin } from "../../src/retrieval/fuse.ts";
import type { CandidateScores } from "../../src/store/store.ts";

const numbers = (...values: number[]) => Float64Array.from(values);

/** Candidates 0, 1, 2 … whose contexts score like themselves. */
function candidates(dense: readonly number[], lexical: readonly number[]): [number[], CandidateScores] {
  const [d, l] = [numbers(...dense), numbers(...lexical)];
  return [dense.map((_, ref) => ref), { dense: d, lexical: l, contextDense: d, contextLexical: l }];
}

const score = fc.double({ min: 0, max: 100, noNaN: true });
const anyCandidates = fc.nat(30).chain((length) => {
  const scores = fc.array(score, { minLength: length, maxLength: length }).map((list) => numbers(...list));
  return fc.record({ dense: scores, lexical: scores, contextDense: scores, contextLexical: scores });
});
const refsOf = ({ dense }: CandidateScores): number[] => Array.from(dense, (_, ref) => ref);

describe("margin", () => {
  it("is the lead of the first over the second as a share of its lead over the field", () => {
    expect(margin(numbers(10, 8, 6, 0))).toBeCloseTo(0.2);
    expect(margin(numbers(5, 5, 1))).toBe(0);
    expect(margin(numbers(3))).toBe(0);
    expect(margin(numbers())).toBe(0);
  });
  it("measures the field at the 21st candidate", () => {
    expect(margin(numbers(10, 9, ...Array<number>(18).fill(8), 5, 0, 0))).toBeCloseTo(0.2);
  });
});

describe("fuse", () => {
  it("puts first what both arms put first, and keeps the raw scores of the passage itself", () => {
    const [refs, scores] = candidates([0.9, 0.8, 0.7], [9, 5, 1]);
    const [best] = fuse(refs, { ...scores, contextDense: numbers(0.5, 0, 0) });
    expect(best).toMatchObject({ ref: 0, score: 1, dense: 0.9, lexical: 9 });
  });
  it("follows the surer arm when they disagree", () => {
    const level = [0.9, 0.899, 0.898, 0.8];
    const sure = [1, 2, 3, 20];
    expect(fuse(...candidates(level, sure))[0]?.ref).toBe(3);
    expect(fuse(...candidates(sure, level))[0]?.ref).toBe(3);
  });
  it("prefers the passage whose context fits as well", () => {
    const alike = numbers(1, 1, 0);
    const scores = {
      dense: alike,
      lexical: alike,
      contextDense: numbers(0.2, 0.9, 0),
      contextLexical: alike,
    };
    expect(fuse([0, 1, 2], scores)[0]?.ref).toBe(1);
  });
  it("ranks by the dense arm alone when no candidate shares a term with the question", () => {
    expect(fuse(...candidates([1, 3, 2], [0, 0, 0])).map(({ ref }) => ref)).toEqual([1, 2, 0]);
    expect(fuse([], candidates([], [])[1])).toEqual([]);
  });
  it("fixes the scale over the best of an arm, so that a long tail does not lift the middle", () => {
    const fused = fuse(...candidates([4, 3, 2, 1, 0], [0, 0, 0, 0, 0]), { ...FUSION, scale: 3 });
    expect(fused.map((item) => item.score)).toEqual([1, 0.5, 0, 0, 0]);
  });
  it("explains every score, keeps it within 0 to 1, lists each candidate once and in order", () => {
    fc.assert(
      fc.property(anyCandidates, (scores) => {
        const fused = fuse(refsOf(scores), scores);
        expect(fused.map(({ ref }) => ref).sort((a, b) => a - b)).toEqual(refsOf(scores));
        fused.forEach((item, i) => {
          const { denseWeight: w, denseShare, lexicalShare } = item.trace;
          expect(item.score).toBeCloseTo(w * denseShare + (1 - w) * lexicalShare, 10);
          expect(item.score).toBeGreaterThanOrEqual(0);
          expect(item.score).toBeLessThanOrEqual(1 + 1e-12);
          if (i > 0) expect(item.score).toBeLessThanOrEqual(fused[i - 1]?.score ?? 0);
        });
      }),
    );
  });
  it("does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(anyCandidates, (scores) => {
        const backwards: CandidateScores = {
          dense: scores.dense.slice().reverse(),
          lexical: scores.lexical.slice().reverse(),
          contextDense: scores.contextDense.slice().reverse(),
          contextLexical: scores.contextLexical.slice().reverse(),
        };
        expect(fuse(refsOf(scores).reverse(), backwards)).toEqual(fuse(refsOf(scores), scores));
      }),
    );
  });
});
