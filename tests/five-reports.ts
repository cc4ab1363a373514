import { mkdtemp } from "node:fs/promises";
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

/** The five reports, built with the bundled model and opened for questions. */
export async function openFiveReports(indexDir?: string): Promise<Sources> {
  const source = await fiveReports(indexDir);
  await buildCollection(source, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: ({ file, reason }) => {
      throw new Error(`${file} ${reason}`);
    },
    onWarning: () => undefined,
  });
  return openCollection(source);
}
