import { day, type LabelledParagraph, PREVIOUS, paragraph } from "./label.ts";

/** The head of 004 says 4 May 2017; the text says "Thursday 4 May" and also "Thursday 5 May", a Friday. */
const MAY_4 = day("2017-05-04");
const MAY_4_WORDS = day("2017-05-04", { words: "الخميس 4 ايار- مايو" });
const MAY_5_WORDS = day("2017-05-05", { words: "الخميس 5 ايار- مايو", confidence: "doubtful" });

export const REPORT_004: readonly LabelledParagraph[] = [
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "هجوم شرس لتنظيم الدولة بدير الزور",
    dates: [MAY_4],
    places: ["deir-ez-zor"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "تجددت الاشتباكات بين عناصر تتظيم الدولة",
    dates: [MAY_4_WORDS, MAY_5_WORDS],
    places: ["deir-ez-zor"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "واندلعت الاشتباكات في منطقة المقابر",
    dates: [MAY_4],
    vague: [day("2017-05-05", { basis: PREVIOUS, confidence: "doubtful" })],
    places: [
      "al-maqabir",
      "as-sinaa",
      "al-ummal",
      "al-jubaylah",
      "at-tamin-brigade",
      "jabal-thardah",
      "al-bughayliyah",
      "al-rawad",
    ],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "وقع خلال المعارك العديد",
    dates: [MAY_4],
    places: ["al-joura"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "ومع محاولة اسناد",
    dates: [MAY_4],
    places: ["al-jubaylah", "al-hamidiyah", "al-ummal", "al-maqabir", "al-panorama", "jabal-thardah"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "لتتدخل الطائرات الحربية الروسية",
    dates: [MAY_4],
    places: ["al-maqabir", "al-ummal", "al-hamidiyah", "al-bughayliyah"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "بدورها، قالت القاعدة العسكرية الروسية",
    dates: [MAY_4],
    places: ["deir-ez-zor"],
    mentioned: ["hmeimim", "syria"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "حيث استطاعت قوات النظام باستدراك",
    dates: [MAY_4],
    places: ["al-maqabir", "electricity-company"],
  }),
  paragraph({
    report: "004_4609ec8d4135fa32",
    opening: "وبالتزامن مع اندلاع الاشتباكات اجبر",
    dates: [MAY_4],
    places: [],
    inherited: ["deir-ez-zor"],
    mentioned: ["at-tabqah"],
  }),
];
