import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AutoTokenizer, env } from "@xenova/transformers";
import { expect, it } from "vitest";
import { BUNDLED_MODEL } from "../../src/embedding/bundled-model.ts";
import { STRINGS } from "./strings.ts";

const modelDir = join(import.meta.dirname, "../../models", BUNDLED_MODEL);

it("a newer tokenizer library still cuts 20 texts into the stored token ids", async () => {
  env.allowRemoteModels = false;
  env.localModelPath = dirname(modelDir);
  const tokenizer = await AutoTokenizer.from_pretrained(BUNDLED_MODEL, { local_files_only: true });
  const golden: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, "fixtures/token-ids.json"), "utf8"),
  );
  expect(STRINGS.map((text) => tokenizer.encode(`query: ${text}`))).toEqual(golden);
});
