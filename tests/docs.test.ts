import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answerJsonSchema } from "../src/answer/json.ts";
import { openApiDocument } from "../src/api/openapi.ts";
import { explainJsonSchema } from "../src/question/json.ts";

const DOCS = join(import.meta.dirname, "..", "docs");

/** After a change of a schema: `npx vitest run tests/docs.test.ts -u` writes the documents anew. */
describe("the documents of what the command line prints", () => {
  it.each([
    ["ask", answerJsonSchema],
    ["explain", explainJsonSchema],
  ])("docs/%s.schema.json says what its zod schema says", async (name, schema) => {
    const text = `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(DOCS, `${name}.schema.json`));
  });
});

it("docs/openapi.json says what the API's zod schemas say", async () => {
  const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(DOCS, "openapi.json"));
});
