/** The same questions to the same reports in both stores: the answers cite the same quotations. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sources } from "../../../src/answer/asked.ts";
import type { Embedder } from "../../../src/embedding/embedder.ts";
import {
  answerQuestion,
  buildCollection,
  type CollectionSource,
  openCollection,
} from "../../../src/pipeline.ts";
import { fiveReports, ROOT } from "../../five-reports.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../../postgres/server.ts";
import { FULL } from "../../reliability/mode.ts";

const TODAY = "2026-11-22";
const SHARED = process.env.SHARED_DIR ?? join(ROOT, "..", "shared");
const PUBLIC = join(SHARED, "eval", "questions.jsonl");
const OWN = join(ROOT, "tests", "questions", "own.jsonl");

/** Of the project's own questions the suite asks every fourth; HARNESS_FULL=1 asks all. */
const OWN_STEP = FULL ? 1 : 4;

/** Questions whose citations may differ, with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {};

interface SetQuestion {
  readonly id: string;
  readonly question: string;
}

function readSet(file: string): SetQuestion[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as SetQuestion);
}

/** What of an answer must be the same: its kind and, in order, where each quotation stands. */
async function cited(question: string, sources: Sources): Promise<string> {
  const { answer } = await answerQuestion({ text: question, today: TODAY, memory: null }, sources);
  const citations = "citations" in answer ? answer.citations : [];
  const places = citations.map(({ report, start, end }) => `${report} ${start}-${end}`);
  return [answer.kind, ...places].join("\n");
}

/** Both indexes hold the same texts: each is embedded once. */
function remembering(embedder: Embedder): Embedder {
  const known = new Map<string, Float32Array>();
  return {
    model: embedder.model,
    async embed(texts, role, options) {
      const missing = texts.filter((text) => !known.has(`${role} ${text}`));
      const made = missing.length > 0 ? await embedder.embed(missing, role, options) : [];
      missing.forEach((text, at) => {
        known.set(`${role} ${text}`, made[at] ?? new Float32Array());
      });
      return texts.map((text) => known.get(`${role} ${text}`) ?? new Float32Array());
    },
    close: () => embedder.close(),
  };
}

async function built(source: CollectionSource): Promise<Sources> {
  await buildCollection(source, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: ({ file, reason }) => {
      throw new Error(`${file} ${reason}`);
    },
    onWarning: () => undefined,
  });
  return openCollection(source);
}

describe.skipIf(serverUrl === null)(withPostgres("questions to both stores"), () => {
  let schema: TestSchema;
  let files: Sources;
  let database: Sources;

  beforeAll(async () => {
    schema = await freshSchema();
    const source = await fiveReports();
    const shared = { ...source, embedder: remembering(source.embedder) };
    files = await built(shared);
    database = await built({ ...shared, database: schema.place });
  });
  afterAll(async () => {
    await files?.store.close();
    await database?.store.close();
    await files?.embedder.close();
    await schema?.drop();
  });

  async function compare(questions: readonly SetQuestion[]): Promise<void> {
    const differing: string[] = [];
    for (const { id, question } of questions)
      if ((await cited(question, files)) !== (await cited(question, database))) differing.push(id);
    expect(differing.filter((id) => !(id in EXPLAINED))).toEqual([]);
    expect(differing.length).toBeLessThanOrEqual(questions.length / 100);
  }

  it("cover the same days and places", async () => {
    expect(database.coverage).toEqual(files.coverage);
    expect(database.reportIds).toEqual(files.reportIds);
  });

  const title = "cite the same quotations: the public set";
  if (existsSync(PUBLIC)) it(title, () => compare(readSet(PUBLIC)));
  else it.skip(`${title} (skipped: ${PUBLIC} is not there)`, () => undefined);

  it("cite the same quotations: the project's own set", () =>
    compare(readSet(OWN).filter((_, at) => at % OWN_STEP === 0)));
});
