import type { CandidateScores, PassageRef } from "../store/store.ts";
import { compareScored } from "../store/top.ts";

/** How the arms are joined. Compared on ARCD and XQuAD-ar; docs/retrieval.md says what was chosen on which. */
export interface FusionOptions {
  /** Best candidates of an arm that span its scale: the first of them counts 1, the last 0, the rest are clipped. */
  readonly scale: number;
  /** Share of the context's score in each arm; the rest is the passage's own. */
  readonly denseContext: number;
  readonly lexicalContext: number;
  /** Dense weight when both arms are equally sure, and how far a difference in margin moves it. */
  readonly balance: number;
  readonly slope: number;
  /** Bounds of the dense weight. */
  readonly least: number;
  readonly most: number;
}

export const FUSION: FusionOptions = {
  scale: 100,
  denseContext: 0.5,
  lexicalContext: 0.3,
  balance: 0.55,
  slope: 0.4,
  least: 0.3,
  most: 0.7,
};

/** Place among the best whose score the margin is measured against. */
const FIELD = 20;

/** A candidate with its fused score (0…1), its own raw scores, and how they were weighed. */
export interface Fused {
  readonly ref: PassageRef;
  readonly score: number;
  readonly dense: number;
  readonly lexical: number;
  readonly trace: FusionTrace;
}

/** `score = denseWeight * denseShare + (1 - denseWeight) * lexicalShare`; shares are scores on the arm's scale, 0…1. */
export interface FusionTrace {
  readonly denseWeight: number;
  readonly denseShare: number;
  readonly lexicalShare: number;
}

/**
 * Weighted sum of both arms' scores on a common scale, best first, equal scores in order of ref. In each arm a
 * passage counts with the context around it. The arm whose first candidate stands out further from its field weighs
 * more: names and dates make the lexical arm sure, paraphrase the dense one. `scores` are in the order of `refs`.
 */
export function fuse(
  refs: readonly PassageRef[],
  scores: CandidateScores,
  options: FusionOptions = FUSION,
): Fused[] {
  const dense = mix(scores.dense, scores.contextDense, options.denseContext);
  const lexical = mix(scores.lexical, scores.contextLexical, options.lexicalContext);
  const denseWeight = weigh(dense, lexical, options);
  const denseShares = onScale(dense, options.scale);
  const lexicalShares = onScale(lexical, options.scale);
  return refs
    .map((ref, i): Fused => {
      const denseShare = denseShares[i] ?? 0;
      const lexicalShare = lexicalShares[i] ?? 0;
      return {
        ref,
        score: denseWeight * denseShare + (1 - denseWeight) * lexicalShare,
        dense: scores.dense[i] ?? 0,
        lexical: scores.lexical[i] ?? 0,
        trace: { denseWeight, denseShare, lexicalShare },
      };
    })
    .sort(compareScored);
}

function mix(own: Float64Array, context: Float64Array, share: number): Float64Array {
  return own.map((score, i) => (1 - share) * score + share * (context[i] ?? 0));
}

function weigh(dense: Float64Array, lexical: Float64Array, options: FusionOptions): number {
  // No candidate shares a term with the question: the lexical arm says nothing.
  if (!lexical.some((score) => score > 0)) return 1;
  const weight = options.balance + options.slope * (margin(dense) - margin(lexical));
  return Math.min(options.most, Math.max(options.least, weight));
}

function descending(scores: Float64Array): Float64Array {
  return scores.slice().sort().reverse();
}

/** Lead of the first over the second, as a share of its lead over the field: 0 (none) to 1; 0 when all are equal. */
export function margin(scores: Float64Array): number {
  const sorted = descending(scores);
  const [first = 0, second = first] = sorted;
  const field = sorted[Math.min(FIELD, sorted.length - 1)] ?? first;
  return first > field ? (first - second) / (first - field) : 0;
}

/** Scores on a scale from the `size`-th best (0) to the best (1), clipped at 0; all 1 when the best are all equal. */
function onScale(scores: Float64Array, size: number): Float64Array {
  const sorted = descending(scores);
  const most = sorted[0] ?? 0;
  const least = sorted[Math.min(size, sorted.length) - 1] ?? 0;
  return scores.map((score) => (most > least ? Math.max(0, (score - least) / (most - least)) : 1));
}
