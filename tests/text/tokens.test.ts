import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFunctionWord, lexicalTerms, lightStem, words } from "../../src/text/tokens.ts";

describe("words", () => {
  it("normalises letters and digits and leaves punctuation out", () => {
    expect(words("قُتِلَ ٥٠ عنصراً، في «الحميديّة»!")).toEqual(["قتل", "50", "عنصرا", "في", "الحميديه"]);
  });
  it("parts a number from the letters that touch it", () => {
    expect(words("الـ24 ساعة و30كم")).toEqual(["ال", "24", "ساعه", "و", "30", "كم"]);
  });
  it("reads separators of thousands, but not commas between numbers", () => {
    expect(words("1,500 و٢٬٠٠٠")).toEqual(["1500", "و", "2000"]);
    expect(words("10,20 29/10/2017")).toEqual(["10", "20", "29", "10", "2017"]);
  });
});

describe("lightStem", () => {
  it.each([
    ["والمدنيين", "مدن"],
    ["للمدنيين", "مدن"],
    ["الحميديه", "حميد"],
    ["الطايرات", "طاير"],
    ["وقتل", "قتل"],
    ["وفد", "وفد"],
    ["ال", "ال"],
  ])("%s gives %s", (word, stem) => expect(lightStem(word)).toBe(stem));
});

describe("lexicalTerms", () => {
  it("gives a long word its 4-grams and its marked stem", () => {
    expect(lexicalTerms("الحميدية")).toEqual(["الحم", "لحمي", "حميد", "ميدي", "يديه", "=حميد"]);
  });
  it("gives a short word itself and its stem", () => {
    expect(lexicalTerms("سدّ")).toEqual(["سد", "=سد"]);
  });
  it("counts a number three times and gives it no stem", () => {
    expect(lexicalTerms("٢٩")).toEqual(["29", "29", "29"]);
  });
  it("gives function words no stem, but keeps negation and time", () => {
    expect(lexicalTerms("في")).toEqual(["في"]);
    expect(isFunctionWord("لم")).toBe(false);
    expect(lexicalTerms("لم أمس")).toContain("=امس");
  });
  it("does not depend on hamza seats, final ya, ta marbuta, vowels or digit systems", () => {
    expect(lexicalTerms("إلى القرية الأولى ١٢")).toEqual(lexicalTerms("الي القريه الاولي 12"));
  });
  it("holds no white space in any term, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const term of lexicalTerms(text)) expect(term).toMatch(/^\S+$/);
      }),
    );
  });
});
