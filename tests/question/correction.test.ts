import { describe, expect, it } from "vitest";
import { asksToCorrect, looksLikeQuestion } from "../../src/question/correction.ts";

describe("somebody who says that a report is wrong, or wants to testify", () => {
  it.each([
    "التقرير نفسه غلطان",
    "هالخبر غلط",
    "الرقم مو صحيح",
    "هذا التقرير فيه خطأ",
    "المعلومات خاطئة.",
    "الخبر كاذب!",
    "في خطأ بالتقرير",
    "هذا الكلام غير صحيح",
    "التقرير نفسه غلطان، القتلى كانوا 40 مو 50",
    "عندي شهادة",
    "بدي أصحح معلومة",
    "أريد أن أقدم شهادة",
    "كيف أرسل تصحيحاً؟",
  ])("is understood: %s", (text) => {
    expect(asksToCorrect(text)).toBe(true);
  });

  it.each([
    "هل التقرير صحيح؟",
    "صحيح هالخبر",
    "الكلام مظبوط",
    "ماذا حدث في الحميدية",
    "هل الرقم خاطئ؟",
    "نص التقرير الثاني",
    "كم شهيد في موحسن؟",
    "قصف خاطئ على حي العمال",
  ])("is not seen in: %s", (text) => {
    expect(asksToCorrect(text)).toBe(false);
  });
});

it("a question is known by its mark or its first word", () => {
  for (const text of ["صحيح؟", "كم قتل", "شو صار", "who?"]) expect(looksLikeQuestion(text)).toBe(true);
  for (const text of ["كنت هناك", "العدد تسعة", "منزلنا قُصف"]) expect(looksLikeQuestion(text)).toBe(false);
});
