/** The build lane's last arrow: reports, passages and vectors into a new generation of an index. */
import { join } from "node:path";
import type { Embedder } from "../embedding/embedder.ts";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { type Database, DatabaseError, databaseError, openDatabase, quickCheck } from "../sqlite/open.ts";
import { writeContextLexical, writeContexts } from "./contexts.ts";
import {
  adoptLeavings,
  buildingFile,
  fileDamage,
  fileError,
  makeIndexFolder,
  readCurrent,
  removeBuilding,
  switchTo,
} from "./generation.ts";
import { type Manifest, SCHEMA_VERSION, type Versions } from "./manifest.ts";
import { digest } from "./records.ts";
import { passageCopier, writeShaping } from "./reuse-passages.ts";
import { prepareTables } from "./tables.ts";
import { NEIGHBOURS_FROM, type NeighboursDescription } from "./vectors.ts";
import { type Changes, writeLexical, writeManifest, writePassages, writeReports } from "./write.ts";
import { embedMissing, reuseVectors, writeNeighbours } from "./write-vectors.ts";
import { lockWriter } from "./writer-lock.ts";

/** A report with its bytes as received. */
export interface ReceivedReport {
  readonly report: Report;
  readonly bytes: Uint8Array;
}

export type BuildStage = "read" | "cut" | "embed" | "index";

export interface BuildOptions {
  readonly indexDir: string;
  readonly reports: Iterable<ReceivedReport> | AsyncIterable<ReceivedReport>;
  /** Passages of one report in order of start, with days and places. */
  readonly passagesOf: (report: Report) => readonly Passage[];
  readonly embedder: Embedder;
  readonly versions: Versions;
  /** `Manifest.corpus`. */
  readonly corpus: string;
  /**
   * Hash of all that `passagesOf` looks at beside the report and the versions' code (gazetteer, places of the
   * collection); asked once all reports are read. With it, passages of unchanged reports are not cut again.
   */
  readonly shaping?: (() => string) | undefined;
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
}

/** Reports by what became of them since the former generation; passages in all; texts embedded now. */
export interface BuildSummary extends Changes {
  readonly passages: number;
  readonly embedded: number;
}

/**
 * Builds a new generation beside the current one and switches to it when it is whole; readers of the old one go
 * on. Killed at any moment it leaves the old index usable, and the next build takes over the vectors made so far.
 * Throws StoreError (another writer, unwritable folder, full disk, two reports with one id).
 */
export async function buildStore(options: BuildOptions): Promise<BuildSummary> {
  const { indexDir } = options;
  await makeIndexFolder(indexDir);
  const lock = lockWriter(indexDir);
  try {
    await adoptLeavings(indexDir);
    const former = await formerGeneration(indexDir);
    const database = openBuilding(indexDir, options.embedder.model.fingerprint);
    let built: Built;
    try {
      built = await fill(database, former, { ...options, changedAt: await changedBefore(options) });
      database.pragma("wal_checkpoint(TRUNCATE)");
      database.pragma("journal_mode = DELETE");
    } finally {
      database.close();
    }
    await switchTo(indexDir, built.manifest, built.neighbours);
    return built.summary;
  } catch (cause) {
    const error = databaseError(buildingFile(indexDir), cause);
    throw error instanceof DatabaseError
      ? fileError(buildingFile(indexDir), "cannot be written", error)
      : error;
  } finally {
    lock.release();
  }
}

interface Built {
  readonly summary: BuildSummary;
  readonly manifest: Manifest;
  readonly neighbours: NeighboursDescription | null;
}

/** When the reports last changed as far as the current index tells, or null when it holds others. */
async function changedBefore({ indexDir, corpus }: BuildOptions): Promise<string | null> {
  const state = await readCurrent(indexDir);
  const manifest = state.state === "present" ? state.current.manifest : null;
  return manifest?.corpus === corpus ? (manifest.changedAt ?? manifest.builtAt) : null;
}

interface FillOptions extends BuildOptions {
  readonly changedAt: string | null;
}

async function fill(database: Database, former: string | null, options: FillOptions): Promise<Built> {
  const { embedder, versions, corpus } = options;
  if (former !== null) database.prepare("ATTACH ? AS former").run(former);
  const changes = await writeReports(database, former !== null, options);
  const shaping = options.shaping && digest(JSON.stringify([versions, options.shaping()]));
  const copier = shaping !== undefined && former !== null ? passageCopier(database, shaping) : null;
  const passages = await writePassages(database, copier, options);
  writeContexts(database);
  if (shaping !== undefined) writeShaping(database, shaping);
  if (former !== null) reuseVectors(database, embedder.model.fingerprint);
  if (former !== null) database.exec("DETACH former");
  const embedded = await embedMissing(database, options);
  const withNeighbours = passages >= (options.neighboursFrom ?? NEIGHBOURS_FROM);
  // Both passes over the passages are one stage to whoever watches.
  const steps = withNeighbours ? 2 * passages : passages;
  const tell = (done: number): void => options.onProgress?.("index", done, steps);
  await writeLexical(database, { ...options, onProgress: tell });
  await writeContextLexical(database, options.signal);
  const neighbours = withNeighbours
    ? await writeNeighbours(database, passages, { ...options, onProgress: (done) => tell(passages + done) })
    : null;
  const builtAt = options.now();
  const manifest: Manifest = {
    schemaVersion: SCHEMA_VERSION,
    ...versions,
    embedding: { ...embedder.model },
    corpus,
    reports: changes.added + changes.changed + changes.unchanged,
    passages,
    builtAt,
    changedAt: options.changedAt ?? builtAt,
  };
  writeManifest(database, manifest);
  return { summary: { ...changes, passages, embedded }, manifest, neighbours };
}

/** File of the current generation when it is sound and of this schema, to take over what has not changed. */
async function formerGeneration(indexDir: string): Promise<string | null> {
  const state = await readCurrent(indexDir);
  if (state.state !== "present" || state.current.manifest.schemaVersion !== SCHEMA_VERSION) return null;
  const damage = await fileDamage(indexDir, state.current);
  return damage === null ? join(indexDir, state.current.file) : null;
}

/** Opens building.sqlite: what an interrupted build left when it is sound, else an empty one. */
function openBuilding(indexDir: string, fingerprint: string): Database {
  try {
    return openPrepared(indexDir, fingerprint);
  } catch (cause) {
    const error = databaseError(buildingFile(indexDir), cause);
    if (!(error instanceof DatabaseError) || error.problem === "full") throw cause;
    removeBuilding(indexDir);
    return openPrepared(indexDir, fingerprint);
  }
}

function openPrepared(indexDir: string, fingerprint: string): Database {
  const file = buildingFile(indexDir);
  const database = openDatabase({ file, durability: "process" });
  try {
    const damage = quickCheck(database);
    if (damage !== null) throw new DatabaseError(`${file} is damaged: ${damage}`, "damaged");
    prepareTables(database, SCHEMA_VERSION, fingerprint);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}
