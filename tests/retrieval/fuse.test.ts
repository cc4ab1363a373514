import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUSION, fuse, margin } from "../../src/retrieval/fuse.ts";

const list = (...scores: number[]) => scores.map((score, ref) => ({ ref, score }));
const arm = fc
  .uniqueArray(fc.record({ ref: fc.nat(40), score: fc.double({ min: 0, max: 100, noNaN: true }) }), {
    selector: ({ ref }) => ref,
    maxLength: 30,
  })
  .map((items) => items.sort((a, b) => b.score - a.score));

describe("margin", () => {
  it("is the lead of the first over the second as a share of its lead over the field", () => {
    expect(margin(list(10, 8, 6, 0))).toBeCloseTo(0.2);
    expect(margin(list(5, 5, 1))).toBe(0);
    expect(margin(list(3))).toBe(0);
    expect(margin([])).toBe(0);
  });
  it("measures the field at the 21st candidate", () => {
    expect(margin(list(10, 9, ...Array<number>(18).fill(8), 5, 0, 0))).toBeCloseTo(0.2);
  });
});

describe("fuse", () => {
  it("puts first what both arms put first", () => {
    const [best] = fuse({ dense: list(0.9, 0.8, 0.7), lexical: list(9, 5, 1) });
    expect(best).toMatchObject({ ref: 0, score: 1, dense: 0.9, lexical: 9 });
  });
  it("follows the surer arm when they disagree", () => {
    const level = [0.9, 0.899, 0.898, 0.8].map((score, ref) => ({ ref, score }));
    const sure = [20, 3, 2, 1].map((score, i) => ({ ref: 3 - i, score }));
    expect(fuse({ dense: level, lexical: sure })[0]?.ref).toBe(3);
    expect(fuse({ dense: sure, lexical: level })[0]?.ref).toBe(3);
  });
  it("ranks by one arm alone when the other is empty", () => {
    expect(fuse({ dense: [], lexical: list(3, 2) }).map(({ ref, score }) => [ref, score])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(fuse({ dense: list(3, 2), lexical: [] })[0]?.score).toBe(1);
    expect(fuse({ dense: [], lexical: [] })).toEqual([]);
  });
  it("fixes the scale over the best of an arm, so that a long tail does not lift the middle", () => {
    const options = { ...FUSION, scale: 3 };
    const fused = fuse({ dense: list(4, 3, 2, 1, 0), lexical: [] }, options);
    expect(fused.map(({ score }) => score)).toEqual([1, 0.5, 0, 0, 0]);
  });
  it("explains every score, keeps it within 0 to 1, lists each candidate once and in order", () => {
    fc.assert(
      fc.property(arm, arm, (dense, lexical) => {
        const fused = fuse({ dense, lexical });
        expect(new Set(fused.map(({ ref }) => ref))).toEqual(
          new Set([...dense, ...lexical].map(({ ref }) => ref)),
        );
        expect(fused.length).toBe(new Set(fused.map(({ ref }) => ref)).size);
        fused.forEach(({ score, trace }, i) => {
          const { denseWeight: w, denseShare, lexicalShare } = trace;
          expect(score).toBeCloseTo(w * denseShare + (1 - w) * lexicalShare, 10);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
          if (i > 0) expect(score).toBeLessThanOrEqual(fused[i - 1]?.score ?? 0);
        });
      }),
    );
  });
  it("does not depend on the order of the lists", () => {
    fc.assert(
      fc.property(arm, arm, (dense, lexical) => {
        const reversed = fuse({ dense: [...dense].reverse(), lexical: [...lexical].reverse() });
        expect(reversed).toEqual(fuse({ dense, lexical }));
      }),
    );
  });
});
