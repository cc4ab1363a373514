import { describe, expect, it } from "vitest";
import { buildGazetteer } from "../../../src/text/places/gazetteer.ts";
import type { Place } from "../../../src/text/places/place.ts";
import { nameKey } from "../../../src/text/places/words.ts";
import { GAZETTEER, ROWS } from "./gazetteer.fixture.ts";

describe("levels", () => {
  it("gives the quarters of a city with the city", () => {
    const inCity = GAZETTEER.descendants("deir-ez-zor");
    expect(inCity[0]).toBe("deir-ez-zor");
    expect(inCity).toEqual(expect.arrayContaining(["al-hamidiyah", "al-urfi", "khadija-school"]));
    expect(inCity).not.toContain("al-mayadin");
  });

  it("gives the levels above a quarter, the nearest first", () => {
    expect(GAZETTEER.ancestors("al-hamidiyah")).toEqual([
      "deir-ez-zor",
      "deir-ez-zor-district",
      "deir-ez-zor-governorate",
      "syria",
    ]);
  });

  it("gives nothing for an unknown id", () => {
    expect(GAZETTEER.descendants("nowhere")).toEqual([]);
    expect(GAZETTEER.ancestors("nowhere")).toEqual([]);
  });
});

describe("rows of one id", () => {
  const base = ROWS.find((row) => row.id === "al-bab") as Place;

  it("become one row that keeps its name and gains spellings and levels", () => {
    const extra: Place = {
      ...base,
      variants: ["الباب شرقي حلب"],
      parents: ["aleppo"],
      sources: ["report field"],
    };
    const merged = buildGazetteer(ROWS, [extra]).byId.get("al-bab");
    expect(merged?.name).toBe(base.name);
    expect(merged?.variants).toContain("الباب شرقي حلب");
    expect(merged?.parents).toEqual([...base.parents, "aleppo"]);
  });

  it("are held together with a row of the same name that has no level above it", () => {
    const row = (id: string, parents: readonly string[]): Place => ({
      ...base,
      id,
      name: "بابا عمرو",
      variants: [],
      parents,
    });
    const gazetteer = buildGazetteer(ROWS, [row("place-a", []), row("place-b", ["homs-governorate"])]);
    expect(gazetteer.descendants("place-a")).toEqual(["place-a", "place-b"]);
    expect(gazetteer.descendants("place-b")).toEqual(["place-b", "place-a"]);
  });
});

describe("name keys", () => {
  it.each([
    ["دير الزور", "دير الزّور"],
    ["السويداء", "سويدا"],
    ["الحميدية", "حميديه"],
    ["Deir ez-Zor", "deir al Zor"],
    ["7amidiyye", "hamidiye"],
    ["Mayādīn", "mayadin"],
  ])("%s = %s", (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ["العرفي", "العرضي"],
    ["الجورة", "الثورة"],
    ["صور", "القصور"],
  ])("%s ≠ %s", (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });
});
