/** Nearest passages by the graph of most of them and an exact scan of those that came since it was built. */

import type { MatrixStack } from "./scan.ts";
import type { Segment } from "./segment.ts";
import type { Scored } from "./store.ts";
import type { Graph } from "./vectors.ts";

/** Bytes of the hash of a text. */
export const LABEL_BYTES = 16;
/** Label of a row whose text no passage has any more. */
export const BLANK = Buffer.alloc(LABEL_BYTES);

/** Rows of a graph by the hash of their text. Kept as long as the graph, whatever generations share it. */
export class LabelledGraph {
  readonly file: string;
  readonly graph: Graph;
  readonly blanks: number;
  readonly #rows = new Map<string, number>();
  /** Row of each passage of a segment, or -1. */
  readonly #known = new WeakMap<Segment, Int32Array>();

  /** `labels` holds 16 bytes for each row. */
  constructor(file: string, graph: Graph, labels: Buffer) {
    this.file = file;
    this.graph = graph;
    let blanks = 0;
    for (const [row, label] of labelsIn(labels).entries()) {
      if (label === BLANK_KEY) blanks += 1;
      else this.#rows.set(label, row);
    }
    this.blanks = blanks;
  }

  rowsOf(segment: Segment): Int32Array {
    const known =
      this.#known.get(segment) ??
      Int32Array.from(labelsIn(segment.hashes), (label) => this.#rows.get(label) ?? -1);
    this.#known.set(segment, known);
    return known;
  }
}

const BLANK_KEY = BLANK.toString("latin1");

/** Each label as a text, for maps. */
export function labelsIn(labels: Buffer): string[] {
  return Array.from({ length: labels.length / LABEL_BYTES }, (_, row) =>
    labels.toString("latin1", row * LABEL_BYTES, (row + 1) * LABEL_BYTES),
  );
}

/** The nearest passages of one generation. */
export class NearestPassages {
  readonly #labelled: LabelledGraph;
  readonly #matrix: MatrixStack;
  /** Passages in no row of the graph. */
  readonly #fresh: number[] = [];
  /** Passages of row r: from `#ends[r - 1]` to `#ends[r]` of `#refs`. */
  readonly #ends: Uint32Array;
  readonly #refs: Uint32Array;

  constructor(labelled: LabelledGraph, segments: readonly Segment[], matrix: MatrixStack) {
    this.#labelled = labelled;
    this.#matrix = matrix;
    const rows = segments.map((segment) => labelled.rowsOf(segment));
    const next = new Uint32Array(labelled.graph.rows + 1);
    for (const one of rows) for (const row of one) if (row >= 0) next[row + 1] = (next[row + 1] ?? 0) + 1;
    for (let row = 0; row + 1 < next.length; row += 1)
      next[row + 1] = (next[row + 1] ?? 0) + (next[row] ?? 0);
    this.#ends = next.slice(1);
    this.#refs = new Uint32Array(next.at(-1) ?? 0);
    let ref = 0;
    for (const one of rows)
      for (const row of one) {
        if (row < 0) this.#fresh.push(ref);
        else {
          const place = next[row] ?? 0;
          this.#refs[place] = ref;
          next[row] = place + 1;
        }
        ref += 1;
      }
  }

  /** Best first, equal scores in order of ref, with exact scores. Of the graph's passages a near one may be missing. */
  search(query: Float32Array, limit: number): Scored[] {
    const within = this.#fresh.slice();
    for (const row of this.#labelled.graph.search(query, limit + this.#labelled.blanks)) {
      const from = row === 0 ? 0 : (this.#ends[row - 1] ?? 0);
      for (let at = from; at < (this.#ends[row] ?? 0); at += 1) within.push(this.#refs[at] ?? 0);
    }
    return this.#matrix.scan(query, { limit, within });
  }
}
