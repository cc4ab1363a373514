/** The search by words in PostgreSQL finds what comparing every passage finds, also where it looks at few of them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/evaluation/bootstrap.ts";
import { openPostgres } from "../../../src/postgres/database.ts";
import type { Postgres } from "../../../src/postgres/postgres.ts";
import { buildDatabaseStore } from "../../../src/store/postgres/build.ts";
import { currentGeneration } from "../../../src/store/postgres/generation.ts";
import { LexicalSearch } from "../../../src/store/postgres/lexical.ts";
import { openDatabaseStore } from "../../../src/store/postgres/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { lexicalTerms } from "../../../src/text/tokens.ts";
import { FakeEmbedder } from "../../fakes.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../../postgres/server.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "../samples.ts";

const WORDS =
  "قصف نزح السوق القمح الطيران الفرات المدينة الجسر النهر المشفى القرية الطريق المخيم الحاجز".split(" ");
const random = seededRandom(11);
/** Common words stand first: a word's chance falls with its place. */
const word = (): string => WORDS[Math.floor(random() ** 2.5 * WORDS.length)] ?? "";
const line = (least: number): string =>
  Array.from({ length: least + Math.floor(random() * 9) }, word).join(" ");

describe.skipIf(serverUrl === null)(withPostgres("the search by words in PostgreSQL"), () => {
  let schema: TestSchema;
  let database: Postgres;
  let store: Store;
  beforeAll(async () => {
    schema = await freshSchema();
    database = await openPostgres({ url: schema.url });
    const reports = Array.from({ length: 8 }, (_, n) =>
      sampleReport(`r${n}`, Array.from({ length: 25 }, () => line(n < 2 ? 2 : 6)).join("\n")),
    );
    // The stored impacts are of the mean length of the first two, whose passages are shorter.
    for (const count of [2, 8])
      await buildDatabaseStore({
        database: schema.place,
        reports: reports.slice(0, count),
        passagesOf: samplePassages,
        embedder: new FakeEmbedder(),
        versions: SAMPLE_VERSIONS,
        corpus: String(count),
        shaping: () => "the same",
        now: () => "2026-01-01T00:00:00.000Z",
      });
    store = await openDatabaseStore(schema.place);
  });
  afterAll(async () => {
    await store?.close();
    await database?.close();
    await schema?.drop();
  });

  it("gives the scores of comparing every passage, however few it looks at first", async () => {
    const generation = await currentGeneration(database);
    if (generation === null) throw new Error("nothing was built");
    expect(generation.impactMean).toBeLessThan(generation.terms / generation.passages);
    const all = await store.select({});
    for (const lookedThrough of [1, 20, 1_000]) {
      const search = new LexicalSearch(database, generation, { lookedThrough });
      for (let n = 0; n < 20; n += 1) {
        const terms = lexicalTerms(line(2));
        const wanted = await store.lexical(terms, { limit: 5, within: all });
        const found = await search.search(terms, 5);
        expect(found.length).toBeGreaterThanOrEqual(wanted.length);
        for (const [at, { score }] of wanted.entries()) expect(found[at]?.score).toBeCloseTo(score, 9);
      }
    }
  });
});
