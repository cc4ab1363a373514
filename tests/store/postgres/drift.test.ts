import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { impact, lengthNorm } from "../../../src/store/bm25.ts";
import { makeDrift } from "../../../src/store/postgres/drift.ts";

const mean = fc.double({ min: 2, max: 200, noNaN: true });

describe("how far a score may be from what its stored impacts give", () => {
  it("is within the range of its length, and never more than the most", () => {
    const terms = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 255 }), fc.double({ min: 0.1, max: 20, noNaN: true })),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(mean, mean, fc.integer({ min: 1, max: 2_000 }), terms, (then, now, length, held) => {
        const score = (of: number): number =>
          held.reduce((sum, [count, weight]) => sum + weight * impact(count, lengthNorm(length, of)), 0);
        const drift = makeDrift(then, now);
        const { low, high } = drift.range({ near: score(then), length });
        expect(score(now)).toBeGreaterThanOrEqual(low);
        expect(score(now)).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(score(then) * drift.most * (1 + 1e-9));
      }),
    );
  });
});
