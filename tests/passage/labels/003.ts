import { CERTAIN, day, interval, type LabelledParagraph, PREVIOUS, paragraph } from "./label.ts";

const SUNDAY_29 = day("2017-10-29", { words: "صباح اليوم الأحد" });
const SATURDAY_28 = day("2017-10-28", { words: "أمس السبت" });
const JUNE_2012 = interval("2012-06-01", "2012-06-30", "month", {
  words: "في يونيو/ حزيران عام 2012",
  confidence: CERTAIN,
  background: true,
});
const YEAR_2012 = interval("2012-01-01", "2012-12-31", "year", {
  words: "عام 2012",
  confidence: CERTAIN,
  background: true,
});
const YEAR_2014 = interval("2014-01-01", "2014-12-31", "year", {
  words: "عام 2014",
  confidence: CERTAIN,
  background: true,
});

export const REPORT_003: readonly LabelledParagraph[] = [
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "تمكنت قوات النظام والميليشيات المتحالفة صباح اليوم الأحد",
    dates: [SUNDAY_29, YEAR_2012],
    places: ["al-hamidiyah", "deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "وبحسب ما علمت به",
    dates: [day("2017-10-29", { basis: PREVIOUS }), SATURDAY_28],
    places: [
      "khadija-school",
      "automated-bakery",
      "water-establishment",
      "social-affairs-directorate",
      "al-ummal",
    ],
    inherited: ["al-hamidiyah"],
    statements: [
      {
        words: "توغلت داخل الحي لتصل إلى مدرسة خديجة الكبرى",
        dates: [day("2017-10-29", { basis: PREVIOUS })],
        places: ["khadija-school"],
      },
      {
        words: "عقب سيطرتها على حي العمال بشكل كامل أمس السبت",
        dates: [SATURDAY_28],
        places: ["al-ummal"],
      },
    ],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "ويعد حي الحميدية أكبر أحياء",
    dates: [JUNE_2012],
    places: ["al-hamidiyah", "deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "ويعد الحي أولى المناطق",
    dates: [],
    vague: [
      interval("2012-06-01", "2012-06-30", "month", { basis: PREVIOUS, background: true }),
      day("2017-10-29", { basis: "report" }),
    ],
    places: ["sheikh-yasin", "deir-ez-zor"],
    inherited: ["al-hamidiyah"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "وبقي الحي مقاوماً",
    dates: [YEAR_2014],
    places: [],
    inherited: ["al-hamidiyah", "deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "وأفاد مصدر",
    dates: [day("2017-10-29")],
    places: ["deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "وكانت قوات النظام والميليشيات قد تمكنت أمس السبت",
    dates: [SATURDAY_28],
    places: ["al-ummal", "al-urfi", "sports-union-building", "municipal-stadium"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "وما يزال نحو ألفي مدني",
    dates: [day("2017-10-29")],
    places: ["deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "يذكر بأن قوات النظام",
    dates: [day("2017-10-25", { words: "الأربعاء الماضي" })],
    places: ["as-sinaa", "deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "ويعد حي الصناعة من الأحياء المهمة",
    dates: [],
    vague: [
      interval("2012-10-29", "2017-10-29", "range", { words: "لنحو 5 سنوات", background: true }),
      day("2017-10-25", { basis: PREVIOUS }),
      day("2017-10-29", { basis: "report" }),
    ],
    places: ["as-sinaa", "deir-ez-zor"],
  }),
  paragraph({
    report: "003_68158fa51ebf8193",
    opening: "تأتي هذه التطورات الميدانية",
    dates: [day("2017-10-29")],
    // A siege that began about two weeks before: a rough beginning, and no event of the days between.
    vague: [day("2017-10-15", { words: "منذ نحو أسبوعين", background: true })],
    places: ["deir-ez-zor"],
  }),
];
