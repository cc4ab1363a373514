import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { buildStore } from "../../src/store/build.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { storeContract } from "../contract/store.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages } from "./samples.ts";

const indexDir = mkdtempSync(join(tmpdir(), "isnad-store-"));
afterAll(() => rmSync(indexDir, { recursive: true }));

storeContract("the SQLite store", async (embedder) => {
  await buildStore({
    indexDir,
    reports: SAMPLE_REPORTS,
    passagesOf: samplePassages,
    embedder,
    versions: SAMPLE_VERSIONS,
    corpus: "sample",
    now: () => "2026-01-01T00:00:00.000Z",
  });
  return openStore({ indexDir });
});
