/** The Store on one generation: SQLite for texts, typed arrays for everything that a question scans. */
import { join } from "node:path";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { type Database, DatabaseError, guarded, openDatabase, type Statement } from "../sqlite/open.ts";
import { generationDamage, readCurrent } from "./generation.ts";
import { LexicalIndex } from "./lexical.ts";
import { type ExpectedManifest, type Manifest, staleReason } from "./manifest.ts";
import { type DateRow, PassageFields, type PlaceRow } from "./passage-fields.ts";
import { decodePassage, decodeReport } from "./records.ts";
import { type PassageRef, type Scored, type SearchOptions, type Store, StoreError } from "./store.ts";
import { type Matrix, scan } from "./vectors.ts";

export interface OpenStoreOptions {
  readonly indexDir: string;
}

/** Whether an index can be used as it is; if not, why, in English words that fit behind a colon. */
export type IndexState =
  | { readonly state: "current"; readonly manifest: Manifest }
  | { readonly state: "missing" | "stale" | "damaged"; readonly reason: string };

const REBUILD = "run npm run index";

/** Whether the index is whole and is what `expected` would give. Reads every byte once; throws StoreError for an unreadable folder. */
export async function inspectIndex(indexDir: string, expected: ExpectedManifest): Promise<IndexState> {
  const state = await readCurrent(indexDir);
  if (state.state === "missing") return { state: "missing", reason: "there is none yet" };
  if (state.state === "damaged") return state;
  const { manifest } = state.current;
  const stale = staleReason(manifest, expected);
  if (stale !== null) return { state: "stale", reason: stale };
  const damage = await generationDamage(indexDir, state.current);
  return damage === null ? { state: "current", manifest } : { state: "damaged", reason: damage };
}

/** Opens the current generation after checking every byte of it. Throws StoreError when there is none or it is damaged. */
export async function openStore({ indexDir }: OpenStoreOptions): Promise<Store> {
  const state = await readCurrent(indexDir);
  if (state.state === "missing") throw new StoreError(`${indexDir} holds no index; ${REBUILD}.`);
  if (state.state === "damaged") throw new StoreError(`${indexDir}: ${state.reason}; ${REBUILD}.`);
  const damage = await generationDamage(indexDir, state.current);
  if (damage !== null) throw new StoreError(`${indexDir}: ${damage}; ${REBUILD}.`);
  const file = join(indexDir, state.current.file);
  const reading = new Reading(file);
  try {
    return new SqliteStore(reading, state.current.manifest);
  } catch (cause) {
    reading.close();
    throw cause;
  }
}

/** Reads of one file, with errors that name it. */
class Reading {
  readonly #file: string;
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(file: string) {
    this.#file = file;
    this.#database = this.#run(() => openDatabase({ file, readOnly: true }));
  }

  one<T>(sql: string, ...values: readonly unknown[]): T | undefined {
    return this.#run(() => this.#prepared(sql).get(...values) as T | undefined);
  }

  all<T>(sql: string, ...values: readonly unknown[]): T[] {
    return this.#run(() => this.#prepared(sql).all(...values) as T[]);
  }

  /** Runs a statement row by row, for results that should not be in memory twice. */
  each<T>(sql: string, visit: (row: T) => void): void {
    this.#run(() => {
      for (const row of this.#database.prepare(sql).iterate()) visit(row as T);
    });
  }

  close(): void {
    this.#database.close();
  }

  #prepared(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #run<T>(work: () => T): T {
    try {
      return guarded(this.#file, work);
    } catch (cause) {
      if (!(cause instanceof DatabaseError)) throw cause;
      throw new StoreError(`The index cannot be read (${cause.message}); ${REBUILD} and start again.`, {
        cause,
      });
    }
  }
}

class SqliteStore implements Store {
  readonly manifest: Manifest;
  readonly #reading: Reading;
  readonly #fields: PassageFields;
  readonly #matrix: Matrix;
  readonly #lexical: LexicalIndex;

  constructor(reading: Reading, manifest: Manifest) {
    this.manifest = manifest;
    this.#reading = reading;
    this.#fields = readFields(reading);
    this.#matrix = readMatrix(reading, manifest);
    this.#lexical = LexicalIndex.fromBytes(
      reading.one<{ bytes: Uint8Array }>("SELECT bytes FROM lexical")?.bytes ?? new Uint8Array(),
    );
  }

  async reportIds(): Promise<readonly string[]> {
    return this.#reading.all<{ id: string }>("SELECT id FROM reports ORDER BY id").map(({ id }) => id);
  }

  async report(id: string): Promise<Report | null> {
    const row = this.#reading.one<{ record: string }>("SELECT record FROM reports WHERE id = ?", id);
    return row ? decodeReport(row.record) : null;
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

  async dense(vector: Float32Array, options: SearchOptions): Promise<readonly Scored[]> {
    return scan(this.#matrix, vector, options);
  }

  async lexical(terms: readonly string[], options: SearchOptions): Promise<readonly Scored[]> {
    return this.#lexical.search(terms, options);
  }

  async coverage(): ReturnType<Store["coverage"]> {
    return this.#fields.coverage(this.manifest.reports);
  }

  async close(): Promise<void> {
    this.#reading.close();
  }
}

function readFields(reading: Reading): PassageFields {
  const reports: string[] = [];
  reading.each<{ report: string }>("SELECT report FROM passages ORDER BY ref", (row) =>
    reports.push(row.report),
  );
  const dates: DateRow[] = [];
  reading.each<Omit<DateRow, "background"> & { background: number }>(
    "SELECT * FROM passage_dates ORDER BY ref",
    (row) => dates.push({ ...row, background: row.background === 1 }),
  );
  const places: PlaceRow[] = [];
  reading.each<PlaceRow>("SELECT ref, place AS id, name FROM passage_places ORDER BY ref", (row) =>
    places.push(row),
  );
  return new PassageFields({ reports, dates, places });
}

function readMatrix(reading: Reading, manifest: Manifest): Matrix {
  const { dimension } = manifest.embedding;
  const values = new Float32Array(manifest.passages * dimension);
  const bytes = new Uint8Array(values.buffer);
  reading.each<{ ref: number; vector: Uint8Array }>(
    "SELECT ref, vector FROM passages JOIN vectors USING (hash) ORDER BY ref",
    ({ ref, vector }) => bytes.set(vector, ref * dimension * Float32Array.BYTES_PER_ELEMENT),
  );
  return { values, dimension };
}
