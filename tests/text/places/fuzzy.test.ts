import { describe, expect, it } from "vitest";
import { findPlaces } from "../../../src/text/places/find.ts";
import { oneEditApart, soundAlike } from "../../../src/text/places/fuzzy.ts";
import { suggestPlaces } from "../../../src/text/places/suggest.ts";
import { DEIR_EZ_ZOR, GAZETTEER } from "./gazetteer.fixture.ts";

function find(text: string, fuzzy = true) {
  return findPlaces(text, GAZETTEER, { prefer: DEIR_EZ_ZOR, bare: true, fuzzy });
}

describe("one edit", () => {
  it.each([
    ["بغيليه", "بغبليه", true],
    ["حميديه", "حميديهه", true],
    ["حميديه", "حمديه", true],
    ["زور", "زرو", true],
    ["زور", "زور", false],
    ["ابجد", "ابدجه", false],
    ["", "ا", true],
    ["", "اب", false],
  ])("%s / %s: %s", (a, b, expected) => {
    expect(oneEditApart(a, b)).toBe(expected);
    expect(oneEditApart(b, a)).toBe(expected);
  });
});

describe("one wrong letter", () => {
  it.each([
    ["ماذا حدث في الحمدية؟", "al-hamidiyah"],
    ["ماذا حدث في الحميدبة؟", "al-hamidiyah"],
    ["حي الحميدييية", null],
    ["شو صار بموحصن؟", "muhasan"],
    ["ماذا حدث في البغلية", "al-bughayliyah"],
    ["جبال تردة", "jabal-thardah"],
    ["شو صار بتردة", null],
    ["ما هي القبيلة", null],
    ["في المنطقة الصناعية", null],
    ["ما ترجمتها بالتركية؟", null],
    ["بالمحيميذة", "muhaymidah"],
    ["في دير الزرو", "deir-ez-zor"],
    ["بمدينة دير الزورر", "deir-ez-zor"],
    ["في حرستة", "harasta"],
    ["بدومة", "duma"],
    ["حي العرقي", null],
    ["قرية الجبره", null],
  ])("%s → %s", (text, expected) => {
    const mentions = find(text);
    expect(mentions.map((mention) => mention.id)).toEqual(expected === null ? [] : [expected]);
    for (const mention of mentions) expect(mention.match).toBe("fuzzy");
  });

  it("is not read where the names only look alike, and both are known", () => {
    const alike = ["العرضي/العرفي", "الجفرة/الجورة", "الجبيلة/جبلة", "حطلة/الحولة", "الرشدية/الراشدية"];
    for (const name of alike.flatMap((pair) => pair.split("/"))) {
      const known = find(`حي ${name}`, false).map(({ id, text }) => `${id} ${text}`);
      if (known.length === 0) continue;
      expect(find(`حي ${name}`).map(({ id, text }) => `${id} ${text}`)).toEqual(known);
    }
  });

  it("of a short name only sounds otherwise", () => {
    expect(soundAlike("موحصن", "موحسن")).toBe(true);
    expect(soundAlike("بغليه", "بغيليه")).toBe(true);
    expect(soundAlike("قبيله", "جبيله")).toBe(false);
    expect(soundAlike("عباره", "عشاره")).toBe(false);
    expect(soundAlike("موسحن", "موحسن")).toBe(false);
  });

  it("is not read unless asked for", () => {
    expect(find("ماذا حدث في الحميدبة؟", false)).toEqual([]);
  });

  it("never replaces a name that is known as it stands", () => {
    expect(find("المريعية ومراعية").map((mention) => mention.match)).toEqual(["exact", "variant"]);
    expect(find("حي العرفي").map((mention) => mention.id)).toEqual(["al-urfi"]);
  });

  it("is read only where a place may stand", () => {
    expect(find("قالت الحميدبة كلاما")).toEqual([]);
  });
});

describe("names to offer", () => {
  it.each([
    ["شو صار بالحمدية", "al-hamidiyah"],
    ["ماذا حدث في البغلية", "al-bughayliyah"],
    ["حي العرقي", "al-urfi"],
  ])("%s: offers %s", (text, expected) => {
    const [suggestion] = suggestPlaces(text, GAZETTEER);
    expect(suggestion?.ids).toContain(expected);
    expect(text.slice(...(suggestion?.span ?? [0, 0]))).toBe(suggestion?.text);
  });

  it("offers the names of which only the first word was given", () => {
    expect(suggestPlaces("شو صار بالمطار؟", GAZETTEER)).toMatchObject([
      { text: "المطار", ids: ["al-matar-al-qadim", "deir-ez-zor-airport"] },
    ]);
    expect(suggestPlaces("شو صار بالمطار القديم؟", GAZETTEER)).toEqual([]);
  });

  it("offers nothing for a name that is known, nor where no place is to be expected", () => {
    expect(suggestPlaces("ماذا حدث في حي الحميدية؟", GAZETTEER)).toEqual([]);
    expect(suggestPlaces("قالت الحمدية كلاما", GAZETTEER)).toEqual([]);
  });
});
