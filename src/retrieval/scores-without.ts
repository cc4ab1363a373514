/** Scores of candidates as they would be if some passages were not in the collection: these make no word common. */
import { idf } from "../store/bm25.ts";
import { indexedText } from "../store/indexed-text.ts";
import type { CandidateScores, PassageRef, ScoreQuery, Store } from "../store/store.ts";
import { lexicalTerms } from "../text/tokens.ts";

/** The words of so many of the passages are counted. */
const MOST_COUNTED = 1_000;

/**
 * BM25 is a sum over terms, each with its rarity as factor: every term is scored alone and weighed by what its rarity
 * is `without`. The mean length stays that of the whole collection. Scores are in the order of the refs.
 */
export async function scoresWithout(
  { vector, terms }: ScoreQuery,
  refs: readonly PassageRef[],
  { store, without }: { store: Store; without: ReadonlySet<PassageRef> },
): Promise<CandidateScores> {
  const all = await store.score({ vector, terms }, refs);
  if (without.size === 0) return all;
  const distinct = [...new Set(terms)];
  const weights = await rarer(distinct, { store, without });
  const lexical = new Float64Array(refs.length);
  const contextLexical = new Float64Array(refs.length);
  for (const [at, term] of distinct.entries()) {
    const times = terms.filter((other) => other === term).length;
    const alone = await store.score({ vector, terms: [term] }, refs);
    const weight = times * (weights[at] ?? 1);
    for (let i = 0; i < refs.length; i++) {
      lexical[i] = (lexical[i] ?? 0) + weight * (alone.lexical[i] ?? 0);
      contextLexical[i] = (contextLexical[i] ?? 0) + weight * (alone.contextLexical[i] ?? 0);
    }
  }
  return { ...all, lexical, contextLexical };
}

/** By how much each term is rarer without the passages: in units of the rarest term's weight, before and after. */
async function rarer(
  terms: readonly string[],
  { store, without }: { store: Store; without: ReadonlySet<PassageRef> },
): Promise<number[]> {
  const counted = [...without].slice(0, MOST_COUNTED);
  const passages = await store.passages(counted);
  const within = new Map<string, number>();
  for (const passage of passages)
    for (const term of new Set(lexicalTerms(indexedText(passage))))
      within.set(term, (within.get(term) ?? 0) + 1);
  const size = store.manifest.passages;
  const left = Math.max(1, size - counted.length);
  const unit = Math.log(1 + size) / Math.log(1 + left);
  return (await store.rarity(terms)).map((rarity, at) => {
    const frequency = (size + 1) / Math.exp(rarity) - 0.5;
    const others = Math.min(left, Math.max(0, Math.round(frequency - (within.get(terms[at] ?? "") ?? 0))));
    return rarity > 0 ? (unit * idf(left, others)) / rarity : 1;
  });
}
