import { CERTAIN, day, interval, type LabelledParagraph, paragraph } from "./label.ts";

const OCTOBER_10 = day("2017-10-10");
const OCTOBER_6 = day("2017-10-06", {
  words: "في الـ 6 من تشرين الأول / أكتوبر الجاري من العام 2017",
  confidence: CERTAIN,
});
const OCTOBER_8 = day("2017-10-08", { words: "في الـ 8 من الشهر ذاته" });
const NORTH_WESTERN_VILLAGES = [
  "muhaymidah",
  "hawaij-dhiyab",
  "hawaij-albu-musah",
  "as-sawah",
  "zughayr-jazirah",
  "al-kasrah",
];

export const REPORT_002: readonly LabelledParagraph[] = [
  paragraph({
    report: "002_9e121b45a6439d02",
    opening: "نحو 50 قتيلاً من تنظيم",
    dates: [interval("2017-10-09", "2017-10-10", "range", { words: "خلال 24 ساعة" })],
    places: ["rif-deir-ez-zor", "badiyat-homs"],
  }),
  paragraph({
    report: "002_9e121b45a6439d02",
    opening: "شهدت محافظتا حمص ودير الزور",
    dates: [OCTOBER_10],
    places: [
      "homs-governorate",
      "deir-ez-zor-governorate",
      "rif-deir-ez-zor",
      "al-mayadin",
      "at-taybah-homs",
      "jabal-dahik",
      "badiyat-as-sukhnah",
      "al-qaryatayn",
      "rif-homs-southeast",
      "euphrates-east-bank",
    ],
  }),
  paragraph({
    report: "002_9e121b45a6439d02",
    opening: "ورصد المرصد السوري لحقوق الإنسان خلال الساعات الـ 24 الفائتة",
    dates: [interval("2017-10-09", "2017-10-10", "range", { words: "خلال الساعات الـ 24 الفائتة" })],
    places: ["euphrates-east-bank", "rif-homs-east", "rif-deir-ez-zor-east"],
    // "ريف حمص الشرقي والجنوبي الشرقي": the second direction shares its noun.
    mentioned: ["rif-homs-southeast"],
    statements: [
      {
        words: "في مقتل ما لا يقل عن 46 عنصراً من تنظيم “الدولة الإسلامية”، خلال الـ 24 ساعة الفائتة",
        dates: [interval("2017-10-09", "2017-10-10", "range", { words: "خلال الـ 24 ساعة الفائتة" })],
        places: [],
      },
    ],
  }),
  paragraph({
    report: "002_9e121b45a6439d02",
    opening: "وكان نشر المرصد السوري لحقوق الإنسان صباح اليوم الثلاثاء",
    dates: [day("2017-10-10", { words: "صباح اليوم الثلاثاء" }), OCTOBER_6, OCTOBER_8],
    places: [
      "deir-ez-zor-governorate",
      "east-of-euphrates",
      "euphrates",
      "euphrates-east-bank",
      "euphrates-west-bank",
      "al-mayadin",
      "rif-deir-ez-zor-northwest",
      ...NORTH_WESTERN_VILLAGES,
    ],
    inherited: ["rif-deir-ez-zor-east"],
    mentioned: ["deir-ez-zor", "deir-ez-zor-airport"],
    statements: [
      {
        words: "الميادين، التي دخلتها قوات النظام في الـ 6 من تشرين الأول / أكتوبر الجاري من العام 2017",
        dates: [OCTOBER_6],
        places: ["al-mayadin"],
      },
      {
        words: "واخرجت منها في الـ 8 من الشهر ذاته",
        dates: [OCTOBER_8],
        places: ["al-mayadin"],
      },
      {
        words: "-محيميدة وحوايج ذياب وحوايج البومصعة والصعوة وزغير جزيرة والكسرة-",
        dates: [],
        places: NORTH_WESTERN_VILLAGES,
      },
    ],
  }),
];
