/** Nearest vectors by inner product: an exact scan over matrices that stand one after another. */
import { partAt, startsOf } from "./lexical.ts";
import type { Scored, SearchOptions } from "./store.ts";
import { StoreError } from "./store.ts";
import { TopScored } from "./top.ts";

/** Rows of equal length in one array: row r is `values[r * dimension …]`. */
export interface Matrix {
  readonly values: Float32Array;
  readonly dimension: number;
}

/** Matrices of one dimension as if they were one: its rows are those of the first, then those of the second, and so on. */
export class MatrixStack {
  readonly dimension: number;
  readonly #matrices: readonly Matrix[];
  readonly #starts: Uint32Array;

  constructor(matrices: readonly Matrix[], dimension: number) {
    this.dimension = dimension;
    this.#matrices = matrices;
    this.#starts = startsOf(matrices.map(({ values }) => values.length / dimension));
  }

  get rows(): number {
    return this.#starts.at(-1) ?? 0;
  }

  /** The best rows, best first, equal scores in order of row. Throws StoreError for a query of another kind. */
  scan(query: Float32Array, options: SearchOptions): Scored[] {
    checkQuery(query, this.dimension);
    const top = new TopScored(options.limit);
    if (options.within) for (const row of options.within) offer(row, this.#score(query, row), top);
    else
      for (const [at, matrix] of this.#matrices.entries()) {
        const start = this.#starts[at] ?? 0;
        const end = this.#starts[at + 1] ?? start;
        for (let row = start; row < end; row += 1) offer(row, innerProduct(matrix, query, row - start), top);
      }
    return top.sorted();
  }

  /** Inner products of these rows with a vector, in the order of the rows. */
  scores(query: Float32Array, rows: readonly number[]): Float64Array {
    checkQuery(query, this.dimension);
    return Float64Array.from(rows, (row) => this.#score(query, row));
  }

  #score(query: Float32Array, row: number): number {
    const at = partAt(this.#starts, row);
    const matrix = this.#matrices[at];
    return matrix === undefined ? Number.NaN : innerProduct(matrix, query, row - (this.#starts[at] ?? 0));
  }
}

function offer(row: number, score: number, top: TopScored): void {
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
