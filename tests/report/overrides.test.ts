import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NO_OVERRIDES, readOverrides } from "../../src/report/overrides.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "overrides-"));
});
afterEach(() => rm(dir, { recursive: true }));

const overrides = async (value: unknown) => {
  const file = join(dir, "overrides.json");
  await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
  return readOverrides(file);
};

describe("readOverrides", () => {
  it("reads the project's own file", async () => {
    expect(Object.keys((await readOverrides("data/overrides.json")).reports).length).toBeGreaterThan(0);
  });

  it("takes a missing file for none", async () => {
    expect(await readOverrides(join(dir, "none.json"))).toEqual(NO_OVERRIDES);
  });

  it.each([
    ["text that is no JSON", "{", /overrides\.json is not valid JSON; correct/],
    [
      "a day that does not exist",
      { reports: { a: { withdrawn: { on: "2017-02-30", reason: "x" }, who: "w", why: "y" } } },
      /reports\.a\.withdrawn\.on.*YYYY-MM-DD/,
    ],
    ["an override without who", { reports: { a: { publisher: "p", why: "y" } } }, /reports\.a\.who/],
    ["a misspelt key", { reports: { a: { publishr: "p", who: "w", why: "y" } } }, /publishr/],
  ])("names the place of %s", async (_, value, message) => {
    await expect(overrides(value)).rejects.toThrow(message);
  });
});
