/** How far a score may be from what stored impacts give: they are rounded, and of the mean length of an earlier generation. */
import { lengthNorm } from "../bm25.ts";

/** `sparsevec` keeps float32. */
const ROUNDING = 1e-5;
const BASE = lengthNorm(0, 1);
const STEP = lengthNorm(1, 1) - BASE;

export interface Drift {
  /** A score is at most so many times what its impacts give. */
  readonly most: number;
  /** The same for a passage of its length, as SQL on `passage_terms`. */
  readonly sql: string;
  /** Between which scores a passage is by its impacts. */
  range(passage: { readonly near: number; readonly length: number }): {
    readonly low: number;
    readonly high: number;
  };
}

/** The drift of impacts of a mean length `then` where it is `now`. */
export function makeDrift(then: number, now: number): Drift {
  // A term that stands once changes most: (1 + norm then) / (1 + norm now).
  const factor = (length: number): number =>
    (1 + BASE + (STEP * length) / then) / (1 + BASE + (STEP * length) / now);
  const sql = `((${1 + BASE} + ${STEP / then} * length) / (${1 + BASE} + ${STEP / now} * length))`;
  return {
    most: Math.max(1, now / then) * (1 + ROUNDING),
    sql: `(greatest(1, ${sql}) * ${1 + ROUNDING})`,
    range: ({ near, length }) => ({
      low: near * Math.min(1, factor(length)) * (1 - ROUNDING),
      high: near * Math.max(1, factor(length)) * (1 + ROUNDING),
    }),
  };
}
