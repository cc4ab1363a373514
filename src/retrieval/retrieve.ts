import type { Embedder } from "../embedding/embedder.ts";
import type { PassageRef, Store } from "../store/store.ts";
import { isKeywordList } from "../text/keyword-list.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import { type Fused, fuse } from "./fuse.ts";
import { passagesOf, sentencesFirst, stuffedAmong, withoutStuffed } from "./keyword-reports.ts";
import { type Located, locate, MOST_READ } from "./scope.ts";
import { scoresWithout } from "./scores-without.ts";

/** Best candidates that each arm gives; the fusion's scale is fixed over them. */
const ARM_LIMIT = 100;
export interface RankRequest {
  /** What is embedded. */
  readonly text: string;
  /** What the lexical arm looks for when that is more than `text`. */
  readonly searchText?: string | undefined;
  /** Only these passages. */
  readonly within?: readonly PassageRef[] | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** A passage with its fused score (0…1) and what the arms gave it. */
export interface RankedPassage extends Located {
  readonly score: number;
  /** Cosine of question and passage. */
  readonly dense: number;
  /** BM25; 0 when no term is shared. */
  readonly lexical: number;
}

/** Passages by fused similarity to a text, best first. */
export async function rankPassages(
  request: RankRequest,
  sources: { store: Store; embedder: Embedder },
): Promise<RankedPassage[]> {
  const { store, embedder } = sources;
  const [vector] = await embedder.embed([withoutVowelSigns(request.text)], "query", {
    signal: request.signal,
  });
  if (!vector) return [];
  const query = { vector, terms: lexicalTerms(request.searchText ?? request.text) };
  const fused = await search(query, request.within, store);
  const ranked = await read(fused.slice(0, request.limit), store);
  if (!ranked.some(({ passage }) => isKeywordList(passage.text))) return ranked;
  // What lists of keywords have pushed out comes back in their place.
  const all = await read(fused, store);
  const stuffed = await stuffedAmong(all, store);
  if (stuffed.size === 0) return sentencesFirst(all).slice(0, request.limit);
  const others = await search(query, request.within, store, new Set(await passagesOf(stuffed, store)));
  const told = others.length > 0 ? await read(others, store) : all;
  return sentencesFirst(told).slice(0, request.limit);
}

/** The best candidates of both arms, fused, best first; as if the collection had no passages `without`. */
async function search(
  { vector, terms }: { vector: Float32Array; terms: readonly string[] },
  within: readonly PassageRef[] | undefined,
  store: Store,
  without: ReadonlySet<PassageRef> = new Set(),
): Promise<readonly Fused[]> {
  const options = { limit: ARM_LIMIT + without.size, within };
  const arms = await Promise.all([store.dense(vector, options), store.lexical(terms, options)]);
  const best = arms.map((arm) => arm.filter(({ ref }) => !without.has(ref)).slice(0, ARM_LIMIT));
  const refs = [...new Set(best.flat().map(({ ref }) => ref))];
  return fuse(refs, await scoresWithout({ vector, terms }, refs, { store, without }));
}

async function read(ranked: readonly Fused[], store: Store): Promise<RankedPassage[]> {
  const passages = await store.passages(ranked.map(({ ref }) => ref));
  return ranked.map((item, at) => ({ ...item, passage: passages[at] as RankedPassage["passage"] }));
}

/** The passages of a scope that a question reads: all of them, or the nearest where they are more than it may read. */
export async function nearestOf(
  refs: readonly PassageRef[],
  request: Pick<RankRequest, "text" | "searchText" | "signal">,
  sources: { store: Store; embedder: Embedder },
): Promise<readonly Located[]> {
  if (refs.length <= MOST_READ) return withoutStuffed(await locate(sources.store, refs), sources.store);
  return rankPassages({ ...request, within: refs, limit: MOST_READ }, sources);
}
