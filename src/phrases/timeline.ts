/** What a person reads on timelines: in their messages, tables and pictures. */
import { counted } from "./answer.ts";

export const passagesCount = (n: number): string =>
  counted(n, { one: "مقطع واحد", two: "مقطعان", few: "مقاطع", many: "مقطعاً" });
const daysCount = (n: number): string =>
  counted(n, { one: "يوم واحد", two: "يومان", few: "أيام", many: "يوماً" });

export const certainty = { certain: "مذكور", inferred: "مستنتج", doubtful: "غير مؤكد" } as const;

/** A day or a time, with a word on it where the report does not state it. */
export const withCertainty = (day: string, confidence: keyof typeof certainty): string =>
  confidence === "certain" ? day : `${day} (${certainty[confidence]})`;

export const PICTURE = {
  days: "الأحداث بحسب يوم وقوعها",
  weeks: "الأحداث بحسب أسبوع وقوعها",
  months: "الأحداث بحسب شهر وقوعها",
  quarters: "الأحداث بحسب ربع السنة",
  years: "الأحداث بحسب سنة وقوعها",
  map: "أماكن الأحداث",
  /** How much is in it: "5 تقارير · 49 مقطعاً". */
  held: (reports: string, passages: number): string => `${reports} · ${passagesCount(passages)}`,
  counts: "الرقم: عدد مقاطع التقارير التي تروي ما حدث، لا عدد الأحداث ولا الضحايا.",
  placeCounts: "الرقم: عدد المقاطع التي يرد فيها المكان، لا عدد الأحداث ولا الضحايا.",
  stated: "اليوم مذكور في التقرير",
  inferred: "اليوم مستنتج من التقرير",
  beside: "لا يُعرف يومها بالضبط",
  gap: (days: number): string => `لا خبر في التقارير: ${daysCount(days)}`,
  others: (n: number): string =>
    `و${counted(n, { one: "مكان آخر", two: "مكانان آخران", few: "أماكن أخرى", many: "مكاناً آخر" })}`,
  othersHolding: (n: number, passages: number): string =>
    `ومدد أخرى عددها ${n}، فيها ${passagesCount(passages)}`,
  source: (reports: string, publishers: string): string =>
    publishers === "" ? `المصدر: ${reports}` : `المصدر: ${reports}، من ${publishers}`,
  andOthers: "وغيرهم",
  absence: "غياب الخبر لا يعني أن شيئاً لم يحدث.",
  none: "لا أحداث مؤرخة في هذا النطاق.",
  noPlaces: "لا أماكن في هذا النطاق.",
  whole: "كل التقارير",
  kilometres: (n: number): string => `${n} كم`,
  north: "الشمال",
  schematic: "مخطط تقريبي: المواضع بإحداثيات GeoNames، ومساحة الدائرة بعدد المقاطع.",
  inside: (place: string): string => `داخل ${place}، بلا إحداثيات`,
  lessTold: "أماكن أقل ذكراً",
  farther: "أبعد من هذا المخطط",
  unlabelled: "دوائر لم يتسع المخطط لأسمائها",
  withoutPlace: "أماكن أخرى بلا إحداثيات",
} as const;

const QUARTERS = ["الأول", "الثاني", "الثالث", "الرابع"] as const;
/** "الربع الأول من 2017"; quarters are counted from 0. */
export const quarterOf = (quarter: number, year: number): string =>
  `الربع ${QUARTERS[quarter] ?? ""} من ${year}`;

export const CSV_COLUMNS = [
  "اليوم",
  "إلى يوم",
  "الدقة",
  "اليوم مذكور أو مستنتج",
  "المكان",
  "النص كما ورد",
  "التقرير",
  "الناشر",
  "تاريخ النشر",
  "معرفة تاريخ النشر",
  "الموضع في النص",
  "الرابط",
] as const;

export const precision: Readonly<Record<string, string>> = {
  day: "يوم",
  week: "أسبوع",
  month: "شهر",
  year: "سنة",
  range: "مدة",
  decade: "عقد",
  season: "فصل",
};
export const publishedHow = { stated: "مذكور", inferred: "مستنتج", unknown: "غير معروف" } as const;

export const TIMELINE_TEXT = {
  heading: "الأحداث من الأقدم إلى الأحدث",
  sources: "المصادر",
  /** Of a list of many pages. */
  shorten: "القائمة طويلة. لتقصيرها اكتب بعد /timeline شهراً أو مكاناً.",
  /** Of a table that holds only the first events. */
  firstOnly: (held: number, all: number): string =>
    `في الجدول أول ${held} حدث من أصل ${all}، بدءاً من الأقدم. لترى غيرها اختر شهراً أو مكاناً.`,
  /** Before what a picture would show. */
  notDrawn: "تعذّر رسم الصورة، وهذا ما كانت ستُظهره:",
  sourceAt: (report: string, start: number, end: number): string => `${report} [${start}–${end}]`,
} as const;
