import { describe, expect, it } from "vitest";
import { namesPerson } from "../../src/question/author.ts";

describe("a byline", () => {
  it.each([
    ["microsyria.com مراد الأحمد", "microsyria", true],
    ["بقلم: سامر العلي - فرات بوست", "فرات بوست", true],
    ["خاص – فرات بوست", "فرات بوست", false],
    ["www.deirezzor24.net", "دير الزور 24", false],
    ["متابعات", null, false],
  ])("%s: names somebody besides %s: %s", (byline, publisher, expected) => {
    expect(namesPerson(byline, publisher)).toBe(expected);
  });
});
