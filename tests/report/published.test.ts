import { describe, expect, it } from "vitest";
import { markParts } from "../../src/report/parts.ts";
import { findPublished } from "../../src/report/published.ts";

const NEWS = "دارت اشتباكات عنيفة في المدينة بين الطرفين، وأسفرت عن سقوط قتلى وجرحى بينهم مدنيون.";
const published = (body: string, field: { start: string; end: string } | null = null) =>
  findPublished({ body, parts: markParts(body), field });
const reading = (body: string) => {
  const { start, end, confidence } = published(body).published;
  return `${confidence} ${start}..${end}`;
};

describe("findPublished", () => {
  it("takes a field of the file before everything else", () => {
    const found = published(`عنوان الخبر\n4 أيار 2017\n${NEWS}`, { start: "2017-05-06", end: "2017-05-06" });
    expect(found.published).toMatchObject({ start: "2017-05-06", end: "2017-05-06", confidence: "stated" });
  });

  it.each([
    ["a date line", `عنوان الخبر\n4 أيار (مايو - ماي)، 2017\n${NEWS}`, "2017-05-04"],
    ["a numeric date line", `عنوان الخبر\n٢٩/١٠/٢٠١٧\n${NEWS}`, "2017-10-29"],
    [
      "a full date called today",
      `${NEWS} ونشر المكتب صباح اليوم الأحد الـ 29 من تشرين الأول / أكتوبر الجاري من العام 2017 بياناً.`,
      "2017-10-29",
    ],
    [
      "a full date after اليوم",
      `قصفت الطائرات الحي اليوم السبت الموافق 28 تشرين الأول 2017. ${NEWS}`,
      "2017-10-28",
    ],
    [
      "a full date called yesterday",
      `قصفت الطائرات الحي أمس السبت 28 تشرين الأول 2017. ${NEWS}`,
      "2017-10-29",
    ],
    ["an agency's dateline", `دمشق، 29 تشرين الأول 2017 (سانا) – ${NEWS}`, "2017-10-29"],
  ])("states the day of %s", (_, body, day) => {
    expect(reading(body)).toBe(`stated ${day}..${day}`);
  });

  it("bounds it by the month called the current one and the weekday called today", () => {
    expect(
      reading(
        `دخلت القوات المدينة في الـ 6 من تشرين الأول الجاري من العام 2017، ونشر المكتب صباح اليوم الثلاثاء بياناً. ${NEWS}`,
      ),
    ).toBe("inferred 2017-10-10..2017-10-31");
  });

  it("bounds it by an event of the current year and the hours since", () => {
    const body = `بدأ الهجوم في الـ 14 من كانون الثاني من العام الجاري 2017، وقتل 120 خلال الساعات الـ 72 الفائتة. ${NEWS}`;
    expect(reading(body)).toBe("inferred 2017-01-17..2017-01-31");
    expect(published(body).published.why).toContain("الساعات الـ 72 الفائتة");
  });

  it("leaves the end open where an old date and a today are all there is", () => {
    expect(reading(`صدر القرار في 18 كانون الأول 2015. وقصفت الطائرات الحي اليوم. ${NEWS}`)).toBe(
      "inferred 2015-12-18..null",
    );
  });

  it("infers nothing for a record whose field gives the day of the event", () => {
    const body = `قصف السوق، وسبق أن قصف في 3 شباط 2013. ${NEWS}`;
    expect(
      findPublished({ body, parts: markParts(body), field: null, isRecord: true }).published.confidence,
    ).toBe("unknown");
    expect(reading(body)).toBe("inferred 2013-02-03..null");
  });

  it("does not take a coming day for a past one", () => {
    expect(reading(`تبدأ الهدنة في 18 كانون الأول 2015 المقبل. ${NEWS}`)).toBe("unknown null..null");
  });

  it("does not guess from a weekday or a year alone, and says what there is", () => {
    const { published: found } = published(
      `دخلت القوات الحي صباح اليوم الأحد للمرة الأولى منذ عام 2012. ${NEWS}`,
    );
    expect(found).toMatchObject({ start: null, end: null, confidence: "unknown" });
    expect(found.why).toContain("اليوم الأحد");
  });

  it("flags a day that contradicts its weekday or lies after the report's own day", () => {
    const found = published(
      `عنوان الخبر\n4 أيار 2017\nبدأت المعارك يوم الخميس 4 أيار واستمرت حتى عصر يوم الخميس 5 أيار. ${NEWS}`,
    );
    expect(found.published).toMatchObject({ start: "2017-05-04", confidence: "stated" });
    expect(found.published.why).toContain("الخميس 5 أيار");
    expect(found.warnings).toHaveLength(1);
  });
});
