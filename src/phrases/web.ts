/** What a person reads on the web page, around answers. */

export const SITE = "إسناد";
export const TAGLINE = "أجوبة من التقارير، ومع كل جملة دليلها";
export const SKIP = "إلى المحتوى";

export const NAV = {
  ask: "اسأل",
  timeline: "الأيام والأماكن",
  reports: "التقارير",
  about: "ما هذا؟",
} as const;

export const HOME = {
  heading: "اسأل التقارير، واقرأ الدليل بنفسك",
  intro:
    "تسأل بالعربية عن أحداث وردت في مجموعة تقارير. كل جملة في الجواب اقتباس حرفي، ورقمها يفتح التقرير في موضعه.",
  archive: "هذا أرشيف لأحداث مضت، وليس أخباراً حية: لا تعتمد عليه لسلامتك.",
  example: "مثال من التقارير",
  examples: "أسئلة للبداية",
  days: "الأيام",
  places: "الأماكن",
  allDays: "كل الأيام والأماكن",
  allReports: "كل التقارير",
} as const;

export const ASK = {
  label: "سؤالك",
  placeholder: "مثلاً: ماذا حدث في حي الحميدية؟",
  button: "اسأل",
  narrow: "حصر السؤال في يوم أو مكان",
  day: "اليوم",
  place: "المكان",
  any: "الكل",
  asked: "سألت:",
  follow: "اسأل سؤالاً آخر، أو تابع السابق",
} as const;

/** The question with the place and the time ("يوم …", "في …") that were chosen beside it. */
export function narrowed(question: string, place: string | null, time: string | null): string {
  const bare = question.replace(/[\s؟?.!،]+$/u, "");
  return `${bare}${place === null ? "" : ` في ${place}`}${time === null ? "" : ` ${time}`}؟`;
}
/** The question about a place or a time, where nothing else was asked. */
export const WHAT_HAPPENED = "ماذا حدث";

export const ANSWER = {
  evidence: "الدليل من التقارير",
  evidenceHint: "اضغط رقماً في الجواب لترى موضعه من التقرير.",
  source: (n: number): string => `المصدر ${n}`,
  openSource: (n: number, publisher: string): string => `المصدر ${n}، ${publisher}: افتح الاقتباس في موضعه`,
  back: "عودة إلى الجواب",
  full: "التقرير كاملاً",
  offers: "يمكنك أن تسأل أيضاً",
  choices: "اختر ما تقصد",
  verbatim: "الكلام المظلّل منقول حرفياً من التقرير.",
  more: "…",
} as const;

export const REPORTS = {
  heading: "التقارير",
  intro: (count: string): string => `في المجموعة ${count}. نصوصها محفوظة كما وردت، وحقوقها لناشريها.`,
  download: "تنزيل الملف كما ورد",
  original: "الرابط الأصلي",
  about: "عن هذا التقرير",
  origin: "من أين جاء",
  id: "المعرّف",
  hash: "بصمة الملف (sha256)",
  published: "النشر",
  why: "كيف عُرف التاريخ",
  byline: "الكاتب",
  quoted: "الاقتباس مظلّل في النص.",
  pages: "صفحات القائمة",
  pageOf: (page: number, pages: number): string => `الصفحة ${page} من ${pages}`,
  earlierPage: "الصفحة السابقة",
  laterPage: "الصفحة التالية",
} as const;

export const TIMELINE = {
  heading: "الأيام والأماكن",
  intro: "ما ترويه التقارير من أحداث، بحسب يوم وقوعها لا يوم نشرها.",
  filter: "تصفية",
  show: "اعرض",
  clear: "إزالة التصفية",
  table: "تنزيل الجدول (CSV)",
  passages: (n: number): string => `عدد المقاطع: ${n}`,
  none: "لا مقاطع بهذا اليوم وهذا المكان. غياب الخبر لا يعني أن شيئاً لم يحدث.",
  ask: "اسأل عن ذلك",
  inferred: "اليوم مستنتج",
  more: (n: number): string => `وهناك ${n} أخرى لم تُعرض. ضيّق التصفية لتراها.`,
  map: "مخطط الأماكن",
  mapNote:
    "مخطط تقريبي: مواضع المدن بحسب إحداثياتها، وحجم الدائرة بعدد المقاطع. ما لا إحداثيات له في القائمة.",
  inside: (name: string): string => `في ${name}`,
  elsewhere: "أماكن أخرى",
  months: "الأشهر",
} as const;

export const ABOUT = {
  heading: "ما هذا؟",
  lines: [
    "إسناد يجيب عن الأسئلة من مجموعة تقارير اختارها من يشغّله، ولا يجيب من غيرها.",
    "كل جملة في الجواب معها رقم. الرقم يفتح التقرير ويظلّل الكلام المنقول حرفاً بحرف. يُقارَن كل اقتباس بنص التقرير قبل عرضه، وما لا يطابق لا يُعرض.",
    "يوم الحدث ويوم النشر شيئان مختلفان، ويُذكر كلاهما، ويُقال إن كان أحدهما مستنتجاً.",
    "إذا اختلفت التقارير عُرضت أقوالها معاً، ولا يُحكم بينها.",
    "ما لا تذكره التقارير لا يُجاب عنه. وغياب الخبر لا يعني أن شيئاً لم يحدث.",
  ],
  privacyHeading: "الخصوصية",
  privacy: [
    "لا يُسجَّل نص سؤالك ولا يُحفظ على القرص. يبقى موضوع آخر جواب في ذاكرة البرنامج يوماً على الأكثر ليُفهم السؤال التالي.",
    "لا تطلب هذه الصفحة شيئاً من موقع آخر: لا خطوط ولا صور ولا إحصاءات.",
  ],
} as const;

export const LOGIN = {
  heading: "هذه الصفحة لمن معه رمز الدخول",
  label: "رمز الدخول",
  button: "دخول",
  wrong: "الرمز غير صحيح. تأكد منه ممن أعطاك إياه.",
} as const;

export const PROBLEM = {
  notFound: "لا توجد صفحة بهذا العنوان",
  noReport: "لا تقرير بهذا المعرّف",
  failed: "حدث خلل عندنا. أعد المحاولة بعد قليل.",
  tooMany: "أسئلة كثيرة في وقت قصير. انتظر دقيقة ثم أعد السؤال.",
  wrongHost: "لا تُعرض هذه الصفحة بهذا العنوان.",
  foreign: "لا يُقبل سؤال من صفحة أخرى. افتح هذه الصفحة واسأل منها.",
  tooLarge: "الطلب أكبر من المسموح.",
  home: "إلى الصفحة الأولى",
} as const;
