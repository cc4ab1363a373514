/** What admins read when they correct how the names of places and publishers are spelt. */
import { counted, list } from "./answer.ts";

const inReports = (n: number): string =>
  n === 0
    ? "ولا ترد في أي تقرير الآن"
    : `وترد في ${counted(n, { one: "تقرير واحد", two: "تقريرين", few: "تقارير", many: "تقريراً" })}`;
const quoted = (names: readonly string[]): string => list(names.map((name) => `«${name}»`));

export const naming = {
  choose: "أي اسم تريد أن تصحّح كتابته؟",
  orWrite: "لاسم آخر اكتبه بعد الأمر، مثلاً: /names الحويقة",
  unknown: "لا أعرف مكاناً ولا ناشراً بهذا الاسم. اكتبه كما في قائمة الأماكن: /places",
  review: "لم يتغير شيء بعد. أضف كتابة أخرى للاسم، أو احذف كتابة خاطئة، ثم أكّد:",
  place: (name: string): string => `المكان: ${name}`,
  publisher: (name: string): string => `الناشر: ${name}`,
  spellings: (names: readonly string[]): string => `ويُكتب أيضاً: ${list(names)}`,
  noSpellings: "لا كتابات أخرى له.",
  gains: (spelling: string, reports: number): string => `كتابة تُضاف: «${spelling}»، ${inReports(reports)}.`,
  loses: (spelling: string, reports: number): string => `كتابة تُحذف: «${spelling}»، ${inReports(reports)}.`,
  sample: "مثلاً:",
  also: (names: readonly string[]): string => `انتبه: هكذا يُكتب أيضاً ${quoted(names)}.`,
  ask: "اكتب الاسم في رسالتك التالية كما تكتبه التقارير.",
  notAName: "هذا ليس اسماً. اكتب الاسم وحده، في كلمات قليلة.",
  hasIt: "هذه الكتابة معروفة لهذا الاسم. اكتب غيرها، أو ارجع.",
} as const;

export const NAMING_BUTTON = {
  add: "أضف كتابة",
} as const;
