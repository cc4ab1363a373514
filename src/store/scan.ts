/** Nearest vectors by inner product: an exact scan over one matrix. */
import type { Scored, SearchOptions } from "./store.ts";
import { StoreError } from "./store.ts";
import { TopScored } from "./top.ts";

/** Rows of equal length in one array: row r is `values[r * dimension …]`. */
export interface Matrix {
  readonly values: Float32Array;
  readonly dimension: number;
}

/** Fills a matrix from stored vectors (little-endian float32), each with its row. */
export function readMatrix(
  stored: Iterable<{ readonly ref: number; readonly vector: Uint8Array }>,
  rows: number,
  dimension: number,
): Matrix {
  const values = new Float32Array(rows * dimension);
  const bytes = new Uint8Array(values.buffer);
  for (const { ref, vector } of stored) bytes.set(vector, ref * dimension * Float32Array.BYTES_PER_ELEMENT);
  return { values, dimension };
}

/** The best rows, best first, equal scores in order of row. Throws StoreError for a query of another kind. */
export function scan(matrix: Matrix, query: Float32Array, options: SearchOptions): Scored[] {
  checkQuery(query, matrix.dimension);
  const top = new TopScored(options.limit);
  if (options.within) for (const row of options.within) offer(matrix, query, row, top);
  else {
    const rows = matrix.values.length / matrix.dimension;
    for (let row = 0; row < rows; row += 1) offer(matrix, query, row, top);
  }
  return top.sorted();
}

function offer(matrix: Matrix, query: Float32Array, row: number, top: TopScored): void {
  const score = innerProduct(matrix, query, row);
  if (score >= top.threshold) top.add(row, score);
}

/** Four sums side by side, which the compiler keeps in registers. */
function innerProduct({ values, dimension }: Matrix, query: Float32Array, row: number): number {
  const offset = row * dimension;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < dimension; i += 4) {
    a += (query[i] ?? 0) * (values[offset + i] ?? 0);
    b += (query[i + 1] ?? 0) * (values[offset + i + 1] ?? 0);
    c += (query[i + 2] ?? 0) * (values[offset + i + 2] ?? 0);
    d += (query[i + 3] ?? 0) * (values[offset + i + 3] ?? 0);
  }
  for (; i < dimension; i += 1) a += (query[i] ?? 0) * (values[offset + i] ?? 0);
  return a + b + c + d;
}

/** Throws StoreError for a query vector that does not fit the matrix or holds a number that is none. */
export function checkQuery(query: Float32Array, dimension: number): void {
  if (query.length !== dimension)
    throw new StoreError(
      `The question's vector has ${query.length} numbers, the index ${dimension}; rebuild the index with this model.`,
    );
  if (!query.every(Number.isFinite))
    throw new StoreError(
      "The question's vector holds a number that is none; check the embedding model with npm run doctor.",
    );
}
