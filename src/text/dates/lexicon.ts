import { normalize } from "../normalize.ts";
import { MONTH_WORDS, NUMBER_WORDS } from "./tables.ts";

/** Which family of month names a word belongs to; two names of one date must come from different families. */
export type MonthSystem = "levantine" | "gregorian" | "maghrebi" | "hijri" | "english";

export type Unit = "hour" | "day" | "week" | "month" | "year" | "decade";

/** What a preposition or particle does in a date. */
export type Role =
  | "from"
  | "to"
  | "between"
  | "since"
  | "in"
  | "or"
  | "and"
  | "ago"
  | "after"
  | "last"
  | "about"
  | "corresponding"
  | "date"
  | "this"
  | "that"
  | "article"
  | "compare"
  | "quarter"
  | "third"
  | "half"
  | "weekend"
  | "era"
  | "more";

/** Everything that a normalised word can mean in a date; a word may have several readings at once. */
export interface Lexeme {
  readonly month?: number;
  readonly system?: MonthSystem;
  /** Also a common word, verb or name: counts as a month only beside a day, a year or "شهر". */
  readonly weak?: boolean;
  /** "تشرين" and "كانون": two months share the name, a number tells which. */
  readonly twin?: boolean;
  readonly weekday?: number;
  /** A weekday only after "يوم": "الحد" is a border, "الأربعة" are four. */
  readonly colloquial?: boolean;
  readonly ordinal?: number;
  readonly cardinal?: number;
  readonly unit?: Unit;
  readonly dual?: boolean;
  readonly plural?: boolean;
  /** "الماضي" −1, "الجاري" 0, "المقبل" 1, "ذاته" same as the date before. */
  readonly shift?: -1 | 0 | 1 | "same";
  /** Days from the anchor: "أمس" −1. */
  readonly relative?: number;
  readonly part?: "early" | "mid" | "late" | "start" | "end";
  /** "صباح", "ظهر" …: part of a day that changes nothing about the day. */
  readonly clock?: boolean;
  readonly night?: boolean;
  readonly season?: number;
  readonly role?: Role;
  readonly decade?: number;
  readonly few?: boolean;
  readonly english?: boolean;
}

type Entry = readonly [words: string, lexeme: Lexeme];

const WEEKDAYS: readonly Entry[] = [
  ["أحد", { weekday: 0 }],
  ["حد", { weekday: 0, colloquial: true }],
  ["اثنين|إثنين|اتنين", { weekday: 1 }],
  ["تنين", { weekday: 1, colloquial: true }],
  ["ثلاثاء|ثلاثا|تلاتاء|تلاتا|ثلثاء", { weekday: 2 }],
  ["أربعاء|أربعا", { weekday: 3 }],
  ["أربعة", { weekday: 3, colloquial: true }],
  ["خميس", { weekday: 4 }],
  ["جمعة", { weekday: 5 }],
  ["سبت", { weekday: 6 }],
  ["sunday|sun", { weekday: 0, english: true }],
  ["monday|mon", { weekday: 1, english: true }],
  ["tuesday|tue|tues", { weekday: 2, english: true }],
  ["wednesday|wed", { weekday: 3, english: true }],
  ["thursday|thu|thur|thurs", { weekday: 4, english: true }],
  ["friday|fri", { weekday: 5, english: true }],
  ["saturday|sat", { weekday: 6, english: true }],
];

const UNITS: readonly Entry[] = [
  ["ساعة|hour", { unit: "hour" }],
  ["ساعات|hours", { unit: "hour", plural: true }],
  ["ساعتين|ساعتان", { unit: "hour", dual: true }],
  ["يوم|يوما|day", { unit: "day" }],
  ["أيام|ايامات|days", { unit: "day", plural: true }],
  ["يومين|يومان|يومي", { unit: "day", dual: true }],
  ["أسبوع|اسبوعا|إسبوع|اسبوعي|week", { unit: "week" }],
  ["أسابيع|weeks", { unit: "week", plural: true }],
  ["أسبوعين|أسبوعان|جمعتين", { unit: "week", dual: true }],
  ["شهر|شهرا|month", { unit: "month" }],
  ["أشهر|شهور|اشهرا|months", { unit: "month", plural: true }],
  ["شهرين|شهران|شهري", { unit: "month", dual: true }],
  ["عام|عاما|سنة|year", { unit: "year" }],
  ["أعوام|سنوات|سنين|years", { unit: "year", plural: true }],
  ["عامين|عامان|سنتين|سنتان|عامي|سنتي", { unit: "year", dual: true }],
  ["عقد|decade", { unit: "decade" }],
  ["عقود|decades", { unit: "decade", plural: true }],
  ["عقدين|عقدان", { unit: "decade", dual: true }],
];

const SHIFTS: readonly Entry[] = [
  [
    "ماضي|ماض|ماضية|ماضيين|ماضيتين|ماضيان|فائت|فائتة|فائتين|فائتتين|فايت|فايته|منصرم|منصرمة|منصرمين|سابق|سابقة|منقضي|منقضية|فارط|اخيرين|last|past|previous",
    { shift: -1 },
  ],
  ["جاري|جار|جارية|حالي|حالية|راهن|راهنة|current", { shift: 0 }],
  [
    "قادم|قادمة|قادمين|قادمتين|مقبل|مقبلة|مقبلين|مقبلتين|تالي|تالية|آتي|آتية|جاي|جاية|جايي|next|coming|following",
    { shift: 1 },
  ],
  ["ذاته|ذاتها|نفسه|نفسها|عينه|عينها|same", { shift: "same" }],
];

const RELATIVE_DAYS: readonly Entry[] = [
  [
    "أمس|بارحة|بارح|مبارح|إمبارح|امبارحه|أمبيرح|yesterday|mbareh|mbare7|embare7|imbare7|mbereh|mbeire7",
    { relative: -1 },
  ],
  ["غد|غدا|بكرة|بكرا|بكره|باجر|باچر|tomorrow|bukra", { relative: 1 }],
  ["اليوم", { relative: 0, unit: "day" }],
  ["لليوم", { relative: 0, role: "to" }],
  ["هاليوم|النهاردة|today|lyom|elyom|alyom|lyoum|elyoum", { relative: 0 }],
];

const PARTS: readonly Entry[] = [
  ["أوائل|مطلع|مستهل|باكورة|اوايل|early", { part: "early" }],
  ["بداية|بدايات|beginning|start", { part: "start" }],
  ["منتصف|أواسط|نص|mid|middle", { part: "mid" }],
  ["أواخر|اواخير|ختام|late", { part: "late" }],
  ["نهاية|نهايات|end", { part: "end" }],
  ["نصف|half", { role: "half" }],
  ["ثلث", { role: "third" }],
  ["ربع|quarter", { role: "quarter" }],
];

const CLOCK: readonly Entry[] = [
  [
    "صباح|صباحا|صبح|فجر|فجرا|ظهر|ظهرا|ظهيرة|عصر|عصرا|مساء|مساءا|مسا|عشية|ضحى|مغرب|غروب|شروق|ساعات|نهار|عشاء|سحر|عصاري|قبيل|بعيد|morning|afternoon|evening|noon|dawn",
    { clock: true },
  ],
  ["ليل|ليلا", { clock: true }],
  ["ليلة|night", { night: true }],
];

const ROLES: readonly Entry[] = [
  ["من|from|of|the", { role: "from" }],
  ["إلى|الي|حتى|لغاية|غاية|to|until|till|through", { role: "to" }],
  ["بين|مابين|between", { role: "between" }],
  ["منذ|مذ|since|ابتداء|إعتبارا|اعتبارا|بدءا", { role: "since" }],
  ["في|خلال|بـ|عند|غضون|أثناء|لـ|in|on|during|at|by", { role: "in" }],
  ["أو|أم|or", { role: "or" }],
  ["و|and|ثم", { role: "and" }],
  ["قبل|before", { role: "ago" }],
  ["بعد|after", { role: "after" }],
  ["آخر|أخير|أخيرة|latest", { role: "last" }],
  ["نحو|حوالي|قرابة|زهاء|تقريبا|قريب|شي|about|around", { role: "about" }],
  ["موافق|مصادف|الواقع|مؤرخ|مؤرخة", { role: "corresponding" }],
  ["تاريخ|بتاريخ|date", { role: "date" }],
  ["هذا|هذه|this|هاد|هاي", { role: "this" }],
  ["ذلك|تلك|ذاك|هداك|هديك|that", { role: "that" }],
  ["ال|بال|وال|لل|كال", { role: "article" }],
  ["قارن|مقارنة|قارني|قارنوا|فرق|فارق|أيهما|مقارنات|قارنلي|compare|difference", { role: "compare" }],
  ["م|ميلادي|ميلادية|هـ|هجري|هجرية|للهجرة", { role: "era" }],
  ["أكثر|أقل|أزيد|more|less|أقرب|أطول", { role: "more" }],
  ["بضعة|بضع|عدة|قليلة|عديدة|كم|معدودة|few|several", { few: true }],
  ["صيف|summer", { season: 6 }],
  ["شتاء|شتا|winter", { season: 12 }],
  ["خريف|autumn", { season: 9 }],
  ["ربيع|spring", { season: 3 }],
];

const DECADES: readonly Entry[] = [
  ["عشرينيات|عشرينات", { decade: 20 }],
  ["ثلاثينيات|ثلاثينات", { decade: 30 }],
  ["أربعينيات|أربعينات", { decade: 40 }],
  ["خمسينيات|خمسينات", { decade: 50 }],
  ["ستينيات|ستينات", { decade: 60 }],
  ["سبعينيات|سبعينات", { decade: 70 }],
  ["ثمانينيات|ثمانينات", { decade: 80 }],
  ["تسعينيات|تسعينات", { decade: 90 }],
];

function build(): ReadonlyMap<string, Lexeme> {
  const map = new Map<string, Lexeme>();
  const add = ([words, lexeme]: Entry): void => {
    for (const word of words.split("|")) {
      const key = normalize(word);
      map.set(key, { ...map.get(key), ...lexeme });
    }
  };
  const groups = [WEEKDAYS, UNITS, SHIFTS, RELATIVE_DAYS, PARTS, CLOCK, ROLES, DECADES];
  for (const group of [MONTH_WORDS, NUMBER_WORDS, ...groups]) for (const entry of group) add(entry);
  return map;
}

const LEXICON = build();

/** The readings of a normalised word without its clitics, or undefined. */
export function lexeme(word: string): Lexeme | undefined {
  return LEXICON.get(word);
}
