import { afterAll, describe } from "vitest";
import type { Embedder } from "../../../src/embedding/embedder.ts";
import { buildDatabaseStore } from "../../../src/store/postgres/build.ts";
import { openDatabaseStore } from "../../../src/store/postgres/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { storeContract } from "../../contract/store.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../../postgres/server.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages } from "../samples.ts";

const schemas: TestSchema[] = [];
afterAll(() => Promise.all(schemas.map((schema) => schema.drop())));

async function open(embedder: Embedder, neighboursFrom?: number): Promise<Store> {
  const schema = await freshSchema();
  schemas.push(schema);
  await buildDatabaseStore({
    database: schema.place,
    reports: SAMPLE_REPORTS,
    passagesOf: samplePassages,
    embedder,
    versions: SAMPLE_VERSIONS,
    corpus: "sample",
    now: () => "2026-01-01T00:00:00.000Z",
    neighboursFrom,
  });
  return openDatabaseStore(schema.place);
}

describe.skipIf(serverUrl === null)(withPostgres("in PostgreSQL"), () => {
  storeContract("the PostgreSQL store", (embedder) => open(embedder));
  storeContract("the PostgreSQL store with neighbours", (embedder) => open(embedder, 1));
});
