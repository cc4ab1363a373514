import type { PassageRef, Scored } from "../store/store.ts";
import { compareScored } from "../store/top.ts";

/** How the two arms are joined. Chosen on one half of ARCD, reported on the other and on XQuAD (docs/retrieval.md). */
export interface FusionOptions {
  /** Best candidates of an arm that span its scale: the first of them counts 1, the last 0, the rest are clipped. */
  readonly scale: number;
  /** Dense weight when both arms are equally sure, and how far a difference in margin moves it. */
  readonly balance: number;
  readonly slope: number;
  /** Bounds of the dense weight. */
  readonly least: number;
  readonly most: number;
}

export const FUSION: FusionOptions = { scale: 100, balance: 0.55, slope: 0.4, least: 0.3, most: 0.7 };

/** Place among the best whose score the margin is measured against. */
const FIELD = 20;

/** Both arms' candidates in any order. A passage that one arm does not list counts there as its worst. */
export interface Arms {
  readonly dense: readonly Scored[];
  readonly lexical: readonly Scored[];
}

/** A candidate with its fused score (0...1), what the arms gave it (0 when not listed), and how they were weighed. */
export interface Fused {
  readonly ref: PassageRef;
  readonly score: number;
  readonly dense: number;
  readonly lexical: number;
  readonly trace: FusionTrace;
}

/** `score = denseWeight * denseShare + (1 - denseWeight) * lexicalShare`; shares are scores on the arm's scale, 0...1. */
export interface FusionTrace {
  readonly denseWeight: number;
  readonly denseShare: number;
  readonly lexicalShare: number;
}

/**
 * Weighted sum of min-max scaled scores, best first, equal scores in order of ref. The arm whose first candidate
 * stands out further from its field weighs more: names and dates make the lexical arm sure, paraphrase the dense one.
 */
export function fuse(arms: Arms, options: FusionOptions = FUSION): Fused[] {
  const dense = scaled(arms.dense, options.scale);
  const lexical = scaled(arms.lexical, options.scale);
  const denseWeight = weigh(arms, options);
  const refs = new Set([...dense.raw.keys(), ...lexical.raw.keys()]);
  return Array.from(refs, (ref) => {
    const denseShare = dense.share(ref);
    const lexicalShare = lexical.share(ref);
    return {
      ref,
      score: denseWeight * denseShare + (1 - denseWeight) * lexicalShare,
      dense: dense.raw.get(ref) ?? 0,
      lexical: lexical.raw.get(ref) ?? 0,
      trace: { denseWeight, denseShare, lexicalShare },
    };
  }).sort(compareScored);
}

function weigh({ dense, lexical }: Arms, { balance, slope, least, most }: FusionOptions): number {
  if (dense.length === 0) return 0;
  if (lexical.length === 0) return 1;
  return Math.min(most, Math.max(least, balance + slope * (margin(dense) - margin(lexical))));
}

function descending(arm: readonly Scored[]): Float64Array {
  return Float64Array.from(arm, ({ score }) => score)
    .sort()
    .reverse();
}

/** Lead of the first over the second, as a share of its lead over the field: 0 (none) to 1; 0 when all are equal. */
export function margin(arm: readonly Scored[]): number {
  const scores = descending(arm);
  const [first = 0, second = first] = scores;
  const field = scores[Math.min(FIELD, scores.length - 1)] ?? first;
  return first > field ? (first - second) / (first - field) : 0;
}

interface Scaled {
  readonly raw: ReadonlyMap<PassageRef, number>;
  share(ref: PassageRef): number;
}

/** Scores of an arm on a scale from its `size`-th best (0) to its best (1). When all are equal every one counts 1. */
function scaled(arm: readonly Scored[], size: number): Scaled {
  const raw = new Map(arm.map(({ ref, score }) => [ref, score]));
  const scores = descending(arm);
  const most = scores[0] ?? 0;
  const least = scores[Math.min(size, scores.length) - 1] ?? 0;
  const share = (ref: PassageRef): number => {
    const score = raw.get(ref);
    if (score === undefined) return 0;
    return most > least ? Math.max(0, (score - least) / (most - least)) : 1;
  };
  return { raw, share };
}
