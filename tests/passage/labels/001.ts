import { CERTAIN, day, interval, type LabelledParagraph, PREVIOUS, paragraph } from "./label.ts";

const LATE_JANUARY = interval("2017-01-17", "2017-01-31", "range");
const LAST_72_HOURS = interval("2017-01-14", "2017-01-31", "range", {
  words: "خلال الساعات الـ 72 الفائتة",
});
const JANUARY_14 = day("2017-01-14", {
  words: "في الـ 14 من كانون الثاني / يناير من العام الجاري 2017",
  confidence: CERTAIN,
});
const JANUARY_2016 = interval("2016-01-01", "2016-01-31", "month", {
  words: "كانون الثاني من العام 2016",
  confidence: CERTAIN,
  background: true,
});

export const REPORT_001: readonly LabelledParagraph[] = [
  paragraph({
    report: "001_4ef627a1459e3f94",
    opening: "قوات النظام وبغطاء من طائراتها",
    dates: [LATE_JANUARY],
    places: ["overlooking-mountain"],
    mentioned: ["deir-ez-zor"],
  }),
  paragraph({
    report: "001_4ef627a1459e3f94",
    opening: "علم المرصد السوري لحقوق الإنسان أن الاشتباكات تجددت",
    dates: [LATE_JANUARY],
    places: [
      "deir-ez-zor",
      "overlooking-mountain",
      "al-hamidiyah",
      "al-ardi",
      "al-matar-al-qadim",
      "as-sinaa",
      "huwayjat-saqr",
      "al-jafrah",
      "al-husayniyah",
      "al-junaynah",
      "rif-deir-ez-zor-west",
    ],
    mentioned: ["deir-ez-zor-airport"],
    statements: [
      {
        words: "مناطق في أحياء الحميدية والعرضي والمطار القديم والصناعة",
        dates: [LATE_JANUARY],
        places: ["al-hamidiyah", "al-ardi", "al-matar-al-qadim", "as-sinaa"],
      },
      {
        words: "وأماكن في قرى الحسينية والجنينة بالريف الغربي لدير الزور",
        dates: [LATE_JANUARY],
        places: ["al-husayniyah", "al-junaynah", "rif-deir-ez-zor-west"],
      },
    ],
  }),
  paragraph({
    report: "001_4ef627a1459e3f94",
    opening: "وجاء تجدد الاشتباكات بعد هدوء",
    dates: [LATE_JANUARY, LAST_72_HOURS],
    places: ["deir-ez-zor", "muhasan", "rif-deir-ez-zor-east"],
    statements: [
      {
        words: "زاد من الخسائر البشرية خلال الساعات الـ 72 الفائتة",
        dates: [LAST_72_HOURS],
        places: [],
      },
      {
        words: "مناطق في بلدة موحسن بريف دير الزور الشرقي",
        dates: [interval("2017-01-14", "2017-01-31", "range", { basis: PREVIOUS })],
        places: ["muhasan", "rif-deir-ez-zor-east"],
      },
    ],
  }),
  paragraph({
    report: "001_4ef627a1459e3f94",
    opening: "جدير بالذكر أن هذا الهجوم الذي بدأ",
    dates: [JANUARY_14, JANUARY_2016],
    places: ["al-bughayliyah", "deir-ez-zor"],
    statements: [
      {
        words: "هذا الهجوم الذي بدأ في الـ 14 من كانون الثاني / يناير من العام الجاري 2017",
        dates: [JANUARY_14],
        places: ["deir-ez-zor"],
      },
      {
        words: "وسيطر خلاله على أجزاء واسعة من منطقة البغيلية بشمال غرب مدينة دير الزور",
        dates: [{ ...JANUARY_2016, basis: PREVIOUS, words: "" }],
        places: ["al-bughayliyah"],
      },
      {
        words: "بالإضافة لاختطاف أكثر من 400 شخص حينها من الحي ومن شمال غرب دير الزور",
        dates: [{ ...JANUARY_2016, basis: PREVIOUS, words: "" }],
        places: ["deir-ez-zor"],
      },
    ],
  }),
  paragraph({
    report: "001_4ef627a1459e3f94",
    opening: "أيضاً كان نشطاء المرصد السوري",
    dates: [
      interval("2017-01-01", "2017-01-31", "range", {
        words: "منذ مطلع العام الجاري 2017",
        background: true,
      }),
    ],
    // The slip "العام الفائت 2015" in a report of 2017: the year written wins, and it is doubtful.
    vague: [
      interval("2015-01-01", "2017-01-31", "range", {
        words: "منذ مطلع العام الفائت 2015",
        confidence: "doubtful",
        background: true,
      }),
      interval("2017-01-01", "2017-01-13", "range", {
        words: "خلال الأيام التي سبقت بدء الهجوم",
        background: true,
      }),
    ],
    places: [
      "deir-ez-zor",
      "brigade-137",
      "al-bughayliyah",
      "as-sinaa",
      "huwayjat-saqr",
      "harabish",
      "deir-ez-zor-airport",
    ],
    inherited: ["rif-deir-ez-zor-west"],
    statements: [
      {
        words: "وهجوم على مناطق اللواء 137 ومنطقة البغيلية",
        dates: [],
        places: ["brigade-137", "al-bughayliyah"],
      },
      {
        words: "إضافة للتحشدات في منطقتي الصناعة وحويجة صكر",
        dates: [],
        places: ["as-sinaa", "huwayjat-saqr"],
      },
      {
        words: "لهجوم متزامن على منطقتي هرابش ومطار دير الزور العسكري",
        dates: [],
        places: ["harabish", "deir-ez-zor-airport"],
      },
    ],
  }),
];
