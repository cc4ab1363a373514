import { describe, expect, it } from "vitest";
import { findImpossibleDates } from "../../../src/text/dates/impossible.ts";

describe("dates that no calendar has", () => {
  it.each([
    ["ماذا حدث في 31 أيلول 2017؟", ["31 أيلول 2017"]],
    ["31/2/2017", ["31/2/2017"]],
    ["شو صار بـ 30 شباط", ["30 شباط"]],
    ["32 أيلول 2017", ["32 أيلول 2017"]],
    ["29 شباط 2017", ["29 شباط 2017"]],
    ["٣١ أيلول", ["٣١ أيلول"]],
    ["29 شباط", []],
    ["30 أيلول 2017", []],
    ["بعيد الميلاد 2017", []],
    ["يعمل 24/7", []],
    ["دوار 7 نيسان", []],
    ["القرار 2254", []],
    ["", []],
  ])("%s: %j", (text, expected) => {
    const found = findImpossibleDates(text);
    expect(found.map((date) => date.text.replace(/^(?:في|بـ)\s*/u, ""))).toEqual(expected);
    for (const { text: words, span } of found) expect(text.slice(...span)).toBe(words);
  });
});
