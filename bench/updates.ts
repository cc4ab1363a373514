/**
 * A large collection in files that changes by one report: how long the first build and the updates take, how much is
 * embedded anew, and whether a deleted report leaves a trace. Reports are recombined clauses of the public sets;
 * the vectors of the first build are made up (embedding them takes hours), those of the updates are the model's.
 * Run: npm run bench:updates [-- REPORTS] (writes bench/RESULTS.md; SHARED_DIR names the folder of the sets).
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Embedder } from "../src/embedding/embedder.ts";
import { openEmbedder } from "../src/embedding/open.ts";
import { seededRandom } from "../src/evaluation/bootstrap.ts";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { buildCollection, type CollectionSource } from "../src/pipeline.ts";
import { NO_OVERRIDES } from "../src/report/overrides.ts";
import { hasSets, readPublicSets } from "./recombined.ts";
import { markdownTable, ROOT, writeSection } from "./results.ts";

const SENTENCES = 6;
const FOLDERS = 100;
/** Words that stand in the added report only, for the search for traces. */
const MARK = "قصف البستان الأخضر المهجور عند الجسر الخشبي القديم";

interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly embedded: number;
  readonly passages: number;
}

/** Vectors without a model, the same for the same text. */
function madeUp(text: string, dimension: number): Float32Array {
  const random = seededRandom(createHash("sha256").update(text).digest().readUInt32LE(0));
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

async function build(name: string, source: CollectionSource): Promise<Step> {
  const begun = performance.now();
  let stage = "";
  const summary = await buildCollection(source, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: ({ file, reason }) => console.error(`${file} ${reason}`),
    onWarning: () => undefined,
    onProgress: (next) => {
      if (next !== stage) console.error(`  ${((performance.now() - begun) / 1000).toFixed(2)} s ${next}`);
      stage = next;
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  console.error(`${name}: ${seconds.toFixed(2)} s, ${summary.embedded} embedded`);
  return { name, seconds, embedded: summary.embedded, passages: summary.passages };
}

/** Names of the files below a folder that hold the words, in UTF-8 or UTF-16. */
function traces(folder: string): string[] {
  const wanted = [Buffer.from(MARK), Buffer.from(MARK, "utf16le")];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => wanted.some((words) => readFileSync(file).includes(words)));
}

async function measure(reports: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "isnad-updates-"));
  try {
    const dataDir = join(folder, "data");
    const { clauses } = readPublicSets();
    const random = seededRandom(3);
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
    const model = await openEmbedder("", { modelsDir: join(ROOT, "models") });
    const bulk: Embedder = {
      model: model.model,
      embed: async (texts) => texts.map((text) => madeUp(text, model.model.dimension)),
      close: async () => undefined,
    };
    const source: CollectionSource = {
      dataDir,
      indexDir: join(folder, "index"),
      names: await readGazetteer(join(ROOT, "data")),
      overrides: NO_OVERRIDES,
      embedder: bulk,
    };
    const steps = [await build("first build, without the embedding", source)];
    await model.embed(["تسخين"], "passage");
    const real = { ...source, embedder: model };
    const added = join(dataDir, "050", "added.txt");
    const text = `${MARK} صباح 3 آذار 2016. ${clauses[1]}. ${clauses[2]}.\n`;
    writeFileSync(added, text);
    steps.push(await build("one report added", real));
    const before = traces(folder).length;
    writeFileSync(added, `${text}${clauses[3]}.\n`);
    steps.push(await build("one report changed", real));
    rmSync(added);
    steps.push(await build("one report deleted", real));
    const after = traces(folder);
    await model.close();
    const rows = steps.map(({ name, seconds, embedded, passages }) => [
      name,
      seconds.toFixed(2),
      String(embedded),
      passages.toLocaleString("en"),
    ]);
    const found = `Files with the words of the deleted report: ${before} before, ${after.length} after.`;
    writeSection(
      `${reports.toLocaleString("en")} reports in files, updated`,
      `${markdownTable(["", "seconds", "texts embedded", "passages"], rows)}\n\n${found}`,
    );
    console.log(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!hasSets) console.log("the public sets are missing (SHARED_DIR): nothing measured");
else await measure(Number(process.argv[2] ?? 10_000));
