import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evenPieces, meanOfPieces, normalizeL2 } from "../../src/embedding/vectors.ts";

describe("normalizeL2", () => {
  it("scales to length 1 and keeps the direction", () => {
    expect([...normalizeL2(Float32Array.of(3, 0, 4))]).toEqual([0.6, 0, 0.8].map(Math.fround));
  });

  it("leaves a zero vector as it is", () => {
    expect([...normalizeL2(new Float32Array(3))]).toEqual([0, 0, 0]);
  });
});

describe("meanOfPieces", () => {
  it("weighs a piece by its size", () => {
    const pieces = [
      { vector: Float32Array.of(1, 0), weight: 3 },
      { vector: Float32Array.of(0, 1), weight: 4 },
    ];
    expect([...meanOfPieces(pieces)]).toEqual([0.6, 0.8].map(Math.fround));
  });
});

describe("evenPieces", () => {
  it("loses nothing, keeps the order and stays within the limit with as few pieces as can be", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        (items, limit) => {
          const pieces = evenPieces(items, limit);
          expect(pieces.flat()).toEqual(items);
          expect(pieces).toHaveLength(Math.max(1, Math.ceil(items.length / limit)));
          const sizes = pieces.map((piece) => piece.length);
          expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
