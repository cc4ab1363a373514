import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesFromField } from "../../../src/text/places/field.ts";
import { findPlaces, mostParticular } from "../../../src/text/places/find.ts";
import { buildGazetteer } from "../../../src/text/places/gazetteer.ts";
import { GAZETTEER, ROWS } from "./gazetteer.fixture.ts";

/** Field values of a collection from all over the country, with the place that the last level names. */
const FIELDS = [
  "حمص : بابا عمرو",
  "حلب : حي الصاخور",
  "ادلب : خان شيخون",
  "ريف دمشق : دوما",
  "ريف دمشق : الغوطة الشرقية : زملكا",
  "حماه : اللطامنة",
  "حماة : كفرزيتا",
  "درعا : نوى",
  "حلب : الباب",
  "حلب / الأتارب",
  "حلب - دارة عزة",
  "حماة، قلعة المضيق",
  "الرقة : المنصورة",
  "دير الزور : الميادين",
  "دمشق : القابون",
  "حلب : مساكن هنانو",
] as const;

const COLLECTION = FIELDS.map((field) => ({ field, ...placesFromField(field, GAZETTEER) }));
const EXTENDED = buildGazetteer(
  ROWS,
  COLLECTION.flatMap((entry) => entry.rows),
);

function leaf(field: string): string {
  return field.split(/\s*[:/،]\s*|\s-\s/u).at(-1) ?? "";
}

function asked(question: string): string[] {
  const options = { prefer: "deir-ez-zor-governorate", bare: true, fuzzy: true };
  return mostParticular(findPlaces(question, EXTENDED, options), EXTENDED).map((mention) => mention.id);
}

describe("a report's place field", () => {
  it("takes the id of the one known place that it means", () => {
    expect(placesFromField("ادلب : خان شيخون", GAZETTEER).ids).toEqual(["khan-shaykhun"]);
    expect(placesFromField("دير الزور : حي الحميدية", GAZETTEER).ids).toEqual(["al-hamidiyah"]);
    expect(placesFromField("حمص : الحميدية", GAZETTEER).ids).toEqual(["al-hamidiyah-homs"]);
    expect(placesFromField("سوريا > حلب > الباب", GAZETTEER).ids).toEqual(["al-bab"]);
    expect(placesFromField("كفرزيتا (حماة)", GAZETTEER).ids).toEqual(["kafr-zayta"]);
  });

  it("reads a name that is city and governorate as the city when it stands alone", () => {
    expect(placesFromField("حلب", GAZETTEER).ids).toEqual(["aleppo"]);
    expect(placesFromField("محافظة حلب", GAZETTEER).ids).toEqual(["aleppo-governorate"]);
  });

  it("makes a new place under the known levels, the same for every spelling of its path", () => {
    const { ids, rows } = placesFromField("حمص : بابا عمرو", GAZETTEER);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ name: "بابا عمرو", parents: ["homs-governorate", "syria"] });
    for (const other of ["حمص - باباعمرو", "حمص: بابا  عمرو", "محافظة حمص ، حي بابا عمرو", "حمص-بابا عمرو"])
      expect(placesFromField(other, GAZETTEER).ids).toEqual(ids);
    expect(placesFromField("حلب : بابا عمرو", GAZETTEER).ids).not.toEqual(ids);
  });

  it("puts a quarter into the city of the governorate", () => {
    const [row] = placesFromField("حلب : حي الصاخور", GAZETTEER).rows;
    expect(row).toMatchObject({ kind: "quarter", parents: ["aleppo", "aleppo-governorate", "syria"] });
  });

  it("makes rows of unknown levels between, and links the known place to them", () => {
    const { ids, rows } = placesFromField("ريف دمشق : قطاع المرج : دوما", GAZETTEER);
    const between = rows.find((row) => row.name === "قطاع المرج");
    expect(ids).toEqual(["duma"]);
    expect(buildGazetteer(ROWS, rows).descendants(between?.id ?? "")).toContain("duma");
  });

  it("takes a region between that is known", () => {
    const { ids, rows } = placesFromField("ريف دمشق : الغوطة الشرقية : دوما", GAZETTEER);
    expect(ids).toEqual(["duma"]);
    expect(buildGazetteer(ROWS, rows).descendants("eastern-ghouta")).toContain("duma");
  });

  it("puts an area into the governorate that its name holds", () => {
    const { ids, rows } = placesFromField("ريف حلب الشمالي : الأتارب", GAZETTEER);
    expect(ids).toEqual(["al-atarib"]);
    expect(rows.find((row) => row.name === "ريف حلب الشمالي")?.parents).toEqual([
      "aleppo-governorate",
      "syria",
    ]);
  });

  it("takes one place from each value of an array, and none from an empty one", () => {
    expect(placesFromField(["حلب", "حمص : القصير", ""], GAZETTEER).ids).toEqual(["aleppo", "al-qusayr"]);
    expect(placesFromField(" : ", GAZETTEER)).toEqual({ ids: [], rows: [] });
  });
});

describe("the gazetteer that holds a collection's own places", () => {
  it.each(COLLECTION.map((entry) => [entry.field, entry.ids] as const))(
    "%s has the same id there",
    (field, ids) => {
      expect(placesFromField(field, EXTENDED).ids).toEqual(ids);
    },
  );
});

describe("questions about the places of a collection", () => {
  it.each(COLLECTION.map((entry) => [entry.field, entry.ids[0]] as const))("%s", (field, id) => {
    const name = leaf(field);
    const questions = [
      `ماذا حدث في ${field} يوم 5 نيسان 2013؟`,
      `ماذا حدث في ${name} يوم 2013/4/5؟`,
      `شو صار ب${name} ب 5/4/2013`,
      `شو صار بـ${field} بـ5 نيسان`,
      `${name}، 5 نيسان 2013: ما الذي جرى؟`,
      `ما الذي جرى في مدينة ${name} في الخامس من نيسان`,
      `ماذا جرى في ${name.replace(/ة/gu, "ه").replace(/[أإ]/gu, "ا").replace(/ى/gu, "ي")} يوم 5 أبريل`,
      `ماذا جرى في ${name.replaceAll(" ", "")} يوم 5 أبريل`,
    ];
    for (const question of questions) expect([question, asked(question)]).toEqual([question, [id]]);
  });
});

describe("any field of Arabic names", () => {
  const word = fc
    .array(fc.constantFrom(..."بتجحدرزسشصطعفقكلمنهي".split("")), { minLength: 3, maxLength: 6 })
    .map((letters) => letters.join(""));
  const level = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(" "));
  const governorate = fc.constantFrom("حلب", "ريف دمشق", "محافظة إدلب", "حمص");
  const field = fc.tuple(governorate, fc.array(level, { minLength: 1, maxLength: 3 }));

  it("is found again by its whole string and by its last level, whatever their length", () => {
    fc.assert(
      fc.property(field, fc.constantFrom(" : ", "، ", " - ", "/"), ([first, others], separator) => {
        const value = [first, ...others].join(separator);
        const { ids, rows } = placesFromField(value, GAZETTEER);
        const gazetteer = buildGazetteer(ROWS, rows);
        for (const name of [value, others.at(-1)]) {
          const found = findPlaces(`ماذا حدث في ${name} يوم الأحد؟`, gazetteer, { bare: true });
          expect(mostParticular(found, gazetteer).map((mention) => mention.id)).toContain(ids[0]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("any field", () => {
  const alphabet = fc.constantFrom(..."حلبمصدير الزور:/-،>()ةأّ12ab😀\n\u0000".split(""));

  it("gives rows with unique ids whose parents are known or among the rows, and never throws", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: alphabet })), { maxLength: 4 }),
        (values) => {
          const { ids, rows } = placesFromField(values, GAZETTEER);
          const known = new Set([...GAZETTEER.byId.keys(), ...rows.map((row) => row.id)]);
          expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
          for (const id of ids) expect(known.has(id)).toBe(true);
          for (const row of rows) for (const parent of row.parents) expect(known.has(parent)).toBe(true);
          buildGazetteer(ROWS.slice(0, 5), rows);
        },
      ),
      { numRuns: 200 },
    );
  });
});
