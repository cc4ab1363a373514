import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annotate } from "../../src/passage/annotate.ts";
import { cutPassages } from "../../src/passage/cut.ts";
import { DETAILS, gazetteer, passages, places, report } from "./annotated.ts";

describe("places of a passage", () => {
  it.each<[string, string, string[]]>([
    ["its own words", "قصفت الطائرات حي القصور وحي الجورة.", ["al-qusour passage", "al-joura passage"]],
    [
      "the quarter meant by «الحي»",
      "دخلت القوات حي القصور.\nوتوغلت داخل الحي حتى المدرسة.",
      ["al-qusour previous"],
    ],
    [
      "the quarter named last",
      "دخلت القوات حي القصور ثم حي الجورة، وقصفت الحي بعنف.",
      ["al-qusour passage", "al-joura passage"],
    ],
    [
      "the place before where it names none",
      "دخلت القوات حي القصور.\nوقتل عشرة مدنيين.",
      ["deir-ez-zor report"],
    ],
  ])("are %s", (_, body, expected) => {
    expect(
      passages(body)
        .at(-1)
        ?.places.map(({ id, basis }) => `${id} ${basis}`),
    ).toEqual(expected);
  });

  it("stay those before where only a country is named", () => {
    const body = `قصفت الطائرات حي القصور. ${DETAILS} ${DETAILS} ${DETAILS} ونزح عدد كبير من سكانه إلى تركيا ولبنان. ${DETAILS} ${DETAILS}`;
    const named = passages(body).map(places);
    expect(named.find((ids) => ids.includes("turkey passage"))).toContain("al-qusour previous");
    expect(named.at(-1)).toEqual(["al-qusour previous"]);
  });

  it("do not take «الحي المجاور» for the quarter spoken of", () => {
    const [, second] = passages(
      "دخلت القوات حي القصور في مدينة دير الزور.\nوانسحب المقاتلون إلى الحي المجاور له.",
    );
    expect(second && places(second)).toEqual(["deir-ez-zor report"]);
  });

  it("are only those of the fields in a record of one event", () => {
    const body = "قصفت الطائرات السوق في مدينة سراقب، ونقل الجرحى إلى مدينة معرة النعمان.";
    const eventDates = { start: "2013-04-27", end: "2013-04-27" };
    expect(passages(body, { places: ["إدلب : سراقب"], eventDates }).flatMap(places)).toEqual([
      "saraqib passage",
    ]);
    expect(passages(body, { places: ["إدلب : سراقب"] }).flatMap(places)).toContain(
      "maarrat-an-numan passage",
    );
  });

  it("are not that of an agency's dateline", () => {
    const [passage] = passages("دمشق، 14 آذار 2018 (سانا) – قصفت الطائرات حي القصور.");
    expect(passage && places(passage)).toEqual(["al-qusour passage"]);
  });

  it("are the countryside of the governorate spoken of", () => {
    const [passage] = passages("حشد التنظيم قواته في مدينة دير الزور وريفها الغربي.");
    expect(passage && places(passage)).toEqual(["deir-ez-zor passage", "rif-deir-ez-zor-west previous"]);
  });

  it("are those of the report's field for every passage", () => {
    const found = passages("سقطت قذيفة على سوق شعبي صباحاً.\nوقتل شخصان وجرح آخرون.", {
      places: ["حمص : بابا عمرو"],
    });
    expect(
      new Set(found.map(({ places: told }) => told.map(({ name, basis }) => `${name} ${basis}`).join())),
    ).toEqual(new Set(["بابا عمرو report"]));
  });
});

describe("places that the operator says a report is not about", () => {
  const TEXT = "دخلت القوات حي القصور في مدينة دير الزور.\nوقتل في الحي شخصان.";
  it("are found neither by name, nor by what points back to them, nor in a header", () => {
    const found = passages(TEXT, { withoutPlaces: ["al-qusour"] });
    expect(found.flatMap(places)).not.toContainEqual(expect.stringContaining("al-qusour"));
    expect(found.map(({ header }) => header).join()).not.toContain("القصور");
    expect(passages(TEXT).flatMap(places)).toContainEqual(expect.stringContaining("al-qusour"));
  });

  it("do not come from its field or its title either", () => {
    const fields = { places: ["دير الزور : القصور"], title: "قصف على حي القصور" };
    const found = passages("سقطت قذيفة على سوق شعبي.", fields);
    const ids = found.flatMap((one) => one.places.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(0);
    const without = passages("سقطت قذيفة على سوق شعبي.", { ...fields, withoutPlaces: ids });
    expect(without.flatMap((one) => one.places.map(({ id }) => id)).filter((id) => ids.includes(id))).toEqual(
      [],
    );
  });
});

describe("the header", () => {
  it("names place, city and day with both month names", () => {
    expect(passages("دخلت القوات حي القصور في مدينة دير الزور أمس.")[0]?.header).toBe(
      "حي القصور، دير الزور، 28 تشرين الأول أكتوبر 2017",
    );
  });

  it("begins with a title that stands only in a field", () => {
    expect(passages(DETAILS, { title: "قصف على سوق" })[0]?.header).toBe(
      "قصف على سوق، 29 تشرين الأول أكتوبر 2017",
    );
  });
});

const words = [
  "أمس السبت",
  "في 5 أيلول 2017",
  "عام 2012",
  "منذ",
  "حي القصور",
  "الحي",
  "المدينة",
  "،",
  ".",
  "\n",
  "التي",
  "بعد",
  "وكان",
  "ويعد",
  "كما",
  "(",
  "“",
  "قصفت",
  "خلال 24 ساعة",
  "🙂",
];

it("any body keeps its passages, with dates that are in order and words that stand in the body", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: "binary", maxLength: 6 })), {
        maxLength: 40,
      }),
      (pieces) => {
        const body = pieces.join(" ");
        const made = report(body);
        const cut = cutPassages(made);
        const found = annotate({ report: made, passages: cut, gazetteer });
        expect(found.map(({ id, start, end, text }) => ({ id, start, end, text }))).toEqual(
          cut.map(({ id, start, end, text }) => ({ id, start, end, text })),
        );
        for (const passage of found) {
          for (const date of passage.dates) {
            expect((date.start ?? "") <= (date.end ?? "9999")).toBe(true);
            expect(body).toContain(date.words);
            if (date.basis === "passage") expect(passage.text).toContain(date.words);
          }
          for (const place of passage.places) expect(body).toContain(place.words);
        }
      },
    ),
    { numRuns: 60 },
  );
});
