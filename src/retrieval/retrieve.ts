import type { Embedder } from "../embedding/embedder.ts";
import type { PassageRef, Store } from "../store/store.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import { fuse } from "./fuse.ts";
import { type Located, locate, MOST_READ } from "./scope.ts";

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
  const options = { limit: ARM_LIMIT, within: request.within };
  const terms = lexicalTerms(request.searchText ?? request.text);
  const [dense, lexical] = await Promise.all([store.dense(vector, options), store.lexical(terms, options)]);
  const refs = [...new Set([...dense, ...lexical].map(({ ref }) => ref))];
  const fused = fuse(refs, await store.score({ vector, terms }, refs)).slice(0, request.limit);
  const passages = await store.passages(fused.map(({ ref }) => ref));
  return fused.map((item, index) => ({ ...item, passage: passages[index] as RankedPassage["passage"] }));
}

/** The passages of a scope that a question reads: all of them, or the nearest where they are more than it may read. */
export async function nearestOf(
  refs: readonly PassageRef[],
  request: Pick<RankRequest, "text" | "searchText" | "signal">,
  sources: { store: Store; embedder: Embedder },
): Promise<readonly Located[]> {
  if (refs.length <= MOST_READ) return locate(sources.store, refs);
  return rankPassages({ ...request, within: refs, limit: MOST_READ }, sources);
}
