import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { buildStore } from "../../src/store/build.ts";
import { type Matrix, MatrixStack } from "../../src/store/scan.ts";
import { inspectIndex, openStore } from "../../src/store/sqlite.ts";
import { blankNeighbours, buildNeighbours, type Graph, openGraph } from "../../src/store/vectors.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages } from "./samples.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isnad-vectors-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows of length 1 with a repeatable pseudo-random direction (a linear congruential generator). */
function matrixOf(rows: number, dimension: number): Matrix {
  let state = 1;
  const values = Float32Array.from({ length: rows * dimension }, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return state / 0x7fff_ffff - 0.5;
  });
  for (let row = 0; row < rows; row += 1) {
    const vector = values.subarray(row * dimension, (row + 1) * dimension);
    vector.set(vector.map((value) => value / Math.hypot(...vector)));
  }
  return { values, dimension };
}

describe("scan", () => {
  const matrix = matrixOf(500, 7);

  it("gives the true order of all inner products", () => {
    const query = matrix.values.subarray(7 * 33, 7 * 34);
    const all = Array.from({ length: 500 }, (_, ref) => ({
      ref,
      score: query.reduce((sum, value, i) => sum + value * (matrix.values[ref * 7 + i] ?? 0), 0),
    })).sort((a, b) => b.score - a.score);
    const hits = new MatrixStack([matrix], 7).scan(query, { limit: 20 });
    expect(hits.map(({ ref }) => ref)).toEqual(all.slice(0, 20).map(({ ref }) => ref));
    expect(hits[0]).toEqual({ ref: 33, score: expect.closeTo(1, 5) });
  });

  it("gives the same of rows in several matrices, empty ones among them", () => {
    const part = (from: number, to: number): Matrix => ({
      values: matrix.values.slice(7 * from, 7 * to),
      dimension: 7,
    });
    const stack = new MatrixStack([part(0, 0), part(0, 120), part(120, 120), part(120, 500)], 7);
    const query = matrix.values.subarray(7 * 33, 7 * 34);
    const whole = new MatrixStack([matrix], 7);
    expect(stack.rows).toBe(500);
    for (const within of [undefined, [499, 0, 119, 120, 300]])
      expect(stack.scan(query, { limit: 20, within })).toEqual(whole.scan(query, { limit: 20, within }));
    expect(stack.scores(query, [120, 0, 119])).toEqual(whole.scores(query, [120, 0, 119]));
  });
});

describe("neighbours", () => {
  const matrix = matrixOf(2_000, 16);
  const vectorsIn = ({ values }: Matrix): Float32Array[] =>
    Array.from({ length: values.length / 16 }, (_, row) => values.slice(row * 16, (row + 1) * 16));
  const described = (name: string, rows: number) => ({ file: join(folder, name), dimension: 16, rows });

  it("agree with the exact scan", async () => {
    const file = described("graph.hnsw", 2_000);
    expect(await buildNeighbours({ ...file, vectors: vectorsIn(matrix) })).toBeNull();
    const graph = (await openGraph(file)) as Graph;
    const stack = new MatrixStack([matrix], 16);
    for (let row = 0; row < 2_000; row += 100) {
      const query = matrix.values.slice(row * 16, (row + 1) * 16);
      const nearest = stack.scan(query, { limit: 10 }).map(({ ref }) => ref);
      expect(new Set(graph.search(query, 10))).toEqual(new Set(nearest));
    }
    expect(graph.search(matrix.values.slice(0, 16), 10_000)).toHaveLength(2_000);
    expect(graph.search(matrix.values.slice(0, 16), 0)).toEqual([]);
  });

  it("keep no byte of a vector that is blanked, and find all others", async () => {
    const file = described("whole.hnsw", 500);
    const vectors = vectorsIn(matrixOf(500, 16));
    await buildNeighbours({ ...file, vectors });
    const to = join(folder, "blanked.hnsw");
    const blank = [3, 77, 499];
    expect(await blankNeighbours(file, { to, blank })).toBeNull();
    const bytesOf = (row: number): Buffer => Buffer.from((vectors[row] ?? new Float32Array()).buffer);
    const graph = (await openGraph({ ...file, file: to })) as Graph;
    for (let row = 0; row < 500; row += 1) {
      expect(readFileSync(to).includes(bytesOf(row))).toBe(!blank.includes(row));
      if (!blank.includes(row)) expect(graph.search(vectors[row] ?? new Float32Array(), 1)).toEqual([row]);
    }
  });

  it("of another number of rows are not used", async () => {
    await buildNeighbours({ ...described("other.hnsw", 10), vectors: vectorsIn(matrixOf(10, 16)) });
    expect(await openGraph(described("other.hnsw", 2_000))).toEqual({
      reason: "it holds 10 vectors, not 2000",
    });
  });

  it("that cannot be written or read say why", async () => {
    const vectors = vectorsIn(matrix);
    expect(await buildNeighbours({ ...described("no/folder/x.hnsw", 2_000), vectors })).toEqual(
      expect.any(String),
    );
    const file = described("text.hnsw", 2_000);
    writeFileSync(file.file, "no graph at all");
    expect(await openGraph(file)).toEqual({ reason: expect.any(String) });
  });

  it("stop being built when they are told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    const options = { ...described("x", 2_000), vectors: vectorsIn(matrix), signal };
    await expect(buildNeighbours(options)).rejects.toThrow("enough");
  });
});

describe("a store whose neighbours cannot be used", () => {
  const embedder = new FakeEmbedder();
  const expected = { ...SAMPLE_VERSIONS, corpus: "sample", embedding: embedder.model };
  let indexDir: string;
  let file: string;

  const build = (onWarning?: (message: string) => void): Promise<unknown> =>
    buildStore({
      indexDir,
      reports: SAMPLE_REPORTS,
      passagesOf: samplePassages,
      embedder,
      versions: SAMPLE_VERSIONS,
      corpus: "sample",
      now: () => "2026-01-01T00:00:00.000Z",
      neighboursFrom: 1,
      onWarning,
    });

  beforeEach(async () => {
    indexDir = mkdtempSync(join(folder, "index-"));
    await build();
    file = join(indexDir, readdirSync(indexDir).find((name) => name.endsWith(".hnsw")) ?? "");
  });

  async function expectExactAnswers(): Promise<string[]> {
    const warnings: string[] = [];
    const store = await openStore({ indexDir, onWarning: (message) => warnings.push(message) });
    const [query = new Float32Array()] = await embedder.embed(["قصف"], "query");
    expect(await store.dense(query, { limit: 100 })).toHaveLength(6);
    await store.close();
    return warnings;
  }

  it.each([
    ["flipped in the header", () => flip(20)],
    ["flipped in the vectors", () => flip(400)],
    ["flipped at the end", () => flip(-3)],
    ["cut", () => truncateSync(file, 100)],
    ["empty", () => truncateSync(file, 0)],
    ["foreign", () => writeFileSync(file, "something else")],
    ["missing", () => unlinkSync(file)],
  ])("because they are %s says so once, compares everything, and is rebuilt", async (_, damage) => {
    damage();
    expect(await expectExactAnswers()).toEqual([
      expect.stringMatching(/neighbours.* every passage is compared/),
    ]);
    expect(await inspectIndex(indexDir, expected)).toMatchObject({ state: "damaged" });
    await build();
    expect(await inspectIndex(indexDir, expected)).toMatchObject({ state: "current" });
    expect(await expectExactAnswers()).toEqual([]);
  });

  function flip(at: number): void {
    const bytes = readFileSync(file);
    const place = (at + bytes.length) % bytes.length;
    bytes[place] = (bytes[place] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
  }

  it("because the library is not there says so once and compares everything", async () => {
    vi.doMock("hnswlib-node", () => {
      throw new Error("Cannot find package 'hnswlib-node'");
    });
    const warnings: string[] = [];
    expect(await expectExactAnswers()).toHaveLength(1);
    unlinkSync(file);
    await build((message) => warnings.push(message));
    vi.doUnmock("hnswlib-node");
    expect(warnings).toEqual([expect.stringMatching(/^hnswlib-node cannot be used \(.*\); every passage/)]);
    expect(await expectExactAnswers()).toEqual([]);
    expect(readdirSync(indexDir).some((name) => name.endsWith(".hnsw"))).toBe(false);
  });
});
