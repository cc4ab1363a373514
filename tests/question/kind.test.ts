import { describe, expect, it } from "vitest";
import { questionKind } from "../../src/question/kind.ts";

const CASES: readonly [kind: string, text: string, hasDate?: boolean, hasPlace?: boolean][] = [
  ["day", "ماذا حدث يوم 29 تشرين الأول 2017؟", true],
  ["day", "شو صار بدير الزور ب 29 تشرين؟", true, true],
  ["day", "أحداث 4 أيار 2017", true],
  ["day", "29/10/2017", true],
  ["place", "ماذا حدث في حي الحميدية؟", false, true],
  ["place", "شو صار بالحميدية", false, true],
  ["place", "أخبار الميادين", false, true],
  ["count", "كم قتل من عناصر التنظيم؟"],
  ["count", "ما عدد القتلى المدنيين؟"],
  ["count", "قديش عدد الجرحى"],
  ["count", "وكم عدد الجرحى؟"],
  ["count", "How many fighters were killed?"],
  ["when", "متى دخلت قوات النظام الميادين؟"],
  ["when", "إيمتى بلش الهجوم"],
  ["when", "في أي يوم بدأ الهجوم؟"],
  ["when", "ما تاريخ دخول الحي؟"],
  ["where", "أين تركز القتال؟"],
  ["where", "وين وصل الجيش"],
  ["where", "إلى أين وصلت القوات؟"],
  ["where", "في أي حي اندلعت الاشتباكات؟"],
  ["who", "من سيطر على حي العمال؟"],
  ["who", "مين كتب التقرير"],
  ["who", "ومن قاد العملية؟"],
  ["why", "لماذا انسحب التنظيم؟"],
  ["why", "ليش انسحبوا"],
  ["why", "ما سبب الانسحاب؟"],
  ["what", "ما اسم العملية؟"],
  ["what", "ماذا قالت القاعدة الروسية؟"],
  ["list", "ما هي الأحياء التي سيطرت عليها قوات النظام؟"],
  ["list", "اذكر القرى التي انسحب منها التنظيم"],
  ["source", "نص المصدر 2"],
  ["source", "المصدر الأصلي"],
  ["source", "أرني التقرير كاملاً"],
  ["source", "أعطني النص الأصلي لتقرير فرات بوست"],
  ["source", "نص المصدر 000_3c5f58a11287295c"],
  ["source", "show me the full text"],
  ["coverage", "ما الذي تغطيه التقارير؟"],
  ["coverage", "عن ماذا تتحدث التقارير؟"],
  ["summary", "لخّص التقرير 3"],
  ["compare", "قارن بين التقريرين"],
  ["timeline", "رتّب الأحداث زمنياً"],
  ["greeting", "مرحبا"],
  ["greeting", "السلام عليكم"],
  ["greeting", "شكراً جزيلاً"],
];

describe("questionKind", () => {
  it.each(CASES)("%s: %s", (kind, text, hasDate = false, hasPlace = false) => {
    expect(questionKind({ text, hasDate, hasPlace })).toBe(kind);
  });
});
