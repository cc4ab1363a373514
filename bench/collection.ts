/**
 * A recombined collection of so many passages with its index, in a folder that later runs and other benchmarks find
 * again: reports as JSON lines, as an operator would keep them, and the index that the product builds of them.
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Embedder } from "../src/embedding/embedder.ts";
import { openEmbedder } from "../src/embedding/open.ts";
import { seededRandom } from "../src/evaluation/bootstrap.ts";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { type CollectionSource, expectedManifest } from "../src/pipeline.ts";
import { readOverrides } from "../src/report/overrides.ts";
import { buildStore, type ReceivedReport } from "../src/store/build.ts";
import {
  clauseVectors,
  PASSAGES_IN_A_REPORT,
  type PublicSets,
  passagesOfLines,
  readPublicSets,
  recombinedReport,
  recombiningEmbedder,
} from "./recombined.ts";
import { ROOT } from "./results.ts";

const SEED = 7;
const REPORTS_IN_A_FILE = 500;

/** Where benchmarks keep what takes long to make; --cache names another folder. */
export const DEFAULT_CACHE = join(tmpdir(), "isnad-bench");

export interface Collection {
  readonly passages: number;
  /** "mean": vectors put together from those of the clauses; "model": every passage embedded. */
  readonly vectors: "mean" | "model";
  readonly cache: string;
}

export const openModel = (): Promise<Embedder> => openEmbedder("", { modelsDir: join(ROOT, "models") });

export function foldersOf({ passages, vectors, cache }: Collection): { dataDir: string; indexDir: string } {
  const folder = join(cache, `${vectors}-${passages}`);
  return { dataDir: join(folder, "reports"), indexDir: join(folder, "index") };
}

/** The reports of a collection, always the same ones for one size. */
export function* recombinedReports(passages: number, { clauses }: PublicSets): Generator<ReceivedReport> {
  const random = seededRandom(SEED);
  for (let number = 0; number * PASSAGES_IN_A_REPORT < passages; number += 1)
    yield recombinedReport(number, clauses, random);
}

/** What the product reads a collection with. */
export async function sourceOf(collection: Collection, embedder: Embedder): Promise<CollectionSource> {
  return {
    ...foldersOf(collection),
    names: await readGazetteer(join(ROOT, "data")),
    overrides: await readOverrides(join(ROOT, "data", "overrides.json")),
    embedder,
  };
}

function writeReports(collection: Collection, sets: PublicSets): void {
  const { dataDir } = foldersOf(collection);
  mkdirSync(dataDir, { recursive: true });
  let lines: string[] = [];
  let file = 0;
  const flush = (): void => {
    writeFileSync(join(dataDir, `${String(file).padStart(4, "0")}.jsonl`), lines.join(""));
    lines = [];
    file += 1;
  };
  for (const { report } of recombinedReports(collection.passages, sets)) {
    const { id, body, published } = report;
    lines.push(`${JSON.stringify({ id, body, published: published.start })}\n`);
    if (lines.length === REPORTS_IN_A_FILE) flush();
  }
  if (lines.length > 0) flush();
}

export interface Built {
  readonly milliseconds: number;
  /** Texts embedded by the model: none of a "mean" collection. */
  readonly embedded: number;
  /** Milliseconds of all cores. */
  readonly processor: number;
}

/** Writes the reports of a collection and builds its index anew, as the product would, passages being lines. */
export async function buildCollectionOf(collection: Collection): Promise<Built> {
  const sets = readPublicSets();
  const { dataDir, indexDir } = foldersOf(collection);
  for (const folder of [dataDir, indexDir]) rmSync(folder, { recursive: true, force: true });
  writeReports(collection, sets);
  const model = await openModel();
  await model.embed(["تسخين"], "passage");
  const mean = collection.vectors === "mean";
  const embedder = mean
    ? recombiningEmbedder(model, await clauseVectors(model, sets.clauses, collection.cache))
    : model;
  const source = await sourceOf(collection, embedder);
  const { embedding: _, corpus, ...versions } = await expectedManifest(source);
  const begun = performance.now();
  const before = process.cpuUsage();
  const { embedded } = await buildStore({
    indexDir,
    reports: recombinedReports(collection.passages, sets),
    passagesOf: (report) => passagesOfLines(report, source.names.places),
    embedder,
    versions,
    corpus,
    now: () => "2026-01-01T00:00:00.000Z",
  });
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  await embedder.close();
  return { milliseconds, embedded: mean ? 0 : embedded, processor: (user + system) / 1000 };
}

/** Bytes of the files of a folder. */
export function diskOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
