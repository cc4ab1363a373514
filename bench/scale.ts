/**
 * Questions to a large collection: 10,000 passages by default, made of recombined clauses of the public sets (bench/recombined.ts).
 * Time of a whole question and of each part, recall of the approximate neighbours, memory, disk.
 * Run: npm run bench:scale [-- PASSAGES …] (writes bench/RESULTS.md; SHARED_DIR names the folder of the sets).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedder } from "../src/embedding/open.ts";
import { seededRandom } from "../src/evaluation/bootstrap.ts";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { answerQuestion, openCollection } from "../src/pipeline.ts";
import { NO_OVERRIDES } from "../src/report/overrides.ts";
import { rankPassages } from "../src/retrieval/retrieve.ts";
import { buildStore, type ReceivedReport } from "../src/store/build.ts";
import type { Scored, Store } from "../src/store/store.ts";
import { NEIGHBOURS_FROM } from "../src/store/vectors.ts";
import { lexicalTerms } from "../src/text/tokens.ts";
import {
  dayOf,
  hasSets,
  PASSAGES_IN_A_REPORT,
  passagesOfLines,
  readPublicSets,
  recombinedReport,
  recombiningEmbedder,
} from "./recombined.ts";
import { markdownTable, ROOT, spread, writeSection } from "./results.ts";

const SEED = 7;
const TODAY = "2026-11-22";
const QUESTIONS = 200;
const WARMING = 20;
const SCOPED_QUESTIONS = 50;
const NEAREST = 10;
const MEGABYTE = 2 ** 20;

/** A collection to build: "exact" compares every passage, "neighbours" always builds HNSW, "default" as the product does. */
interface Job {
  readonly passages: number;
  readonly dense: "default" | "exact" | "neighbours";
  readonly indexDir: string;
  /** Where the vectors of the clauses are kept between the jobs of one run. */
  readonly clauseFile: string;
}

const openModel = () => openEmbedder("", { modelsDir: join(ROOT, "models") });

async function build({ passages, dense, indexDir, clauseFile }: Job): Promise<void> {
  const { clauses } = readPublicSets();
  const names = await readGazetteer(join(ROOT, "data"));
  const embedder = await recombiningEmbedder(await openModel(), clauses, clauseFile);
  const random = seededRandom(SEED);
  function* reports(): Generator<ReceivedReport> {
    for (let number = 0; number * PASSAGES_IN_A_REPORT < passages; number += 1)
      yield recombinedReport(number, clauses, random);
  }
  const begun = performance.now();
  await buildStore({
    indexDir,
    reports: reports(),
    passagesOf: (report) => passagesOfLines(report, names.places),
    embedder,
    versions: { chunkerVersion: 0, normalizerVersion: 0, annotatorVersion: 0 },
    corpus: "recombined",
    now: () => "2026-01-01T00:00:00.000Z",
    ...(dense === "neighbours" && { neighboursFrom: 1 }),
    ...(dense === "exact" && { neighboursFrom: Number.POSITIVE_INFINITY }),
  });
  await embedder.close();
  console.log(JSON.stringify({ milliseconds: performance.now() - begun }));
}

interface Measured {
  readonly opening: number;
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly recall: number;
  readonly resident: number;
}

async function measure({ indexDir }: Job): Promise<void> {
  const embedder = await openModel();
  const names = await readGazetteer(join(ROOT, "data"));
  await embedder.embed(["تسخين"], "query");
  const begun = performance.now();
  const sources = await openCollection({ dataDir: "", indexDir, names, overrides: NO_OVERRIDES, embedder });
  const opening = performance.now() - begun;
  const { questions } = readPublicSets();
  const step = Math.floor(questions.length / (QUESTIONS + WARMING));
  const asked = questions.filter((_, index) => index % step === 0).slice(0, QUESTIONS + WARMING);
  const days = Array.from({ length: SCOPED_QUESTIONS }, (_, n) => `ماذا حدث يوم ${dayOf(n * 17)}؟`);
  const times: Record<string, number[]> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    const list = times[name] ?? [];
    times[name] = list;
    list.push(performance.now() - start);
    return result;
  };
  const { store } = sources;
  const all = await store.select({});
  const recalls: number[] = [];
  for (const [index, text] of asked.entries()) {
    if (index === WARMING) for (const name of Object.keys(times)) delete times[name];
    await timed("whole question", () => answerQuestion({ text, today: TODAY, memory: null }, sources));
    const [vector = new Float32Array()] = await timed("its embedding alone", () =>
      embedder.embed([text], "query"),
    );
    await timed("nearest 100 by vector", () => store.dense(vector, { limit: 100 }));
    await timed("best 100 by words", () => store.lexical(lexicalTerms(text), { limit: 100 }));
    await timed("hybrid ranking, embedding included", () => rankPassages({ text, limit: 50 }, sources));
    recalls.push(await recallOf(store, vector, all));
  }
  for (const text of days)
    await timed("whole question about a day", () =>
      answerQuestion({ text, today: TODAY, memory: null }, sources),
    );
  const measured: Measured = {
    opening,
    times,
    recall: recalls.reduce((sum, value) => sum + value, 0) / recalls.length,
    resident: process.memoryUsage.rss(),
  };
  await store.close();
  await embedder.close();
  console.log(JSON.stringify(measured));
}

/** Share of the nearest ten that are as near as the tenth of an exact scan; equal scores count. */
async function recallOf(store: Store, vector: Float32Array, all: readonly number[]): Promise<number> {
  const found = await store.dense(vector, { limit: NEAREST });
  const exact = await store.dense(vector, { limit: NEAREST, within: all });
  const last = exact.at(-1)?.score ?? 0;
  return found.filter(({ score }: Scored) => score >= last - 1e-6).length / Math.max(1, exact.length);
}

/** Runs a step in a process of its own, so that memory is that of answering alone. */
function child(step: "build" | "measure", job: Job): unknown {
  const args = [...process.execArgv, import.meta.filename, step, JSON.stringify(job)];
  const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
  const output = execFileSync(process.execPath, args, { cwd: ROOT, stdio, encoding: "utf8" });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "null");
}

function diskOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function measureSize(passages: number, dense: Job["dense"], folder: string): void {
  const indexDir = mkdtempSync(join(folder, "index-"));
  try {
    const job: Job = { passages, dense, indexDir, clauseFile: join(folder, "clauses.f32") };
    const built = child("build", job) as { milliseconds: number };
    const measured = child("measure", job) as Measured;
    const rows = Object.entries(measured.times).map(([name, times]) => [
      name,
      String(times.length),
      ...spread(times),
    ]);
    const facts = [
      ["build, without the embedding of clauses", `${(built.milliseconds / 1000).toFixed(1)} s`],
      ["opening the index", `${(measured.opening / 1000).toFixed(2)} s`],
      [`recall of the nearest ${NEAREST} against the exact scan`, measured.recall.toFixed(4)],
      ["resident memory after all questions", `${(measured.resident / MEGABYTE).toFixed(0)} MB`],
      ["index on disk", `${(diskOf(job.indexDir) / MEGABYTE).toFixed(0)} MB`],
    ];
    const times = markdownTable(["ms", "asked", "p50", "p95", "p99", "longest"], rows);
    const how = { default: "", exact: ", exact scan", neighbours: ", HNSW" }[dense];
    writeSection(
      `${passages.toLocaleString("en")} passages${how}`,
      `${times}\n\n${markdownTable(["", ""], facts)}`,
    );
  } finally {
    rmSync(indexDir, { recursive: true, force: true });
  }
}

function measureSizes(sizes: readonly number[]): void {
  const folder = mkdtempSync(join(tmpdir(), "isnad-scale-"));
  try {
    for (const size of sizes) {
      measureSize(size, "default", folder);
      if (size < NEIGHBOURS_FROM) measureSize(size, "neighbours", folder);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [step = "", ...rest] = process.argv.slice(2);
if (step === "build") await build(JSON.parse(rest[0] ?? "") as Job);
else if (step === "measure") await measure(JSON.parse(rest[0] ?? "") as Job);
else if (!hasSets) console.log("the public sets are missing (SHARED_DIR): nothing measured");
else {
  const sizes = [step, ...rest].filter(Boolean).map(Number);
  measureSizes(sizes.length > 0 ? sizes : [10_000]);
}
