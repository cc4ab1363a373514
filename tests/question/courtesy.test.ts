import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutCourtesy } from "../../src/question/courtesy.ts";

const FRAMED: readonly (readonly [said: string, asked: string])[] = [
  ["هل تعرفون كم عدد القتلى في 17 كانون الثاني 2017؟", "كم عدد القتلى في 17 كانون الثاني 2017؟"],
  ["هل تعرف متى حدث الهجوم على حي العمال", "متى حدث الهجوم على حي العمال"],
  ["هل عندكم معلومات عن حي الحويقة", "حي الحويقة"],
  ["ممكن تقول لي كم قتيلا سقط من قوات النظام", "كم قتيلا سقط من قوات النظام"],
  ["هل يمكن أن تخبرني من سيطر على مدينة الميادين", "من سيطر على مدينة الميادين"],
  ["بدي اعرف كم عدد القتلى", "كم عدد القتلى"],
  ["هل يوجد في التقارير عدد القتلى", "عدد القتلى"],
  ["لو سمحت، كم عدد القتلى؟", "كم عدد القتلى؟"],
  ["من فضلكم هل يمكنكم أن تخبروني أين وقعت الغارات، وشكراً؟", "أين وقعت الغارات؟"],
  ["أريد أن أعرف ماذا جرى في الميادين", "ماذا جرى في الميادين"],
  ["أود معرفة عدد الجرحى", "عدد الجرحى"],
  ["أخبرني عن معركة الرصافة", "معركة الرصافة"],
  ["هل تعلم إن كان هناك مدنيون بين القتلى؟", "هل هناك مدنيون بين القتلى؟"],
  ["هل تذكر التقارير كم جريحا سقط؟", "كم جريحا سقط؟"],
  ["هل ورد في التقارير خبر عن الحميدية؟", "الحميدية؟"],
  ["عندي سؤال: متى دخلت القوات الميادين؟", "متى دخلت القوات الميادين؟"],
  ["فيك تقلي شو صار بالميادين", "شو صار بالميادين"],
  ["هل لديكم أي أخبار عن يوم 5 أيار 2016؟", "يوم 5 أيار 2016؟"],
  ["مرحبا، ممكن تقلي كم عدد القتلى؟", "كم عدد القتلى؟"],
];

/** Yes and no questions, and texts that only look like a frame. */
const PLAIN = [
  "هل سيطر التنظيم على حي العمال؟",
  "هل ذكرت التقارير قصف المدينة؟",
  "هل هناك مدنيون بين القتلى؟",
  "هل في مدنيين قتلوا؟",
  "أخبرني",
  "لو سمحت",
  "من فضلك؟",
  "مرحبا",
  "من سيطر على الميادين؟",
  "يمكن القول إن التنظيم انسحب من المدينة",
  "Can you tell me how many people were killed?",
];

describe("the polite frame around a question", () => {
  it.each(FRAMED)("%s", (said, asked) => {
    expect(withoutCourtesy(said)).toBe(asked);
  });

  it.each(PLAIN)("is not seen in %s", (text) => {
    expect(withoutCourtesy(text)).toBe(text);
  });

  it("is taken off once: what remains has none", () => {
    for (const [said] of FRAMED) expect(withoutCourtesy(withoutCourtesy(said))).toBe(withoutCourtesy(said));
  });

  it("is looked for at the head alone, however long a text of frames is", () => {
    const text = `${"لو سمحت ".repeat(50_000)}كم عدد القتلى؟`;
    expect(text.endsWith(withoutCourtesy(text))).toBe(true);
  });

  it("leaves any other text as it is, and never makes an empty one", () => {
    const words = FRAMED.flatMap(([said]) => said.split(" "));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (some) => {
        const text = some.join(" ");
        const rest = withoutCourtesy(text);
        expect(rest === text || rest.length > 0).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => withoutCourtesy(text).length > 0 || text.length === 0));
  });
});
