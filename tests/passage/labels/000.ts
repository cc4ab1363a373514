import { CERTAIN, day, interval, type LabelledParagraph, PREVIOUS, paragraph } from "./label.ts";

const OCTOBER_29 = day("2017-10-29", { confidence: CERTAIN });
const NIGHT_BEFORE_29 = interval("2017-10-28", "2017-10-29", "range", { words: "خلال ساعات الليلة الفائتة" });
const NIGHT_BEFORE_29_GOES_ON = interval("2017-10-28", "2017-10-29", "range", { basis: PREVIOUS });
const SEPTEMBER_10 = day("2017-09-10", {
  words: "في الـ 10 من أيلول / سبتمبر الفائت من العام الجاري 2017",
  confidence: CERTAIN,
  background: true,
});

export const REPORT_000: readonly LabelledParagraph[] = [
  paragraph({
    report: "000_3c5f58a11287295c",
    opening: "بعد تحقيق تقدماً هاماً اليوم",
    dates: [day("2017-10-29", { words: "اليوم", confidence: CERTAIN })],
    places: ["deir-ez-zor"],
  }),
  paragraph({
    report: "000_3c5f58a11287295c",
    opening: "تشهد مدينة دير الزور معارك متواصلة",
    dates: [OCTOBER_29],
    places: ["deir-ez-zor", "al-hamidiyah"],
    statements: [
      {
        words: "بدء قوات النظام اقتحامها لحي الحميدية",
        dates: [OCTOBER_29],
        places: ["al-hamidiyah"],
      },
      {
        words: "قوات النظام سيطرت على أجزاء من الحي",
        dates: [OCTOBER_29],
        places: ["al-hamidiyah"],
      },
    ],
  }),
  paragraph({
    report: "000_3c5f58a11287295c",
    opening: "وكان المرصد السوري لحقوق الإنسان نشر صباح اليوم الأحد",
    dates: [
      day("2017-10-29", {
        words: "صباح اليوم الأحد الـ 29 من تشرين الأول / أكتوبر الجاري من العام 2017",
        confidence: CERTAIN,
      }),
      NIGHT_BEFORE_29,
      SEPTEMBER_10,
    ],
    places: ["al-urfi", "al-ummal", "municipal-stadium", "deir-ez-zor"],
    statements: [
      {
        words: "لتنفيذ هجمات معاكسة على مواقع قوات النظام في المدينة خلال ساعات الليلة الفائتة",
        dates: [NIGHT_BEFORE_29],
        places: ["deir-ez-zor"],
      },
      {
        words: "وتقدمت مسيطرة على حي العرفي وحي العمال",
        dates: [NIGHT_BEFORE_29_GOES_ON],
        places: ["al-urfi", "al-ummal"],
      },
      {
        words: "كما فرضت سيطرتها الكاملة على منطقة الملعب البلدي",
        dates: [NIGHT_BEFORE_29_GOES_ON],
        places: ["municipal-stadium"],
      },
      {
        words: "الانتهاء من عمليات فك السيطرة على المدينة في الـ 10 من أيلول",
        dates: [SEPTEMBER_10],
        places: ["deir-ez-zor"],
      },
      {
        words: "مقتل أكثر من 50 من عناصر تنظيم “الدولة الإسلامية” في هذه الاشتباكات",
        dates: [NIGHT_BEFORE_29_GOES_ON],
        places: ["deir-ez-zor"],
      },
    ],
  }),
];
