/** The Store on one generation: SQLite for texts, typed arrays for everything that a question scans. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { SegmentFile } from "./generation.ts";
import { LexicalIndex, partAt, startsOf } from "./lexical.ts";
import type { Manifest } from "./manifest.ts";
import { type LabelledGraph, NearestPassages } from "./neighbours.ts";
import { mergeTold } from "./passage-fields.ts";
import { decodePassage, decodeReport } from "./records.ts";
import { MatrixStack } from "./scan.ts";
import type { Segment } from "./segment.ts";
import {
  type CandidateScores,
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
} from "./store.ts";

export interface StoreParts {
  readonly segments: readonly Segment[];
  readonly manifest: Manifest;
  readonly graph: LabelledGraph | null;
}

export class SqliteStore implements Store {
  readonly manifest: Manifest;
  readonly graph: LabelledGraph | null;
  readonly #segments: readonly Segment[];
  /** First ref of each segment, and the number of all passages; the same of contexts. */
  readonly #starts: Uint32Array;
  readonly #contextStarts: Uint32Array;
  readonly #heads: ReadonlyMap<string, ReportHead>;
  readonly #matrix: MatrixStack;
  readonly #contextMatrix: MatrixStack;
  readonly #words: LexicalIndex;
  readonly #contextWords: LexicalIndex;
  readonly #nearest: NearestPassages | null;
  #isOpen = true;

  constructor({ segments, manifest, graph }: StoreParts) {
    const { dimension } = manifest.embedding;
    this.manifest = manifest;
    this.graph = graph;
    this.#segments = segments;
    this.#starts = startsOf(segments.map(({ described }) => described.passages));
    this.#contextStarts = startsOf(segments.map(({ described }) => described.contexts));
    this.#heads = new Map(segments.flatMap(({ heads }) => [...heads]));
    this.#matrix = new MatrixStack(
      segments.map(({ matrix }) => matrix),
      dimension,
    );
    this.#contextMatrix = new MatrixStack(
      segments.map(({ contextMatrix }) => contextMatrix),
      dimension,
    );
    this.#words = new LexicalIndex(segments.map(({ words }) => words));
    this.#contextWords = new LexicalIndex(segments.map(({ contextWords }) => contextWords));
    this.#nearest = graph && new NearestPassages(graph, segments, this.#matrix);
  }

  /** The opened segment of a file, for a later generation that has it too. */
  segment({ file, sha256 }: SegmentFile): Segment | undefined {
    return this.#segments.find(({ described }) => described.file === file && described.sha256 === sha256);
  }

  async reportIds(): Promise<readonly string[]> {
    return [...this.#heads.keys()];
  }

  async report(id: string): Promise<Report | null> {
    const row = this.#holding(id)?.reading.one<{ record: string }>(
      "SELECT record FROM reports WHERE id = ?",
      id,
    );
    return row ? decodeReport(row.record) : null;
  }

  async heads(): Promise<ReadonlyMap<string, ReportHead>> {
    return this.#heads;
  }

  async rarity(terms: readonly string[]): Promise<readonly number[]> {
    return terms.map((term) => this.#words.idf(term));
  }

  async placeFields(): Promise<readonly string[]> {
    return [...new Set(this.#segments.flatMap(({ placeFields }) => placeFields))].sort();
  }

  async source(id: string): Promise<Uint8Array | null> {
    const sql = "SELECT bytes FROM reports WHERE id = ?";
    return this.#holding(id)?.reading.one<{ bytes: Uint8Array }>(sql, id)?.bytes ?? null;
  }

  async passages(refs: readonly PassageRef[]): Promise<readonly Passage[]> {
    return refs.map((ref) => {
      const at = partAt(this.#starts, ref);
      const sql = "SELECT record FROM passages WHERE ref = ?";
      const row = this.#segments[at]?.reading.one<{ record: string }>(sql, ref - (this.#starts[at] ?? 0));
      if (!row)
        throw new StoreError(`The index has no passage ${ref}; refs of another generation were used.`);
      return decodePassage(row.record);
    });
  }

  async passageById(id: string): Promise<{ ref: PassageRef; passage: Passage } | null> {
    // Two passages with one hash cannot be told apart: none is better than the wrong one.
    const sql = "SELECT ref, record FROM passages WHERE id = ? LIMIT 2";
    const rows = this.#segments.flatMap(({ reading }, at) =>
      reading
        .all<{ ref: number; record: string }>(sql, id)
        .map(({ ref, record }) => ({ ref: ref + (this.#starts[at] ?? 0), record })),
    );
    const [row] = rows;
    return row && rows.length === 1 ? { ref: row.ref, passage: decodePassage(row.record) } : null;
  }

  async select(filter: PassageFilter): Promise<readonly PassageRef[]> {
    const refs: PassageRef[] = [];
    for (const [at, { fields }] of this.#segments.entries()) {
      const start = this.#starts[at] ?? 0;
      for (const ref of fields.select(filter)) refs.push(start + ref);
    }
    return refs;
  }

  /** Segments are read for it one by one, each once: other questions are answered between them. */
  async news({ days, ...filter }: PassageFilter): Promise<readonly ToldTime[]> {
    const told: ToldTime[] = [];
    for (const [at, segment] of this.#segments.entries()) {
      if (!segment.knowsNews) await breathe();
      for (const time of segment.news.among(segment.fields.select(filter), days, this.#starts[at]))
        told.push(time);
    }
    return told;
  }

  async placesOf(refs: readonly PassageRef[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const [at, within] of this.#within(refs).entries())
      this.#segments[at]?.fields.countPlaces(within, counts);
    return counts;
  }

  async publications(): Promise<Publications> {
    const counts = { stated: 0, inferred: 0, unknown: 0 };
    for (const segment of this.#segments) {
      await breathe();
      const { publications } = segment;
      counts.stated += publications.stated;
      counts.inferred += publications.inferred;
      counts.unknown += publications.unknown;
    }
    return counts;
  }

  async reportsOf(refs: readonly PassageRef[]): Promise<readonly string[]> {
    const within = this.#within(refs);
    return this.#segments.flatMap(({ fields }, at) => fields.reportsOf(within[at] ?? []));
  }

  /** Refs by their segments, as they are numbered there. */
  #within(refs: readonly PassageRef[]): PassageRef[][] {
    const within: PassageRef[][] = this.#segments.map(() => []);
    for (const ref of refs) {
      const at = partAt(this.#starts, ref);
      within[at]?.push(ref - (this.#starts[at] ?? 0));
    }
    return within;
  }

  async dense(vector: Float32Array, options: SearchOptions): Promise<readonly Scored[]> {
    if (this.#nearest !== null && options.within === undefined)
      return this.#nearest.search(vector, options.limit);
    return this.#matrix.scan(vector, options);
  }

  async lexical(terms: readonly string[], options: SearchOptions): Promise<readonly Scored[]> {
    return this.#words.search(terms, options);
  }

  async score({ vector, terms }: ScoreQuery, refs: readonly PassageRef[]): Promise<CandidateScores> {
    const contexts = refs.map((ref) => this.#contextOf(ref));
    return {
      dense: this.#matrix.scores(vector, refs),
      lexical: this.#words.scores(terms, refs),
      contextDense: this.#contextMatrix.scores(vector, contexts),
      contextLexical: this.#contextWords.scores(terms, contexts),
    };
  }

  async coverage(): ReturnType<Store["coverage"]> {
    const told = this.#segments.map((segment) => segment.told);
    return mergeTold(told, this.manifest.reports);
  }

  /** Gives back the segments; those that a later generation holds too stay open. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const segment of this.#segments) segment.release();
  }

  #holding(id: string): Segment | undefined {
    return this.#heads.has(id) ? this.#segments.find(({ heads }) => heads.has(id)) : undefined;
  }

  #contextOf(ref: PassageRef): number {
    const at = partAt(this.#starts, ref);
    const number = this.#segments[at]?.contextOf[ref - (this.#starts[at] ?? 0)] ?? 0;
    return (this.#contextStarts[at] ?? 0) + number;
  }
}
