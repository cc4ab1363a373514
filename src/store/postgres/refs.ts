import type { PassageRef } from "../store.ts";

/** Rows of one report's passages: `first` and the following. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/**
 * Refs of a generation (0 … n-1 in order of report id and start) and the rows of the tables, which keep their
 * numbers over all generations. Takes 16 bytes a report; a lookup is a binary search over the reports.
 */
export class Refs {
  readonly size: number;
  readonly #spans: readonly Span[];
  /** First ref of each report, in order of id. */
  readonly #starts: Float64Array;
  /** Places of the reports that have passages, in order of their first row. */
  readonly #byRow: Uint32Array;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
    this.#starts = new Float64Array(spans.length);
    let size = 0;
    spans.forEach(({ count }, at) => {
      this.#starts[at] = size;
      size += count;
    });
    this.size = size;
    this.#byRow = Uint32Array.from([...spans.keys()].filter((at) => (spans[at]?.count ?? 0) > 0)).sort(
      (a, b) => (spans[a]?.first ?? 0) - (spans[b]?.first ?? 0),
    );
  }

  /** The row of a ref, or null when the generation has no such passage. */
  row(ref: PassageRef): number | null {
    const at = this.report(ref);
    if (at === null) return null;
    return (this.#spans[at]?.first ?? 0) + ref - (this.#starts[at] ?? 0);
  }

  /** Place of the report in which a passage stands, in order of id. */
  report(ref: PassageRef): number | null {
    if (!Number.isInteger(ref) || ref < 0 || ref >= this.size) return null;
    return lastAtMost(this.#starts.length, (at) => this.#starts[at] ?? 0, ref);
  }

  /** The ref of a row, or null for a row of other generations. */
  ref(row: number): PassageRef | null {
    const place = lastAtMost(this.#byRow.length, (at) => this.#spans[this.#byRow[at] ?? 0]?.first ?? 0, row);
    if (place === null) return null;
    const at = this.#byRow[place] ?? 0;
    const { first, count } = this.#spans[at] ?? { first: 0, count: 0 };
    return row < first + count ? (this.#starts[at] ?? 0) + row - first : null;
  }

  /** First ref of a report and the ref after its last. */
  range(report: number): readonly [from: PassageRef, to: PassageRef] {
    const from = this.#starts[report] ?? 0;
    return [from, from + (this.#spans[report]?.count ?? 0)];
  }
}

/** The last of ascending values that is at most `wanted`, or null when all are above it. */
function lastAtMost(length: number, valueAt: (at: number) => number, wanted: number): number | null {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : low - 1;
}
