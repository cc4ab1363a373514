import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BUNDLED_MODEL, BUNDLED_MODEL_FILES } from "../../src/embedding/bundled-model.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { openLocalEmbedder } from "../../src/embedding/local.ts";
import { embedderContract } from "../contract/embedder.ts";
import { STRINGS } from "./strings.ts";

const modelDir = join(import.meta.dirname, "../../models", BUNDLED_MODEL);
const bundled = { modelDir, expected: BUNDLED_MODEL_FILES };

/** 20 vectors of 384 little-endian float32, written once by this very model. */
function goldenVectors(): Float32Array[] {
  const bytes = readFileSync(join(import.meta.dirname, "fixtures/vectors.f32"));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return STRINGS.map((_, row) => values.subarray(row * 384, (row + 1) * 384));
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

embedderContract("the bundled model", () => openLocalEmbedder(bundled));

describe("the bundled model", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await openLocalEmbedder(bundled);
  });
  afterAll(() => embedder.close());

  const embed = async (text: string): Promise<Float32Array> => {
    const [vector] = await embedder.embed([text], "passage");
    return vector ?? new Float32Array();
  };

  it("gives the stored vectors of 20 strings", async () => {
    const vectors = await embedder.embed(STRINGS, "query");
    const agreement = goldenVectors().map((golden, i) => cosine(golden, vectors[i] ?? new Float32Array(384)));
    expect(Math.min(...agreement)).toBeGreaterThan(0.999);
  });

  it("gives a text the same vector alone and beside longer ones", async () => {
    const together = await embedder.embed(STRINGS, "passage");
    for (const at of [0, 4, 17, 19]) {
      const alone = await embed(STRINGS[at] ?? "");
      expect(cosine(alone, together[at] ?? new Float32Array(384))).toBeGreaterThan(0.99999);
    }
  });

  it("puts different prefixes before questions and passages", async () => {
    const [query] = await embedder.embed(["نهر الفرات"], "query");
    expect(cosine(query ?? new Float32Array(384), await embed("نهر الفرات"))).toBeLessThan(0.9999);
  });

  it("does not see bidi and zero-width characters", async () => {
    const plain = await embed("قصف حي الحميدية");
    const marked = await embed("\u2067قصف\u200f حي\u061c الحميد\u200bية\u2069");
    expect(marked).toEqual(plain);
  });

  it("embeds the end of a text beyond 512 tokens too", async () => {
    const beginning = "قالت المصادر إن المعارك مستمرة في محيط المطار العسكري. ".repeat(60);
    const short = await embed(beginning);
    const long = await embed(`${beginning}${"انخفضت أسعار القمح في السوق. ".repeat(60)}`);
    const ending = await embed("انخفضت أسعار القمح في السوق.");
    expect(cosine(long, ending)).toBeGreaterThan(cosine(short, ending) + 0.02);
  });

  it("gives a vector for a text of nothing", async () => {
    for (const vector of await embedder.embed(["", " ", "\u0000", "\ud83d"], "query"))
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it("stops between batches when it is told to", async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 200 }, (_, i) => `النص رقم ${i}`);
    const running = embedder.embed(texts, "passage", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  });
});

describe("a model folder that is not whole", () => {
  let copy: string;
  beforeAll(() => {
    copy = join(mkdtempSync(join(tmpdir(), "isnad-model-")), BUNDLED_MODEL);
    cpSync(modelDir, copy, { recursive: true });
  });
  afterAll(() => rmSync(join(copy, ".."), { recursive: true }));

  it.each(Object.keys(BUNDLED_MODEL_FILES))("names %s when it is altered or missing", async (file) => {
    const path = join(copy, file);
    const original = readFileSync(path);
    const altered = Buffer.from(original);
    altered[altered.length >> 1] = (altered[altered.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, altered);
    const open = (): Promise<Embedder> =>
      openLocalEmbedder({ modelDir: copy, expected: BUNDLED_MODEL_FILES });
    await expect(open()).rejects.toThrow(/is altered.*; restore the folder/);
    await expect(open()).rejects.toThrow(file);
    unlinkSync(path);
    await expect(open()).rejects.toThrow(/is missing; restore the folder/);
    writeFileSync(path, original);
    await (await open()).close();
  });

  it("says what a folder without weights lacks", async () => {
    await expect(openLocalEmbedder({ modelDir: tmpdir() })).rejects.toThrow(
      /holds none of onnx\/model_q4\.onnx/,
    );
  });

  it("names the folder when its tokenizer cannot be read", async () => {
    writeFileSync(join(copy, "tokenizer.json"), "{}");
    const embedder = await openLocalEmbedder({ modelDir: copy });
    await expect(embedder.embed(["نص"], "query")).rejects.toThrow(/cannot be loaded; run npm run doctor/);
  });
});
