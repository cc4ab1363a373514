/** The build lane's last arrow: reports, passages and vectors into a new generation of an index. */
import { writeFileSync } from "node:fs";
import type { Embedder } from "../embedding/embedder.ts";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { type Database, DatabaseError, databaseError } from "../sqlite/open.ts";
import { type Former, isSound, type ListedReport, openFormer } from "./former.ts";
import {
  buildingFile,
  buildingSmallFile,
  type Current,
  isSameGeneration,
  removeBuilding,
  removeEmbedded,
  type SegmentFile,
  switchTo,
} from "./generation.ts";
import { fileError, makeIndexFolder, settleFile } from "./index-files.ts";
import { type Manifest, SCHEMA_VERSION, type Versions } from "./manifest.ts";
import { planSegments } from "./plan-segments.ts";
import { digest } from "./records.ts";
import { openStaging } from "./staging.ts";
import { type Changes, restageReports, writePassages, writeReports } from "./write.ts";
import { keptNeighbours, renewNeighbours } from "./write-neighbours.ts";
import { writeSegment } from "./write-segment.ts";
import { embedMissing, takeVectors } from "./write-vectors.ts";
import { lockWriter } from "./writer-lock.ts";

/** A report with its bytes as received. */
export interface ReceivedReport {
  readonly report: Report;
  readonly bytes: Uint8Array;
}

export type BuildStage = "read" | "cut" | "embed" | "index" | "neighbours";

type Reports = Iterable<ReceivedReport> | AsyncIterable<ReceivedReport>;

/** What an index holds before it is built anew: whoever reads the reports need not read those that are as they were. */
export interface StoredReports {
  /** The text that the build before was given as `Incoming.catalogue`; null when there is none or it is damaged. */
  readonly catalogue: string | null;
  has(id: string): boolean;
}

/** The reports of a build. All functions are called after `reports` have been read, `total` meanwhile. */
export interface Incoming {
  readonly reports: Reports;
  /** Stored reports that are as they were and not among `reports`. */
  readonly kept?: (() => Iterable<string>) | undefined;
  /** A text that is kept with the index for the next build. */
  readonly catalogue?: (() => string) | undefined;
  /** `Manifest.corpus`. */
  readonly corpus: () => string;
  /** How many reports are read, as far as is known; 0 while it is not. */
  readonly total?: (() => number) | undefined;
}

export interface BuildOptions {
  readonly indexDir: string;
  /** All reports, or a function that is told what is stored; it may be called twice. */
  readonly reports: Reports | ((stored: StoredReports) => Incoming | Promise<Incoming>);
  /** Passages of one report in order of start, with days and places. */
  readonly passagesOf: (report: Report) => readonly Passage[];
  readonly embedder: Embedder;
  readonly versions: Versions;
  /** `Manifest.corpus`, where `reports` does not say it. */
  readonly corpus?: string | undefined;
  /**
   * Hash of all that `passagesOf` looks at beside the report and the versions' code (gazetteer, places of the
   * collection); asked once all reports are read. With it, passages of unchanged reports are not cut again.
   */
  readonly shaping?: ((placeFields: readonly string[]) => string) | undefined;
  /** Compare every byte of the former index with its hash, not only of what is written anew; default: as is needed. */
  readonly check?: boolean | undefined;
  /** ISO time of now, for the manifest. */
  readonly now: () => string;
  /** `total` is 0 while it is not known. */
  readonly onProgress?: ((stage: BuildStage, done: number, total: number) => void) | undefined;
  /** Ends the build with the signal's reason; what was embedded is kept for the next build. */
  readonly signal?: AbortSignal | undefined;
  /** Told what the build does without, in one English line. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Fewest passages for which approximate neighbours are built; default 20,000. */
  readonly neighboursFrom?: number | undefined;
  /** Whether a graph of neighbours that is missing or worn is built now, after the switch (the default), or by a later build. */
  readonly neighbours?: "now" | "later" | undefined;
  /** Least weight of a segment in bytes; default 2 MB. */
  readonly segmentBytes?: number | undefined;
}

/** Reports by what became of them since the former generation; passages in all; texts embedded now. */
export interface BuildSummary extends Changes {
  readonly passages: number;
  readonly embedded: number;
}

const SEGMENT_BYTES = 2 * 1024 * 1024;

/**
 * Builds a new generation beside the current one and switches to it when it is whole; readers of the old one go
 * on. Segments of the current one in which nothing changes are kept as they are. Killed at any moment it leaves the
 * old index usable, and the next build takes over the vectors made so far.
 * Throws StoreError (another writer, unwritable folder, full disk, two reports with one id).
 */
export async function buildStore(options: BuildOptions): Promise<BuildSummary> {
  const { indexDir, reports, check } = options;
  await makeIndexFolder(indexDir);
  const lock = lockWriter(indexDir);
  try {
    // Reports that are given only once cannot be read again when a segment turns out to be damaged.
    const summary = await attempt(options, check ?? typeof reports !== "function");
    return summary ?? ((await attempt(options, true)) as BuildSummary);
  } catch (cause) {
    const error = databaseError(buildingFile(indexDir), cause);
    throw error instanceof DatabaseError
      ? fileError(buildingFile(indexDir), "cannot be written", error)
      : error;
  } finally {
    lock.release();
  }
}

/** Null when a segment that has to be written anew turned out to be damaged: that can happen without `check` only. */
async function attempt(options: BuildOptions, check: boolean): Promise<BuildSummary | null> {
  const { indexDir, embedder } = options;
  const former = await openFormer(indexDir, check);
  try {
    const staging = await openStaging(indexDir, embedder.model.fingerprint, former);
    let built: Built | null;
    try {
      built = await fill(staging, former, { ...options, check });
    } finally {
      staging.close();
    }
    if (built === null) return null;
    const same = former.current !== null && isSameGeneration(former.current, built.generation);
    const current = same ? former.current : await switchTo(indexDir, built.generation);
    await removeBuilding(indexDir);
    removeEmbedded(indexDir);
    if (options.neighbours !== "later") await renewNeighbours(current, options);
    return built.summary;
  } finally {
    former.close();
  }
}

interface Built {
  readonly summary: BuildSummary;
  readonly generation: Omit<Current, "format">;
}

async function fill(staging: Database, former: Former, options: BuildOptions): Promise<Built | null> {
  const { embedder, versions, indexDir } = options;
  const incoming = await incomingOf(options, former);
  const read = await writeReports(staging, incoming, former, options);
  const placeFields = placeFieldsOf(staging, former, read.gone);
  const shaping = options.shaping ? digest(JSON.stringify([versions, options.shaping(placeFields)])) : null;
  const { model } = embedder;
  const same =
    shaping !== null &&
    former.current?.shaping === shaping &&
    former.current.manifest.embedding.fingerprint === model.fingerprint;
  if (!same) restageReports(staging, former, read.unchanged);
  const fresh = await writePassages(staging, options);
  if (fresh.length > 0)
    for (const { path } of former.segments)
      takeVectors(staging, path, { fingerprint: model.fingerprint, wanted: "needed" });
  const embedded = await embedMissing(staging, options);
  const gone = same ? read.gone : new Set(former.reports.keys());
  const segments = await writeSegments(staging, { former, fresh, gone }, options);
  if (segments === null) return null;
  const passages = segments.reduce((sum, segment) => sum + segment.passages, 0);
  const builtAt = options.now();
  const corpus = incoming.corpus();
  const manifest: Manifest = {
    schemaVersion: SCHEMA_VERSION,
    ...versions,
    embedding: { ...model },
    corpus,
    reports: segments.reduce((sum, segment) => sum + segment.reports, 0),
    passages,
    builtAt,
    changedAt: changedBefore(former, corpus) ?? builtAt,
  };
  const catalogue = await writeCatalogue(indexDir, incoming.catalogue?.() ?? null);
  const neighbours = await keptNeighbours({ former, loses: gone.size > 0, segments, manifest }, options);
  return {
    summary: { ...read.changes, passages, embedded },
    generation: { segments, catalogue, shaping, neighbours, manifest },
  };
}

function incomingOf({ reports, corpus = "" }: BuildOptions, former: Former): Incoming | Promise<Incoming> {
  if (typeof reports !== "function") return { reports, corpus: () => corpus };
  return reports({ catalogue: former.catalogue, has: (id) => former.reports.has(id) });
}

/** When the reports last changed as far as the former generation tells, or null when it holds others. */
function changedBefore({ current }: Former, corpus: string): string | null {
  const manifest = current?.manifest;
  return manifest?.corpus === corpus ? (manifest.changedAt ?? manifest.builtAt) : null;
}

/** Distinct place fields of all reports of the next generation, in order. */
function placeFieldsOf(staging: Database, former: Former, gone: ReadonlySet<string>): string[] {
  const values = new Set(
    staging.prepare("SELECT DISTINCT value FROM place_fields").pluck().all() as string[],
  );
  for (const { reading, reports } of former.segments) {
    const all = reports.every(({ id }) => !gone.has(id));
    if (all)
      for (const { value } of reading.all<{ value: string }>("SELECT DISTINCT value FROM place_fields"))
        values.add(value);
    else
      for (const row of reading.all<{ report: string; value: string }>(
        "SELECT report, value FROM place_fields",
      ))
        if (!gone.has(row.report)) values.add(row.value);
  }
  return [...values].sort();
}

interface Taken {
  readonly former: Former;
  readonly fresh: readonly ListedReport[];
  readonly gone: ReadonlySet<string>;
}

/** Null when a segment of which reports are taken over is damaged. */
async function writeSegments(
  staging: Database,
  { former, fresh, gone }: Taken,
  { indexDir, embedder, check, signal, onProgress, segmentBytes = SEGMENT_BYTES }: BuildOptions,
): Promise<SegmentFile[] | null> {
  const plan = planSegments({
    former: former.segments.map(({ reports }) => reports),
    fresh,
    gone,
    least: segmentBytes,
  });
  const listed = {
    former: former.reports,
    fresh: new Map(fresh.map((report) => [report.id, report])),
  };
  const planned = plan.flatMap((segment) => ("reports" in segment ? segment.reports : []));
  const total = planned.reduce(
    (sum, { id, from }) => sum + ((from === "fresh" ? listed.fresh : listed.former).get(id)?.passages ?? 0),
    0,
  );
  const sources = new Set(planned.flatMap(({ from }) => (from === "fresh" ? [] : [from])));
  if (check !== true)
    for (const at of sources) {
      const segment = former.segments[at];
      if (segment && !(await isSound(indexDir, segment.described))) return null;
    }
  let done = 0;
  const segments: SegmentFile[] = [];
  for (const segment of plan) {
    signal?.throwIfAborted();
    if ("kept" in segment) {
      const kept = former.segments[segment.kept];
      if (kept) segments.push(kept.described);
      continue;
    }
    const written = await writeSegment(segment.reports, {
      ...{ indexDir, staging, listed, signal },
      former: former.segments,
      stagingFile: buildingFile(indexDir),
      model: embedder.model,
      onPassages: (passages) => {
        done += passages;
        onProgress?.("index", done, total);
      },
    });
    segments.push(written);
    for (const at of sources) former.segments[at]?.forget();
  }
  return segments;
}

async function writeCatalogue(indexDir: string, text: string | null): Promise<Current["catalogue"]> {
  if (text === null) return null;
  const file = buildingSmallFile(indexDir);
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw fileError(file, "cannot be written", cause);
  }
  return settleFile(indexDir, file, { prefix: "catalogue-", suffix: ".json" });
}
