/**
 * A large collection in files that changes: how long the first build and the updates by the command line take, how much is
 * embedded anew, when a bot that follows the folder knows of a new report, and whether a deleted report leaves a trace.
 * Reports are recombined clauses of the public sets; the vectors of the first build are made up (embedding them takes
 * hours), those of the updates are the model's.
 * Run: npm run bench:updates [-- REPORTS] (writes bench/RESULTS.md; SHARED_DIR names the folder of the sets; AHEAD=1 runs
 * the updates before whatever else a busy Linux machine does, as root).
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { Embedder } from "../src/embedding/embedder.ts";
import { openEmbedder } from "../src/embedding/open.ts";
import { seededRandom } from "../src/evaluation/bootstrap.ts";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { correctedNames } from "../src/overrides/names.ts";
import { buildCollection } from "../src/pipeline.ts";
import { readOverrides } from "../src/report/overrides.ts";
import { readCurrent } from "../src/store/generation.ts";
import { Segment } from "../src/store/segment.ts";
import { areSame, killedAt } from "./killed.ts";
import { hasSets, readPublicSets } from "./recombined.ts";
import { markdownTable, ROOT, writeSection } from "./results.ts";
import { tracesIn } from "./traces.ts";

const SENTENCES = 6;
const FOLDERS = 100;
/** What puts the updates, not the first builds, ahead of whatever else a busy machine does. */
const AHEAD = process.env.AHEAD === "1" ? ["chrt", "-r", "1"] : [];
/** Id of the added report. */
const ID = "zz-report-that-goes";
const STATE = join(tmpdir(), "isnad-updates-state");
/** Words that stand in the added report only, for the search for traces. */
const MARK = "قصف البستان الأخضر المهجور عند الجسر الخشبي القديم";

interface Step {
  readonly name: string;
  readonly seconds: number;
  /** Seconds of all cores. */
  readonly processor: number;
  readonly embedded: string;
  /** Bytes resident at most. */
  readonly memory: number;
}

/** Vectors without a model, the same for the same text. */
function madeUp(text: string, dimension: number): Float32Array {
  const random = seededRandom(createHash("sha256").update(text).digest().readUInt32LE(0));
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** The first build, in a process of its own (`--first`), for its memory to be its own. */
async function buildFirst(dataDir: string, indexDir: string): Promise<void> {
  const overrides = await readOverrides(join(ROOT, "data", "overrides.json"));
  const model = await openEmbedder("", { modelsDir: join(ROOT, "models") });
  const bulk: Embedder = {
    model: model.model,
    embed: async (texts) => texts.map((text) => madeUp(text, model.model.dimension)),
    close: async () => undefined,
  };
  await model.close();
  const names = correctedNames(await readGazetteer(join(ROOT, "data")), overrides);
  const summary = await buildCollection(
    { dataDir, indexDir, names, overrides, embedder: bulk },
    {
      now: () => new Date().toISOString(),
      onProblem: ({ file, reason }) => console.error(`${file} ${reason}`),
      onWarning: () => undefined,
    },
  );
  console.error(`${summary.passages} passages, ${summary.embedded} embedded now`);
}

/** A program to its end, with what its last line says that it embedded. */
async function timed(name: string, args: readonly string[]): Promise<Step> {
  const begun = performance.now();
  const isUpdate = args[0] === "dist/main.js";
  const [program = "", ...before] = [...(isUpdate ? AHEAD : []), "/usr/bin/time", "-f", "used %U %S %M"];
  const child = spawn(program, [...before, process.execPath, ...args], {
    cwd: ROOT,
    env: { ...process.env, STATE_DIR: STATE },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${said}`);
  const seconds = (performance.now() - begun) / 1000;
  const [, user, system, memory] = /used ([\d.]+) ([\d.]+) (\d+)/.exec(said) ?? [];
  const [, embedded = "?"] = /(\d+) embedded now/.exec(said) ?? [];
  const step = {
    name,
    seconds,
    processor: Number(user) + Number(system),
    embedded,
    memory: Number(memory) * 1024,
  };
  console.error(
    `${name}: ${seconds.toFixed(2)} s, processor ${step.processor.toFixed(2)} s, ${embedded} embedded`,
  );
  return step;
}

/** Seconds from a file that is placed to the first answer of a running bot that cites it. */
async function followed(dataDir: string, indexDir: string, file: string, text: string): Promise<number> {
  const args = ["dist/main.js", "start", "--watch", "--data", dataDir, "--index", indexDir];
  const env = {
    ...process.env,
    STATE_DIR: STATE,
    WEB: "off",
    TELEGRAM_BOT_TOKEN: "",
  };
  const [program = "", ...before] = [...AHEAD, process.execPath];
  const child = spawn(program, [...before, ...args], { cwd: ROOT, env, stdio: ["pipe", "pipe", "pipe"] });
  try {
    let told = "";
    let answers = "";
    child.stderr.on("data", (chunk) => {
      told += chunk;
    });
    child.stdout.on("data", (chunk) => {
      answers += chunk;
    });
    const until = async (holds: () => boolean): Promise<void> => {
      for (const begun = performance.now(); !holds(); ) {
        if (performance.now() - begun > 300_000) throw new Error(`nothing came of it: ${told}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    child.stdin.write("ماذا حدث يوم 4 آذار 2016؟\n");
    await until(() => answers.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const begun = performance.now();
    writeFileSync(file, text);
    await until(() => told.includes("the index has changed"));
    child.stdin.write("ماذا حدث يوم 3 آذار 2016؟\n");
    await until(() => answers.includes(MARK));
    return (performance.now() - begun) / 1000;
  } finally {
    child.kill("SIGTERM");
    await once(child, "close");
  }
}

/** The vectors of a report's passages, as the index holds them. */
async function vectorsOf(indexDir: string, report: string): Promise<Float32Array[]> {
  const state = await readCurrent(indexDir);
  if (state.state !== "present") throw new Error(`${indexDir} holds no index`);
  const { dimension } = state.current.manifest.embedding;
  return state.current.segments.flatMap((described) => {
    const segment = new Segment(indexDir, described, dimension);
    segment.retain();
    const refs = segment.fields.select({ reports: [report] });
    const vectors = refs.map((ref) => segment.matrix.values.slice(ref * dimension, (ref + 1) * dimension));
    segment.release();
    return vectors;
  });
}

/** A first build of the same reports that is killed at about a third of its vectors, and the one that follows it. */
async function interrupted(
  dataDir: string,
  { indexDir, other, texts }: { indexDir: string; other: string; texts: number },
): Promise<{ step: Step; said: string }> {
  const args = [import.meta.filename, "--first", dataDir, other];
  const { seconds, made } = await killedAt(Math.floor(texts / 3), { args, indexDir: other, cwd: ROOT });
  const step = await timed("first build again, after a kill", args);
  const same = (await areSame(indexDir, other)) ? "the same bytes" : "OTHER BYTES";
  const said = `A first build of its own, killed (SIGKILL) after ${seconds.toFixed(1)} s with ${made} of ${texts} vectors on the disk: the next one embedded ${step.embedded}, and ended in ${same} as the one that nobody killed.`;
  return { step, said };
}

async function measure(reports: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "isnad-updates-"));
  try {
    const dataDir = join(folder, "data");
    const { clauses } = readPublicSets();
    const random = seededRandom(3);
    mkdirSync(STATE, { recursive: true });
    for (let number = 0; number < FOLDERS; number += 1)
      mkdirSync(join(dataDir, String(number).padStart(3, "0")), { recursive: true });
    for (let number = 0; number < reports; number += 1) {
      const sentences = Array.from(
        { length: SENTENCES },
        () => clauses[Math.floor(random() * clauses.length)] ?? "",
      );
      const name = `r${String(number).padStart(6, "0")}.txt`;
      writeFileSync(
        join(dataDir, String(number % FOLDERS).padStart(3, "0"), name),
        `${sentences.join(". ")}.\n`,
      );
    }
    const indexDir = join(folder, "index");
    const index = ["dist/main.js", "index", "--data", dataDir, "--index", indexDir];
    const update = (name: string, ...more: string[]): Promise<Step> => timed(name, [...index, ...more]);
    const args = [import.meta.filename, "--first", dataDir, indexDir];
    const first = await timed("first build, without the embedding", args);
    const other = join(folder, "killed");
    const killed = await interrupted(dataDir, { indexDir, other, texts: Number(first.embedded) });
    rmSync(other, { recursive: true });
    const steps = [first, killed.step, await update("nothing changed")];
    const added = join(dataDir, "050", `${ID}.txt`);
    const text = `${MARK} صباح 3 آذار 2016. ${clauses[1]}. ${clauses[2]}.\n`;
    writeFileSync(added, text);
    steps.push(await update("one report added"));
    const looked = [indexDir, STATE];
    const needles = { texts: [MARK], vectors: await vectorsOf(indexDir, ID) };
    const before = tracesIn(looked, { ...needles, texts: [MARK, ID] });
    writeFileSync(added, text.replace(MARK, `${clauses[3]}`));
    steps.push(await update("one report changed", "--quick"));
    const changed = tracesIn(looked, needles);
    needles.vectors.push(...(await vectorsOf(indexDir, ID)));
    rmSync(added);
    steps.push(await update("one report deleted", "--quick"));
    const deleted = tracesIn(looked, { ...needles, texts: [MARK, ID] });
    const bulk = Array.from({ length: 100 }, (_, n) =>
      join(dataDir, String(n % FOLDERS).padStart(3, "0"), `n${n}.txt`),
    );
    for (const [n, file] of bulk.entries()) writeFileSync(file, `${clauses[n]}. ${clauses[n + 100]}.\n`);
    steps.push(await update("100 reports added"));
    for (const file of bulk) rmSync(file);
    steps.push(await update("100 reports deleted"));
    const seconds = await followed(dataDir, indexDir, added, text);
    rmSync(added);
    steps.push(await update("one report deleted, all of the index compared with its hashes"));
    const after = [...changed, ...deleted, ...tracesIn(looked, { ...needles, texts: [MARK, ID] })];
    const rows = steps.map(({ name, embedded, memory, ...step }) => [
      ...[name, step.seconds.toFixed(2), step.processor.toFixed(2), embedded],
      (memory / 2 ** 20).toFixed(0),
    ]);
    const found = [
      `From a file placed to the answer of a bot (\`npm start -- --watch\`) that cites it: ${seconds.toFixed(2)} s.`,
      `Search of every byte of index and state for the words, the id and the vectors of that report: found ${before.length} times while it was there, ${after.length} times after it was changed or deleted.`,
      ...after,
      killed.said,
      `Load of the machine at the end: ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores${AHEAD.length > 0 ? "; the updates ran ahead of the other programs (chrt -r 1), the first builds did not" : ""}.`,
    ].join(" ");
    const heads = ["by a command of its own", "seconds", "processor, s", "texts embedded", "memory, MB"];
    writeSection(
      `${reports.toLocaleString("en")} reports in files, updated`,
      `${markdownTable(heads, rows)}\n\n${found}`,
    );
    console.log(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, dataDir = "", indexDir = ""] = process.argv.slice(2);
if (first === "--first") await buildFirst(dataDir, indexDir);
else if (!hasSets) console.log("the public sets are missing (SHARED_DIR): nothing measured");
else await measure(Number(first ?? 10_000));
