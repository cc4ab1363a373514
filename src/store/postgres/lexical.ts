/**
 * BM25 in PostgreSQL, with the scores of the embedded store. The GIN index gives the passages that hold a word; a
 * sparse inner product orders them; the best are scored again exactly. First come the passages with the rarest words;
 * of the others only those that hold enough words to be among the best (MaxScore: Turtle and Flood, 1995; here a
 * passage must hold one word of each of several sets, since a row costs more than what the index knows of it).
 */
import type { Postgres } from "../../postgres/postgres.ts";
import { idf, impact, lengthNorm, termScore } from "../bm25.ts";
import { type BoundedTerm, branchesNeeded, lookedAt, prefixWithin } from "./branches.ts";
import { type Drift, makeDrift } from "./drift.ts";
import { type Generation, visible } from "./generation.ts";
import { arrayText } from "./storable.ts";
import { sparse } from "./terms.ts";

/** A term as a generation knows it. */
interface KnownTerm {
  readonly id: number;
  readonly passages: number;
  readonly contexts: number;
  readonly most: number;
  readonly shortest: number;
}

/** A term of a question. */
interface QueryTerm extends KnownTerm, BoundedTerm {
  readonly weight: number;
}

/** A document as the tables hold it. */
export interface TermRow {
  readonly terms: readonly number[];
  readonly counts: Uint8Array;
  readonly length: number;
}

export interface ScoredRow {
  readonly row: number;
  readonly score: number;
}

/** A passage with its score as its stored impacts give it. */
interface NearRow {
  readonly row: number;
  readonly near: number;
  readonly length: number;
}

/** Passages in which the rarest terms stand that the first search looks through. */
const LOOKED_THROUGH = 3_000;
/** Terms kept in memory. */
const REMEMBERED = 50_000;
/** So many times as many passages as are wanted are taken by their impacts, to be scored exactly. */
const CANDIDATES = 4;
/** What the last of the best may score, as parts of what all terms are worth (docs/SCALE.md). */
const GUESSES = [0.35];

export class LexicalSearch {
  readonly #database: Postgres;
  readonly #generation: Generation;
  readonly #known = new Map<string, KnownTerm | null>();
  readonly #mean: number;
  readonly #contextMean: number;
  readonly #drift: Drift;

  readonly #lookedThrough: number;

  constructor(
    database: Postgres,
    generation: Generation,
    { lookedThrough = LOOKED_THROUGH }: { readonly lookedThrough?: number } = {},
  ) {
    this.#database = database;
    this.#lookedThrough = lookedThrough;
    this.#generation = generation;
    this.#mean = generation.terms / Math.max(1, generation.passages) || 1;
    this.#contextMean = generation.contextTerms / Math.max(1, generation.contexts) || 1;
    this.#drift = makeDrift(generation.impactMean, this.#mean);
  }

  async rarity(terms: readonly string[]): Promise<number[]> {
    await this.#learn(terms);
    const { passages } = this.#generation;
    return terms.map((term) => idf(passages, this.#known.get(term)?.passages ?? 0));
  }

  /** The best passages with a score above 0, best first, with all those that are as good as the last of them. */
  async search(terms: readonly string[], limit: number): Promise<ScoredRow[]> {
    const query = await this.#weigh(terms);
    if (query.length === 0 || limit <= 0) return [];
    const rarest = query.toSorted((a, b) => a.passages - b.passages);
    let count = prefixWithin(rarest, this.#lookedThrough);
    let near = await this.#nearest(query, rarest.slice(0, count), limit);
    for (; near.length < limit && count < rarest.length; count += 1)
      near = await this.#nearest(query, rarest.slice(0, count + 1), limit);
    // Who was cut off at the end of `near` scores at most this.
    const cut = near.length < CANDIDATES * limit ? -1 : (near.at(-1)?.near ?? 0) * this.#drift.most;
    const { best, seen } = await this.#withoutFirst(query, { near, others: rarest.slice(count), limit });
    const threshold = lastOf(best, limit);
    if (cut < threshold) return best;
    const rest = await this.#above(query, [[rarest.slice(0, count)]], threshold);
    return this.#scored(query, [...seen, ...rest], limit);
  }

  /**
   * The best of `near` and of all that hold only `others`. Where these are many, what the last of the best scores is
   * guessed, from high to low: with a high guess few must be looked at, and it is right when enough reach it.
   */
  async #withoutFirst(
    query: readonly QueryTerm[],
    { near, others, limit }: { near: readonly NearRow[]; others: readonly QueryTerm[]; limit: number },
  ): Promise<{ best: ScoredRow[]; seen: readonly NearRow[] }> {
    const { passages } = this.#generation;
    const worth = others.reduce((sum, { bound }) => sum + bound, 0);
    let seen = near;
    let best = await this.#scored(query, seen, limit);
    for (const share of [...GUESSES, 0]) {
      const known = lastOf(best, limit);
      const needed = branchesNeeded(others, { threshold: known, passages });
      const isKnown = share * worth <= known || lookedAt(needed) <= this.#lookedThrough;
      const threshold = isKnown ? known : share * worth;
      const branches = isKnown ? needed : branchesNeeded(others, { threshold, passages });
      if (branches.length > 0) {
        seen = [...seen, ...(await this.#above(query, branches, threshold))];
        best = await this.#scored(query, seen, limit);
      }
      if (isKnown || lastOf(best, limit) >= threshold) break;
    }
    return { best, seen };
  }

  /** Of the passages that hold one of `among` some more than are wanted, the best first by their impacts. */
  #nearest(query: readonly QueryTerm[], among: readonly QueryTerm[], limit: number): Promise<NearRow[]> {
    return this.#database.rows<NearRow>(
      `SELECT ref AS row, -(impacts <#> $1::sparsevec) AS near, length FROM passage_terms
       WHERE terms && $2::int[] AND ${visible(3)} ORDER BY impacts <#> $1::sparsevec, ref LIMIT $4`,
      [impactsWanted(query), idsOf(among), this.#generation.number, CANDIDATES * limit],
    );
  }

  /** Passages that may reach `threshold`, of those that hold, for one of `among`, a term of each of its sets. */
  #above(
    query: readonly QueryTerm[],
    among: readonly (readonly (readonly QueryTerm[])[])[],
    threshold: number,
  ): Promise<NearRow[]> {
    const values: unknown[] = [impactsWanted(query), this.#generation.number, threshold];
    const holds = (set: readonly QueryTerm[]): string => `terms && $${values.push(idsOf(set))}::int[]`;
    const some = among.map((sets) => `(${sets.map(holds).join(" AND ")})`).join(" OR ");
    return this.#database.rows<NearRow>(
      `SELECT ref AS row, -(impacts <#> $1::sparsevec) AS near, length FROM passage_terms
       WHERE (${some}) AND ${visible(2)} AND -(impacts <#> $1::sparsevec) * ${this.#drift.sql} >= $3
       ORDER BY impacts <#> $1::sparsevec, ref LIMIT ${MOST_WANTED}`,
      values,
    );
  }

  /** The best of these by their exact scores, which are asked for only where they can be among the best. */
  async #scored(query: readonly QueryTerm[], near: readonly NearRow[], limit: number): Promise<ScoredRow[]> {
    const distinct = new Map(near.map((each) => [each.row, each]));
    const ranges = [...distinct.values()].map((each) => ({ row: each.row, ...this.#drift.range(each) }));
    const least = ranges.map(({ low }) => low).sort((a, b) => b - a)[limit - 1] ?? 0;
    const some = ranges.filter(({ high }) => high >= least).map(({ row }) => row);
    const rows = await this.#database.rows<TermRow & { row: number }>(
      "SELECT ref AS row, terms, counts, length FROM passage_terms WHERE ref = ANY($1::bigint[])",
      [arrayText(some)],
    );
    const scored = rows
      .map((row) => ({ row: row.row, score: scoreOf(query, row, this.#mean) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.row - b.row);
    return scored.filter(({ score }) => score >= lastOf(scored, limit));
  }

  /** Scores of documents in their order: of passages, or of contexts. */
  async scores(
    terms: readonly string[],
    documents: readonly TermRow[],
    of: "passages" | "contexts" = "passages",
  ): Promise<number[]> {
    const query = await this.#weigh(terms, of);
    const mean = of === "passages" ? this.#mean : this.#contextMean;
    return documents.map((document) => scoreOf(query, document, mean));
  }

  /** The terms that passages (or contexts) hold, each once, in the order of the question. */
  async #weigh(terms: readonly string[], of: "passages" | "contexts" = "passages"): Promise<QueryTerm[]> {
    await this.#learn(terms);
    const times = new Map<string, number>();
    for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1);
    return [...times].flatMap(([term, count]) => {
      const known = this.#known.get(term);
      if (!known || known[of] === 0) return [];
      const weight = count * idf(this.#generation[of], known[of]);
      const bound = weight * impact(known.most, lengthNorm(known.shortest, this.#mean));
      return [{ ...known, weight, bound }];
    });
  }

  async #learn(terms: readonly string[]): Promise<void> {
    const unknown = [...new Set(terms)].filter((term) => !this.#known.has(term));
    if (unknown.length === 0) return;
    const rows = await this.#database.rows<KnownTerm & { term: string }>(
      `SELECT terms.term, id, passages, contexts, most, shortest FROM terms JOIN term_counts ON term_counts.term = id
       WHERE terms.term = ANY($1::text[]) AND ${visible(2, "term_counts")}`,
      [unknown, this.#generation.number],
    );
    if (this.#known.size + unknown.length > REMEMBERED) this.#known.clear();
    for (const term of unknown) this.#known.set(term, null);
    for (const { term, ...known } of rows) this.#known.set(term, known);
  }
}

/** What the last of so many of the best scores; 0 where there are fewer. */
function lastOf(best: readonly ScoredRow[], limit: number): number {
  return best[limit - 1]?.score ?? 0;
}

/** Candidates beyond which equal scores are cut wherever they come. */
const MOST_WANTED = 20_000;

function impactsWanted(query: readonly QueryTerm[]): string {
  const byId = query.toSorted((a, b) => a.id - b.id);
  return sparse(byId.map(({ id, weight }) => [id, weight]));
}

function idsOf(terms: readonly QueryTerm[]): string {
  return arrayText(terms.map(({ id }) => id));
}

function scoreOf(query: readonly QueryTerm[], { terms, counts, length }: TermRow, mean: number): number {
  const norm = lengthNorm(length, mean);
  let score = 0;
  for (const { id, weight } of query) {
    const at = find(terms, id);
    if (at >= 0) score += termScore(weight, counts[at] ?? 0, norm);
  }
  return score;
}

function find(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = ascending[middle] ?? 0;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
