/** What a machine must have before it builds: a build from less would take out what others brought in. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lackOf } from "../../src/commands/holding.ts";
import { NO_OVERRIDES, type Overrides } from "../../src/report/overrides.ts";
import { type GrowingCollection, growingCollection } from "../telegram/news.ts";

const text = (n: number): string => `قصفت الطائرات حي الحميدية في دير الزور يوم ${n} أيلول 2017.`;
const WITHDRAWN: Overrides = {
  reports: { b: { withdrawn: { on: "2026-11-01", reason: "خطأ" }, who: "x", why: "خطأ" } },
};
let collection: GrowingCollection;
let other: string;

beforeEach(async () => {
  collection = await growingCollection({ "a.txt": text(1), "b.txt": text(2) });
  other = `${collection.folder}-other`;
  mkdirSync(`${collection.folder}/added`);
  await collection.change({ "added/c.txt": text(3), "added/d.txt": text(4) });
  cpSync(collection.folder, other, { recursive: true, preserveTimestamps: true });
});
afterEach(async () => {
  await collection.close();
});

function lack(dataDir: string, given: { files?: string[]; reports?: string[]; overrides?: Overrides } = {}) {
  const { files = [], reports = [], overrides = NO_OVERRIDES } = given;
  const underWay = { files: new Set(files), reports: new Set(reports) };
  return lackOf({ place: { dataDir, indexDir: collection.indexDir }, overrides, underWay });
}

it("is nothing where every file lies, in the folder itself and in a copy", async () => {
  expect(await lack(collection.folder)).toBeNull();
  expect(await lack(other)).toBeNull();
});

it("is every file that came by Telegram, but for the one that is on its way out", async () => {
  for (const folder of [collection.folder, other]) {
    rmSync(`${folder}/added/c.txt`);
    expect(await lack(folder)).toBe(`added/c.txt is not in ${folder}`);
    expect(await lack(folder, { files: ["added/d.txt"] })).toContain("added/c.txt");
    expect(await lack(folder, { files: ["added/c.txt"] })).toBeNull();
  }
});

it("is an operator's file in a copy, and none in the folder from which the index was made", async () => {
  for (const folder of [collection.folder, other]) rmSync(`${folder}/a.txt`);
  expect(await lack(collection.folder)).toBeNull();
  expect(await lack(other)).toBe(`a.txt is not in ${other}`);
  expect(await lack(`${other}/elsewhere`)).toContain("added/c.txt");
});

it("is a withdrawal that the index has and this machine has not, unless it is being changed", async () => {
  expect(await lack(collection.folder, { overrides: WITHDRAWN })).toBeNull();
  await collection.change({}, WITHDRAWN);
  expect(await lack(other, { overrides: WITHDRAWN })).toBeNull();
  for (const folder of [collection.folder, other]) {
    expect(await lack(folder)).toBe("the correction of b.txt is not in data/overrides.json");
    expect(await lack(folder, { reports: ["a"] })).not.toBeNull();
    expect(await lack(folder, { reports: ["b"] })).toBeNull();
  }
});
