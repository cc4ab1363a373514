/** The Store on one generation in PostgreSQL. In memory is one line a report; all else is asked. */
import type { Passage } from "../../passage/passage.ts";
import type { Postgres } from "../../postgres/postgres.ts";
import type { Report } from "../../report/report.ts";
import type { Manifest } from "../manifest.ts";
import { decodePassage, decodeReport } from "../records.ts";
import { checkQuery } from "../scan.ts";
import {
  type CandidateScores,
  type Coverage,
  type PassageFilter,
  type PassageRef,
  type Publications,
  type ReportHead,
  type Scored,
  type ScoreQuery,
  type SearchOptions,
  type Store,
  StoreError,
  type ToldTime,
} from "../store.ts";
import { compareScored } from "../top.ts";
import { type Generation, visible } from "./generation.ts";
import { type Heads, readCoverage } from "./heads.ts";
import { LexicalSearch, type ScoredRow, type TermRow } from "./lexical.ts";
import { rowsOf } from "./select.ts";
import { distinctFields } from "./staging.ts";
import { arrayText } from "./storable.ts";
import { placesToldIn, readNews, readPublications } from "./told.ts";

export interface StoreParts extends Heads {
  readonly database: Postgres;
  readonly generation: Generation;
  readonly close: () => Promise<void>;
}

/** Opened by `openDatabaseStore`. */
export class DatabaseStore implements Store {
  readonly manifest: Manifest;
  readonly #database: Postgres;
  readonly #close: () => Promise<void>;
  readonly #generation: Generation;
  readonly #ids: readonly string[];
  readonly #parts: Heads;
  readonly #lexical: LexicalSearch;

  constructor({ database, generation, close, ...parts }: StoreParts) {
    this.#database = database;
    this.#close = close;
    this.#generation = generation;
    this.manifest = generation.manifest;
    this.#parts = parts;
    this.#ids = [...parts.heads.keys()];
    this.#lexical = new LexicalSearch(database, generation);
  }

  async reportIds(): Promise<readonly string[]> {
    return this.#ids;
  }

  async heads(): Promise<ReadonlyMap<string, ReportHead>> {
    return this.#parts.heads;
  }

  async report(id: string): Promise<Report | null> {
    const row = await this.#ofReport<{ record: string }>(id, "record");
    return row ? decodeReport(row.record) : null;
  }

  async source(id: string): Promise<Uint8Array | null> {
    return (await this.#ofReport<{ bytes: Buffer }>(id, "bytes"))?.bytes ?? null;
  }

  async #ofReport<Row extends object>(id: string, column: "record" | "bytes"): Promise<Row | null> {
    const place = this.#parts.places.get(id);
    if (place === undefined) return null;
    const key = this.#parts.keys[place];
    const [row] = await this.#database.rows<Row>(`SELECT ${column} FROM reports WHERE key = $1`, [key]);
    if (!row) throw this.#gone();
    return row;
  }

  async placeFields(): Promise<readonly string[]> {
    const rows = await this.#database.rows<{ place_fields: string }>(
      `SELECT DISTINCT place_fields FROM reports WHERE ${visible(1)}`,
      [this.#generation.number],
    );
    return distinctFields(rows);
  }

  async passages(refs: readonly PassageRef[]): Promise<readonly Passage[]> {
    const wanted = refs.map((ref) => {
      const row = this.#parts.refs.row(ref);
      if (row !== null) return row;
      throw new StoreError(`The index has no passage ${ref}; refs of another generation were used.`);
    });
    if (wanted.length === 0) return [];
    const rows = await this.#database.rows<{ ref: number; record: string }>(
      "SELECT ref, record FROM passages WHERE ref = ANY($1::bigint[])",
      [arrayText([...new Set(wanted)])],
    );
    const records = new Map(rows.map(({ ref, record }) => [ref, record]));
    return wanted.map((row) => {
      const record = records.get(row);
      if (record === undefined) throw this.#gone();
      return decodePassage(record);
    });
  }

  async passageById(id: string): Promise<{ ref: PassageRef; passage: Passage } | null> {
    // No id of a passage holds what PostgreSQL cannot take.
    if (!/^[\w-]+$/.test(id)) return null;
    const rows = await this.#database.rows<{ ref: number; record: string }>(
      `SELECT ref, record FROM passages WHERE id = $1 AND ${visible(2)} LIMIT 2`,
      [id, this.#generation.number],
    );
    const [row] = rows;
    const ref = row && rows.length === 1 ? this.#parts.refs.ref(row.ref) : null;
    return row && ref !== null ? { ref, passage: decodePassage(row.record) } : null;
  }

  async select(filter: PassageFilter): Promise<readonly PassageRef[]> {
    const { refs } = this.#parts;
    const rows = await rowsOf(this.#database, this.#generation.number, filter);
    const wanted = filter.reports && this.#places(filter.reports);
    if (rows !== null) {
      const found = rows.flatMap((row) => refs.ref(row) ?? []).sort((a, b) => a - b);
      const named = wanted && new Set(wanted);
      return named ? found.filter((ref) => named.has(refs.report(ref) ?? -1)) : found;
    }
    return (wanted ?? [...this.#ids.keys()]).flatMap((at) => {
      const [from, to] = refs.range(at);
      return Array.from({ length: to - from }, (_, step) => from + step);
    });
  }

  async news({ days, ...filter }: PassageFilter): Promise<readonly ToldTime[]> {
    const refs = await this.select({ ...filter, ...(days && { days, background: false }) });
    return readNews(this.#database, refs, { rows: (some) => this.#rows(some), days });
  }

  placesOf(refs: readonly PassageRef[]): Promise<ReadonlyMap<string, number>> {
    return placesToldIn(this.#database, this.#rows([...new Set(refs)]));
  }

  publications(): Promise<Publications> {
    return readPublications(this.#database, this.#generation.number);
  }

  /** Places of reports in order of id, each once. */
  #places(ids: readonly string[]): number[] {
    const places = new Set(ids.flatMap((id) => this.#parts.places.get(id) ?? []));
    return [...places].sort((a, b) => a - b);
  }

  async reportsOf(refs: readonly PassageRef[]): Promise<readonly string[]> {
    const places = new Set(refs.map((ref) => this.#parts.refs.report(ref)));
    return [...places]
      .filter((at) => at !== null)
      .sort((a, b) => a - b)
      .flatMap((at) => this.#ids[at] ?? []);
  }

  async dense(vector: Float32Array, { limit, within }: SearchOptions): Promise<readonly Scored[]> {
    const { dimension } = this.manifest.embedding;
    checkQuery(vector, dimension);
    if (limit <= 0 || within?.length === 0) return [];
    const { model, number } = this.#generation;
    const approximate = within === undefined && this.#parts.graph;
    const near = approximate
      ? `(vector::halfvec(${dimension})) <#> $1::vector::halfvec(${dimension})`
      : "(vector <#> $1::vector) + 0";
    const values = [vectorText(vector), number, limit, ...(within ? [arrayText(this.#rows(within))] : [])];
    const rows = await this.#database.rows<ScoredRow>(
      `SELECT ref AS row, -(vector <#> $1::vector) AS score FROM (
         SELECT ref, vector FROM passage_vectors
         WHERE model = ${model} AND ${visible(2)}${within ? " AND ref = ANY($4::bigint[])" : ""}
         ORDER BY ${near}${approximate ? "" : ", ref"} LIMIT $3) AS nearest`,
      values,
    );
    return this.#scored(rows);
  }

  async lexical(terms: readonly string[], { limit, within }: SearchOptions): Promise<readonly Scored[]> {
    if (within === undefined) return this.#scored(await this.#lexical.search(terms, limit)).slice(0, limit);
    if (limit <= 0 || within.length === 0) return [];
    const rows = await this.#words(this.#rows(within));
    const scores = await this.#lexical.scores(terms, rows);
    const all = rows.map(({ row }, at) => ({ row, score: scores[at] ?? 0 })).filter(({ score }) => score > 0);
    return this.#scored(all).slice(0, limit);
  }

  async score(query: ScoreQuery, refs: readonly PassageRef[]): Promise<CandidateScores> {
    checkQuery(query.vector, this.manifest.embedding.dimension);
    const rows = this.#rows(refs);
    const some = [...new Set(rows)];
    const asked = [vectorText(query.vector), arrayText(some)];
    const [vectors, words, contexts, places] = await Promise.all([
      this.#database.rows<ScoredRow>(
        `SELECT ref AS row, -(vector <#> $1::vector) AS score FROM passage_vectors WHERE ref = ANY($2::bigint[])`,
        asked,
      ),
      this.#words(some),
      this.#database.rows<ScoredRow & TermRow>(
        `SELECT key AS row, -(vector <#> $1::vector) AS score, terms, counts, length FROM contexts
         WHERE key IN (SELECT context FROM passages WHERE ref = ANY($2::bigint[]))`,
        asked,
      ),
      this.#database.rows<{ ref: number; context: number }>(
        "SELECT ref, context FROM passages WHERE ref = ANY($1::bigint[])",
        [arrayText(some)],
      ),
    ]);
    const lexical = await this.#lexical.scores(query.terms, words);
    const contextLexical = await this.#lexical.scores(query.terms, contexts, "contexts");
    const contextOf = new Map(places.map(({ ref, context }) => [ref, context]));
    const contextRows = rows.map((row) => contextOf.get(row) ?? -1);
    return {
      dense: inOrder(
        rows,
        vectors,
        vectors.map(({ score }) => score),
      ),
      lexical: inOrder(rows, words, lexical),
      contextDense: inOrder(
        contextRows,
        contexts,
        contexts.map(({ score }) => score),
      ),
      contextLexical: inOrder(contextRows, contexts, contextLexical),
    };
  }

  #words(rows: readonly number[]): Promise<(TermRow & { row: number })[]> {
    return this.#database.rows(
      "SELECT ref AS row, terms, counts, length FROM passage_terms WHERE ref = ANY($1::bigint[])",
      [arrayText(rows)],
    );
  }

  async rarity(terms: readonly string[]): Promise<readonly number[]> {
    return this.#lexical.rarity(terms);
  }

  coverage(): Promise<Coverage> {
    return readCoverage(this.#database, this.#generation);
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Rows of refs; those that the generation does not have are left out. */
  #rows(refs: readonly PassageRef[]): number[] {
    return refs.flatMap((ref) => this.#parts.refs.row(ref) ?? []);
  }

  /** Best first, equal scores in order of ref. */
  #scored(rows: readonly ScoredRow[]): Scored[] {
    return rows
      .flatMap(({ row, score }) => {
        const ref = this.#parts.refs.ref(row);
        return ref === null ? [] : [{ ref, score }];
      })
      .sort(compareScored);
  }

  #gone(): StoreError {
    return new StoreError(
      `The generation ${this.#generation.number} of ${this.#database.shown} is no longer there; start again.`,
    );
  }
}

function inOrder(
  wanted: readonly number[],
  rows: readonly { row: number }[],
  scores: readonly number[],
): Float64Array {
  const byRow = new Map(rows.map(({ row }, at) => [row, scores[at] ?? 0]));
  return Float64Array.from(wanted, (row) => byRow.get(row) ?? 0);
}

/** A question's vector as pgvector reads it. */
function vectorText(vector: Float32Array): string {
  return `[${vector.join(",")}]`;
}
