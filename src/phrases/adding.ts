/** What admins read when they add reports to the collection, or correct what is in it. */
import { counted } from "./answer.ts";

const reports = (n: number): string =>
  counted(n, { one: "تقرير واحد", two: "تقريران", few: "تقارير", many: "تقريراً" });
const letters = (n: number): string =>
  counted(n, { one: "حرف واحد", two: "حرفان", few: "أحرف", many: "حرفاً" });

export const adding = {
  review: "لم يُضف شيء بعد. راجع ما فهمته، ثم أكّد:",
  reviewReport: "لم يتغير شيء بعد. صحّح ما تريد، ثم أكّد:",
  reviewWithdrawal: "سحب هذا التقرير يزيله من كل جواب، وتقول أزرار الأجوبة السابقة إنه سُحب. أتؤكد؟",
  fileNamed: (name: string): string => `الملف: ${name}`,
  many: (n: number): string => `فيه ${reports(n)}. هذه أولها:`,
  publisher: "الناشر",
  title: "العنوان",
  published: "تاريخ النشر",
  event: "يوم الحدث",
  place: "المكان",
  notPlace: "ليس مكانه",
  length: (n: number): string => `طول النص: ${letters(n)}`,
  missing: "غير معروف",
  noTitle: "لا عنوان له",
  stated: "صريح",
  inferred: "مستنتج",
  unknown: "غير مؤكد",
  byAdmin: "بتصحيحك",
  from: (words: string): string => `من «${words}»`,
  fromLine: "من سطر التوقيع",
  fromText: "من النص",
  fromFirstLine: "من عنوان النص",
  fromData: "من بيانات الملف",
  fromPost: "من المنشور المحوّل",
  unread: (n: number): string => `ما لم أستطع قراءته (${n}):`,
  why: (reason: string): string => `السبب: ${reason}`,
  /** Why a file cannot be read, by the tags of report/problem.ts. */
  problem: {
    empty: "فارغ.",
    no_text: "لم أجد فيه نصاً.",
    picture: "لا نص فيه، ولعله صور لصفحات. استخرج نصها ببرنامج ثم أرسله.",
    unknown_letters: "لا يذكر الملف حروف نصه. أرسل أصله بصيغة docx أو txt.",
    damaged: "معطوب، أو ليس بالصيغة التي في آخر اسمه. احفظه من جديد.",
    locked: "مقفل بكلمة سر، أو ملف Word قديم (doc). احفظه بصيغة docx من دون كلمة سر.",
    binary: "ليس نصاً.",
    charset: "لم أعرف ترميز حروفه. احفظه بترميز UTF-8.",
    too_large: "كبير جداً. قسّمه إلى ملفات أصغر.",
    unknown_format: "صيغته لا أقرؤها. أقرأ: txt وdocx وpdf وhtml وcsv وjson وxml وzip.",
    nested_archive: "أرشيف داخل أرشيف. أرسله وحده.",
    unpacking: "لا يمكن فكّه من الأرشيف. اصنع الأرشيف من جديد.",
    not_json: "ليس تقريراً مكتوباً بصيغة JSON صحيحة.",
    no_columns: "لم أعرف أي عمود في الجدول هو النص.",
    not_a_feed: "ملف XML، لكنه ليس خلاصة أخبار (RSS أو Atom).",
    wrong_companion: "في ملف بياناته المرافق خطأ.",
    same_id: "له معرّف تقرير آخر.",
    link: "رابط إلى ملف آخر، ولا أتبع الروابط.",
    permissions: "لا إذن لي بقراءته.",
  },
  numbered: (n: string): string => `رقم ${n}`,
  nothing: "لم أجد فيه نصاً أستطيع إضافته.",
  failed: "تعذّرت قراءته ضمن الحدود المسموحة من الوقت والحجم. قد يكون معطوباً، أو أكبر من اللازم حين يُفك.",
  tooLarge:
    "الملف أكبر من 20 ميغابايت، ولا يسمح تلغرام للبوت بتنزيل أكبر منه. ضعه في مجلد التقارير على الخادم.",
  notDownloaded: "تعذّر تنزيل الملف من تلغرام. أرسله من جديد.",
  changed: "لم يعد الملف كما كان حين راجعته. أرسله من جديد.",
  alreadyThere: (id: string): string => `هذا التقرير في المجموعة من قبل (${id}).`,
  askPublisher: "اكتب اسم الناشر في رسالتك التالية.",
  askTitle: "اكتب العنوان في رسالتك التالية.",
  askPublished: "اختر يوم النشر، أو اكتبه في رسالتك التالية، مثلاً: 29 تشرين الأول 2017.",
  askEvent: "اختر يوم الحدث، أو اكتبه في رسالتك التالية، مثلاً: 29 تشرين الأول 2017.",
  askPlace:
    "اكتب اسم مكان في رسالتك التالية لأضيفه. وإن كان في القائمة مكان ليس مكان الخبر، فاضغط زره لأحذفه.",
  noDay: "لم أفهم من هذا يوماً بعينه. اكتبه هكذا: 29 تشرين الأول 2017.",
  noPlace: "لا أعرف هذا المكان. اكتب اسمه كما في قائمة الأماكن: /places",
  noText: "لم أجد في رسالتك كلاماً. اكتبه من جديد.",
  cancelled: "أُلغي، ولم يتغير شيء.",
  gone: "انتهت هذه المسودة. أرسل الملف أو المنشور من جديد، أو ابدأ التصحيح من جديد.",
  busy: "تغيّرت هذه المسودة للتو. هذا ما هي عليه الآن.",
  notAdmin: "هذا لمن يدير البوت وحده.",
  working: "أُضيف الآن إلى المجموعة…",
  correcting: "أكتب التصحيح الآن…",
  withdrawing: "أسحب التقرير الآن…",
  undoing: "أتراجع الآن…",
  stage: {
    read: "أقرأ التقارير…",
    cut: "أقسّم النصوص إلى مقاطع…",
    embed: "أجهّز المقاطع للبحث…",
    neighbours: "أرتب الفهرس…",
    index: "أحفظ الفهرس…",
  },
  done: "أُضيف، ويمكن السؤال عنه الآن.",
  corrected: "صُحّح، والأجوبة من الآن على التصحيح.",
  withdrawn: "سُحب التقرير، ولا يدخل في أي جواب من الآن.",
  undone: "تراجعتُ، وعادت المجموعة كما كانت.",
  notTaken: "حُفظ ما أردته، لكنه لم يدخل في الأجوبة بعد. سأحاول عند التشغيل التالي، والسبب في سجل الخادم.",
  noFolder: "ليست كل ملفات المجموعة على هذا الخادم، فلم يتغير شيء. أعد المحاولة، أو أخبر من يشغّل البوت.",
  wrongQuotation: "قارئ يقول إن الاقتباس خاطئ",
  whatToDo: "ماذا تفعل بالتقرير؟",
} as const;

export const ADDING_BUTTON = {
  confirm: "أضف إلى المجموعة",
  confirmCorrection: "احفظ التصحيح",
  confirmWithdrawal: "نعم، اسحبه",
  cancel: "إلغاء",
  publisher: "الناشر",
  title: "العنوان",
  published: "تاريخ النشر",
  event: "يوم الحدث",
  place: "الأماكن",
  back: "رجوع",
  undo: "تراجع عن هذا",
  withdraw: "سحب التقرير",
  correct: "تصحيح بيانات التقرير",
  correctNumber: (n: number): string => `صحّح ${n}`,
  withdrawNumber: (n: number): string => `اسحب ${n}`,
  lookUp: "ابحث عنه في التقارير",
} as const;

/** For the record of where a report came from. */
export const collectedHow = {
  file: "ملف أُرسل في تلغرام",
  post: "منشور حُوّل في تلغرام",
} as const;
export const correctedWhy = "تصحيح في تلغرام";
export const nameWhy = "تصحيح كتابة اسم في تلغرام";
export const withdrawnWhy = "سُحب في تلغرام";
