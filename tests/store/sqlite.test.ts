import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { buildStore } from "../../src/store/build.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { storeContract } from "../contract/store.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages } from "./samples.ts";

const root = mkdtempSync(join(tmpdir(), "isnad-store-"));
afterAll(() => rmSync(root, { recursive: true }));

async function open(embedder: Embedder, neighboursFrom?: number): Promise<Store> {
  const indexDir = mkdtempSync(join(root, "index-"));
  await buildStore({
    indexDir,
    reports: SAMPLE_REPORTS,
    passagesOf: samplePassages,
    embedder,
    versions: SAMPLE_VERSIONS,
    corpus: "sample",
    now: () => "2026-01-01T00:00:00.000Z",
    neighboursFrom,
  });
  return openStore({ indexDir });
}

storeContract("the SQLite store", (embedder) => open(embedder));
storeContract("the SQLite store with neighbours", (embedder) => open(embedder, 1));
