import { describe, expect, it } from "vitest";
import type { EventDate, Passage } from "../../src/passage/passage.ts";
import type { Topic } from "../../src/question/topic.ts";
import { topicMatcher } from "../../src/retrieval/topic-match.ts";
import { buildActorIndex } from "../../src/text/actors.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import type { Place } from "../../src/text/places/place.ts";

const place = (id: string, name: string, kind: Place["kind"], parents: string[] = []): Place => {
  return { id, name, kind, variants: [], parents, sources: [], latitude: null, longitude: null };
};
const gazetteer = buildGazetteer([
  place("city", "مدينة النهر", "city"),
  place("quarter", "حي الجسر", "quarter", ["city"]),
  place("other", "بلدة الرمل", "town"),
]);
const actors = buildActorIndex([
  { id: "sdf", name: "قوات سوريا الديمقراطية", kind: "armed_group", variants: ["قسد"], sources: [] },
]);
const date = (start: string | null, end: string | null, background = false): EventDate => ({
  ...{ start, end, precision: "day", confidence: "certain", basis: "passage", words: "", background },
});
const passage = (text: string, fields: Partial<Passage> = {}): Passage => ({
  ...{ id: "p", reportId: "r", role: "text", start: 0, end: text.length, text, header: "" },
  dates: [],
  places: [],
  ...fields,
});
const topic = (fields: Partial<Topic>): Topic => ({
  places: [],
  days: [],
  actors: [],
  phrase: null,
  ...fields,
});
const matches = (wanted: Partial<Topic>, told: Passage) =>
  topicMatcher(topic(wanted), { gazetteer, actors })(told);
const at = (id: string) => [{ id, name: id, basis: "passage" as const, words: "" }];

describe("a passage tells of a topic", () => {
  it("by its place or one that lies in it", () => {
    const city = { places: [{ id: "city", name: "مدينة النهر" }] };
    expect(matches(city, passage("قصف", { places: at("quarter") }))).toBe(true);
    expect(matches(city, passage("قصف", { places: at("other") }))).toBe(false);
    const quarter = { places: [{ id: "quarter", name: "حي الجسر" }] };
    expect(matches(quarter, passage("قصف", { places: at("city") }))).toBe(false);
  });

  it("by the days of its news, and not by background or a whole year", () => {
    const october = { days: [{ start: "2017-10-01", end: "2017-10-31" }] };
    expect(matches(october, passage("قصف", { dates: [date("2017-10-29", "2017-10-29")] }))).toBe(true);
    expect(matches(october, passage("قصف", { dates: [date("2017-11-01", "2017-11-01")] }))).toBe(false);
    expect(matches(october, passage("قصف", { dates: [date("2017-10-29", "2017-10-29", true)] }))).toBe(false);
    expect(matches(october, passage("قصف", { dates: [date("2017-01-01", "2017-12-31")] }))).toBe(false);
    expect(matches(october, passage("قصف", { dates: [date(null, "2017-10-05")] }))).toBe(false);
    const year = { days: [{ start: "2017-01-01", end: "2017-12-31" }] };
    expect(matches(year, passage("قصف", { dates: [date("2017-01-01", "2017-12-31")] }))).toBe(true);
  });

  it("by an actor in any of its names", () => {
    const wanted = { actors: [{ id: "sdf", name: "قسد" }] };
    expect(matches(wanted, passage("دخلت قسد البلدة"))).toBe(true);
    expect(matches(wanted, passage("دخلت قوات سوريا الديمقراطية البلدة"))).toBe(true);
    expect(matches(wanted, passage("دخلت القوات البلدة"))).toBe(false);
  });

  it("by words that stand together, however they are spelt, and not by parts of words", () => {
    expect(matches({ phrase: "الهلال الأحمر" }, passage("وصل الهلالُ الاحمر إلى البلدة"))).toBe(true);
    expect(matches({ phrase: "الهلال الأحمر" }, passage("قال إن والهلال الأحمر وصل"))).toBe(true);
    expect(matches({ phrase: "الهلال الأحمر" }, passage("سلّم للهلال الأحمر"))).toBe(true);
    expect(matches({ phrase: "الهلال الأحمر" }, passage("الهلال والصليب الأحمر"))).toBe(false);
    expect(matches({ phrase: "قصف" }, passage("انقصفت الطريق"))).toBe(false);
  });

  it("only when every field is met", () => {
    const wanted = { places: [{ id: "city", name: "" }], phrase: "قصف" };
    expect(matches(wanted, passage("قصف", { places: at("quarter") }))).toBe(true);
    expect(matches(wanted, passage("قصف"))).toBe(false);
    expect(matches(wanted, passage("هدوء", { places: at("quarter") }))).toBe(false);
  });
});
