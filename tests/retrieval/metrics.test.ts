import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanQuality, rankingQuality } from "../../src/retrieval/metrics.ts";

describe("rankingQuality", () => {
  it("is 1 throughout when the relevant items lead", () => {
    expect(rankingQuality([7, 3, 1], new Set([3, 7]))).toEqual({ ndcg10: 1, r1: 1, r5: 1, r10: 1, mrr10: 1 });
  });
  it("discounts by the logarithm of the rank", () => {
    const quality = rankingQuality([1, 2, 9], new Set([9]));
    expect(quality).toMatchObject({ r1: 0, r5: 1, mrr10: 1 / 3 });
    expect(quality.ndcg10).toBeCloseTo(1 / 2);
  });
  it("does not look beyond ten", () => {
    const ranked = Array.from({ length: 12 }, (_, item) => item);
    expect(rankingQuality(ranked, new Set([10]))).toEqual({ ndcg10: 0, r1: 0, r5: 0, r10: 0, mrr10: 0 });
  });
  it("never leaves 0 to 1, and a relevant item moved to the front never lowers it", () => {
    const ranking = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(ranking, fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 4 }), (ranked, relevant) => {
        const good = new Set(relevant);
        const [best = 0] = relevant;
        const before = rankingQuality(ranked, good);
        const after = rankingQuality([best, ...ranked.filter((item) => item !== best)], good);
        for (const key of ["ndcg10", "r1", "r5", "r10", "mrr10"] as const) {
          expect(before[key]).toBeGreaterThanOrEqual(0);
          expect(before[key]).toBeLessThanOrEqual(1 + 1e-12);
          expect(after[key]).toBeGreaterThanOrEqual(before[key] - 1e-12);
        }
      }),
    );
  });
});

describe("meanQuality", () => {
  it("is the mean of each measure, and 0 of nothing", () => {
    const good = rankingQuality([1], new Set([1]));
    const bad = rankingQuality([2], new Set([1]));
    expect(meanQuality([good, bad])).toEqual({ ndcg10: 0.5, r1: 0.5, r5: 0.5, r10: 0.5, mrr10: 0.5 });
    expect(meanQuality([]).ndcg10).toBe(0);
  });
});
