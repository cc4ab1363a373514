/** Which passages a search by words need not look at: those that hold too few words to be among the best. */

/** A term of a question. */
export interface BoundedTerm {
  /** Passages that hold it. */
  readonly passages: number;
  /** No passage gets more from it. */
  readonly bound: number;
}

/** How many of the first terms, one at least, stand in so many passages at most. */
export function prefixWithin(terms: readonly BoundedTerm[], most: number): number {
  let looked = 0;
  const beyond = terms.findIndex(({ passages }) => {
    looked += passages;
    return looked > most;
  });
  return beyond < 0 ? terms.length : Math.max(1, beyond);
}

/** Scores are sums in different orders. */
const SUMMING = 1e-9;
/** To look at a row costs about as much as to know of so many from the index that they hold a term. */
const ROW_COST = 12;
/** Into so many parts the terms are cut of which a passage must hold one. */
const BRANCHES = 4;

/**
 * What a passage that has none but these terms must hold to reach `threshold`: for one of the branches, a term of each
 * of its sets. Of the rarest terms it needs some, since all others together are too little; if it holds none of a part
 * of them, it needs more of the rest. No branch when none can reach it. The terms are given with the rarest first.
 */
export function branchesNeeded<Term extends BoundedTerm>(
  terms: readonly Term[],
  { threshold, passages }: { readonly threshold: number; readonly passages: number },
): Term[][][] {
  const branches: Term[][][] = [];
  let rest = terms;
  let spare = bounds(rest) - threshold * (1 - SUMMING);
  const part = heldBy(prefixAbove(rest, spare)) / BRANCHES;
  while (rest.length > 0 && spare >= 0) {
    const essential = prefixAbove(rest, spare);
    const set = essential.filter((_, at) => at === 0 || heldBy(essential.slice(0, at)) < part);
    rest = rest.slice(set.length);
    branches.push([set, ...setsNeeded(rest, { spare, passages, left: heldBy(set) })]);
    spare -= bounds(set);
  }
  return branches;
}

/** How many passages are looked at by these branches, at most. */
export function lookedAt(branches: readonly (readonly (readonly BoundedTerm[])[])[]): number {
  return branches.reduce((sum, sets) => sum + Math.min(...sets.map(heldBy)), 0);
}

/** Sets each of which is worth more than can be spared; those that cost more to look up than they leave out are not. */
function setsNeeded<Term extends BoundedTerm>(
  terms: readonly Term[],
  {
    spare,
    passages,
    left: all,
  }: { readonly spare: number; readonly passages: number; readonly left: number },
): Term[][] {
  const sets: Term[][] = [];
  let left = all;
  for (let rest = terms; bounds(rest) > spare; ) {
    const set = prefixAbove(rest, spare);
    rest = rest.slice(set.length);
    const held = heldBy(set);
    const leaves = Math.min(1, held / Math.max(1, passages));
    if (held > ROW_COST * left * (1 - leaves)) break;
    sets.push(set);
    left *= leaves;
  }
  return sets;
}

/** The first terms that are together worth more than `spare`; all when they are not. */
function prefixAbove<Term extends BoundedTerm>(terms: readonly Term[], spare: number): Term[] {
  let worth = 0;
  const last = terms.findIndex(({ bound }) => {
    worth += bound;
    return worth > spare;
  });
  return last < 0 ? [...terms] : terms.slice(0, last + 1);
}

const bounds = (terms: readonly BoundedTerm[]): number => terms.reduce((sum, { bound }) => sum + bound, 0);

/** Passages that hold one of them, at most. */
const heldBy = (terms: readonly BoundedTerm[]): number =>
  terms.reduce((sum, { passages }) => sum + passages, 0);
