import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);

it("the shipped places are what the join with GeoNames gives: running it again changes nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "geonames-"));
  const file = join(folder, "places.json");
  try {
    await copyFile("data/places.json", file);
    await run(process.execPath, ["scripts/gazetteer-from-geonames.mjs", file]);
    expect(await readFile(file, "utf8")).toBe(await readFile("data/places.json", "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
