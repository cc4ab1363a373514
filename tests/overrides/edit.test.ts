import { describe, expect, it } from "vitest";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import {
  addPlace,
  addPlaceVariant,
  addPublisher,
  addPublisherAlias,
  correctReport,
  formerEntries,
  removePlaceVariant,
  removePublisherAlias,
  restoreEntries,
} from "../../src/overrides/edit.ts";
import { correctedNames } from "../../src/overrides/names.ts";
import { NO_OVERRIDES, overridesSchema } from "../../src/report/overrides.ts";
import { findPlaces } from "../../src/text/places/find.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";

const names = await readGazetteer("data");
const by = { who: "مشرف", why: "قرأه في الأصل" };
const HAMIDIYA = "al-hamidiyah";

describe("corrections of a report", () => {
  it("are set, changed and taken back; an entry that says nothing more goes", () => {
    const set = correctReport(
      NO_OVERRIDES,
      "r1",
      {
        published: { start: "2017-10-29", end: "2017-10-29" },
        publisher: "فرات بوست",
        title: "عنوان",
        eventDays: { start: "2017-10-28", end: "2017-10-29" },
        places: ["دير الزور : الحميدية"],
      },
      by,
    );
    expect(overridesSchema.parse(set).reports.r1).toEqual({
      published: {
        start: "2017-10-29",
        end: "2017-10-29",
        confidence: "stated",
        why: "حدّده القائم على هذه المجموعة",
      },
      publisher: "فرات بوست",
      title: "عنوان",
      eventDays: { start: "2017-10-28", end: "2017-10-29" },
      places: ["دير الزور : الحميدية"],
      ...by,
    });
    const fewer = correctReport(set, "r1", { published: null, title: null, places: [] }, by);
    expect(Object.keys(fewer.reports.r1 ?? {}).sort()).toEqual(["eventDays", "publisher", "who", "why"]);
    expect(correctReport(fewer, "r1", { publisher: null, eventDays: null }, by)).toEqual(NO_OVERRIDES);
  });

  it("take away places that were wrongly found, and give them back", () => {
    const without = correctReport(NO_OVERRIDES, "r1", { withoutPlaces: [HAMIDIYA] }, by);
    expect(overridesSchema.parse(without).reports.r1).toEqual({ withoutPlaces: [HAMIDIYA], ...by });
    expect(correctReport(without, "r1", { withoutPlaces: [] }, by)).toEqual(NO_OVERRIDES);
  });

  it("keep who vouches for them when somebody else withdraws the report", () => {
    const titled = correctReport(NO_OVERRIDES, "r1", { title: "عنوان" }, by);
    const other = { who: "ثانٍ", why: "طلب الناشر" };
    const withdrawn = correctReport(titled, "r1", { withdrawn: { on: "2026-01-02", reason: "طلب" } }, other);
    expect(withdrawn.reports.r1).toEqual({
      title: "عنوان",
      ...by,
      withdrawn: { on: "2026-01-02", reason: "طلب", who: "ثانٍ" },
    });
    expect(correctReport(withdrawn, "r1", { withdrawn: null }, other)).toEqual(titled);
  });

  it("reach an id that is the name of a built-in", () => {
    const set = correctReport(NO_OVERRIDES, "constructor", { title: "عنوان" }, by);
    expect(Object.keys(set.reports)).toEqual(["constructor"]);
    expect(correctReport(set, "constructor", { title: null }, by)).toEqual(NO_OVERRIDES);
  });
});

describe("spellings of a place", () => {
  const found = (overrides: typeof NO_OVERRIDES, text: string) =>
    findPlaces(text, buildGazetteer(correctedNames(names, overrides).places)).map(({ id }) => id);

  it("are found in texts once they are added, and no more once they are taken back", () => {
    const text = "اشتباكات في حي الحمودية الشرقي";
    expect(found(NO_OVERRIDES, text)).not.toContain(HAMIDIYA);
    const added = addPlaceVariant(NO_OVERRIDES, names, { id: HAMIDIYA, spelling: "الحمودية الشرقي" }, by);
    expect(found(added, text)).toContain(HAMIDIYA);
    expect(overridesSchema.safeParse(added).success).toBe(true);
    const corrected = correctedNames(names, added);
    const removed = removePlaceVariant(added, corrected, { id: HAMIDIYA, spelling: "الحموديه الشرقي" }, by);
    expect(removed).toEqual({ reports: {}, places: {} });
  });

  it("of the shipped list can be left out and taken back in", () => {
    const row = names.places.find(({ variants }) => variants.length > 1);
    const [spelling = ""] = row?.variants ?? [];
    const id = row?.id ?? "";
    const variantsOf = (overrides: typeof NO_OVERRIDES) =>
      correctedNames(names, overrides).places.find((one) => one.id === id)?.variants;
    const left = removePlaceVariant(NO_OVERRIDES, names, { id, spelling }, by);
    expect(variantsOf(left)).not.toContain(spelling);
    const back = addPlaceVariant(left, correctedNames(names, left), { id, spelling }, by);
    expect(variantsOf(back)).toContain(spelling);
  });

  it("are refused in one line with the remedy when the place is unknown or lacks them", () => {
    expect(() => addPlaceVariant(NO_OVERRIDES, names, { id: "none", spelling: "x" }, by)).toThrow(
      /none of the places.*"none"; choose/,
    );
    expect(() => removePlaceVariant(NO_OVERRIDES, names, { id: HAMIDIYA, spelling: "بغداد" }, by)).toThrow(
      /has no spelling "بغداد"; choose/,
    );
    expect(() => removePlaceVariant(NO_OVERRIDES, names, { id: HAMIDIYA, spelling: "الحميدية" }, by)).toThrow(
      /is the name of/,
    );
  });
});

describe("new rows", () => {
  it("put a quarter into its city and all that holds it", () => {
    const { overrides, id } = addPlace(
      NO_OVERRIDES,
      names,
      { name: "الزهور الجديدة", kind: "quarter", parent: "deir-ez-zor", variants: ["الزهور"] },
      by,
    );
    const gazetteer = buildGazetteer(correctedNames(names, overrides).places);
    const city = names.places.find((row) => row.id === "deir-ez-zor");
    expect(gazetteer.ancestors(id)).toEqual(["deir-ez-zor", ...(city?.parents ?? [])]);
    expect(gazetteer.descendants("deir-ez-zor")).toContain(id);
    expect(findPlaces("قصف حي الزهور الجديدة", gazetteer).map((place) => place.id)).toContain(id);
    const again = () =>
      addPlace(
        overrides,
        correctedNames(names, overrides),
        { name: "الزهور الجديده", kind: "quarter", parent: "deir-ez-zor" },
        by,
      );
    expect(again).toThrow(new RegExp(`known already as ${id}`));
  });

  it("give a publisher its names and a neutral card", () => {
    const added = addPublisher(NO_OVERRIDES, names, { name: "وكالة الفرات" }, by);
    const aliased = addPublisherAlias(
      added.overrides,
      correctedNames(names, added.overrides),
      { id: added.id, spelling: "الفرات للأنباء" },
      by,
    );
    const row = correctedNames(names, aliased).publishers.find(({ id }) => id === added.id);
    expect(row).toMatchObject({ name: "وكالة الفرات", variants: ["الفرات للأنباء"] });
    expect(row?.card).toContain("وكالة الفرات");
    const less = removePublisherAlias(
      aliased,
      correctedNames(names, aliased),
      { id: added.id, spelling: "الفرات للأنباء" },
      by,
    );
    expect(less).toEqual(added.overrides);
  });

  it.each([
    [
      "a place without a kind",
      { places: { "new-one": { name: "س", ...by } } },
      /places\.new-one.*needs name and kind/,
    ],
    [
      "an unknown parent",
      { places: { "new-one": { name: "س", kind: "quarter" as const, parents: ["nowhere"], ...by } } },
      /places\.new-one\.parents.*"nowhere".*correct/,
    ],
    [
      "a publisher without a name",
      { publishers: { p: { variants: ["س"], ...by } } },
      /publishers\.p.*needs a name/,
    ],
  ])("refuse %s", (_, rows, message) => {
    expect(() => correctedNames(names, { reports: {}, ...rows })).toThrow(message);
  });
});

describe("an undo", () => {
  it("puts back what a change touched and leaves what came after it", () => {
    const before = correctReport(NO_OVERRIDES, "r1", { title: "أول" }, by);
    const after = addPlaceVariant(
      correctReport(before, "r1", { title: "ثانٍ" }, by),
      names,
      { id: HAMIDIYA, spelling: "الحمدية" },
      by,
    );
    const former = formerEntries(before, after);
    expect(former.map(({ section, id }) => `${section} ${id}`)).toEqual(["reports r1", `places ${HAMIDIYA}`]);
    const later = correctReport(after, "r2", { title: "غيره" }, by);
    expect(restoreEntries(later, JSON.parse(JSON.stringify(former)))).toEqual({
      ...correctReport(before, "r2", { title: "غيره" }, by),
      places: {},
    });
  });
});
