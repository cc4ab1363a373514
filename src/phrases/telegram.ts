/** What the bot says in Telegram around answers. */

export const DELIVERY_UNCERTAIN =
  "انقطع الاتصال أثناء الإرسال، وربما لم تصلك الإجابة كاملة. إن لم ترها فأعد السؤال.";
export const TOO_SLOW = "لم يكتمل الجواب في الوقت المتاح. أعد المحاولة، أو اجعل السؤال أقصر.";
export const FAILED = "تعذّر الجواب بسبب خلل عندنا. أعد المحاولة بعد قليل.";
export const TOO_MANY = "لديك أسئلة لم يكتمل جوابها بعد. انتظرها ثم أعد هذا السؤال.";
export const NOT_ALLOWED = "هذا البوت مخصص لأشخاص بعينهم. اطلب الإذن ممن يديره.";
export const NEEDS_INVITATION = "هذا البوت بدعوة. افتح رابط الدعوة الذي وصلك، أو أرسل رمزها هنا.";
export const INVITATION = "دعوة لشخص واحد، صالحة سبعة أيام. أرسل إليه هذا الرابط أو الرمز الذي تحته:";
export const ADMITTED = "قُبلت الدعوة. اكتب سؤالك بالعربية.";

export const partOf = (part: number, parts: number): string => `(${part} من ${parts})`;

export const WELCOME = [
  "أجيب عن أسئلتك بالعربية من مجموعة تقارير عن أحداث مضت.",
  "مع كل جملة رقم مصدرها: اضغط الرقم لترى الاقتباس في مكانه من النص الأصلي.",
  "اسأل عن يوم أو حي أو عدد، أو جرّب أحد هذه الأسئلة:",
] as const;

export const HELP = [
  "اكتب سؤالك بكلماتك، مثلاً عن يوم أو حي أو عدد أو سبب.",
  "الأزرار [1] و[2] تحت الإجابة تفتح الاقتباس في فقرته، ثم النص الكامل.",
  "«المصدر 2» أو /source 2: نص المصدر الثاني في آخر إجابة.",
  "«التقارير» أو /reports: قائمة التقارير.",
  "«من أنتم» أو /about: ما هذا البوت.",
  "«الخصوصية» أو /privacy: ما الذي يُحفظ. ‏/forget: حذفه.",
  "هذا أرشيف وليس أخباراً حية: لا تعتمد عليه لسلامتك.",
] as const;

export const PRIVACY = [
  "لا يُحفظ نص سؤالك بعد الإجابة عنه.",
  "يُحفظ موضوع آخر إجابة يوماً واحداً ليُفهم السؤال التالي، وتُحفظ ثلاثين يوماً مواضع الاقتباسات والأسئلة المقترحة التي أُرسلت إليك، ويُحفظ رأيك في الإجابات إن أبديته.",
  "لا يُنشر سؤالك ولا يُرسل إلى أحد غير من يجيب عنه.",
  "لحذف ما حُفظ عنك: /forget",
] as const;

export const FORGOTTEN = "حُذف كل ما حُفظ عنك هنا. أما الرسائل التي في محادثتك فتحذفها أنت من تلغرام.";

export const about = (reports: string, span: string | null): string[] => [
  "إسناد: أجوبة من تقارير، ومع كل جملة اقتباسها حرفاً بحرف من نص محفوظ.",
  `المجموعة: ${reports}${span === null ? "" : `، نُشرت ${span}`}. والتقارير ملك لناشريها.`,
  "ما لا تذكره التقارير لا أجيب عنه. وغياب الخبر لا يعني أن شيئاً لم يحدث.",
];

/** What came instead of text. */
export const NOT_TEXT = {
  voice: "وصلتني رسالة صوتية، ولا أستطيع سماعها. اكتب سؤالك من فضلك.",
  photo: "وصلتني صورة، ولا أستطيع قراءتها. اكتب سؤالك، أو الصق النص الذي فيها.",
  video: "وصلني مقطع مصوّر، ولا أستطيع مشاهدته. اكتب سؤالك من فضلك.",
  document: "وصلني ملف، ولا أقرأ الملفات هنا. اكتب سؤالك من فضلك.",
  location: "وصلني موقع على الخريطة. اكتب اسم المكان الذي تسأل عنه، مثلاً: حي الحميدية.",
  sticker: "وصلني ملصق. اكتب سؤالك بالكلمات لأجيب عنه.",
  contact: "وصلتني بطاقة اتصال، ولا أحفظها. اكتب سؤالك من فضلك.",
  other: "أقرأ النصوص فقط. اكتب سؤالك من فضلك.",
} as const;
export type NotText = keyof typeof NOT_TEXT;

export const SOURCE_USAGE = "اكتب رقم المصدر بعد الأمر، مثلاً: /source 2";
export const UNKNOWN_COMMAND = "لا أعرف هذا الأمر. اكتب سؤالك بكلماتك، أو «مساعدة».";

export const BUTTON = {
  next: "التالية ◀",
  previous: "▶ السابقة",
  fullText: "النص الكامل",
  document: "تنزيل النص كما ورد",
  about: "عن المصدر",
  copy: "نسخ المرجع",
  original: "الرابط الأصلي",
  good: "👍",
  bad: "👎",
  wrongQuotation: "الاقتباس خاطئ",
} as const;

export const TOAST = {
  unknownButton: "هذا الزر لم يعد معروفاً. أعد السؤال من فضلك.",
  unknownReport: "لم يعد هذا التقرير في المجموعة.",
  thanks: "شكراً، سُجّل رأيك.",
  notAllowed: "هذا البوت مخصص لأشخاص بعينهم.",
  asked: "أبحث…",
} as const;

export const QUOTES_HEADING = "الاقتباسات";
export const SOURCE_CHANGED = "تغيّر نص هذا المصدر منذ أُرسلت الإجابة.";
export const TEXT_CUT = "النص أطول من أن يُعرض كله هنا، وتجده كاملاً في الملف.";
export const QUOTE_NOT_FOUND = "لم يعد الاقتباس في النص الحالي لهذا المصدر. هذا نصه الآن:";
export const paragraphOf = (n: number, of: number): string => `الفقرة ${n} من ${of}`;
export const pageOf = (n: number, of: number): string => `الصفحة ${n} من ${of}`;
export const REPORTS_HEADING = "التقارير";
export const EMPTY_COLLECTION = "لا تقارير في المجموعة الآن.";
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

/** Names of the commands as Telegram lists them, and the words that do the same. */
export const COMMANDS = [
  { command: "start", description: "البداية وأمثلة", words: ["ابدأ", "بداية"] },
  { command: "help", description: "المساعدة", words: ["مساعدة", "المساعدة"] },
  { command: "reports", description: "قائمة التقارير", words: ["التقارير", "قائمة التقارير"] },
  { command: "source", description: "نص مصدر برقمه", words: ["المصدر"] },
  { command: "about", description: "ما هذا البوت", words: ["من أنتم", "عن البوت"] },
  { command: "privacy", description: "ما الذي يُحفظ", words: ["الخصوصية"] },
  { command: "invite", description: "دعوة شخص (للمشرفين)", words: [] },
  { command: "forget", description: "حذف ما حُفظ عنك", words: ["انسني", "احذف بياناتي"] },
] as const;
export type CommandName = (typeof COMMANDS)[number]["command"];

export const CITY_HEADING = "عن المدينة عموماً";
export const untitledReport = (firstWords: string): string =>
  firstWords === "" ? "بلا عنوان" : `بلا عنوان: ${firstWords}`;
