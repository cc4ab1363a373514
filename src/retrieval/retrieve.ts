import type { Embedder } from "../embedding/embedder.ts";
import type { PassageRef, Store } from "../store/store.ts";
import { isKeywordList } from "../text/keyword-list.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import { fuse } from "./fuse.ts";
import { sentencesFirst, withoutStuffed } from "./keyword-reports.ts";
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
  const fused = fuse(refs, await store.score({ vector, terms }, refs));
  const read = async (count: number): Promise<RankedPassage[]> => {
    const first = fused.slice(0, count);
    const passages = await store.passages(first.map(({ ref }) => ref));
    return first.map((item, at) => ({ ...item, passage: passages[at] as RankedPassage["passage"] }));
  };
  const ranked = await read(request.limit);
  // What lists of keywords have pushed out comes back in their place.
  const listed = ranked.some(({ passage }) => isKeywordList(passage.text));
  return listed ? (await sentencesFirst(await read(fused.length), store)).slice(0, request.limit) : ranked;
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
