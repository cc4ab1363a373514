import { describe, expect, it } from "vitest";
import { readIntent } from "../../src/question/intent.ts";
import { questionKind, topicWords } from "../../src/question/kind.ts";
import type { Question } from "../../src/question/question.ts";

function read(text: string, asksPresent = true) {
  const question: Question = {
    text,
    kind: questionKind({ text, hasDate: false, hasPlace: false }),
    language: "ar",
    dates: [],
    places: [],
    actors: [],
    ambiguous: [],
    quantity: null,
    source: null,
    searchText: text,
    topic: topicWords(text),
  };
  return readIntent(question, { isPublisher: () => false, asksPresent });
}

describe("what a message wants beyond the kinds of question", () => {
  it.each([
    ["safety", "الطريق آمن اليوم؟ وين القصف هلق؟"],
    ["safety", "هل الطريق سالك إلى موحسن؟"],
    ["control_now", "مين مسيطر هلق عالحميدية؟"],
    ["control_now", "من يسيطر على الحي حالياً؟"],
    ["victim_name", "في اسم ابن عمي بين شهداء موحسن؟"],
    ["victim_name", "بدي أسماء الضحايا"],
    ["victim_name", "استشهد أخي في دير الزور، هل ورد اسمه بين الشهداء؟"],
    ["phrase", "«أكثر من 50 من عناصر»"],
    ["phrase", "وين وردت عبارة «أجزاء من الحي»؟"],
    ["mentions", "كم مرة انذكر حي العمال وبأي تقارير؟"],
    ["meaning", "شو يعني الرباط؟ وين اللواء 137؟"],
    ["yes_no", "هل سقط مدنيون؟"],
    [
      "pasted",
      "من وين هالكلام؟ صحيح؟\nتمكنت قوات النظام صباح اليوم الأحد من الدخول إلى حي الحميدية وسط المدينة.",
    ],
  ])("%s: %s", (kind, text) => {
    expect(read(text)?.kind).toBe(kind);
  });
  it.each([
    "ماذا حدث في حي الحميدية؟",
    "كم عدد الشهداء في موحسن؟",
    "من كاتب تقرير «هجوم شرس لتنظيم الدولة بدير الزور»؟",
    "أين تقع مدرسة خديجة الكبرى؟",
    "وين وصل الجيش؟",
    "ما المناطق التي سيطرت عليها قوات النظام؟",
    "من سيطر على حي العمال؟",
    "نص المصدر 2",
  ])("none: %s", (text) => {
    expect(read(text)).toBeNull();
  });
  it("asks about the present only without a past day", () => {
    expect(read("أين كان القصف اليوم؟", false)).toBeNull();
  });
});
