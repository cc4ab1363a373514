import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GazetteerError, readGazetteer } from "../../src/gazetteer/read.ts";
import { normalize } from "../../src/text/normalize.ts";
import { splitWords } from "../../src/text/places/words.ts";

const FILES = ["places.json", "actors.json", "publishers.json"];

/** Name keys of the words, each followed by a space: a name stands in a text with clitics before it, not after. */
function spaced(text: string): string {
  return splitWords(normalize(text))
    .map((word) => `${word.key} `)
    .join("");
}

describe("the shipped lists", () => {
  it("are of their form, and every place lies in a country or is one", async () => {
    const { places, actors, publishers } = await readGazetteer("data");
    expect(places.length).toBeGreaterThan(400);
    expect(actors.length).toBeGreaterThan(10);
    expect(publishers.map((publisher) => publisher.id)).toEqual(["sohr", "furat-post", "microsyria"]);
    const countries = new Set(places.filter(({ kind }) => kind === "country").map(({ id }) => id));
    const outside = places.filter(({ id, parents }) => !countries.has(parents.at(-1) ?? id));
    expect(outside.map((place) => place.id)).toEqual([]);
  });

  it("list the levels above a place from the nearest outwards, each with all of its own", async () => {
    const { places } = await readGazetteer("data");
    const byId = new Map(places.map((place) => [place.id, place]));
    for (const place of places) {
      place.parents.forEach((parent, index) => {
        const above = byId.get(parent)?.parents ?? [];
        const rest = place.parents.slice(index + 1);
        expect([place.id, parent, above.filter((id) => !rest.includes(id))]).toEqual([place.id, parent, []]);
      });
    }
  });

  it("name where each name stands: a report that holds it, GeoNames, or general knowledge", async () => {
    const { places, actors } = await readGazetteer("data");
    const bodies = new Map<string, string>();
    for (const row of [...places, ...actors]) {
      for (const source of row.sources) {
        if (source === "general knowledge" || /^geonames:\d+$/.test(source)) continue;
        if (!bodies.has(source))
          bodies.set(source, spaced(await readFile(`data/reports/${source}.txt`, "utf8")));
        const keys = [row.name, ...row.variants].map(spaced);
        const stands = keys.some((key) => bodies.get(source)?.includes(key));
        expect([row.id, source, stands]).toEqual([row.id, source, true]);
      }
    }
  });

  it("identify each publisher by strings that stand in its reports, and by no string of another's", async () => {
    const { publishers } = await readGazetteer("data");
    for (const { id, marks, sources } of publishers) {
      for (const report of new Set(publishers.flatMap((publisher) => publisher.sources))) {
        if (report === "general knowledge") continue;
        const body = await readFile(`data/reports/${report}.txt`, "utf8");
        const marked = marks.some((mark) => body.includes(mark));
        expect([id, report, marked]).toEqual([id, report, sources.includes(report)]);
      }
    }
  });

  it("credit GeoNames", async () => {
    expect(await readFile("data/places.json", "utf8")).toMatch(/GeoNames.*CC BY 4\.0/);
  });
});

describe("a damaged list", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "gazetteer-"));
    for (const file of FILES) await copyFile(join("data", file), join(folder, file));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function failure(): Promise<string> {
    const error: unknown = await readGazetteer(folder).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(GazetteerError);
    return error instanceof Error ? error.message : "";
  }

  async function editPlaces(edit: (rows: Record<string, unknown>[]) => void): Promise<void> {
    const file = join(folder, "places.json");
    const document = JSON.parse(await readFile(file, "utf8")) as { places: Record<string, unknown>[] };
    edit(document.places);
    await writeFile(file, JSON.stringify(document));
  }

  it.each(FILES)("%s that is missing is named with the remedy", async (file) => {
    await rm(join(folder, file));
    expect(await failure()).toMatch(new RegExp(`${file} cannot be read .*restore it`));
  });

  it("names the file of broken JSON", async () => {
    await writeFile(join(folder, "actors.json"), "{");
    expect(await failure()).toContain("actors.json");
  });

  it("names the entry that is not of its form", async () => {
    await editPlaces((rows) => Object.assign(rows[3] ?? {}, { kind: "planet" }));
    expect(await failure()).toMatch(/places\.json: places\.3\.kind: .*correct this entry/);
  });

  it("names an id that stands twice", async () => {
    await editPlaces((rows) => rows.push({ ...rows[0] }));
    expect(await failure()).toMatch(/id syria stands twice: give one/);
  });

  it("names an unknown parent", async () => {
    await editPlaces((rows) => Object.assign(rows[3] ?? {}, { parents: ["atlantis"] }));
    expect(await failure()).toMatch(/unknown parent atlantis: add that row/);
  });
});
