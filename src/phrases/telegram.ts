/** What the bot says in Telegram around answers. */

export const DELIVERY_UNCERTAIN =
  "انقطع الاتصال أثناء الإرسال، وربما لم تصلك الإجابة كاملة. إن لم ترها فأعد السؤال.";
export const NOT_MADE = "تعذّر إعداد الصورة أو الملف. أعد المحاولة بعد قليل.";
export const TOO_SLOW = "لم يكتمل الجواب في الوقت المتاح. أعد المحاولة، أو اجعل السؤال أقصر.";
export const FAILED = "تعذّر الجواب بسبب خلل عندنا. أعد المحاولة بعد قليل.";
export const TOO_MANY = "لديك أسئلة لم يكتمل جوابها بعد. انتظرها ثم أعد هذا السؤال.";
export const NOT_ALLOWED = "هذا البوت مخصص لأشخاص بعينهم. اطلب الإذن ممن يديره.";
export const NEEDS_INVITATION = "يعمل هذا البوت بدعوة. افتح رابط الدعوة الذي وصلك، أو أرسل رمزها هنا.";
export const INVITATION = "دعوة لشخص واحد، صالحة سبعة أيام. أرسل إليه هذا الرابط أو الرمز الذي تحته:";
export const ADMITTED = "قُبلت الدعوة. اكتب سؤالك بالعربية.";

export const partOf = (part: number, parts: number): string => `(${part} من ${parts})`;

export const SOURCE_USAGE = "اكتب رقم المصدر بعد الأمر، مثلاً: /source 2";
export const UNKNOWN_COMMAND = "لا أعرف هذا الأمر. اكتب سؤالك بكلماتك، أو «مساعدة».";

export const BUTTON = {
  next: "التالية ◀",
  previous: "▶ السابقة",
  fullText: "النص الكامل",
  document: "تنزيل النص كما ورد",
  aboutSource: "عن المصدر",
  copy: "نسخ المرجع",
  original: "الرابط الأصلي",
  browse: "افتح في المتصفح",
  good: "👍",
  bad: "👎",
  wrongQuotation: "الاقتباس خاطئ",
  allDays: "كل الأيام",
  timelineChart: "صورة الأيام",
  timelineMap: "خريطة الأماكن",
  timelineCsv: "جدول CSV",
  reports: "التقارير",
  dates: "الأيام",
  places: "الأماكن",
  about: "عن البوت",
  cancel: "إلغاء",
  correct: "تصحيح أو شهادة",
  sendThis: "أرسل رسالتي هذه",
  sendIt: "أرسلها إلى من يدير البوت",
  answerIt: "أجب عنها",
  openPrivate: "محادثة خاصة",
} as const;

export const TOAST = {
  unknownButton: "هذا الزر لم يعد معروفاً. أعد السؤال من فضلك.",
  unknownReport: "لم يعد هذا التقرير في المجموعة.",
  thanks: "شكراً، سُجّل رأيك.",
  thanksForDoubt: "شكراً، سُجّل رأيك. إن أردت أن توضحه فأرسل /correct",
  notAllowed: "هذا البوت مخصص لأشخاص بعينهم.",
  asked: "أبحث…",
  making: "أجهّز الملف…",
} as const;

export const withdrawnReport = (day: string): string =>
  `سُحب هذا التقرير من المجموعة يوم ${day}، فلا تعتمد على ما نُقل عنه.`;

export const QUOTES_HEADING = "الاقتباسات";
export const SOURCE_CHANGED = "تغيّر نص هذا المصدر منذ أُرسلت الإجابة.";
export const TEXT_CUT = "النص أطول من أن يُعرض كله هنا، وتجده كاملاً في الملف.";
export const QUOTE_NOT_FOUND = "لم يعد الاقتباس في النص الحالي لهذا المصدر. هذا نصه الآن:";
export const paragraphOf = (n: number, of: number): string => `الفقرة ${n} من ${of}`;
export const pageOf = (n: number, of: number): string => `الصفحة ${n} من ${of}`;
export const placesLine = (places: string): string => `المكان: ${places}`;
export const eventLine = (day: string): string => `الحدث: ${day}`;
export const eventsLine = (days: readonly string[]): string => `الحدث: ${days.join("، ")}`;
export const eventAndPublished = (day: string): string => `الحدث والنشر: ${day}`;
export const publishedOnThatDay = "النشر في اليوم نفسه (مستنتج)";
export const ANSWER_LINK = "رابط الإجابة";
export const EVIDENCE_HEADING = "الاقتباسات التي تستند إليها الإجابة";
export const quotationGone = (n: number): string => `[${n}] لم يعد هذا الاقتباس في التقارير.`;
export const ANSWER_GONE = "لم تعد هذه الإجابة محفوظة. اكتب سؤالك من جديد.";
export const fileLine = (id: string): string => `المعرّف: ${id}`;
export const hashLine = (sha256: string): string => `بصمة الملف (sha256): ${sha256}`;

/** What is known of where a report came from; times and names as they are stored. */
export const receivedAs = (format: string, parser: string): string => `وصل بصيغة ${format}، وقرأه ${parser}`;
export const collectedLine = (details: string): string => `جُمع: ${details}`;
const HISTORY = { received: "دخل المجموعة", changed: "تغيّر ملفه", removed: "أُخرج من المجموعة" } as const;
/** A line of the collection's history; `hash` is the beginning of the file's sha256 since then. */
export const historyLine = (event: keyof typeof HISTORY, day: string, hash: string): string =>
  `${HISTORY[event]} ${day} (${hash}…)`;
export const editedLine = (at: string): string => `عدّله ناشره في: ${at}`;

export const CITY_HEADING = "عن المدينة عموماً";
export const untitledReport = (firstWords: string): string =>
  firstWords === "" ? "بلا عنوان" : `بلا عنوان: ${firstWords}`;
