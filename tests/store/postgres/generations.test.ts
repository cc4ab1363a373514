/** What an update does to those who read, and to what was there before. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPostgres } from "../../../src/postgres/database.ts";
import type { Postgres } from "../../../src/postgres/postgres.ts";
import type { BuildSummary, ReceivedReport } from "../../../src/store/build.ts";
import { buildDatabaseStore, type DatabaseBuildOptions } from "../../../src/store/postgres/build.ts";
import { auditDatabaseIndex, watchDatabaseIndex } from "../../../src/store/postgres/inspect.ts";
import { openDatabaseStore } from "../../../src/store/postgres/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { lexicalTerms } from "../../../src/text/tokens.ts";
import { FakeEmbedder } from "../../fakes.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../../postgres/server.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "../samples.ts";

const FIRST = sampleReport("000_a", "قصف الطيران حي الحميدية في 2017-10-29\nارتفعت أسعار القمح في السوق");
const SECOND = sampleReport("002_b", "نزح السكان إلى ضفة الفرات في 2017-10-30");
const BETWEEN = sampleReport("001_c", "قصف الطيران الميادين في 2017-11-02 وقتل مدنيون\nنزح السكان");
const CHANGED = sampleReport("000_a", "قصف الطيران حي الحميدية في 2017-10-31\nارتفعت أسعار القمح في السوق");

describe.skipIf(serverUrl === null)(withPostgres("generations in PostgreSQL"), () => {
  let schema: TestSchema;
  let database: Postgres;
  const open: Store[] = [];
  beforeEach(async () => {
    schema = await freshSchema();
    database = await openPostgres({ url: schema.url });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
    await database.close();
    await schema.drop();
  });

  function build(
    reports: readonly ReceivedReport[],
    options: Partial<DatabaseBuildOptions> = {},
  ): Promise<BuildSummary> {
    return buildDatabaseStore({
      database: schema.place,
      reports,
      passagesOf: samplePassages,
      embedder: new FakeEmbedder(),
      versions: SAMPLE_VERSIONS,
      corpus: reports.map(({ report }) => report.sha256).join(),
      shaping: () => "the same",
      now: () => "2026-01-01T00:00:00.000Z",
      ...options,
    });
  }

  async function reader(): Promise<Store> {
    const store = await openDatabaseStore(schema.place);
    open.push(store);
    return store;
  }

  const texts = async (store: Store): Promise<string[]> =>
    (await store.passages(await store.select({}))).map(({ text }) => text);

  /** Everything that a store gives, for comparison with another. */
  async function everything(store: Store): Promise<unknown> {
    const [vector = new Float32Array()] = await new FakeEmbedder().embed(["قصف الطيران"], "query");
    const terms = lexicalTerms("قصف الطيران الحميدية نزح القمح");
    const refs = await store.select({});
    return {
      texts: await texts(store),
      coverage: await store.coverage(),
      dense: await store.dense(vector, { limit: 10 }),
      lexical: await store.lexical(terms, { limit: 10 }),
      scores: await store.score({ vector, terms }, refs),
      rarity: await store.rarity(terms),
      days: await store.select({ days: [{ start: "2017-10-30", end: null }] }),
      places: await store.select({ places: ["hamidiya"] }),
      placeFields: await store.placeFields(),
    };
  }

  it("writes only the rows of a report that comes, and embeds only its texts", async () => {
    await build([FIRST, SECOND]);
    const rows = () => database.rows("SELECT ref, xmin::text FROM passage_terms ORDER BY ref");
    const before = await rows();
    const summary = await build([FIRST, BETWEEN, SECOND]);
    expect(summary).toMatchObject({ added: 1, changed: 0, removed: 0, unchanged: 2, passages: 5 });
    expect((await rows()).slice(0, before.length)).toEqual(before);
    expect(await rows()).toHaveLength(before.length + 2);
  });

  it("updated step by step gives what is built at once", async () => {
    await build([SECOND]);
    await build([FIRST, SECOND]);
    await build([FIRST, BETWEEN, SECOND]);
    await build([CHANGED, BETWEEN]);
    await build([CHANGED, BETWEEN, SECOND]);
    const stepwise = await everything(await reader());
    const other = await freshSchema();
    try {
      await build([CHANGED, BETWEEN, SECOND], { database: other.place });
      const atOnce = await openDatabaseStore(other.place);
      expect(stepwise).toEqual(await everything(atOnce));
      await atOnce.close();
    } finally {
      await other.drop();
    }
  });

  it("never changes under its reader, and is deleted when nobody reads it", async () => {
    await build([FIRST, SECOND]);
    const old = await reader();
    const before = await everything(old);
    await build([CHANGED, BETWEEN]);
    expect(await everything(old)).toEqual(before);
    expect(await texts(await reader())).toEqual([...textsOf(CHANGED), ...textsOf(BETWEEN)]);
    const left = () => database.rows<{ id: string }>("SELECT id FROM reports ORDER BY key");
    await build([CHANGED, BETWEEN]);
    expect((await left()).map(({ id }) => id)).toContain("002_b");
    await Promise.all(open.splice(0).map((store) => store.close()));
    await build([CHANGED, BETWEEN]);
    expect((await left()).map(({ id }) => id).sort()).toEqual(["000_a", "001_c"]);
    const [rows] = await database.rows("SELECT count(*) AS n FROM passage_terms WHERE until IS NOT NULL");
    expect(rows).toEqual({ n: 0 });
  });

  it("is deleted when its last reader closes it, and not before the time that replicas are given", async () => {
    const ids = async () =>
      (await database.rows<{ id: string }>("SELECT id FROM reports ORDER BY id")).map(({ id }) => id);
    await build([FIRST, SECOND]);
    const old = await reader();
    await build([FIRST]);
    expect(await ids()).toEqual(["000_a", "002_b"]);
    await old.close();
    expect(await ids()).toEqual(["000_a"]);
    const patient = { ...schema.place, grace: 3_600 };
    await build([FIRST, BETWEEN], { database: patient });
    await build([FIRST], { database: patient });
    expect(await ids()).toEqual(["000_a", "001_c"]);
    await database.rows("UPDATE generations SET published_at = published_at - interval '1 hour'");
    await build([FIRST], { database: patient });
    expect(await ids()).toEqual(["000_a"]);
  });

  it("is not replaced by one in which nothing is new", async () => {
    await build([FIRST, SECOND]);
    const numbers = () => database.rows("SELECT number FROM generations");
    const before = await numbers();
    const same = { added: 0, changed: 0, removed: 0, unchanged: 2, passages: 3, embedded: 0 };
    expect(await build([FIRST, SECOND])).toEqual(same);
    expect(await numbers()).toEqual(before);
    // Names or corrections may have changed, which everybody must read again.
    expect(await build([FIRST, SECOND], { corpus: "another" })).toEqual(same);
    expect(await numbers()).not.toEqual(before);
  });

  it("is kept up by one of those who watch, and by the next when that one ends", async () => {
    const watches = [await watchDatabaseIndex(schema.place), await watchDatabaseIndex(schema.place)];
    const begun: [number, boolean][] = [];
    const ends = watches.map((watch, at) => {
      const stop = new AbortController();
      const done = watch.alone(async (signal, former) => {
        begun.push([at, former]);
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      }, stop.signal);
      return async () => {
        stop.abort();
        await done;
      };
    });
    await expect.poll(() => begun).toHaveLength(1);
    const first = begun[0]?.[0] ?? 0;
    await ends[first]?.();
    await expect
      .poll(() => begun, { timeout: 10_000 })
      .toEqual([
        [first, false],
        [1 - first, true],
      ]);
    await ends[1 - first]?.();
    for (const watch of watches) await watch.close();
  });

  it("is as it was after a build that ends half-way, and the next one embeds nothing twice", async () => {
    await build([FIRST]);
    const failing = build([FIRST, BETWEEN, SECOND], {
      now: () => {
        throw new Error("killed");
      },
    });
    await expect(failing).rejects.toThrow("killed");
    expect(await texts(await reader())).toEqual(textsOf(FIRST));
    expect(await build([FIRST, BETWEEN, SECOND])).toMatchObject({ added: 2, embedded: 0 });
    expect(await texts(await reader())).toEqual([FIRST, BETWEEN, SECOND].flatMap(textsOf));
    const [rows] = await database.rows("SELECT count(*) AS n FROM reports");
    expect(rows).toEqual({ n: 3 });
  });

  it("is written by one process at a time", async () => {
    const lock = await database.tryLock("writer");
    const impatient = build([FIRST], { patience: 0 });
    await expect(impatient).rejects.toThrow(/is being built by another process; wait/);
    const stop = new AbortController();
    const stopped = build([FIRST], { signal: stop.signal });
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    const patient = build([FIRST]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await lock?.release();
    expect(await patient).toMatchObject({ added: 1 });
  });

  it("is told to those who watch", async () => {
    await build([FIRST]);
    const watch = await watchDatabaseIndex(schema.place);
    try {
      const before = await watch.current();
      const told = watch.wait(30_000, new AbortController().signal);
      await build([FIRST, SECOND]);
      await told;
      await expect.poll(() => watch.current()).not.toBe(before);
    } finally {
      await watch.close();
    }
  });

  it("is known as altered when somebody wrote into the tables", async () => {
    await build([FIRST, SECOND]);
    expect((await auditDatabaseIndex(schema.place)).findings).toEqual([]);
    await database.rows("UPDATE reports SET record = replace(record, 'القمح', 'الشعير') WHERE id = '000_a'");
    const { findings } = await auditDatabaseIndex(schema.place);
    expect(findings.join("\n")).toContain("the stored text or data of the report 000_a was changed");
  });
});

function textsOf({ report }: ReceivedReport): string[] {
  return samplePassages(report).map(({ text }) => text);
}
