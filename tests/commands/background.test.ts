/** What an index is brought up to date from: an update from a folder that is not the collection's would empty it. */
import { mkdirSync } from "node:fs";
import { expect, it } from "vitest";
import { missingFile } from "../../src/commands/background.ts";
import { growingCollection } from "../telegram/news.ts";

const text = (n: number): string => `قصفت الطائرات حي الحميدية في دير الزور يوم ${n} أيلول 2017.`;

it("a folder holds a collection when every file of its index is there, but for those on their way out", async () => {
  const collection = await growingCollection({ "a.txt": text(1), "b.txt": text(2) });
  const { folder: dataDir, indexDir } = collection;
  const missing = (dir = dataDir) => missingFile({ dataDir: dir, indexDir });
  expect(await missing()).toBeNull();
  expect(await missing(`${dataDir}/elsewhere`)).toBe("a.txt");
  mkdirSync(`${dataDir}/added`);
  await collection.change({ "added/c.txt": text(3), "added/d.txt": text(4) });
  expect(await missing()).toBeNull();
  collection.write({ "added/c.txt": null });
  expect(await missing()).toBeNull();
  await collection.change({ "a.txt": null, "b.txt": null, "added/c.txt": text(3) });
  collection.write({ "added/c.txt": null });
  expect(await missing()).toBeNull();
  expect(await missing(`${dataDir}/elsewhere`)).toBe("added/c.txt");
  await collection.close();
});
