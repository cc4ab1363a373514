/** Arithmetic of vectors. The one place where vectors get their length of 1. */

/** Scales a vector to length 1, in place. A zero vector stays zero. */
export function normalizeL2(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) / length;
  return vector;
}

export interface Weighted {
  readonly vector: Float32Array;
  readonly weight: number;
}

/** Mean of the pieces of one text, each weighted by its size, scaled to length 1. At least one piece. */
export function meanOfPieces(pieces: readonly Weighted[]): Float32Array {
  const mean = new Float32Array(pieces[0]?.vector.length ?? 0);
  for (const { vector, weight } of pieces)
    for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] ?? 0) + weight * (vector[i] ?? 0);
  return normalizeL2(mean);
}

/** Cuts a sequence into the fewest pieces of at most `limit` items, of sizes as equal as can be. An empty one gives one empty piece. */
export function evenPieces<T>(items: readonly T[], limit: number): T[][] {
  const count = Math.max(1, Math.ceil(items.length / limit));
  return Array.from({ length: count }, (_, piece) =>
    items.slice(Math.round((piece * items.length) / count), Math.round(((piece + 1) * items.length) / count)),
  );
}
