import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickChoice, readFollowUp } from "../../src/question/follow-up.ts";

describe("how a message stands to the conversation", () => {
  it.each([
    ["clear", "إلغاء النطاق"],
    ["clear", "سؤال جديد"],
    ["clear", "سؤال جديد: ماذا حدث في الميادين؟"],
    ["clear", "موضوع تاني"],
    ["shift", "وفي اليوم التالي؟"],
    ["shift", "واليوم السابق"],
    ["shift", "بعدها بيوم شو صار؟"],
    ["shift", "and the next day?"],
    ["provenance", "ومن أين جاءت هذه المعلومة؟"],
    ["provenance", "من قال ذلك؟"],
    ["provenance", "مين قال هيك"],
    ["provenance", "ما مصدر هذه المعلومة؟"],
    ["provenance", "who said that?"],
    ["certainty", "هل هذا مؤكد؟"],
    ["certainty", "متأكد؟"],
    ["certainty", "هل المعلومة صحيحة؟"],
    ["other_party", "ومن الطرف الآخر؟"],
    ["same", "ماذا عن الحويقة؟"],
    ["same", "طيب وبحي العمال؟"],
    ["same", "والحويقة؟"],
    ["same", "what about al-Hamidiya?"],
    ["back", "وكم عدد الجرحى؟"],
    ["back", "كم قتل من عناصر التنظيم في تلك المعارك؟"],
    ["back", "شو صار هناك؟"],
    ["none", "ماذا حدث في حي الحميدية؟"],
    ["none", "من فاز بكأس العالم 2018؟"],
    ["none", "متى دخلت قوات النظام مدينة الميادين؟"],
    ["none", "من أين تأتي إمدادات التنظيم في الريف الشرقي؟"],
  ])("%s: %s", (kind, text) => {
    expect(readFollowUp(text).kind).toBe(kind);
  });
  it("takes a day forwards and a day back", () => {
    expect(readFollowUp("وفي اليوم التالي؟")).toEqual({ kind: "shift", days: 1, alone: true });
    expect(readFollowUp("واليوم السابق")).toEqual({ kind: "shift", days: -1, alone: true });
    expect(readFollowUp("وماذا حدث في اليوم التالي؟")).toEqual({ kind: "shift", days: 1, alone: false });
  });
  it("keeps the question that comes with a new subject", () => {
    expect(readFollowUp("سؤال جديد: ماذا حدث في الميادين؟")).toEqual({
      kind: "clear",
      rest: "ماذا حدث في الميادين؟",
    });
  });
  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => void readFollowUp(text)));
  });
});

describe("a reply to a clarification", () => {
  const CHOICES = [
    { label: "حي الحميدية، مدينة دير الزور", question: "1" },
    { label: "حي الحميدية، مدينة حمص", question: "2" },
  ];
  it.each([
    ["الأول", "1"],
    ["2", "2"],
    ["٢", "2"],
    ["حمص", "2"],
    ["اللي بحمص", "2"],
    ["أقصد دير الزور", "1"],
    ["حي الحميدية، مدينة حمص", "2"],
  ])("%s", (reply, question) => {
    expect(pickChoice(reply, CHOICES)?.question).toBe(question);
  });
  it.each(["الحميدية", "التاسع", "ماذا حدث في الرقة؟", ""])("names none of them: «%s»", (reply) => {
    expect(pickChoice(reply, CHOICES)).toBeNull();
  });
});
