/**
 * Questions to large collections, made of recombined clauses of the public sets (bench/recombined.ts): time of a whole
 * question and of each part, recall of the approximate neighbours, nDCG, memory, disk, build, start; and how they grow.
 * Run: npm run bench:scale -- [--passages N …] [--embedded N …] [--cache DIR] (writes bench/RESULTS.md; SHARED_DIR
 * names the folder of the sets; sizes under --embedded are embedded passage by passage).
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { NEIGHBOURS_FROM } from "../src/store/vectors.ts";
import { finish, timeToOutput } from "./child.ts";
import { type Built, type Collection, DEFAULT_CACHE, diskOf, foldersOf } from "./collection.ts";
import { hasSets, readPublicSets, someQuestions } from "./recombined.ts";
import { markdownTable, ROOT, spread, writeSection } from "./results.ts";
import type { Answered, Step } from "./scale-steps.ts";

const DEFAULT_SIZES = ["1000", "10000"];
const STARTS = 5;
const MEGABYTE = 2 ** 20;

interface Measured {
  readonly collection: Collection;
  readonly built: Built;
  readonly answered: Answered;
  readonly recall: number;
  /** Milliseconds from the start of the process to the first answer: once with a cold index, then with a warm one. */
  readonly starts: readonly number[];
  readonly disk: number;
}

function run<T>(step: Step, collection: Collection): T {
  const args = [join(import.meta.dirname, "scale-steps.js"), step, JSON.stringify(collection)];
  const output = execFileSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "null") as T;
}

async function timeStarts(collection: Collection): Promise<number[]> {
  const { dataDir, indexDir } = foldersOf(collection);
  const [question] = someQuestions(readPublicSets(), 1);
  const command = [
    "dist/main.js",
    "ask",
    "--json",
    "--data",
    dataDir,
    "--index",
    indexDir,
    question?.text ?? "",
  ];
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const { milliseconds, child } = await timeToOutput({
      command: [process.execPath, ...command],
      cwd: ROOT,
      until: (output) => output.includes("\n"),
    });
    await finish(child);
    times.push(milliseconds);
  }
  return times;
}

/** The answers of the same index with its approximate neighbours put aside: what a system without hnswlib-node does. */
function withoutNeighbours(collection: Collection): Answered {
  const { indexDir } = foldersOf(collection);
  const graph = readdirSync(indexDir).find((name) => name.endsWith(".hnsw"));
  if (graph === undefined)
    throw new Error(`${indexDir} has no graph of neighbours; delete the folder and run again`);
  const [file, aside] = [join(indexDir, graph), join(indexDir, `${graph}.aside`)];
  renameSync(file, aside);
  try {
    return run<Answered>("answer", collection);
  } finally {
    renameSync(aside, file);
  }
}

function timesTable(times: Answered["times"]): string {
  const rows = Object.entries(times).map(([name, list]) => [name, String(list.length), ...spread(list)]);
  return markdownTable(["ms", "asked", "p50", "p95", "p99", "longest"], rows);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(0)} MB`;
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function titleOf({ passages, vectors }: Collection): string {
  return `${passages.toLocaleString("en")} passages${vectors === "model" ? ", each embedded" : ""}`;
}

function factsTable({ collection, built, answered, recall, starts, disk }: Measured): string {
  const { embedded, milliseconds, processor } = built;
  const build =
    collection.vectors === "mean"
      ? `${seconds(milliseconds)} (processor ${seconds(processor)}), without the embedding of clauses`
      : `${seconds(milliseconds)}: ${embedded} texts, ${((embedded / milliseconds) * 1000).toFixed(1)} a second`;
  return markdownTable(
    ["", ""],
    [
      ["build", build],
      ["start of `ask` to its first answer, first time", seconds(starts[0] ?? 0)],
      [`the same, middle of ${STARTS - 1} more`, seconds(middle(starts.slice(1)))],
      ["of which opening the index", seconds(answered.opening)],
      ["recall of the nearest 10 against the exact scan", recall.toFixed(4)],
      ["nDCG@10 of the hybrid ranking", answered.ndcg10.toFixed(3)],
      ["processor time of a whole question, mean, all cores", `${answered.processor.toFixed(0)} ms`],
      ["resident memory after all questions", megabytes(answered.resident)],
      ["index on disk", megabytes(disk)],
    ],
  );
}

async function measure(collection: Collection): Promise<Measured> {
  const built = run<Built>("build", collection);
  writeFileSync(join(foldersOf(collection).indexDir, "..", "built.json"), JSON.stringify(built));
  const starts = await timeStarts(collection);
  const answered = run<Answered>("answer", collection);
  const recall = run<number>("recall", collection);
  const disk = diskOf(foldersOf(collection).indexDir);
  const measured = { collection, built, answered, recall, starts, disk };
  const exact = collection.passages >= NEIGHBOURS_FROM ? withoutNeighbours(collection) : null;
  const parts = [timesTable(answered.times), factsTable(measured)];
  if (exact) parts.push(`Without hnswlib-node (every passage compared):\n\n${timesTable(exact.times)}`);
  writeSection(titleOf(collection), parts.join("\n\n"));
  return measured;
}

function writeGrowth(all: readonly Measured[]): void {
  const p50 = ({ answered }: Measured, name: string): string => spread(answered.times[name] ?? [])[0] ?? "";
  const rows: [string, (one: Measured) => string][] = [
    ["whole question, p50, ms", (one) => p50(one, "whole question")],
    ["whole question, p95, ms", (one) => spread(one.answered.times["whole question"] ?? [])[1] ?? ""],
    ["processor time of a question, ms", ({ answered }) => answered.processor.toFixed(0)],
    ["its embedding alone, p50, ms", (one) => p50(one, "its embedding alone")],
    ["nearest 100 by vector, p50, ms", (one) => p50(one, "nearest 100 by vector")],
    ["best 100 by words, p50, ms", (one) => p50(one, "best 100 by words")],
    ["whole question about a day, p50, ms", (one) => p50(one, "whole question about a day")],
    ["start to first answer", ({ starts }) => seconds(middle(starts.slice(1)))],
    ["resident memory", ({ answered }) => megabytes(answered.resident)],
    ["index on disk", ({ disk }) => megabytes(disk)],
    ["build, vectors given", ({ built }) => seconds(built.milliseconds)],
  ];
  const head = all.map(({ collection }) => collection.passages.toLocaleString("en"));
  const body = rows.map(([name, of]) => [name, ...all.map(of)]);
  writeSection("Growth with the number of passages", markdownTable(["passages", ...head], body));
}

const { values, positionals } = parseArgs({
  options: {
    passages: { type: "string", multiple: true },
    embedded: { type: "string", multiple: true },
    cache: { type: "string", default: DEFAULT_CACHE },
  },
  allowPositionals: true,
});
if (!hasSets) console.log("the public sets are missing (SHARED_DIR): nothing measured");
else if (!existsSync(join(ROOT, "dist", "main.js")))
  throw new Error("dist/main.js is missing; run npm run bench");
else {
  mkdirSync(values.cache, { recursive: true });
  const given = [...(values.passages ?? []), ...positionals].flatMap((list) => list.split(","));
  const sizes = given.length > 0 || values.embedded ? given : DEFAULT_SIZES;
  const measured: Measured[] = [];
  for (const size of sizes)
    measured.push(await measure({ passages: Number(size), vectors: "mean", cache: values.cache }));
  if (measured.length > 1) writeGrowth(measured);
  for (const size of values.embedded ?? [])
    await measure({ passages: Number(size), vectors: "model", cache: values.cache });
}
