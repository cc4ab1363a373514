import { rmSync } from "node:fs";
import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sources } from "../src/answer/asked.ts";
import { openEmbedder } from "../src/embedding/open.ts";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { buildCollection, type CollectionSource, openCollection } from "../src/pipeline.ts";
import { readOverrides } from "../src/report/overrides.ts";

export const ROOT = join(import.meta.dirname, "..");

/** The project's own collection as a fresh clone has it, with an index in a temporary folder or the one given. */
export async function fiveReports(indexDir?: string): Promise<CollectionSource> {
  return {
    dataDir: join(ROOT, "data", "reports"),
    indexDir: indexDir ?? (await mkdtemp(join(tmpdir(), "isnad-index-"))),
    names: await readGazetteer(join(ROOT, "data")),
    overrides: await readOverrides(join(ROOT, "data", "overrides.json")),
    embedder: await openEmbedder("", { modelsDir: join(ROOT, "models") }),
  };
}

/** The index that the first test file of this process built: the others begin with a copy, which a build finds current. */
let first: string | null = null;

/** The five reports, built with the bundled model and opened for questions. */
export async function openFiveReports(indexDir?: string): Promise<Sources> {
  const source = await fiveReports(indexDir);
  if (first !== null) await cp(first, source.indexDir, { recursive: true });
  await buildCollection(source, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: ({ file, reason }) => {
      throw new Error(`${file} ${reason}`);
    },
    onWarning: () => undefined,
  });
  if (first === null) {
    const copy = await mkdtemp(join(tmpdir(), "isnad-index-"));
    await cp(source.indexDir, copy, { recursive: true });
    process.once("exit", () => rmSync(copy, { recursive: true, force: true }));
    first = copy;
  }
  return openCollection(source);
}
