import { expect, it } from "vitest";
import { header } from "../../src/passage/header.ts";

it.each([
  [
    ["حي الحميدية", "دير الزور"],
    "2017-10-29",
    "2017-10-29",
    "حي الحميدية، دير الزور، 29 تشرين الأول أكتوبر 2017",
  ],
  [["حمص"], "2012-06-01", "2012-06-30", "حمص، حزيران يونيو 2012"],
  [["حمص"], "2012-01-01", "2012-12-31", "حمص، 2012"],
  [[], "2017-10-28", "2017-10-29", "28 تشرين الأول أكتوبر 2017 – 29 تشرين الأول أكتوبر 2017"],
  [["حمص"], null, "2012-06-30", "حمص، 30 حزيران يونيو 2012"],
])("%j from %s to %s", (places, start, end, expected) => {
  expect(header({ places, days: { start, end } })).toBe(expected);
});

it("leaves out what is not known and begins with a title that the body does not hold", () => {
  expect(header({ places: [], days: null })).toBe("");
  expect(header({ places: ["حمص"], days: null, title: "عنوان" })).toBe("عنوان، حمص");
});
