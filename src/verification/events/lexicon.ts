/** Words of news clauses that tell an event, with how they take its parties. Written as searchKey writes them. */

export const EVENT_CLASSES = [
  "kill",
  "wound",
  "shell",
  "attack",
  "control",
  "hold",
  "enter",
  "storm",
  "push",
  "advance",
  "withdraw",
  "lose",
  "besiege",
  "kidnap",
  "force",
  "stop",
  "delay",
  "support",
  "lead",
  "bring",
  "exploit",
  "prepare",
  "bury",
  "receive",
  "narrow",
] as const;

export type EventClass = (typeof EVENT_CLASSES)[number];

/**
 * verb: subject and object around it; masdar: its subject follows it ("سيطرة الجيش", "قصف لتنظيم"); object: its object
 * follows it ("إجبار قوات النظام"); victim: who follows suffers it ("مقتل", "قتلى", "استشهد").
 */
export type Voice = "verb" | "masdar" | "object" | "victim";

const END = "(?:ها|ه|هم|هما|هن)?";
const TABLE: readonly (readonly [EventClass, Voice, string])[] = [
  ["kill", "verb", `قتلت?${END}|قتلوا|اعدمت?|يقتل|تقتل`],
  [
    "kill",
    "victim",
    "مقتل|مصرع(?:هم|ه|ها)?|حتف(?:هم|ه|ها)|قتلي|قتيلا?|استشهدت?|استشهدوا|استشهاد|شهداء|شهيدا?|قضوا|ضحايا|يستشهد|تستشهد|يستشهدوا",
  ],
  ["wound", "victim", "يصب|يصاب|تصب|اصيبت?|اصيبوا|اصابه|اصابات|جرحي|جريحا?|جرحت?|مصابين"],
  ["shell", "verb", `قصفت?${END}|يقصف|تقصف|استهدفت?${END}|تستهدف|يستهدف|طالت?|اغارت?|ضربت?|وجهت?|توجه`],
  [
    "shell",
    "masdar",
    `قصف(?:ه|ها)?|غارات(?:ه|ها)?|غاره|ضربات(?:ه|ها)?|ضربه|استهداف(?:ه|ها)?|قذائف|قذايف|توجيه(?:ه|ها)?`,
  ],
  ["attack", "verb", `هاجمت?${END}|يهاجم|تهاجم|شنت?|باغتت?|فاجات?|داهمت?|نفذت?`],
  ["attack", "object", "مباغتا|مباغته"],
  ["attack", "masdar", `هجوم(?:ه|ها)?|هجوما|هجمات(?:ه|ها)?|كمائن|كماين(?:ه|ها)?|كمين`],
  [
    "control",
    "verb",
    `سيطرت?|سيطروا|مسيطره|يسيطر|تسيطر|استولت|استولي|احتلت?${END}|انتزعت?${END}|استعادت?|استردت?${END}|استرجعت?${END}|يستعيد|تستعيد|احكمت?|حررت?|تحرر|يحرر`,
  ],
  [
    "control",
    "masdar",
    `سيطره|سيطرت(?:ه|ها|هم)|استعاده|استعادت(?:ه|ها)|استيلا[ءي](?:ه|ها)?|انتزاع(?:ه|ها)?|احتلال(?:ه|ها)?|استرداد(?:ه|ها)?|استرجاع(?:ه|ها)?`,
  ],
  [
    "hold",
    "verb",
    "امسكت?|ممسكا|ممسكه|ممسك|تمسكت?|متمسكا|متمسكه|يمسك|حافظت?|احتفظت?|يحتفظ|تحتفظ|يحافظ|تحافظ|محافظا|مسيطرا",
  ],
  ["hold", "masdar", "بيد|حفاظ(?:ه|ها)|احتفاظ(?:ه|ها)?|وجود(?:ه|ها)|خاضعه|خاضع|خاضعا"],
  ["prepare", "verb", "يتحضر|تتحضر|يحضر|تحضر|يستعد|تستعد|يجهز|تجهز|يخطط|تخطط"],
  ["prepare", "masdar", "تحضير(?:ه|ها)?|تحضيرا|تحضيرات|استعداد(?:ه|ها)?"],
  ["enter", "verb", `دخلت?${END}|دخلوا|يدخل|تدخل`],
  ["enter", "masdar", "دخول(?:ه|ها|هم)?"],
  ["storm", "verb", `اقتحمت?${END}|تقتحم|يقتحم`],
  ["storm", "masdar", "اقتحام(?:ه|ها|هم)?"],
  ["push", "verb", "توغلت?|توغلوا|تتوغل|يتوغل"],
  ["push", "masdar", "توغل(?:ه|ها|هم)"],
  ["advance", "verb", "زحفت|تقدمت|احرزت?|احزرت?|يحرز|تحرز|احرزه"],
  ["advance", "masdar", "تقدما|تقدم(?:ه|ها)?|احراز"],
  ["withdraw", "verb", "انسحبت?|انسحبوا|ينسحب|تنسحب|تراجعت?|يتراجع|تقهقرت?|انكفات?|اندحرت?"],
  ["withdraw", "masdar", "انسحاب(?:ه|ها)?|انسحابات|تراجع(?:ه|ها)?"],
  ["lose", "verb", `خسرت?${END}|فقدت?|تكبدت?|يخسر|تخسر`],
  ["lose", "masdar", "خساره|خسارت(?:ه|ها)?|خسارات|فقدان|خسائر|خساير"],
  ["besiege", "verb", `حاصرت?${END}|يحاصر|تحاصر`],
  ["besiege", "masdar", "حصار(?:ه|ها)?|محاصره|محاصر|حوصرت?"],
  ["kidnap", "verb", "اختطفت?|خطفت?"],
  ["kidnap", "masdar", "اختطاف|خطف"],
  ["force", "verb", `اجبرت?${END}|ارغمت?${END}|اضطرت?${END}|اخرجت?${END}|طردت?`],
  ["force", "object", "(?:اجبار|ارغام|اخراج|طرد)(?:ها|ه|هم)?"],
  ["stop", "verb", "اوقفت?|صدت?"],
  ["stop", "object", "(?:ايقاف|وقف|صد)(?:ها|ه)?"],
  ["delay", "verb", "اخرت|يوخر|توخر|عرقلت?"],
  ["delay", "object", "(?:تاخير|عرقله|ابطاء)(?:ها|ه)?"],
  ["support", "verb", "ساندت?|دعمت?|تساند|تدعم"],
  ["support", "object", "مسانده|اسناد|دعما|دعم"],
  ["lead", "verb", "قادت?|تقود|يقود"],
  ["bring", "verb", "ادخلت?|ادخل|حشدت?|استقدمت?|وزعت?"],
  ["bring", "masdar", "ادخال|حشد(?:ه)?|استقدام|توزيع(?:ها|ه)?"],
  [
    "exploit",
    "verb",
    "استغلت?|استفادت?|تستفيد|يستفيد|انتهزت?|اغتنمت?|تستغل|يستغل|مستغلا|مستغله|مستغلين|مستفيدا|مستفيده",
  ],
  ["exploit", "masdar", "استغلال(?:ه|ها)?"],
  ["bury", "verb", "شيعت?"],
  ["receive", "verb", "تلقت|تلقي|يتلقي|تتلقي|تعرض|تعرضت|تتعرض|يتعرض"],
  ["narrow", "verb", "ضيقت?|تضيق|يضيق"],
  ["narrow", "masdar", "تضييق(?:ه|ها)?"],
];

const MATCHERS = TABLE.map(([cls, voice, words]) => [cls, voice, new RegExp(`^(?:${words})$`)] as const);
/** Prepositions and the article that may stand before a masdar. */
const BEFORE_NOUN = /^(?:وال|فال|بال|كال|لل|ال|ب|ل|ك)(?=\p{L}{3,})/u;

export interface Trigger {
  readonly cls: EventClass;
  readonly voice: Voice;
  /** What stands before the word: "ل" makes it a purpose ("لإيقاف"). */
  readonly clitic: string;
}

function match(word: string, clitic: string): Trigger | null {
  for (const [cls, voice, pattern] of MATCHERS) {
    if (pattern.test(word) && (clitic === "" || voice !== "verb")) return { cls, voice, clitic };
  }
  return null;
}

/** The event that a normalised word tells, if it does. */
export function triggerOf(word: string): Trigger | null {
  const whole = match(word, "");
  if (whole !== null) return whole;
  const bare = /^[وف]\p{L}{3,}/u.test(word) ? word.slice(1) : word;
  const found = bare === word ? null : match(bare, "");
  if (found !== null) return found;
  const clitic = BEFORE_NOUN.exec(bare)?.[0] ?? "";
  const noun = clitic === "" ? null : match(bare.slice(clitic.length), clitic);
  if (noun !== null) return noun;
  // "فرضت حصاراً": the ending of an object.
  const object = /^\p{L}{4,}ا$/u.test(bare) ? match(bare.slice(0, -1), "") : null;
  return object === null || object.voice === "verb" ? null : object;
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/** Nouns that stand before a party and are it, or its ("عناصر التنظيم", "مواقع التنظيم"). */
export const HEADS = set(
  `عناصر عناصرها مقاتلي مقاتلو مقاتلين مسلحي قاده وعناصر مواقع مناطق مقاتلات طايرات طيران صفوف احد سيطره المواقع جيش نقاط تجمعات مقرات
  مسلحين المسلحين جنود ضباط حاميه القري العسكريه قتلي قتلا`,
);
/** Heads that make what follows a place held by a party. */
export const HELD = set("مواقع مناطق نقاط تجمعات مقرات");
/** Past tense and masdar alike: the masdar after a preposition. */
export const VERB_OR_NOUN = set("قصف تقدم توغل تراجع دعم طرد صد خطف استهداف شن");
export const BEFORE_NOUNS = set(
  "في من علي الي عن مع بعد قبل خلال اثر عقب نتيجه جراء وسط رغم بسبب استمرار تصعيد مواصله هناك ظل بين وبعد ومع وفي",
);
export const PREPOSITIONS = set("علي ضد من في الي عن مع بين لدي تجاه امام عبر تحت باتجاه حساب");
/** Words that end what belongs to an event. */
export const STOPS = set(
  `فيما بينما كما حيث اذ لكن ولكن الا بعد عقب اثر قبل منذ خلال التي الذي الذين بالتزامن وسط نتيجه بسبب جراء اضافه بالاضافه ثم حين وذلك رغم
  فانها فانه فان وصلت وصل وصلوا كان كانت كانوا اصبح اصبحت يعد تعد وقع وقعت سقط سقطت
  بعدما بينهم هم هو هي وهو وهي وهم بهدف مما`,
);
/** Before "سيطرة": the state, not the act. */
export const HOLDING = set(
  "تحت مناطق عن لسيطره خاضعه الخاضعه خارج اماكن نطاق قبضه دامت استمرت استمرار طوال مده فتره سنوات الي_تحت والخاضعه خاضع الخاضع خاضعا",
);
export const WHOLE =
  /^(?:ب|وب|ل)?(?:ال)?(?:كامل|كامله|كاملا|كليا|كليه|تماما|جميع|كل|كافه|باكمل\p{L}*|كاملها|كامله|كلها|كله)$/u;
export const PART =
  /^(?:ب|من|في)?(?:ال)?(?:اجزاء|جزء|بعض|جل|اكثر|اغلب|معظم|غالبيه|نقاط|اطراف|قسم|اقسام|جانب|نصف|واسعه|كبيره|مساحات|مساحه|ثلث|جزءا|ابنيه|عده)$/u;
/** Words that stand for a place named before. */
export const REFERENCE =
  /^[وفبلك]{0,2}(?:ال|لل)(?:حي|مدينه|منطقه|قريه|بلده|جبل|مطار|قري|احياء|ضفاف|جسر|حقل|موقع|مواقع|لواء)$|^[وف]?(?:اليها|اليه|عليها|عليه|منها|منه|فيها|فيه|مواقع)$|^(?:دخلت|دخل|اقتحم|اقتحمت|اقتحام|دخول|هاجم|هاجمت)(?:ها|ه)$/u;
