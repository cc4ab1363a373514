/** The Store on one generation: SQLite for texts, typed arrays for everything that a question scans. */
import { join } from "node:path";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { Contexts, exactDense } from "./contexts.ts";
import { type Current, type CurrentState, fileDamage, neighboursDamage, readCurrent } from "./generation.ts";
import { LexicalIndex } from "./lexical.ts";
import { type ExpectedManifest, type Manifest, staleReason } from "./manifest.ts";
import { type DateRow, PassageFields, type PlaceRow } from "./passage-fields.ts";
import { Reading } from "./reading.ts";
import { decodePassage, decodeReport } from "./records.ts";
import { type Matrix, readMatrix, scan } from "./scan.ts";
import {
  type CandidateScores,
  type PassageRef,
  type ReportHead,
  type Scored,
  type ScoreQuery,
  type SearchOptions,
  type Store,
  StoreError,
} from "./store.ts";
import { PASSAGE_VECTORS } from "./tables.ts";
import { type Neighbours, openNeighbours } from "./vectors.ts";

export interface OpenStoreOptions {
  readonly indexDir: string;
  /** Told what the store does without, in one English line. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Files whose bytes `inspectIndex` has just found whole: they are not read once more. */
  readonly checked?: readonly string[] | undefined;
}

/** Whether an index can be used as it is; if not, why, in English words that fit behind a colon. */
export type IndexState =
  | {
      readonly state: "current";
      readonly manifest: Manifest;
      /** The index's files, every byte of them checked; their names hold their hashes. */
      readonly checked: readonly string[];
    }
  | { readonly state: "missing" | "stale" | "damaged"; readonly reason: string };

const REBUILD = "run npm run index";

/** Whether the index is whole and is what `expected` would give. Reads every byte; throws StoreError for an unreadable folder. */
export function inspectIndex(indexDir: string, expected: ExpectedManifest): Promise<IndexState> {
  return settled(indexDir, async (current): Promise<IndexState> => {
    if (current.state === "missing") return { state: "missing", reason: "there is none yet" };
    if (current.state === "damaged") return current;
    const { manifest } = current.current;
    const stale = staleReason(manifest, expected);
    if (stale !== null) return { state: "stale", reason: stale };
    const damage =
      (await fileDamage(indexDir, current.current)) ?? (await neighboursDamage(indexDir, current.current));
    if (damage !== null) return { state: "damaged", reason: damage };
    const { file, neighbours } = current.current;
    return { state: "current", manifest, checked: [file, ...(neighbours ? [neighbours.file] : [])] };
  });
}

/** Opens the current generation after checking every byte that has not just been checked. Throws StoreError when there is none or it is damaged. */
export function openStore({ indexDir, onWarning, checked = [] }: OpenStoreOptions): Promise<Store> {
  return settled(indexDir, async (state) => {
    if (state.state === "missing") throw new StoreError(`${indexDir} holds no index; ${REBUILD}.`);
    if (state.state === "damaged") throw new StoreError(`${indexDir}: ${state.reason}; ${REBUILD}.`);
    const { current } = state;
    const damage = checked.includes(current.file) ? null : await fileDamage(indexDir, current);
    if (damage !== null) throw new StoreError(`${indexDir}: ${damage}; ${REBUILD}.`);
    const reading = new Reading(join(indexDir, current.file));
    try {
      const matrix = readMatrix(
        reading.rows(PASSAGE_VECTORS),
        current.manifest.passages,
        dimensionOf(current),
      );
      const neighbours = await neighboursOf({ indexDir, onWarning, checked }, current, matrix);
      return new SqliteStore({ reading, manifest: current.manifest, matrix, neighbours });
    } catch (cause) {
      reading.close();
      throw cause;
    }
  });
}

/** Does something with what current.json says; once more when a build has switched generations meanwhile. */
async function settled<T>(indexDir: string, work: (state: CurrentState) => Promise<T>): Promise<T> {
  for (;;) {
    const before = await readCurrent(indexDir);
    const outcome = await work(before).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const failed = "error" in outcome || isDamaged(outcome.value);
    const changed = failed && JSON.stringify(await readCurrent(indexDir)) !== JSON.stringify(before);
    if (changed) continue;
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }
}

function isDamaged(value: unknown): boolean {
  return typeof value === "object" && value !== null && "state" in value && value.state === "damaged";
}

function dimensionOf(current: Current): number {
  return current.manifest.embedding.dimension;
}

async function neighboursOf(
  { indexDir, onWarning, checked = [] }: OpenStoreOptions,
  current: Current,
  matrix: Matrix,
): Promise<Neighbours | null> {
  if (current.neighbours === null) return null;
  const known = checked.includes(current.file) && checked.includes(current.neighbours.file);
  const damage = known ? null : await neighboursDamage(indexDir, current);
  const opened =
    damage === null
      ? await openNeighbours(join(indexDir, current.neighbours.file), matrix)
      : { reason: damage };
  if (!("reason" in opened)) return opened;
  onWarning?.(
    `The neighbours of the index cannot be used (${opened.reason}); every passage is compared instead, which is exact and slower.`,
  );
  return null;
}

interface StoreParts {
  readonly reading: Reading;
  readonly manifest: Manifest;
  readonly matrix: Matrix;
  readonly neighbours: Neighbours | null;
}

class SqliteStore implements Store {
  readonly manifest: Manifest;
  readonly #reading: Reading;
  readonly #fields: PassageFields;
  readonly #matrix: Matrix;
  readonly #neighbours: Neighbours | null;
  readonly #lexical: LexicalIndex;
  readonly #contexts: Contexts;
  readonly #heads: ReadonlyMap<string, ReportHead>;

  constructor({ reading, manifest, matrix, neighbours }: StoreParts) {
    this.manifest = manifest;
    this.#reading = reading;
    this.#fields = readFields(reading);
    const heads = "SELECT id, publisher, byline, title FROM reports ORDER BY id";
    this.#heads = new Map(
      [...reading.rows<ReportHead & { id: string }>(heads)].map(({ id, ...head }) => [id, head]),
    );
    this.#matrix = matrix;
    this.#neighbours = neighbours;
    this.#contexts = new Contexts(reading, {
      passages: manifest.passages,
      dimension: manifest.embedding.dimension,
    });
    this.#lexical = LexicalIndex.fromBytes(
      reading.one<{ bytes: Uint8Array }>("SELECT bytes FROM lexical")?.bytes ?? new Uint8Array(),
    );
  }

  async reportIds(): Promise<readonly string[]> {
    return [...this.#heads.keys()];
  }

  async report(id: string): Promise<Report | null> {
    const row = this.#reading.one<{ record: string }>("SELECT record FROM reports WHERE id = ?", id);
    return row ? decodeReport(row.record) : null;
  }

  async heads(): Promise<ReadonlyMap<string, ReportHead>> {
    return this.#heads;
  }

  async rarity(terms: readonly string[]): Promise<readonly number[]> {
    return terms.map((term) => this.#lexical.idf(term));
  }

  async placeFields(): Promise<readonly string[]> {
    const sql = "SELECT DISTINCT value FROM reports, json_each(record, '$.places') ORDER BY value";
    return this.#reading.all<{ value: string }>(sql).map(({ value }) => value);
  }

  async source(id: string): Promise<Uint8Array | null> {
    return (
      this.#reading.one<{ bytes: Uint8Array }>("SELECT bytes FROM reports WHERE id = ?", id)?.bytes ?? null
    );
  }

  async passages(refs: readonly PassageRef[]): Promise<readonly Passage[]> {
    return refs.map((ref) => {
      const row = this.#reading.one<{ record: string }>("SELECT record FROM passages WHERE ref = ?", ref);
      if (!row)
        throw new StoreError(`The index has no passage ${ref}; refs of another generation were used.`);
      return decodePassage(row.record);
    });
  }

  async passageById(id: string): Promise<{ ref: PassageRef; passage: Passage } | null> {
    // Two passages with one hash cannot be told apart: none is better than the wrong one.
    const rows = this.#reading.all<{ ref: number; record: string }>(
      "SELECT ref, record FROM passages WHERE id = ? LIMIT 2",
      id,
    );
    const [row] = rows;
    return row && rows.length === 1 ? { ref: row.ref, passage: decodePassage(row.record) } : null;
  }

  async select(filter: Parameters<Store["select"]>[0]): Promise<readonly PassageRef[]> {
    return this.#fields.select(filter);
  }

  async reportsOf(refs: readonly PassageRef[]): Promise<readonly string[]> {
    return this.#fields.reportsOf(refs);
  }

  async dense(vector: Float32Array, options: SearchOptions): Promise<readonly Scored[]> {
    if (this.#neighbours !== null && options.within === undefined)
      return this.#neighbours.search(vector, options.limit);
    return scan(this.#matrix, vector, options);
  }

  async lexical(terms: readonly string[], options: SearchOptions): Promise<readonly Scored[]> {
    return this.#lexical.search(terms, options);
  }

  async score(query: ScoreQuery, refs: readonly PassageRef[]): Promise<CandidateScores> {
    return {
      dense: exactDense(this.#matrix, query.vector, refs),
      lexical: this.#lexical.scores(query.terms, refs),
      ...this.#contexts.score(query, refs),
    };
  }

  async coverage(): ReturnType<Store["coverage"]> {
    return this.#fields.coverage(this.manifest.reports);
  }

  async close(): Promise<void> {
    this.#reading.close();
  }
}

function readFields(reading: Reading): PassageFields {
  return new PassageFields({
    reports: map(
      reading.rows<{ report: string }>("SELECT report FROM passages ORDER BY ref"),
      (row) => row.report,
    ),
    dates: map(
      reading.rows<Omit<DateRow, "background"> & { background: number }>(
        "SELECT * FROM passage_dates ORDER BY ref",
      ),
      (row) => ({ ...row, background: row.background === 1 }),
    ),
    places: reading.rows<PlaceRow>("SELECT ref, place AS id, name FROM passage_places ORDER BY ref"),
  });
}

function* map<A, B>(rows: Iterable<A>, change: (row: A) => B): Generator<B> {
  for (const row of rows) yield change(row);
}
