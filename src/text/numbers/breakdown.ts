import type { Quantity } from "./quantity.ts";

/** A total and the figures that it is made of, as places in the list of a text's quantities. */
export interface Breakdown {
  readonly whole: number;
  readonly parts: readonly number[];
  /** "words": the text says so ("27، هم 16 … و6 … و5"); "sum": the figures after it add up to it, and no word says so. */
  readonly by: "words" | "sum";
  /** Whether the parts add up to the whole exactly. */
  readonly complete: boolean;
}

/** So many figures after a total are tried as its parts. */
const TRIED = 6;
/** And parts of a figure are looked for among so many after it. */
const NEAR = 40;

function sum(quantities: readonly Quantity[], parts: readonly number[]): number {
  return parts.reduce((total, part) => total + (quantities[part]?.min ?? 0), 0);
}

/** The first choice of two or more of the figures that adds up to the total, earlier figures first; null for none. */
function choose(
  quantities: readonly Quantity[],
  candidates: readonly number[],
  total: number,
): readonly number[] | null {
  for (let mask = 2 ** candidates.length - 1; mask > 0; mask -= 1) {
    const parts = candidates.filter((_, index) => (mask >> index) & 1);
    if (parts.length >= 2 && sum(quantities, parts) === total) return parts;
  }
  return null;
}

/**
 * Totals with their parts, so that a total and its parts are shown as a breakdown and never added to one another: first
 * those that the text tells in words, then those where the figures of the same event that follow add up to one.
 */
export function findBreakdowns(quantities: readonly Quantity[]): readonly Breakdown[] {
  const found: Breakdown[] = [];
  for (const [whole, { min, event, partOf, bound }] of quantities.entries()) {
    const near = quantities.slice(whole + 1, whole + 1 + NEAR);
    const parts = near.flatMap((part, index) => (part.partOf === whole ? [whole + 1 + index] : []));
    if (parts.length > 0) found.push({ whole, parts, by: "words", complete: sum(quantities, parts) === min });
    if (min === null || !event || partOf != null || bound === "between") continue;
    const candidates: number[] = [];
    for (const [index, other] of near.entries()) {
      const smaller = other.min !== null && other.min < min;
      if (other.partOf == null && other.event === event && smaller && candidates.length < TRIED)
        candidates.push(whole + 1 + index);
    }
    const chosen = choose(quantities, candidates, min);
    if (chosen !== null) found.push({ whole, parts: chosen, by: "sum", complete: true });
  }
  return found;
}
