/**
 * BM25 in PostgreSQL, with the scores of the embedded store. The GIN index gives the passages that hold a word; a
 * sparse inner product orders them; the best are scored again exactly. Words that almost every passage holds are left
 * out of the search where they cannot bring another passage among the best (MaxScore: Turtle and Flood, 1995).
 */
import type { Postgres } from "../../postgres/postgres.ts";
import { idf, impact, lengthNorm, termScore } from "../bm25.ts";
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
interface QueryTerm extends KnownTerm {
  readonly weight: number;
  /** No passage gets more from it. */
  readonly bound: number;
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

/** Passages in which the rarest terms stand that the first search looks through. */
const LOOKED_THROUGH = 3_000;
/** Terms kept in memory. */
const REMEMBERED = 50_000;
/** Factor by which more candidates are taken when those at hand may not hold all of the best. */
const WIDER = 4;

export class LexicalSearch {
  readonly #database: Postgres;
  readonly #generation: Generation;
  readonly #known = new Map<string, KnownTerm | null>();
  readonly #mean: number;
  readonly #contextMean: number;

  constructor(database: Postgres, generation: Generation) {
    this.#database = database;
    this.#generation = generation;
    this.#mean = generation.terms / Math.max(1, generation.passages) || 1;
    this.#contextMean = generation.contextTerms / Math.max(1, generation.contexts) || 1;
  }

  async rarity(terms: readonly string[]): Promise<number[]> {
    await this.#learn(terms);
    const { passages } = this.#generation;
    return terms.map((term) => idf(passages, this.#known.get(term)?.passages ?? 0));
  }

  /** The best passages with a score above 0, best first, equal scores in order of row. */
  async search(terms: readonly string[], limit: number): Promise<ScoredRow[]> {
    const query = await this.#weigh(terms);
    if (query.length === 0 || limit <= 0) return [];
    const rarest = query.toSorted((a, b) => a.passages - b.passages);
    let looked = 0;
    const first = rarest.filter(({ passages }, at) => {
      looked += passages;
      return at === 0 || looked <= LOOKED_THROUGH;
    });
    const best = await this.#best(query, first, limit);
    const needed = this.#needed(rarest, best.length < limit ? 0 : (best.at(-1)?.score ?? 0));
    return needed.length <= first.length ? best : this.#best(query, needed, limit);
  }

  /** Without the others no passage reaches `threshold`: terms, the rarest first. */
  #needed(rarest: readonly QueryTerm[], threshold: number): QueryTerm[] {
    let without = 0;
    let count = rarest.length;
    while (count > 1) {
      without += rarest[count - 1]?.bound ?? 0;
      if (without >= threshold) break;
      count -= 1;
    }
    return rarest.slice(0, count);
  }

  /** The best of the passages that hold one of `among`. */
  async #best(query: readonly QueryTerm[], among: readonly QueryTerm[], limit: number): Promise<ScoredRow[]> {
    const slack =
      Math.max(this.#mean, this.#generation.impactMean) / Math.min(this.#mean, this.#generation.impactMean);
    for (let wanted = limit + 20; ; wanted *= WIDER) {
      const rows = await this.#database.rows<TermRow & { row: number; near: number }>(
        `SELECT ref AS row, near, terms, counts, length FROM (
           SELECT ref, -(impacts <#> $1::sparsevec) AS near FROM passage_terms
           WHERE terms && $2::int[] AND ${visible(3)} ORDER BY impacts <#> $1::sparsevec, ref LIMIT $4) AS best
         JOIN passage_terms USING (ref)`,
        [
          sparse(byId(query).map(({ id, weight }) => [id, weight])),
          arrayText(among.map(({ id }) => id)),
          this.#generation.number,
          wanted,
        ],
      );
      const scored = rows
        .map((row) => ({ row: row.row, score: scoreOf(query, row, this.#mean) }))
        .sort((a, b) => b.score - a.score || a.row - b.row);
      // Impacts are rounded, and of the mean length of an earlier generation: who is left out scores at most this.
      const rest = Math.min(...rows.map(({ near }) => near)) * slack * (1 + ROUNDING);
      if (rows.length < wanted || rest < (scored[limit - 1]?.score ?? 0) || wanted > MOST_WANTED)
        return scored.slice(0, limit).filter(({ score }) => score > 0);
    }
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

/** `sparsevec` keeps float32. */
const ROUNDING = 1e-5;
/** Candidates beyond which equal scores are cut wherever they come. */
const MOST_WANTED = 20_000;

function byId(query: readonly QueryTerm[]): QueryTerm[] {
  return query.toSorted((a, b) => a.id - b.id);
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
