/**
 * Answers about the five reports: time of a question in a running process, time to the first answer of a process that
 * starts with a built index, and memory. Run: npm run bench (writes bench/RESULTS.md).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sources } from "../src/answer/asked.ts";
import { readEnvironment } from "../src/commands/environment.ts";
import { openEmbedder } from "../src/embedding/open.ts";
import { parseQuestionSet, type SetQuestion } from "../src/evaluation/question-set.ts";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { answerQuestion, openCollection } from "../src/pipeline.ts";
import { readOverrides } from "../src/report/overrides.ts";
import { finish, residentMemory, timeToOutput } from "./child.ts";
import { markdownTable, ROOT, spread, writeSection } from "./results.ts";

const TODAY = "2026-11-22";
const STARTS = 7;
const DATA = join(ROOT, "data", "reports");
const MAIN = join(ROOT, "dist", "main.js");
const QUESTION = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";
const SPREAD_HEAD = ["p50", "p95", "p99", "longest"];

function questionsOf(name: string): SetQuestion[] {
  const file = join(ROOT, "tests", "questions", name);
  return parseQuestionSet(readFileSync(file, "utf8"), name);
}

/** The five reports with the index in a folder, as the commands open it. */
async function openSources(indexDir: string): Promise<Sources> {
  return openCollection({
    dataDir: DATA,
    indexDir,
    names: await readGazetteer(join(ROOT, "data")),
    overrides: await readOverrides(join(ROOT, "data", "overrides.json")),
    embedder: await openEmbedder("", { modelsDir: join(ROOT, "models") }),
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

interface Warm {
  readonly first: readonly number[];
  readonly again: readonly number[];
  readonly embedding: readonly number[];
  /** Milliseconds of all cores, mean over the questions asked for the first time. */
  readonly cpu: number;
  readonly kinds: readonly (readonly [kind: string, times: readonly number[]])[];
}

/** Each question the first time and a second time, in a process that other questions have warmed. */
async function measureWarm(indexDir: string): Promise<Warm> {
  const sources = await openSources(indexDir);
  const ask = (question: SetQuestion) =>
    timed(() => answerQuestion({ text: question.question, today: TODAY, memory: null }, sources));
  try {
    for (const question of questionsOf("review.jsonl").slice(0, 40)) await ask(question);
    const questions = questionsOf("own.jsonl");
    const first: number[] = [];
    const again: number[] = [];
    const before = process.cpuUsage();
    for (const question of questions) first.push(await ask(question));
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / 1000 / questions.length;
    for (const question of questions) again.push(await ask(question));
    const embedding: number[] = [];
    // Questions that were not asked, so that nothing can have been kept of them.
    for (const { question } of questions)
      embedding.push(await timed(() => sources.embedder.embed([`سؤال: ${question}`], "query")));
    const types = [...new Set(questions.map(({ type }) => type))];
    const kinds = types.map(
      (type) => [type, first.filter((_, index) => questions[index]?.type === type)] as const,
    );
    return { first, again, embedding, cpu, kinds };
  } finally {
    await sources.store.close();
    await sources.embedder.close();
  }
}

/** Time to the first answer of `ask`, process start included, with a built index. */
async function measureAsk(indexDir: string): Promise<number[]> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const { milliseconds, child } = await timeToOutput({
      command: [process.execPath, MAIN, "ask", "--data", DATA, "--index", indexDir, QUESTION],
      cwd: ROOT,
      until: (output) => output.includes("[1]"),
    });
    await finish(child);
    times.push(milliseconds);
  }
  return times;
}

/** Time to the welcome and to the first answer of `npm start` on a pipe, npm and the set-up's check included. */
async function measureStart(folder: string): Promise<number[] | null> {
  // With a token it would start the bot of whoever runs this.
  if (readEnvironment(ROOT, process.env).TELEGRAM_BOT_TOKEN) return null;
  const env = { DATA_DIR: DATA, INDEX_DIR: join(folder, "index"), STATE_DIR: join(folder, "state") };
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const { milliseconds, child } = await timeToOutput({
      command: ["npm", "start"],
      cwd: ROOT,
      env,
      input: `${QUESTION}\n`,
      until: (output) => output.includes("[1]"),
    });
    await finish(child);
    times.push(milliseconds);
  }
  return times;
}

interface Memory {
  readonly firstAnswer: string;
  readonly afterAll: string;
  readonly peak: string;
}

/** Resident memory of `ask --batch` after its first answer and after all. */
async function measureMemory(indexDir: string): Promise<Memory | null> {
  const questions = questionsOf("own.jsonl");
  const line = ({ id, question }: SetQuestion): string => `${JSON.stringify({ id, question })}\n`;
  const lines = (output: string): number => output.split("\n").length - 1;
  const { child } = await timeToOutput({
    command: [process.execPath, MAIN, "ask", "--batch", "--data", DATA, "--index", indexDir],
    cwd: ROOT,
    input: line(questions[0] as SetQuestion),
    until: (output) => lines(output) === 1,
  });
  const one = residentMemory(child);
  let answered = 0;
  const all = new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      answered += lines(chunk.toString());
      if (answered >= questions.length) resolve();
    });
  });
  child.stdin?.write(questions.map(line).join(""));
  await all;
  const end = residentMemory(child);
  await finish(child);
  const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
  return (
    one && end && { firstAnswer: megabytes(one.now), afterAll: megabytes(end.now), peak: megabytes(end.peak) }
  );
}

function report(parts: {
  build: number;
  warm: Warm;
  ask: readonly number[];
  start: readonly number[] | null;
  memory: Memory | null;
}): string {
  const { build, warm, ask, start, memory } = parts;
  const row = (name: string, times: readonly number[]): string[] => [
    name,
    String(times.length),
    ...spread(times),
  ];
  const running = markdownTable(
    ["a question in a running process (tests/questions/own.jsonl), ms", "asked", ...SPREAD_HEAD],
    [
      row("asked for the first time", warm.first),
      row("asked again", warm.again),
      row("of which its embedding alone", warm.embedding),
      ...warm.kinds.map(([kind, times]) => row(`first time: ${kind}`, times)),
    ],
  );
  const starting = markdownTable(
    ["from the start of the process to the first answer, index built, ms", "starts", ...SPREAD_HEAD],
    [row("`node dist/main.js ask`", ask), ...(start ? [row("`npm start`, question on a pipe", start)] : [])],
  );
  const other = markdownTable(
    ["", ""],
    [
      ["processor time of a question asked for the first time, mean, all cores", `${warm.cpu.toFixed(0)} ms`],
      ["first start of all: index built and first answer given", `${(build / 1000).toFixed(1)} s`],
      ["resident memory of `ask --batch` after its first answer", memory?.firstAnswer ?? "not measured"],
      ["after all questions", memory?.afterAll ?? "not measured"],
      ["at its most", memory?.peak ?? "not measured"],
    ],
  );
  return `${running}\n\n${starting}\n\n${other}`;
}

async function main(): Promise<void> {
  if (!existsSync(MAIN)) throw new Error("dist/main.js is missing; run npm run bench");
  const folder = mkdtempSync(join(tmpdir(), "isnad-bench-"));
  const indexDir = join(folder, "index");
  try {
    const built = await timeToOutput({
      command: [process.execPath, MAIN, "ask", "--data", DATA, "--index", indexDir, QUESTION],
      cwd: ROOT,
      until: (output) => output.includes("[1]"),
    });
    await finish(built.child);
    const warm = await measureWarm(indexDir);
    const ask = await measureAsk(indexDir);
    const start = await measureStart(folder);
    const memory = await measureMemory(indexDir);
    writeSection(
      "Answers about the five reports",
      report({ build: built.milliseconds, warm, ask, start, memory }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
