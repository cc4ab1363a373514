import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOISES, type Noise, noisy } from "../../src/evaluation/noise.ts";
import { findDates } from "../../src/text/dates/find.ts";
import { searchKey } from "../../src/text/normalize.ts";

const SEED = 1;
const QUESTION = "متى سيطرت قوات النظام على مدينة الميادين في 14 أكتوبر 2017؟";

function named(name: string): Noise {
  const noise = NOISES.find((one) => one.name === name);
  if (noise === undefined) throw new Error(`no noise ${name}`);
  return noise;
}
const under = (name: string, text: string) => noisy(text, named(name), SEED);

describe("what each noise does", () => {
  it.each([
    ["ta-marbuta", "سيطرته على المدينة", "سيطرتة على المدينه"],
    ["alef-maqsura", "إلى حي", "إلي حى"],
    ["article", "القوات في الحي والبلدة", "قوات في الحي والبلدة"],
    ["digits", "72 ساعة و١٦ قتيلاً", "٧٢ ساعة و16 قتيلاً"],
    ["levantine", "هل حدث هذا؟", "صار هاد؟"],
    ["levantine", "من قتل القائد؟", "مين قتل القائد؟"],
    ["levantine", "من أين جاء الذي قتل؟", "من وين جاء اللي قتل؟"],
    ["levantine", "ما الذي جرى؟ كم جريحاً من المدنيين؟", "شو اللي صار؟ قديش جريحاً من المدنيين؟"],
    ["levantine", "إلى أين وصلت؟", "لوين وصلت؟"],
  ])("%s: %s → %s", (name, text, expected) => {
    expect(under(name, text)).toBe(expected);
  });

  it.each([
    ["في 29 تشرين الأول 2017", "في 29 أكتوبر 2017"],
    ["في اكتوبر وكانون ثاني", "في تشرين الأول وكانون ثاني"],
    ["بين يناير وفبراير", "بين كانون الثاني وشباط"],
    ["4 آب و5 مارس", "4 أغسطس و5 آذار"],
    ["مارس العنف ضد أب وطفل", "مارس العنف ضد أب وطفل"],
  ])("months: %s → %s", (text, expected) => {
    expect(under("months", text)).toBe(expected);
  });

  it("hamza: changes seats and nothing that is read", () => {
    const text = "أطلق المسؤول النار على إدارة المدينة";
    expect(under("hamza", text)).not.toBe(text);
    expect(searchKey(under("hamza", text))).toBe(searchKey(text));
  });

  it("lost-letter: takes one inner letter of one long word, or nothing where all are short", () => {
    const lost = under("lost-letter", QUESTION);
    expect(lost).toHaveLength(QUESTION.length - 1);
    const before = QUESTION.split(" ");
    const changed = lost.split(" ").flatMap((word, index) => (word === before[index] ? [] : [index]));
    expect(changed).toHaveLength(1);
    const [at = 0] = changed;
    expect(lost.split(" ")[at]?.at(0)).toBe(before[at]?.at(0));
    expect(under("lost-letter", "كم قتل منهم؟")).toBe("كم قتل منهم؟");
  });

  it("months: the day is the same", () => {
    const context = { mode: "question", anchor: "2026-11-22", years: [2017] } as const;
    const dayOf = (text: string) => findDates(text, context).map(({ start, end }) => [start, end]);
    expect(under("months", QUESTION)).toContain("تشرين الأول");
    expect(dayOf(under("months", QUESTION))).toEqual(dayOf(QUESTION));
  });
});

describe("every noise", () => {
  const arabic = fc
    .array(
      fc.oneof(
        fc.string({ unit: fc.constantFrom(..."ابتثجسشصعقكلمنهويةىأإآؤئء") }),
        fc.constantFrom("2017", "٤", "أكتوبر", "تشرين الأول", "ماذا", "من", "هل", "؟", "Raqqa"),
      ),
      { maxLength: 12 },
    )
    .map((words) => words.join(" "));

  it.each(NOISES.map(({ name }) => name))("%s gives the same text in every run", (name) => {
    fc.assert(
      fc.property(arabic, fc.nat(), (text, seed) => {
        expect(noisy(text, named(name), seed)).toBe(noisy(text, named(name), seed));
      }),
    );
  });

  it.each(["ta-marbuta", "alef-maqsura", "digits"])("%s taken twice gives the text back", (name) => {
    fc.assert(
      fc.property(arabic, (text) => {
        expect(under(name, under(name, text))).toBe(text);
      }),
    );
  });

  it.each(["hamza", "alef-maqsura", "ta-marbuta", "digits"])("%s is what search folds", (name) => {
    fc.assert(
      fc.property(arabic, (text) => {
        expect(searchKey(under(name, text))).toBe(searchKey(text));
      }),
    );
  });
});
