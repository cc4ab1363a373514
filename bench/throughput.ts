/**
 * Passages embedded a second by the product's embedder and by Python's onnxruntime with the same model file and, where
 * its weights can be written out, at full precision (fp32); in turns, so that the machine's other work falls on all.
 * Run: npm run bench:throughput -- [--texts N] [--rounds N] [--python PROGRAM] (writes bench/RESULTS.md). The Python
 * found needs onnxruntime, tokenizers and numpy, and onnx for fp32; what is missing is said and left out.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { BUNDLED_MODEL } from "../src/embedding/bundled-model.ts";
import { splitSentences } from "../src/text/clauses.ts";
import { DEFAULT_CACHE, openModel } from "./collection.ts";
import { hasSets, readParagraphs } from "./recombined.ts";
import { markdownTable, ROOT, writeSection } from "./results.ts";

const MODEL = join(ROOT, "models", BUNDLED_MODEL);
const WEIGHTS = join(MODEL, "onnx", "model_q4.onnx");
const SCRIPTS = join(ROOT, "bench");
const BATCH = 16;
/** Length of a text, UTF-16 units: that of a passage of the product. */
const LENGTH = { least: 40, most: 400 };

interface Round {
  /** Wall seconds, and seconds of all cores. */
  readonly seconds: number;
  readonly processor: number;
  /** The vector of the first text. */
  readonly first: readonly number[];
}

interface Runner {
  readonly name: string;
  round(): Promise<Round>;
  close(): Promise<void>;
}

/** Passages of the public sets: whole sentences up to the length of a passage. */
function textsOf(count: number): string[] {
  const texts: string[] = [];
  for (const paragraph of readParagraphs()) {
    let current = "";
    for (const [start, end] of splitSentences(paragraph)) {
      const sentence = paragraph.slice(start, end);
      if (current.length + sentence.length > LENGTH.most && current !== "") {
        texts.push(current.trim());
        current = "";
      }
      current += sentence;
    }
    texts.push(current.trim());
  }
  const fitting = texts.filter(({ length }) => length >= LENGTH.least && length <= LENGTH.most);
  const step = fitting.length / count;
  return Array.from(
    { length: Math.min(count, fitting.length) },
    (_, n) => fitting[Math.floor(n * step)] ?? "",
  );
}

async function ours(texts: readonly string[]): Promise<Runner> {
  const embedder = await openModel();
  await embedder.embed(texts.slice(0, BATCH), "passage");
  return {
    name: "Isnad's embedder",
    async round() {
      const before = process.cpuUsage();
      const begun = performance.now();
      const [first] = await embedder.embed(texts, "passage");
      const seconds = (performance.now() - begun) / 1000;
      const { user, system } = process.cpuUsage(before);
      return { seconds, processor: (user + system) / 1e6, first: Array.from(first ?? []) };
    },
    close: () => embedder.close(),
  };
}

/** Lines of JSON that a child prints, asked for one by one. */
function answersOf(output: Readable): () => Promise<Record<string, unknown>> {
  const lines = createInterface({ input: output })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("bench/throughput.py ended before it answered");
    return JSON.parse(value) as Record<string, unknown>;
  };
}

/** Python's onnxruntime with a model file, or why it cannot be had. */
async function python(
  program: string,
  model: string,
  { texts, name }: { texts: readonly string[]; name: string },
): Promise<Runner | string> {
  const child = spawn(program, [join(SCRIPTS, "throughput.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const started = await new Promise<boolean>((resolve) => {
    child.once("spawn", () => resolve(true));
    child.once("error", () => resolve(false));
  });
  if (!started) return `${program} cannot be started`;
  const answer = answersOf(child.stdout);
  const job = { model, tokenizer: join(MODEL, "tokenizer.json"), texts, batch: BATCH };
  child.stdin.write(`${JSON.stringify(job)}\n`);
  const hello = await answer();
  if (typeof hello.versions !== "string") return String(hello.missing);
  return {
    name: `${name} (${hello.versions})`,
    async round() {
      child.stdin.write("\n");
      return (await answer()) as unknown as Round;
    },
    async close() {
      child.stdin.end();
    },
  };
}

/** The model's weights written out at full precision, made once; null with a line where Python lacks onnx. */
function fullPrecision(program: string, folder: string): string | null {
  const file = join(folder, "model_fp32.onnx");
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync(program, [join(SCRIPTS, "full-precision.py"), WEIGHTS, file], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return file;
  } catch {
    return null;
  }
}

const best = (rounds: readonly Round[], of: (round: Round) => number): number => Math.min(...rounds.map(of));
const cosine = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

async function runnersOf(
  texts: readonly string[],
  program: string,
  cache: string,
): Promise<[Runner[], string[]]> {
  const runners = [await ours(texts)];
  const missing: string[] = [];
  const add = (found: Runner | string, name: string): void => {
    if (typeof found !== "string") runners.push(found);
    else missing.push(`${name} was not measured: ${found}.`);
  };
  const same = await python(program, WEIGHTS, { texts, name: "the same model file" });
  add(same, "Python's onnxruntime");
  const file = typeof same === "string" ? null : fullPrecision(program, cache);
  if (file !== null) add(await python(program, file, { texts, name: "the same weights as fp32" }), "fp32");
  else if (typeof same !== "string")
    missing.push("fp32 was not measured: the Python package onnx is missing.");
  return [runners, missing];
}

async function main(options: {
  texts: number;
  rounds: number;
  python: string;
  cache: string;
}): Promise<void> {
  const texts = textsOf(options.texts);
  const [runners, missing] = await runnersOf(texts, options.python, options.cache);
  const found = runners.map((): Round[] => []);
  for (let round = 0; round < options.rounds; round += 1)
    for (const [index, runner] of runners.entries()) found[index]?.push(await runner.round());
  for (const runner of runners) await runner.close();
  const [own = []] = found;
  const rows = runners.map(({ name }, index) => {
    const rounds = found[index] ?? [];
    const seconds = best(rounds, (round) => round.seconds);
    const processor = best(rounds, (round) => round.processor);
    return [
      name,
      (texts.length / seconds).toFixed(1),
      (seconds / best(own, (round) => round.seconds)).toFixed(2),
      `${((1000 * processor) / texts.length).toFixed(0)} ms`,
      (processor / best(own, (round) => round.processor)).toFixed(2),
      cosine(rounds[0]?.first ?? [], own[0]?.first ?? []).toFixed(4),
    ];
  });
  const head = [
    "",
    "passages a second",
    "Isnad is faster by",
    "processor time a passage",
    "by processor time",
    "cosine of a vector with Isnad's",
  ];
  const length = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const note = `${texts.length} passages of ${length.toFixed(0)} characters in the middle, ${options.rounds} rounds in turns, the best of each; batches of ${BATCH}, sorted by length.`;
  writeSection("Embedding passages", [markdownTable(head, rows), note, ...missing].join("\n\n"));
}

const { values } = parseArgs({
  options: {
    texts: { type: "string", default: "240" },
    rounds: { type: "string", default: "4" },
    python: { type: "string", default: "python3" },
    cache: { type: "string", default: DEFAULT_CACHE },
  },
});
if (!hasSets) console.log("the public sets are missing (SHARED_DIR): nothing measured");
else await main({ ...values, texts: Number(values.texts), rounds: Number(values.rounds) });
process.exit(0);
