import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNumbers } from "../../../src/text/numbers/find-numbers.ts";
import type { Case, Gender } from "./words.ts";
import { inWords } from "./words.ts";

const GENDERS: readonly Gender[] = ["masculine", "feminine"];
const CASES: readonly Case[] = ["nominative", "oblique"];

/** The noun proves "ست" and "مئة" to be numbers, as in any sentence. */
function read(words: string): readonly number[] {
  return findNumbers(`${words} مدني`).map(({ value }) => value);
}

describe("numbers in words", () => {
  it("reads every number to 1,200 back, in both genders and cases", () => {
    const wrong: string[] = [];
    for (const gender of GENDERS)
      for (const grammarCase of CASES)
        for (let value = 1; value <= 1200; value += 1) {
          const words = inWords(value, gender, grammarCase);
          if (read(words).join() !== String(value)) wrong.push(`${value}: ${words} → ${read(words).join()}`);
        }
    expect(wrong).toEqual([]);
  });

  it("reads any number to 999,999 back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.constantFrom(...GENDERS),
        fc.constantFrom(...CASES),
        (value, gender, grammarCase) => {
          expect(read(inWords(value, gender, grammarCase))).toEqual([value]);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("reads digits of every script, with separators of thousands and decimals", () => {
    const cases: readonly (readonly [string, number])[] = [
      ["1234", 1234],
      ["1,234", 1234],
      ["1.234", 1234],
      ["1٬234", 1234],
      ["١٬٢٣٤", 1234],
      ["۱۲۳۴", 1234],
      ["१२३४", 1234],
      ["١٢٣٤", 1234],
      ["12 345", 12345],
      ["1,234,567", 1234567],
      ["1.234.567", 1234567],
      ["1,234.5", 1234.5],
      ["14.5", 14.5],
      ["14,5", 14.5],
      ["14٫5", 14.5],
      ["0.500", 0.5],
      ["20،000", 20000],
      ["٢٠،٠٠٠", 20000],
    ];
    for (const [digits, value] of cases) expect(read(digits), digits).toEqual([value]);
  });

  it("any digits with grouped thousands are the number", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 999_999_999 }),
        fc.constantFrom(",", ".", "٬"),
        (value, mark) => {
          expect(read(value.toLocaleString("en").replaceAll(",", mark))).toEqual([value]);
        },
      ),
    );
  });

  it("mixes digits with scale words", () => {
    const cases: readonly (readonly [string, number])[] = [
      ["3 آلاف", 3000],
      ["20 ألف", 20000],
      ["3 آلاف و500", 3500],
      ["مليون و200 ألف", 1_200_000],
      ["2.5 مليون", 2_500_000],
      ["مليون ونصف المليون", 1_500_000],
      ["ألف و20", 1020],
      ["مئة و20", 120],
      ["نصف مليون", 500_000],
      ["مليونين ومئة ألف", 2_100_000],
    ];
    for (const [text, value] of cases) expect(read(text), text).toEqual([value]);
  });

  it("does not join what stands side by side", () => {
    expect(read("عشرين وثلاثين")).toEqual([20, 30]);
    expect(read("مئة ومئتين")).toEqual([100, 200]);
    expect(read("خمسة وستة")).toEqual([5, 6]);
    expect(read("50 و30")).toEqual([50, 30]);
  });

  it("takes no other word for a number", () => {
    for (const text of [
      "لست هنا",
      "ألّف كتاباً",
      "انقطعت المية",
      "الست فاطمة",
      "أحد الجنود",
      "يوم الأحد",
      "الاثنين",
      "الخميس",
      "آلاف",
      "التاسع والعشرين",
      "الخامس عشر",
    ])
      expect(findNumbers(text), text).toEqual([]);
  });
});
