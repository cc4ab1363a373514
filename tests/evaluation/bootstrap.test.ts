import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BOOTSTRAP,
  bootstrapScores,
  pairedDifferences,
  percentile,
  seededRandom,
  seedOf,
} from "../../src/evaluation/bootstrap.ts";
import { mean } from "../../src/retrieval/metrics.ts";

const average = (values: readonly number[]) => ({ mean: values.length === 0 ? null : mean(values) });

describe("seededRandom", () => {
  it("gives the same numbers for the same seed, others for another, all in [0, 1)", () => {
    const draw = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mean(draw(7))).toBeCloseTo(0.5, 1);
  });

  it("has a seed for every text", () => {
    expect(seedOf("كم")).toBe(seedOf("كم"));
    expect(seedOf("كم")).not.toBe(seedOf("مك"));
  });
});

describe("percentile", () => {
  it("is interpolated between neighbours", () => {
    expect(percentile([1, 2, 3, 4, 5], 0.5)).toBe(3);
    expect(percentile([0, 10], 0.25)).toBe(2.5);
    expect(percentile([4], 0.975)).toBe(4);
  });
});

describe("bootstrapScores", () => {
  it("is the same in every run", () => {
    const values = Array.from({ length: 50 }, seededRandom(1));
    expect(bootstrapScores(values, average)).toEqual(bootstrapScores(values, average));
    const other = bootstrapScores(values, average, { ...BOOTSTRAP, seed: 2 });
    expect(other).not.toEqual(bootstrapScores(values, average));
  });

  it("comes near the interval of the normal approximation", () => {
    const hits = Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 0 : 1));
    const { interval } = bootstrapScores(hits, average).mean ?? {};
    const half = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(Math.abs((interval?.low ?? 0) - (0.75 - half))).toBeLessThan(0.01);
    expect(Math.abs((interval?.high ?? 0) - (0.75 + half))).toBeLessThan(0.01);
  });

  it("holds the value of what never varies, and is null where there is nothing to measure", () => {
    expect(bootstrapScores([1, 1, 1], average).mean).toEqual({ value: 1, interval: { low: 1, high: 1 } });
    expect(bootstrapScores([], average).mean).toBeNull();
  });

  it("stays within the values, low before high", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const { interval } = bootstrapScores(values, average, { samples: 50, seed: 1 }).mean ?? {};
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(interval?.low).toBeLessThanOrEqual(interval?.high ?? Number.NaN);
      }),
      { numRuns: 50 },
    );
  });
});

describe("pairedDifferences", () => {
  it("draws both together: a constant gain has no spread, whatever the values' own", () => {
    const base = Array.from({ length: 40 }, seededRandom(3));
    const better = base.map((value) => value + 0.25);
    const { interval, value } = pairedDifferences(better, base, average).mean ?? {};
    expect(value).toBeCloseTo(0.25);
    expect(interval?.low).toBeCloseTo(0.25);
    expect(interval?.high).toBeCloseTo(0.25);
  });
});
