import { describe, expect, it } from "vitest";
import { forms } from "../../src/question/word-forms.ts";
import { searchKey } from "../../src/text/normalize.ts";

const share = (one: string, other: string): boolean => {
  const found = new Set(forms(searchKey(one)));
  return forms(searchKey(other)).some((form) => found.has(form));
};

describe("two words are taken for one", () => {
  it.each([
    ["استغل", "استغلال"],
    ["احتلال", "احتل"],
    ["السيئ", "السيئة"],
    ["مدة", "لمدة"],
    ["إدخال", "أدخل"],
    ["هجوم", "هاجم"],
    ["المدنيين", "مدني"],
    ["استهدفتها", "استهدف"],
    ["لتتدخل", "تدخّل"],
    ["النضام", "النظام"],
  ])("%s, %s", (one, other) => {
    expect(share(one, other)).toBe(true);
  });

  it.each([
    ["حي", "حويجة"],
    ["قتل", "قصف"],
    ["الصناعة", "المدينة"],
    ["استغلال", "استقلال"],
  ])("but not %s, %s", (one, other) => {
    expect(share(one, other)).toBe(false);
  });
});
