/** An index that was updated step by step answers exactly as one that was built at once, and keeps nothing of what went. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type BuildOptions, type BuildSummary, buildStore } from "../../src/store/build.ts";
import { compareIds, planSegments } from "../../src/store/plan-segments.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { lexicalTerms } from "../../src/text/tokens.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "./samples.ts";

const root = mkdtempSync(join(tmpdir(), "isnad-updates-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const embedder = new FakeEmbedder();

/** About four reports make a segment of this size. */
const SEGMENT_BYTES = 40_000;

function build(
  indexDir: string,
  bodies: ReadonlyMap<string, string>,
  options: Partial<BuildOptions> = {},
): Promise<BuildSummary> {
  return buildStore({
    indexDir,
    reports: [...bodies].map(([id, body]) =>
      sampleReport(id, body, body.includes("الفرات") ? ["دير الزور", "الفرات"] : ["دير الزور"]),
    ),
    passagesOf: samplePassages,
    embedder,
    versions: SAMPLE_VERSIONS,
    corpus: "sample",
    shaping: () => "always the same",
    now: () => "2026-01-01T00:00:00.000Z",
    segmentBytes: SEGMENT_BYTES,
    ...options,
  });
}

const WORDS = "قصف حي الحميدية الميادين الفرات نزح السكان أسعار القمح السوق مدنيين معارك".split(" ");
const DAYS = ["2017-10-29", "2017-11-01/2017-11-05", "2012-06-01؟", ""];
const line = fc
  .tuple(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 9 }), fc.constantFrom(...DAYS))
  .map(([words, day]) => [...words, day].join(" ").trim());
const body = fc.array(line, { maxLength: 5 }).map((lines) => lines.join("\n"));
/** Ids whose order differs between UTF-16 units and code points among them. */
const id = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((n) => `r${String(n).padStart(2, "0")}`),
  fc.constantFrom("ﻻ", "😀", "تقرير", "A b"),
);
/** A body sets a report, null takes it away. */
const step = fc.array(fc.tuple(id, fc.option(body, { freq: 3 })), { minLength: 1, maxLength: 8 });

/** Everything that a store can be asked, for every report, passage and word. */
async function everything(store: Store, limits: readonly number[]): Promise<unknown> {
  const refs = await store.select({});
  const ids = await store.reportIds();
  const questions = [...WORDS, "قصف الميادين قصف", "سؤال غريب"];
  const vectors = await embedder.embed(questions, "query");
  const asked = [];
  for (const [at, question] of questions.entries()) {
    const vector = vectors[at] ?? new Float32Array();
    const terms = lexicalTerms(question);
    for (const limit of limits)
      asked.push(await store.dense(vector, { limit }), await store.lexical(terms, { limit }));
    const within = refs.filter((ref) => ref % 3 === 0);
    asked.push(
      await store.dense(vector, { limit: 4, within }),
      await store.lexical(terms, { limit: 4, within }),
    );
    asked.push(await store.score({ vector, terms }, refs), await store.rarity(terms));
  }
  const passages = await store.passages(refs);
  return {
    ids,
    asked,
    passages,
    heads: [...(await store.heads())],
    byId: await Promise.all(passages.map((passage) => store.passageById(passage.id))),
    reports: await Promise.all(ids.map((one) => store.report(one))),
    sources: await Promise.all(
      ids.map(async (one) => Buffer.from((await store.source(one)) ?? []).toString()),
    ),
    onDay: await store.select({ days: [{ start: "2017-10-29", end: "2017-11-02" }], background: false }),
    inPlace: await store.select({ places: ["mayadin", "euphrates"] }),
    ofReports: await store.select({ reports: ids.slice(1, 4).reverse() }),
    reportsOf: await store.reportsOf(refs.filter((ref) => ref % 2 === 1)),
    news: await store.news({}),
    newsOnDay: await store.news({ days: [{ start: "2017-10-29", end: "2017-11-02" }] }),
    placesOf: [...(await store.placesOf(refs.filter((ref) => ref % 2 === 1)))].sort(),
    publications: await store.publications(),
    coverage: await store.coverage(),
    placeFields: await store.placeFields(),
    manifest: store.manifest,
    none: [await store.report("none"), await store.source("none"), await store.passageById("none")],
  };
}

describe.each([
  ["by comparing every passage", undefined, [3, 1_000]],
  // Of equally near passages at the border a graph may choose others.
  ["with a graph of neighbours", 1, [1_000]],
])("an index updated step by step, searched %s", (_, neighboursFrom, limits) => {
  it("answers every question as one that was built at once", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(body, { minLength: 8, maxLength: 14 }),
        fc.array(step, { maxLength: 4 }),
        async (first, steps) => {
          const indexDir = mkdtempSync(join(root, "steps-"));
          const bodies = new Map(first.map((text, at) => [`r${String(2 * at).padStart(2, "0")}`, text]));
          await build(indexDir, bodies, { neighboursFrom });
          let store = await openStore({ indexDir });
          for (const changes of steps) {
            for (const [one, text] of changes) {
              if (text === null) bodies.delete(one);
              else bodies.set(one, text);
            }
            await build(indexDir, bodies, { neighboursFrom });
            const next = await openStore({ indexDir, former: store });
            await store.close();
            store = next;
          }
          const atOnce = mkdtempSync(join(root, "once-"));
          await build(atOnce, bodies, { neighboursFrom, segmentBytes: 1e9 });
          const whole = await openStore({ indexDir: atOnce });
          const [updated, built] = [await everything(store, limits), await everything(whole, limits)];
          await Promise.all([store.close(), whole.close()]);
          expect(updated).toEqual(built);
          const reopened = await openStore({ indexDir });
          expect(await everything(reopened, limits)).toEqual(built);
          await reopened.close();
          rmSync(indexDir, { recursive: true });
          rmSync(atOnce, { recursive: true });
        },
      ),
      { numRuns: 8 },
    );
  });
});

/** Names of the files below a folder in which these words stand, in UTF-8 or UTF-16. */
function traces(folder: string, words: string): string[] {
  const wanted = [Buffer.from(words), Buffer.from(words, "utf16le")];
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name));
    return wanted.some((one) => bytes.includes(one));
  });
}

const MANY = new Map(
  Array.from({ length: 40 }, (_, n) => [
    `r${String(n).padStart(3, "0")}`,
    `قصف الطيران حي الحميدية رقم ${n} في 2017-10-29\nنزح السكان إلى الضفة ${n}`,
  ]),
);
const segmentsIn = (indexDir: string): string[] =>
  readdirSync(indexDir).filter((name) => name.startsWith("segment-"));

describe("an update", () => {
  it("writes anew only the segments of what changed, and embeds only that", async () => {
    const indexDir = mkdtempSync(join(root, "few-"));
    await build(indexDir, MANY);
    const before = segmentsIn(indexDir);
    expect(before.length).toBeGreaterThan(5);
    const fresh = new FakeEmbedder();
    const bodies = new Map(MANY).set("r020x", "عاد السكان إلى بيوتهم");
    expect(await build(indexDir, bodies, { embedder: fresh })).toMatchObject({
      added: 1,
      unchanged: 40,
      embedded: 1,
    });
    expect(fresh.seen).toEqual(["عاد السكان إلى بيوتهم"]);
    const kept = segmentsIn(indexDir).filter((name) => before.includes(name));
    expect(before.length - kept.length).toBeLessThanOrEqual(2);
  });

  it("leaves no byte of a report that was deleted or changed, not even after a kill", async () => {
    const indexDir = mkdtempSync(join(root, "trace-"));
    const words = "البستان المهجور خلف الجسر الخشبي";
    const bodies = new Map(MANY).set("r013_secret-name", `${words} قرب الفرات`);
    await build(indexDir, bodies, { neighboursFrom: 1 });
    const [vector = new Float32Array()] = await embedder.embed([`الفرات\n${words} قرب الفرات`], "passage");
    const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
    const holdVector = (): string[] =>
      readdirSync(indexDir).filter((name) => readFileSync(join(indexDir, name)).includes(bytes));
    expect(traces(indexDir, words).length).toBeGreaterThan(0);
    expect(holdVector().some((name) => name.endsWith(".hnsw"))).toBe(true);
    // A build that ends in the middle leaves what it has read; the next one takes it away.
    const stopped = build(indexDir, new Map(bodies).set("r014_new", `${words} مرة أخرى`), {
      now: () => {
        throw new Error("stopped");
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    bodies.set("r013_secret-name", "نص آخر");
    await build(indexDir, bodies, { neighboursFrom: 1 });
    expect(traces(indexDir, words)).toEqual([]);
    expect(holdVector()).toEqual([]);
    bodies.delete("r013_secret-name");
    await build(indexDir, bodies, { neighboursFrom: 1 });
    expect(traces(indexDir, "secret-name")).toEqual([]);
  });

  it("keeps files and segments in bounds over many updates", async () => {
    const indexDir = mkdtempSync(join(root, "many-"));
    const bodies = new Map(MANY);
    for (let n = 0; n < 30; n += 1) {
      bodies.delete(`r${String(n % 40).padStart(3, "0")}`);
      bodies.set(`n${n % 7}`, `نص جديد ${n}`);
      await build(indexDir, bodies);
    }
    expect(bodies.size).toBe(17);
    expect(segmentsIn(indexDir).length).toBeLessThanOrEqual(8);
    expect(
      readdirSync(indexDir)
        .filter((name) => !name.startsWith("segment-"))
        .sort(),
    ).toEqual(["current.json", "writer.lock"]);
  });
});

describe("reports that are named as kept", () => {
  it("are neither asked for nor lost, and are asked for when their segment is damaged", async () => {
    const indexDir = mkdtempSync(join(root, "kept-"));
    await build(indexDir, MANY);
    const told: { catalogue: string | null; kept: number }[] = [];
    const update = (added: string): Promise<BuildSummary> =>
      build(indexDir, new Map(), {
        reports: (stored) => {
          const kept = [...MANY.keys()].filter((one) => stored.has(one));
          told.push({ catalogue: stored.catalogue, kept: kept.length });
          const missing = [...MANY].filter(([one]) => !stored.has(one));
          return {
            reports: [...missing, [added, `نص ${added}`] as const].map(([one, text]) =>
              sampleReport(one, text),
            ),
            kept: () => kept,
            catalogue: () => `catalogue of ${added}`,
            corpus: () => added,
          };
        },
      });
    expect(await update("z1")).toMatchObject({ added: 1, unchanged: 40, removed: 0 });
    expect(await update("z2")).toMatchObject({ added: 1, unchanged: 40, removed: 1 });
    const store = await openStore({ indexDir });
    expect(await store.reportIds()).toEqual([...MANY.keys(), "z2"]);
    expect(store.manifest.corpus).toBe("z2");
    await store.close();
    expect(told).toEqual([
      { catalogue: null, kept: 40 },
      { catalogue: "catalogue of z1", kept: 40 },
    ]);
  });
});

describe("planSegments", () => {
  const size = fc.integer({ min: 1, max: 50 });
  const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 25 }).map((all) => all.sort(compareIds));

  it("holds every report once, in order of code points, and keeps what it need not touch", () => {
    fc.assert(
      fc.property(
        ids,
        fc.array(fc.nat(24), { maxLength: 5 }),
        ids,
        fc.func(fc.boolean()),
        size,
        (old, cuts, fresh, isGone, least) => {
          const borders = [0, ...new Set(cuts.map((at) => Math.min(at, old.length)))].sort((a, b) => a - b);
          const former = borders
            .map((from, at) =>
              old.slice(from, borders[at + 1] ?? old.length).map((one) => ({ id: one, weight: 7 })),
            )
            .filter((reports) => reports.length > 0);
          const gone = new Set(old.filter((one) => fresh.includes(one) || isGone(one)));
          const plan = planSegments({
            former,
            fresh: fresh.map((one) => ({ id: one, weight: 5 })),
            gone,
            least,
          });
          const held = plan.flatMap((segment) =>
            "kept" in segment
              ? (former[segment.kept] ?? []).map((report) => report.id)
              : segment.reports.map((report) => report.id),
          );
          const wanted = [...old.filter((one) => !gone.has(one)), ...fresh].sort((a, b) =>
            Buffer.compare(Buffer.from(a), Buffer.from(b)),
          );
          expect(held).toEqual(wanted);
          for (const segment of plan)
            if ("reports" in segment) {
              expect(segment.reports.length).toBeGreaterThan(0);
              expect(new Set(segment.reports.map(({ from }) => from)).size).toBeLessThanOrEqual(5);
            } else expect(former[segment.kept]?.some((report) => gone.has(report.id))).toBe(false);
        },
      ),
    );
  });
});
