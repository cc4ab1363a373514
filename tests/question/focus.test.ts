import { describe, expect, it } from "vitest";
import { askedPerson, askedSpeaker, asksTime, asksWhoTook } from "../../src/question/focus.ts";
import { topicWords } from "../../src/question/kind.ts";

const asked = (text: string) => ({ text, topic: topicWords(text) });

describe("what a question turns on", () => {
  it.each([
    ["من كان والي ولاية الخير؟", "والي"],
    ["شو اسم مدير المدرسة؟", "مدير"],
    ["من هو قائد الحرس الجمهوري؟", "قائد"],
    ["ما اسم المدرسة التي وصلت إليها القوات؟", null],
    ["من سيطر على الحي؟", null],
  ])("is the bearer of a calling: %s", (text, person) => {
    expect(askedPerson(asked(text))).toBe(person === null ? null : topicWords(person)[0]);
  });
  it.each([
    ["ماذا قال وزير الدفاع عن المعركة؟", "وزير"],
    ["ماذا حدث في الحي؟", null],
  ])("is somebody's words: %s", (text, speaker) => {
    expect(askedSpeaker(asked(text))).toBe(speaker);
  });
  it("is a time, but for when something was published", () => {
    expect(asksTime({ kind: "when", text: "متى دخلت القوات الحي؟" })).toBe(true);
    expect(asksTime({ kind: "when", text: "متى نشر المرصد الخبر؟" })).toBe(false);
  });
  it("is who took a place", () => {
    expect(asksWhoTook(asked("مين أخذ المدينة؟"))).toBe(true);
    expect(asksWhoTook(asked("من قصف المدينة؟"))).toBe(false);
  });
});
