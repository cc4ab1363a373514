import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { addPublisherAlias, correctReport, restoreEntries } from "../../src/overrides/edit.ts";
import { editOverrides } from "../../src/overrides/write.ts";
import { readOverrides } from "../../src/report/overrides.ts";

const names = await readGazetteer("data");
const by = { who: "مشرف", why: "قرأه" };
let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "overrides-"));
  file = join(dir, "overrides.json");
});
afterEach(() => rm(dir, { recursive: true }));

describe("editOverrides", () => {
  it("makes the file, changes one entry of it, and undoes that byte for byte", async () => {
    await writeFile(file, await readFile("data/overrides.json"));
    const shipped = await readFile(file, "utf8");
    const { overrides, former } = await editOverrides({ file, names }, (now) =>
      correctReport(now, "r1", { title: "عنوان" }, by),
    );
    expect(await readOverrides(file)).toEqual(overrides);
    expect(await readFile(file, "utf8")).toContain(shipped.trimEnd().slice(0, -10).trimEnd());
    await editOverrides({ file, names }, (now) => restoreEntries(now, former));
    expect(await readFile(file, "utf8")).toBe(shipped);
    expect(await readdir(dir)).toEqual(["overrides.json"]);
  });

  it("takes out a section that an undo leaves empty", async () => {
    await writeFile(file, await readFile("data/overrides.json"));
    const { former } = await editOverrides({ file, names }, (now, known) =>
      addPublisherAlias(now, known, { id: "sohr", spelling: "أ ب" }, by),
    );
    await editOverrides({ file, names }, (now) => restoreEntries(now, former));
    expect(await readFile(file, "utf8")).toBe(await readFile("data/overrides.json", "utf8"));
  });

  it("loses none of many edits made at once, and gives each the lists as corrected so far", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
    await Promise.all([
      ...ids.map((id) => editOverrides({ file, names }, (now) => correctReport(now, id, { title: id }, by))),
      ...["أ ب", "أ ت"].map((spelling) =>
        editOverrides({ file, names }, (now, known) =>
          addPublisherAlias(now, known, { id: "sohr", spelling }, by),
        ),
      ),
    ]);
    const { reports, publishers } = await readOverrides(file);
    expect(Object.keys(reports).sort()).toEqual([...ids].sort());
    expect(publishers?.sohr?.variants).toEqual(["أ ب", "أ ت"]);
  });

  it("leaves the file as it is when nothing changes, when the change is refused, and when the file is wrong", async () => {
    const text = '{ "reports": { } }';
    await writeFile(file, text);
    expect(await editOverrides({ file, names }, (now) => now)).toEqual({
      overrides: { reports: {} },
      former: [],
    });
    const unknown = editOverrides({ file, names }, (now) => ({
      ...now,
      places: { nowhere: { name: "س", ...by } },
    }));
    await expect(unknown).rejects.toThrow(/nowhere.*needs name and kind/);
    const noDay = { start: "2017-02-30", end: "2017-02-30" };
    const wrong = editOverrides({ file, names }, (now) => correctReport(now, "a", { eventDays: noDay }, by));
    await expect(wrong).rejects.toThrow(/reports\.a\.eventDays.*YYYY-MM-DD/);
    expect(await readFile(file, "utf8")).toBe(text);
    await writeFile(file, "{");
    await expect(editOverrides({ file, names }, (now) => now)).rejects.toThrow(/not valid JSON; correct/);
    expect(await readFile(file, "utf8")).toBe("{");
  });

  it("follows a link to a file elsewhere", async () => {
    const elsewhere = join(dir, "elsewhere.json");
    await writeFile(elsewhere, '{"reports":{}}');
    await symlink(elsewhere, file);
    await editOverrides({ file, names }, (now) => correctReport(now, "a", { title: "ع" }, by));
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await readFile(elsewhere, "utf8")).toContain('"title":"ع"');
  });
});
