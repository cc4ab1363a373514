import { describe, expect, it } from "vitest";
import { findReportId, sourceRequest } from "../../src/question/source-request.ts";

const names = {
  reportIds: ["000_3c5f", "001_4ef6", "002_9e12", "ab-1", "ab-2"],
  publishers: [
    { name: "المرصد السوري لحقوق الإنسان", variants: ["المرصد السوري", "المرصد"] },
    { name: "فرات بوست", variants: ["Furat Post"] },
  ],
};

describe("sourceRequest", () => {
  it("takes an exact id before anything is normalised", () => {
    expect(sourceRequest("نص المصدر 000_3c5f", names)).toEqual({ by: "id", id: "000_3c5f" });
  });
  it("takes a unique prefix of three or more characters, in any digits", () => {
    expect(sourceRequest("نص المصدر 001", names)).toEqual({ by: "id", id: "001_4ef6" });
    expect(sourceRequest("نص المصدر ٠٠٢", names)).toEqual({ by: "id", id: "002_9e12" });
  });
  it("does not take a prefix that fits two ids", () => {
    expect(findReportId("ab-", names.reportIds)).toBeNull();
  });
  it("takes a number in digits of any system, or an ordinal", () => {
    expect(sourceRequest("نص المصدر 2", names)).toEqual({ by: "number", number: 2 });
    expect(sourceRequest("المصدر ٣", names)).toEqual({ by: "number", number: 3 });
    expect(sourceRequest("أرني التقرير الثاني كاملاً", names)).toEqual({ by: "number", number: 2 });
  });
  it("takes a publisher by any spelling", () => {
    expect(sourceRequest("النص الأصلي لتقرير فرات بوست", names)).toEqual({
      by: "publisher",
      publisher: "فرات بوست",
    });
    expect(sourceRequest("نص تقرير المرصد", names)).toMatchObject({ by: "publisher" });
  });
  it("leaves the rest open", () => {
    expect(sourceRequest("أرني المصدر الأصلي", names)).toEqual({ by: "unspecified" });
  });
});
