/** Every file of index/, state/ and models/, damaged in every way: refused or rebuilt, never a crash, never a wrong answer. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BUNDLED_MODEL, BUNDLED_MODEL_FILES } from "../../src/embedding/bundled-model.ts";
import { openLocalEmbedder } from "../../src/embedding/local.ts";
import { openState } from "../../src/state/sqlite.ts";
import { StateError } from "../../src/state/state.ts";
import { buildStore } from "../../src/store/build.ts";
import { inspectIndex, openStore } from "../../src/store/sqlite.ts";
import { StoreError } from "../../src/store/store.ts";
import { FakeEmbedder } from "../fakes.ts";
import { ROOT } from "../five-reports.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages, sampleReport } from "../store/samples.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";
import { makeRandom } from "./random.ts";

const INDEX_TRIES = FULL ? 330 : 50;
const STATE_TRIES = FULL ? 220 : 50;
/** Of each file of the model. */
const MODEL_TRIES = FULL ? 10 : 1;

const random = makeRandom(SEED);
const root = mkdtempSync(join(tmpdir(), "isnad-damaged-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random.below(256)));
const somewhere = (bytes: Buffer): number => random.below(Math.max(1, bytes.length));

function flipped(bytes: Buffer, bits: number): Buffer {
  const changed = Buffer.from(bytes);
  for (let n = 0; n < bits && changed.length > 0; n += 1) {
    const at = somewhere(changed);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  }
  return changed;
}

function overwritten(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  noise(512).copy(changed, somewhere(bytes));
  return changed;
}

/** Ways to damage a file: its bytes and those of the others beside it give what it holds then; null is no file at all. */
const DAMAGES: readonly [string, (bytes: Buffer, others: readonly Buffer[]) => Buffer | null][] = [
  ["a flipped bit", (bytes) => flipped(bytes, 1)],
  ["a flipped bit", (bytes) => flipped(bytes, 1)],
  ["many flipped bits", (bytes) => flipped(bytes, 12)],
  ["a block of noise", overwritten],
  ["cut", (bytes) => bytes.subarray(0, somewhere(bytes))],
  ["cut at a page", (bytes) => bytes.subarray(0, 4096 * Math.floor(somewhere(bytes) / 4096))],
  ["grown", (bytes) => Buffer.concat([bytes, noise(1 + random.below(5_000))])],
  ["emptied", () => Buffer.alloc(0)],
  ["zeros", (bytes) => Buffer.alloc(bytes.length)],
  ["noise", (bytes) => noise(Math.min(bytes.length, 8_000))],
  [
    "swapped",
    (bytes, others) => (others.length > 0 ? (others[random.below(others.length)] ?? bytes) : bytes),
  ],
  ["gone", () => null],
];

function damage(folder: string, name: string): string {
  const bytes = readFileSync(join(folder, name));
  const others = readdirSync(folder)
    .filter((other) => other !== name)
    .map((other) => readFileSync(join(folder, other)));
  const [way, change] = DAMAGES[random.below(DAMAGES.length)] ?? ["", () => null];
  const changed = change(bytes, others);
  if (changed === null) rmSync(join(folder, name));
  else writeFileSync(join(folder, name), changed);
  return `${name}: ${way}`;
}

const LINES = Array.from({ length: 60 }, (_, n) => `جملة رقم ${n} عن الحميدية في 2017-10-${10 + (n % 20)}`);
const REPORTS = [...SAMPLE_REPORTS, sampleReport("009_long", LINES.join("\n"))];

function build(indexDir: string, corpus = "sample") {
  return buildStore({
    indexDir,
    reports: corpus === "sample" ? REPORTS : REPORTS.slice(1),
    passagesOf: samplePassages,
    embedder: new FakeEmbedder(),
    versions: SAMPLE_VERSIONS,
    corpus,
    now: () => "2026-01-01T00:00:00.000Z",
    neighboursFrom: 1,
  });
}

/** All that a reader could be told from an index. */
async function answersOf(indexDir: string): Promise<string> {
  const store = await openStore({ indexDir, onWarning: () => undefined });
  try {
    const refs = await store.select({});
    const [vector = new Float32Array()] = await new FakeEmbedder().embed(["الحميدية قصف مدنيين"], "query");
    // Of equally near ones the graph and the scan may choose differently.
    const near = (await store.dense(vector, { limit: 5 })).map(({ score }) => score.toFixed(6));
    const reports = await Promise.all((await store.reportIds()).map((id) => store.report(id)));
    return JSON.stringify([
      await store.passages(refs),
      near,
      await store.lexical(["قصف"], { limit: 5 }),
      reports,
    ]);
  } finally {
    await store.close();
  }
}

describe("a damaged index", () => {
  it(
    "is refused with the remedy and rebuilt, or answers as the sound one",
    async () => {
      const sound = join(root, "sound");
      await build(sound, "older");
      await build(sound);
      writeFileSync(join(sound, "building.sqlite"), readFileSync(join(sound, "writer.lock")));
      const names = readdirSync(sound);
      expect(names.some((name) => name.endsWith(".hnsw"))).toBe(true);
      const right = await answersOf(sound);
      const expected = { ...SAMPLE_VERSIONS, corpus: "sample", embedding: new FakeEmbedder().model };
      const wrong: string[] = [];
      const counts = { damaged: 0, refused: 0, "answered rightly": 0, rebuilt: 0 };
      for (let n = 0; n < INDEX_TRIES; n += 1) {
        const indexDir = join(root, `index-${n}`);
        cpSync(sound, indexDir, { recursive: true });
        const what = damage(indexDir, names[n % names.length] ?? "");
        counts.damaged += 1;
        const seen = await inspectIndex(indexDir, expected).then(
          ({ state }) => state,
          (error: unknown) => String(error),
        );
        const told = await answersOf(indexDir).catch((error: unknown) => error);
        if (told === right) counts["answered rightly"] += 1;
        else if (told instanceof StoreError && /npm run index\.$/.test(told.message)) counts.refused += 1;
        else wrong.push(`${what}: ${told instanceof Error ? told.message : "another answer"}`);
        // What a start does: it builds what cannot be used, and never builds what can.
        if (told instanceof StoreError && seen === "current") wrong.push(`${what}: taken for current`);
        await build(indexDir);
        if ((await answersOf(indexDir)) === right) counts.rebuilt += 1;
        else wrong.push(`${what}: another answer after the rebuild`);
        rmSync(indexDir, { recursive: true });
      }
      tell("damage to an index", { ...counts, wrong: wrong.length });
      expect(wrong).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );
});

/** A state as a kill leaves it: the main file with some, the journal with the rest. */
async function writeState(folder: string): Promise<void> {
  const live = join(root, "live", "state.sqlite");
  const state = openState(live);
  const write = async (from: number, to: number): Promise<void> => {
    for (let id = from; id < to; id += 1) {
      const chat = String(700_000 + (id % 5));
      await state.accept({ id, chat, payload: JSON.stringify(`question ${id}`), receivedAt: id });
      if (id % 2 === 0) await state.answered(id, [{ chat, question: id, payload: `"answer ${id}"` }], id);
      await state.remember(chat, `"memory ${id}"`, id);
    }
  };
  await write(1, 60);
  await state.prune(1);
  await write(60, 90);
  mkdirSync(folder, { recursive: true });
  for (const suffix of ["", "-wal"]) copyFileSync(live + suffix, join(folder, `state.sqlite${suffix}`));
  await state.close();
}

/** What is waiting in a state, each as one line. */
async function waitingIn(file: string, warnings: string[]): Promise<string[]> {
  const state = openState(file, (line) => warnings.push(line));
  try {
    const updates = (await state.unanswered()).map(({ id, chat, payload }) => `${id} ${chat} ${payload}`);
    const deliveries = (await state.undelivered()).map(
      ({ chat, question, payload, status }) => `${chat} ${question} ${payload} ${status}`,
    );
    const memories = [];
    for (let chat = 700_000; chat < 700_005; chat += 1)
      memories.push((await state.recall(String(chat), 90)) ?? "");
    const known = memories.filter((memory) => memory !== "" && !/^"memory \d+"$/.test(memory));
    return [...updates, ...deliveries, ...known];
  } finally {
    await state.close();
  }
}

/** Whether a waiting thing is one that was written, now or before a change that is lost. */
function wasWritten(line: string): boolean {
  const [, id, chat] = /^(\d+) (\d+) "question \1"$/.exec(line) ?? [];
  const [, to, question] = /^(\d+) (\d+) "answer \2" (?:pending|sending)$/.exec(line) ?? [];
  return Number(chat ?? to) === 700_000 + (Number(id ?? question) % 5);
}

describe("a damaged state", () => {
  it(
    "is kept aside and said, and what is read of it is what was written",
    async () => {
      const sound = join(root, "state");
      await writeState(sound);
      const right = await waitingIn(join(copyOf(sound, "sound-state"), "state.sqlite"), []);
      expect(right).toHaveLength(45 + 44);
      const wrong: string[] = [];
      const counts = { damaged: 0, whole: 0, "told of": 0, refused: 0, "cut at a border": 0 };
      const names = ["state.sqlite", "state.sqlite-wal"];
      for (let n = 0; n < STATE_TRIES; n += 1) {
        const folder = copyOf(sound, `state-${n}`);
        const name = names[n % names.length] ?? "";
        const what = damage(folder, name);
        counts.damaged += 1;
        const warnings: string[] = [];
        const found = await waitingIn(join(folder, "state.sqlite"), warnings).catch(
          (error: unknown) => error,
        );
        if (!Array.isArray(found)) {
          if (found instanceof StateError && /STATE_DIR/.test(found.message)) counts.refused += 1;
          else wrong.push(`${what}: ${String(found)}`);
          continue;
        }
        const altered = found.filter((line) => !wasWritten(line));
        if (altered.length > 0) wrong.push(`${what}: ${altered[0]}`);
        const lost = right.filter((line) => !found.includes(line)).length;
        // A file that is gone, empty, or cut between two changes cannot be told from one that never held more.
        const unknowable =
          /gone|emptied|cut at a page/.test(what) || (name.endsWith("wal") && / cut$/.test(what));
        if (lost === 0) counts.whole += 1;
        else if (warnings.length > 0) counts["told of"] += 1;
        else if (unknowable) counts["cut at a border"] += 1;
        else wrong.push(`${what}: ${lost} lost without a word`);
        const aside = readdirSync(folder).some((entry) => entry.includes(".damaged-"));
        if (warnings.some((line) => line.includes("kept as")) !== aside)
          wrong.push(`${what}: nothing was kept`);
        rmSync(folder, { recursive: true });
      }
      tell("damage to a state", { ...counts, wrong: wrong.length });
      expect(wrong).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );
});

function copyOf(folder: string, name: string): string {
  const copy = join(root, "copies", name);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

describe("a damaged model", () => {
  it(
    "is refused by its hash before anything is loaded from it",
    async () => {
      const model = join(ROOT, "models", BUNDLED_MODEL);
      const wrong: string[] = [];
      let damaged = 0;
      for (const file of Object.keys(BUNDLED_MODEL_FILES))
        for (let n = 0; n < MODEL_TRIES; n += 1) {
          const modelDir = join(root, "model");
          for (const other of Object.keys(BUNDLED_MODEL_FILES)) {
            mkdirSync(dirname(join(modelDir, other)), { recursive: true });
            if (other !== file) linkOrCopy(join(model, other), join(modelDir, other));
          }
          const bytes = readFileSync(join(model, file));
          const [way, change] = DAMAGES[random.below(DAMAGES.length)] ?? ["", () => null];
          const changed = change(bytes, [readFileSync(join(model, "config.json"))]);
          if (changed?.equals(bytes)) continue;
          if (changed !== null) writeFileSync(join(modelDir, file), changed);
          damaged += 1;
          const told = await openLocalEmbedder({ modelDir, expected: BUNDLED_MODEL_FILES }).then(
            () => "it was opened",
            (error: Error) => error.message,
          );
          if (!/(?:is altered|is missing).*restore the folder from the repository/.test(told))
            wrong.push(`${file}: ${way}: ${told}`);
          rmSync(modelDir, { recursive: true });
        }
      tell("damage to a model", { damaged, refused: damaged - wrong.length });
      expect(wrong).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );
});

function linkOrCopy(from: string, to: string): void {
  if (existsSync(to)) return;
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
