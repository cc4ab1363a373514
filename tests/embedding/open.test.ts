import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BUNDLED_MODEL, BUNDLED_MODEL_FILES } from "../../src/embedding/bundled-model.ts";
import { prefixesFor } from "../../src/embedding/model-folder.ts";
import { openEmbedder } from "../../src/embedding/open.ts";

const project = join(import.meta.dirname, "../../models");
let modelsDir: string;
beforeAll(() => {
  modelsDir = mkdtempSync(join(tmpdir(), "isnad-models-"));
  cpSync(join(project, BUNDLED_MODEL), join(modelsDir, "another-model"), { recursive: true });
});
afterAll(() => rmSync(modelsDir, { recursive: true }));

describe("openEmbedder", () => {
  it("takes the bundled model for an empty name", async () => {
    const embedder = await openEmbedder("", { modelsDir: project });
    expect(embedder.model).toMatchObject({ id: BUNDLED_MODEL, dimension: 384 });
  });

  it("takes another folder by name or path, with a fingerprint of its own", async () => {
    const bundled = await openEmbedder("", { modelsDir: project });
    const byName = await openEmbedder("another-model", { modelsDir });
    const byPath = await openEmbedder(join(modelsDir, "another-model"), { modelsDir: project });
    expect(byName.model.id).toBe("another-model");
    expect(byName.model).toEqual(byPath.model);
    expect(byName.model.fingerprint).not.toBe(bundled.model.fingerprint);
  });

  it("notices altered weights of another model by the fingerprint", async () => {
    const before = await openEmbedder("another-model", { modelsDir });
    writeFileSync(join(modelsDir, "another-model/onnx/model_q4.onnx"), "others");
    const after = await openEmbedder("another-model", { modelsDir });
    expect(after.model.fingerprint).not.toBe(before.model.fingerprint);
  });

  it("names the folder that is not there", async () => {
    await expect(openEmbedder("unknown-model", { modelsDir })).rejects.toThrow(
      /unknown-model holds none of .*leave EMBEDDING_MODEL empty/,
    );
  });
});

describe("the bundled model's table of hashes", () => {
  it("is the one in the model's README", () => {
    const card = readFileSync(join(project, BUNDLED_MODEL, "README.md"), "utf8");
    const rows = [...card.matchAll(/^\| (\S+) \| \d+ \| ([0-9a-f]{64}) \|$/gm)];
    expect(Object.fromEntries(rows.map(([, file, sha256]) => [file, sha256]))).toEqual(BUNDLED_MODEL_FILES);
  });
});

describe("prefixesFor", () => {
  it("takes what the model states, else the E5 family's, else none", () => {
    expect(prefixesFor("x", { query: "q: ", document: "d: " })).toEqual({ query: "q: ", passage: "d: " });
    expect(prefixesFor("intfloat/multilingual-e5-large")).toEqual({ query: "query: ", passage: "passage: " });
    expect(prefixesFor("text-embedding-3-small")).toEqual({ query: "", passage: "" });
  });
});
