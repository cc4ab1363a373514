/**
 * The same passages and questions in other search engines, each in a process of its own: time to build and to answer,
 * memory, nDCG@10. Run: npm run bench:peers -- [--passages N] [--cache DIR] (installs bench/peers/ first; writes
 * bench/RESULTS.md). The index that npm run bench:scale left in the cache is used, else it is built.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Embedder } from "../src/embedding/embedder.ts";
import { answerQuestion, openCollection } from "../src/pipeline.ts";
import { rankingQuality } from "../src/retrieval/metrics.ts";
import { rankPassages } from "../src/retrieval/retrieve.ts";
import {
  type Built,
  buildCollectionOf,
  type Collection,
  DEFAULT_CACHE,
  diskOf,
  foldersOf,
  openModel,
  recombinedReports,
  sourceOf,
} from "./collection.ts";
import { PEERS, PEERS_FOLDER, type PeerPassage, type PeerQuestion } from "./peer.ts";
import {
  clauseVectors,
  hasSets,
  type PublicSets,
  readPublicSets,
  recombinedVector,
  type SetQuestion,
  someQuestions,
} from "./recombined.ts";
import { markdownTable, ROOT, spread, writeSection } from "./results.ts";
import { passagesByClause, relevantTo } from "./scale-steps.ts";

const QUESTIONS = 100;
const WARMING = 10;
const BATCH = 5_000;
/** A peer that is slower is asked fewer questions. */
const LONGEST = 90_000;
const OURS = "Isnad";

interface Measured {
  readonly how: string;
  /** Milliseconds; vectors are given. */
  readonly build: number | null;
  readonly times: readonly number[];
  readonly whole?: readonly number[];
  readonly ndcg10: number;
  readonly resident: number;
}

function* inBatches(
  { passages }: Collection,
  sets: PublicSets,
  known: ReadonlyMap<string, Float32Array>,
): Generator<PeerPassage[]> {
  let batch: PeerPassage[] = [];
  let ref = 0;
  for (const { report } of recombinedReports(passages, sets))
    for (const text of report.body.split("\n")) {
      batch.push({ ref, text, vector: recombinedVector(text, known) });
      ref += 1;
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
}

type Asked = SetQuestion & PeerQuestion;

async function askedQuestions(sets: PublicSets, model: Embedder): Promise<Asked[]> {
  const asked = someQuestions(sets, QUESTIONS + WARMING);
  const vectors = await model.embed(
    asked.map(({ text }) => text),
    "query",
  );
  return asked.map((question, index) => ({ ...question, vector: vectors[index] ?? new Float32Array() }));
}

/** Asks the questions one after the other, the first ones unmeasured. */
async function ask(
  collection: Collection,
  asked: readonly Asked[],
  search: (question: Asked) => Promise<readonly number[]>,
): Promise<Pick<Measured, "times" | "ndcg10">> {
  const byClause = passagesByClause(collection.passages, readPublicSets());
  const times: number[] = [];
  const qualities: number[] = [];
  const until = performance.now() + LONGEST;
  for (const [index, question] of asked.entries()) {
    if (performance.now() > until && times.length > 0) break;
    const begun = performance.now();
    const found = await search(question);
    if (index < WARMING) continue;
    times.push(performance.now() - begun);
    const relevant = relevantTo(question, byClause);
    if (relevant.size > 0) qualities.push(rankingQuality(found, relevant).ndcg10);
  }
  return { times, ndcg10: qualities.reduce((sum, value) => sum + value, 0) / qualities.length };
}

async function measurePeer(name: string, collection: Collection): Promise<Measured> {
  const sets = readPublicSets();
  const model = await openModel();
  const asked = await askedQuestions(sets, model);
  const known = await clauseVectors(model, sets.clauses, collection.cache);
  await model.close();
  const peer = PEERS[name]?.();
  if (!peer) throw new Error(`no peer ${name}`);
  const folder = mkdtempSync(join(collection.cache, "peer-"));
  try {
    const begun = performance.now();
    await peer.build(inBatches(collection, sets, known), folder);
    const build = performance.now() - begun;
    const answered = await ask(collection, asked, (question) => peer.search(question));
    return { how: peer.how, build, ...answered, resident: process.memoryUsage.rss() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function builtBefore(collection: Collection): number | null {
  const file = join(foldersOf(collection).indexDir, "..", "built.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Built).milliseconds : null;
}

async function measureOurs(collection: Collection): Promise<Measured> {
  const sets = readPublicSets();
  const embedder = await openModel();
  const sources = await openCollection(await sourceOf(collection, embedder));
  const asked = await askedQuestions(sets, embedder);
  const answered = await ask(collection, asked, async ({ text }) => {
    const ranked = await rankPassages({ text, limit: 10 }, sources);
    return ranked.map(({ ref }) => ref);
  });
  const whole = await ask(collection, asked, async ({ text }) => {
    // With a space more it is embedded anew.
    await answerQuestion({ text: `${text} `, today: "2026-11-22", memory: null }, sources);
    return [];
  });
  const how =
    "hybrid ranking; in brackets the whole question with its embedding, answer and check of the citations";
  return {
    how,
    build: builtBefore(collection),
    ...answered,
    whole: whole.times,
    resident: process.memoryUsage.rss(),
  };
}

function inChild(name: string, collection: Collection): Measured {
  const args = [import.meta.filename, "--measure", name, JSON.stringify(collection)];
  const output = execFileSync(process.execPath, ["--max-old-space-size=12000", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    // LanceDB warns at every question of what a later version will do.
    env: { ...process.env, RUST_LOG: "error" },
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "null") as Measured;
}

function install(): void {
  if (existsSync(join(PEERS_FOLDER, "node_modules"))) return;
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };
  const args = ["ci", "--no-audit", "--no-fund"];
  execFileSync("npm", args, { cwd: PEERS_FOLDER, stdio: ["ignore", "ignore", "inherit"], env });
}

function versionOf(name: string): string {
  const packages: Record<string, string> = {
    LanceDB: "@lancedb/lancedb",
    MiniSearch: "minisearch",
    Orama: "@orama/orama",
  };
  const folder = packages[name.split(",")[0] ?? ""];
  if (folder === undefined) return name;
  const file = join(PEERS_FOLDER, "node_modules", folder, "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return `${name.split(",")[0]} ${version}`;
}

function rowOf(name: string, { how, build, times, whole, ndcg10, resident }: Measured): string[] {
  const spreads = spread(times).slice(0, 3);
  const wholes = whole ? spread(whole).slice(0, 3) : [];
  return [
    `${versionOf(name)}: ${how}`,
    build === null ? "" : `${(build / 1000).toFixed(0)} s`,
    ...spreads.map((value, index) => (wholes[index] === undefined ? value : `${value} (${wholes[index]})`)),
    ndcg10.toFixed(3),
    `${(resident / 2 ** 20).toFixed(0)} MB`,
    String(times.length),
  ];
}

async function main(passages: number, cache: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  install();
  const collection: Collection = { passages, vectors: "mean", cache };
  if (!existsSync(foldersOf(collection).indexDir) || builtBefore(collection) === null) {
    const built = await buildCollectionOf(collection);
    writeFileSync(join(foldersOf(collection).indexDir, "..", "built.json"), JSON.stringify(built));
  }
  const rows: string[][] = [];
  for (const name of [OURS, ...Object.keys(PEERS)]) {
    const row = rowOf(name, inChild(name, collection));
    process.stderr.write(`${row.join(" | ")}\n`);
    rows.push(row);
  }
  const head = ["", "build", "p50, ms", "p95", "p99", "nDCG@10", "resident", "asked"];
  const disk = diskOf(foldersOf(collection).indexDir) / 2 ** 20;
  const note = `All have the same passages, vectors and questions (vector given: what is timed is the search for the best
ten); each runs in a process of its own. Isnad's index takes ${disk.toFixed(0)} MB on disk.`;
  writeSection(
    `Other search engines, ${passages.toLocaleString("en")} passages`,
    `${markdownTable(head, rows)}\n\n${note}`,
  );
}

const { values, positionals } = parseArgs({
  options: {
    passages: { type: "string", default: "100000" },
    cache: { type: "string", default: DEFAULT_CACHE },
    measure: { type: "string" },
  },
  allowPositionals: true,
});
if (values.measure !== undefined) {
  const collection = JSON.parse(positionals[0] ?? "") as Collection;
  const measured = await (values.measure === OURS
    ? measureOurs(collection)
    : measurePeer(values.measure, collection));
  console.log(JSON.stringify(measured));
  process.exit(0);
} else if (!hasSets) console.log("the public sets are missing (SHARED_DIR): nothing measured");
else await main(Number(values.passages), values.cache);
