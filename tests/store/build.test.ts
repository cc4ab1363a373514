import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { type BuildOptions, type BuildSummary, buildStore } from "../../src/store/build.ts";
import { inspectIndex, openStore } from "../../src/store/sqlite.ts";
import { StoreError } from "../../src/store/store.ts";
import { lockWriter } from "../../src/store/writer-lock.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages, sampleReport } from "./samples.ts";

let indexDir: string;
beforeEach(() => {
  indexDir = mkdtempSync(join(tmpdir(), "isnad-build-"));
});
afterEach(() => rmSync(indexDir, { recursive: true, force: true }));

function build(options: Partial<BuildOptions> = {}): Promise<BuildSummary> {
  return buildStore({
    indexDir,
    reports: SAMPLE_REPORTS,
    passagesOf: samplePassages,
    embedder: new FakeEmbedder(),
    versions: SAMPLE_VERSIONS,
    corpus: "sample",
    now: () => "2026-01-01T00:00:00.000Z",
    ...options,
  });
}

const expected = { ...SAMPLE_VERSIONS, corpus: "sample", embedding: new FakeEmbedder().model };

describe("buildStore", () => {
  it("counts what it did", async () => {
    const first = await build();
    expect(first).toMatchObject({ added: 4, changed: 0, removed: 0, unchanged: 0, passages: 6 });
    expect(first.embedded).toBeGreaterThan(0);
    expect(await build()).toEqual({ ...first, added: 0, unchanged: 4, embedded: 0 });
  });

  it("embeds a text once, however often it stands in the reports", async () => {
    const embedder = new FakeEmbedder();
    const { embedded } = await build({ embedder });
    expect(embedder.seen).toHaveLength(embedded);
    expect(new Set(embedder.seen).size).toBe(embedded);
  });

  it("embeds only what is new when a report is added, changed or removed", async () => {
    await build();
    const embedder = new FakeEmbedder();
    const [first, , third, empty] = SAMPLE_REPORTS;
    const changed = sampleReport("000_a", `${SAMPLE_REPORTS[1]?.report.body}\nوصلت المساعدات`);
    const added = sampleReport("004_d", "عاد السكان");
    const reports = [first, third, empty, changed, added]
      .filter((report) => report !== undefined)
      .slice(0, 5);
    expect(await build({ reports, embedder })).toMatchObject({
      added: 1,
      changed: 1,
      removed: 0,
      unchanged: 3,
    });
    const fresh = ["عاد السكان", "وصلت المساعدات"];
    expect(embedder.seen).toEqual(expect.arrayContaining(fresh));
    for (const text of embedder.seen) expect(fresh.some((line) => text.includes(line))).toBe(true);
    expect(await build({ reports: SAMPLE_REPORTS.slice(0, 2) })).toMatchObject({
      added: 0,
      changed: 1,
      removed: 3,
      unchanged: 1,
    });
    expect(await (await openStore({ indexDir })).reportIds()).toEqual(["000_a", "002_b"]);
  });

  it("cuts only what is new when told that nothing else shapes passages", async () => {
    const cut: string[] = [];
    const passagesOf: BuildOptions["passagesOf"] = (report) => {
      cut.push(report.id);
      return samplePassages(report);
    };
    const shaping = (): string => "gazetteer 1";
    await build({ shaping });
    const before = await openStore({ indexDir });
    const reports = [
      ...SAMPLE_REPORTS.slice(0, 3),
      sampleReport("000", "وصلت المساعدات إلى الميادين في 2018-01-02"),
    ];
    expect(await build({ reports, passagesOf, shaping })).toMatchObject({
      added: 1,
      removed: 1,
      passages: 7,
    });
    expect(cut).toEqual(["000"]);
    const after = await openStore({ indexDir });
    expect((await after.passages(await after.select({}))).slice(1)).toEqual(
      await before.passages(await before.select({})),
    );
    expect(await after.select({ places: ["mayadin"] })).toEqual([0, 6]);
    expect(await after.select({ days: [{ start: "2017-10-30", end: "2017-10-30" }] })).toEqual([5]);
    await build({ reports, passagesOf, shaping: () => "gazetteer 2" });
    await build({
      reports,
      passagesOf,
      shaping: () => "gazetteer 2",
      versions: { ...SAMPLE_VERSIONS, chunkerVersion: 2 },
    });
    expect(cut).toHaveLength(1 + 4 + 4);
  });

  it("embeds everything again for another model", async () => {
    const { embedded } = await build();
    const embedder = new FakeEmbedder({ fingerprint: "fake-2", dimension: 48 });
    expect(await build({ embedder })).toMatchObject({ unchanged: 4, embedded });
    const store = await openStore({ indexDir });
    expect(store.manifest.embedding.dimension).toBe(48);
    await store.close();
  });

  it("stamps when the reports last changed, which a new build of the same ones does not move", async () => {
    const changedAt = async (day: string, options: Partial<BuildOptions> = {}) => {
      await build({ now: () => day, ...options });
      const store = await openStore({ indexDir });
      await store.close();
      return store.manifest.changedAt;
    };
    expect(await changedAt("2026-01-01")).toBe("2026-01-01");
    expect(await changedAt("2026-01-02", { versions: { ...SAMPLE_VERSIONS, chunkerVersion: 99 } })).toBe(
      "2026-01-01",
    );
    expect(await changedAt("2026-01-03", { corpus: "other" })).toBe("2026-01-03");
  });

  it("takes reports from an asynchronous source, and none at all", async () => {
    async function* source(): AsyncGenerator<(typeof SAMPLE_REPORTS)[number]> {
      yield* SAMPLE_REPORTS;
    }
    expect(await build({ reports: source() })).toMatchObject({ added: 4 });
    expect(await build({ reports: [] })).toMatchObject({ removed: 4, passages: 0 });
    const store = await openStore({ indexDir });
    expect(await store.select({})).toEqual([]);
    expect(await store.coverage()).toMatchObject({ reports: 0, days: [], span: { start: null, end: null } });
    expect(await store.dense(new Float32Array(32), { limit: 3 })).toEqual([]);
    await store.close();
  });

  it("tells its progress, each stage to its end", async () => {
    const steps: string[] = [];
    const { embedded: texts } = await build({
      onProgress: (stage, done, total) => steps.push(`${stage} ${done}/${total}`),
    });
    expect(steps).toEqual(
      expect.arrayContaining([
        "read 4/0",
        "cut 4/4",
        `embed 0/${texts}`,
        `embed ${texts}/${texts}`,
        "index 6/6",
      ]),
    );
  });

  it("leaves one generation and nothing half-made behind", async () => {
    await build();
    await build({ corpus: "another" });
    const names = readdirSync(indexDir).sort();
    expect(names).toEqual([
      "current.json",
      expect.stringMatching(/^segment-[0-9a-f]{16}\.sqlite$/),
      "writer.lock",
    ]);
  });

  it("refuses two reports with one id, and keeps the former index", async () => {
    await build();
    const twice = [...SAMPLE_REPORTS, sampleReport("000_a", "نص آخر")];
    await expect(build({ reports: twice })).rejects.toThrow(/Two reports have the id 000_a; rename/);
    expect(await inspectIndex(indexDir, expected)).toMatchObject({ state: "current" });
  });

  it("refuses a passage that does not stand in its report", async () => {
    const passagesOf: BuildOptions["passagesOf"] = (report) =>
      samplePassages(report).map((passage) => ({ ...passage, start: passage.start + 1 }));
    await expect(build({ passagesOf })).rejects.toThrow(/does not stand in report/);
  });

  it("refuses vectors that cannot be stored", async () => {
    const broken: Embedder = {
      model: expected.embedding,
      close: () => Promise.resolve(),
      embed: async (texts) => texts.map(() => new Float32Array(32).fill(Number.NaN)),
    };
    await expect(build({ embedder: broken })).rejects.toThrow(/no vector of 32 finite numbers/);
  });

  it("ends with the signal's reason and keeps what was embedded", async () => {
    const controller = new AbortController();
    const body = Array.from({ length: 200 }, (_, i) => `جملة رقم ${i}`).join("\n");
    const reports = [sampleReport("000_long", body)];
    const totals: number[] = [];
    const onProgress: BuildOptions["onProgress"] = (stage, done, total) => {
      if (stage === "embed") totals.push(total);
      if (stage === "embed" && done > 0) controller.abort(new Error("asked to stop"));
    };
    const running = build({ reports, onProgress, signal: controller.signal });
    await expect(running).rejects.toThrow("asked to stop");
    const { embedded } = await build({ reports });
    expect(embedded).toBeGreaterThan(0);
    expect(embedded).toBe(Math.max(...totals) - 64);
  });
});

describe("a second writer", () => {
  it("is refused while the first one writes, by name of its process", async () => {
    const lock = lockWriter(indexDir);
    await expect(build()).rejects.toThrow(`is being built by another process (pid ${process.pid})`);
    lock.release();
    expect(await build()).toMatchObject({ added: 4 });
  });

  it("is not held up by a lock file that means nothing", async () => {
    writeFileSync(join(indexDir, "writer.lock"), "a foreign file of more than sixteen bytes");
    expect(await build()).toMatchObject({ added: 4 });
  });
});

describe("a reader", () => {
  it("goes on with its generation while and after another is built", async () => {
    await build();
    const store = await openStore({ indexDir });
    await build({ reports: [sampleReport("009_new", "نص جديد")], corpus: "another" });
    expect(await store.reportIds()).toEqual(["000_a", "001_c", "002_b", "003_empty"]);
    for (const { report, bytes } of SAMPLE_REPORTS) {
      expect(await store.report(report.id)).toEqual(report);
      expect(Buffer.from((await store.source(report.id)) ?? [])).toEqual(Buffer.from(bytes));
    }
    await store.close();
    const renewed = await openStore({ indexDir });
    expect(await renewed.reportIds()).toEqual(["009_new"]);
    await renewed.close();
  });
});

describe("a folder that cannot be used", () => {
  it("ends a build in the folder's name and the remedy", async () => {
    const file = join(indexDir, "a-file");
    writeFileSync(file, "");
    for (const place of [file, join(file, "below")]) {
      const error: unknown = await build({ indexDir: place }).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(StoreError);
      expect(String(error)).toMatch(/a-file.*set INDEX_DIR to another/);
    }
  });

  it("without an index says how to make one", async () => {
    await expect(openStore({ indexDir })).rejects.toThrow(/holds no index; run npm run index/);
    await expect(openStore({ indexDir: join(indexDir, "nowhere") })).rejects.toThrow(/holds no index/);
  });
});

describe("inspectIndex", () => {
  it("finds an index current, missing, or stale with the reason", async () => {
    expect(await inspectIndex(indexDir, expected)).toEqual({ state: "missing", reason: "there is none yet" });
    await build();
    expect(await inspectIndex(indexDir, expected)).toMatchObject({ state: "current" });
    const stale = async (change: object): Promise<unknown> =>
      inspectIndex(indexDir, { ...expected, ...change });
    expect(await stale({ chunkerVersion: 2 })).toEqual({
      state: "stale",
      reason: "the chunker is of version 2, the index of 1",
    });
    expect(await stale({ corpus: "x" })).toMatchObject({
      state: "stale",
      reason: expect.stringMatching(/reports/),
    });
    expect(await stale({ embedding: { ...expected.embedding, id: "other" } })).toMatchObject({
      reason: "the embedding model is other, the index holds fake",
    });
    expect(await stale({ embedding: { ...expected.embedding, fingerprint: "2" } })).toMatchObject({
      reason: "the embedding model fake has changed",
    });
    for (const key of ["normalizerVersion", "annotatorVersion"])
      expect(await stale({ [key]: 7 })).toMatchObject({ state: "stale" });
  });
});
