/** What the bot's own commands say in Telegram. Short, plain sentences; commands in them can be tapped. */
import { counted, list } from "./answer.ts";

const daysCount = (n: number): string =>
  counted(n, { one: "يوم واحد", two: "يومان", few: "أيام", many: "يوماً" });
const placesCount = (n: number): string =>
  counted(n, { one: "مكان واحد", two: "مكانان", few: "أماكن", many: "مكاناً" });

/** How many reports, of which days, changed when: for the start and for /about. */
export const holdings = (held: { reports: string; days: string; changed: string | null }): string =>
  [
    `في المجموعة ${held.reports}${held.days === "" ? "" : `، عن أحداث ${held.days}`}.`,
    ...(held.changed === null ? [] : [`آخر تغيير فيها: ${held.changed}.`]),
  ].join(" ");

export const welcome = (held: string): string[] => [
  "أجيب عن أسئلتك بالعربية من تقارير محفوظة، ومع كل جواب اقتباسه ومصدره.",
  held,
  "اسأل عن يوم أو حي أو عدد، أو جرّب سؤالاً من هذه:",
];

export const HELP = [
  "اكتب سؤالك بكلماتك: عن يوم أو حي أو عدد أو سبب.",
  "تحت الجواب أزرار [1] و[2]: كل منها يفتح الاقتباس في فقرته، ومنها إلى النص الكامل.",
  "التقارير: /reports\nالأيام: /dates\nالأماكن: /places\nالأحداث بالترتيب: /timeline\nنطاق أسئلتك: /scope\nنص مصدر برقمه: /source 2",
  "تنبيه بكل جديد: /alerts\nتصحيح أو شهادة: /correct\nمن نحن: /about\nالخصوصية: /privacy",
  "هذا أرشيف وليس أخباراً حية: لا تعتمد عليه لسلامتك.",
] as const;

export const PRIVACY = [
  "لا يُحفظ نص سؤالك بعد الجواب، ولا يُنشر، ولا يراه قارئ آخر. وفي المجموعات يرى الأعضاء ما تكتبه فيها.",
  "يُحفظ يوماً واحداً موضوع آخر سؤال، ليُفهم السؤال الذي بعده.",
  "وتُحفظ ثلاثين يوماً مواضع الاقتباسات التي أُرسلت إليك والأسئلة التي في الأزرار.",
  "ويُحفظ رأيك في الأجوبة إن أبديته، وما ترسله بالأمر /correct، من غير اسمك.",
  "وتُحفظ تنبيهاتك حتى تنهيها، أو ستة أشهر.",
  "لحذف كل ذلك: /forget",
] as const;
/** With a model of somebody else's, questions leave this machine. */
export const PRIVACY_MODEL =
  "تصوغ بعضَ الأجوبة آلةٌ لدى جهة خارجية، فيصل إليها سؤالك دون اسمك. اسأل من يدير البوت عنها.";

export interface ForgottenCounts {
  readonly conversations: number;
  readonly answers: number;
  readonly offers: number;
  readonly verdicts: number;
  readonly corrections: number;
  readonly subscriptions: number;
  readonly admission: boolean;
}

type Forms = Parameters<typeof counted>[1];
const some = (n: number, forms: Forms, before = ""): string[] =>
  n === 0 ? [] : [before + counted(n, forms)];

/** What was deleted, kind by kind. */
export function forgotten(counts: ForgottenCounts): string[] {
  const deleted = [
    ...(counts.conversations > 0 ? ["موضوع آخر سؤال"] : []),
    ...some(
      counts.answers,
      { one: "جواب واحد", two: "جوابين", few: "أجوبة", many: "جواباً" },
      "مواضع الاقتباس في ",
    ),
    ...some(counts.offers, {
      one: "سؤال واحد كان في زر",
      two: "سؤالان كانا في الأزرار",
      few: "أسئلة كانت في الأزرار",
      many: "سؤالاً كانت في الأزرار",
    }),
    ...some(counts.verdicts, {
      one: "رأي واحد في الأجوبة",
      two: "رأيان في الأجوبة",
      few: "آراء في الأجوبة",
      many: "رأياً في الأجوبة",
    }),
    ...some(counts.corrections, {
      one: "تصحيح واحد",
      two: "تصحيحان",
      few: "تصحيحات",
      many: "تصحيحاً",
    }),
    ...some(counts.subscriptions, {
      one: "تنبيه واحد",
      two: "تنبيهان",
      few: "تنبيهات",
      many: "تنبيهاً",
    }),
  ];
  return [
    deleted.length === 0 ? "لم يكن محفوظاً عنك شيء." : `حُذف ما حُفظ عنك: ${list(deleted)}.`,
    ...(counts.corrections > 0 ? ["ما قرأه من يدير البوت من تصحيحاتك لا يُمحى من عنده."] : []),
    ...(counts.admission ? ["وحُذف إذن دخولك: تحتاج إلى دعوة جديدة لتسأل."] : []),
    "أما الرسائل التي في محادثتك فتحذفها أنت من تلغرام.",
  ];
}

export interface AboutFacts {
  readonly operator: string | null;
  readonly contact: string | null;
  readonly holdings: string;
  readonly publishers: readonly string[];
  readonly morePublishers: number;
  readonly inferred: number;
  readonly undated: number;
  readonly model: boolean;
}

const someReports = (n: number): string =>
  counted(n, { one: "تقرير واحد", two: "تقريرين", few: "تقارير", many: "تقريراً" });

export function about(facts: AboutFacts): string[] {
  const { operator, contact } = facts;
  const who = operator === null ? "لم يذكر من يدير هذا البوت اسمه." : `يدير هذا البوت: ${operator}.`;
  const how = contact === null ? "لمراسلة من يديره: /correct" : `للتواصل: ${contact} أو بالأمر /correct`;
  const more = facts.morePublishers === 0 ? "" : "، وغيرهم";
  const unsure = [
    ...(facts.inferred > 0 ? [`تاريخ النشر مستنتج في ${someReports(facts.inferred)}`] : []),
    ...(facts.undated > 0
      ? [`وغير معروف في ${someReports(facts.undated)}`.slice(facts.inferred > 0 ? 0 : 1)]
      : []),
  ];
  return [
    `${who}\n${how}`,
    "الطريقة: يبحث البوت في تقارير اختارها من يديره، ويعرض ما قالته بحروفه مع مصدره. لا يضيف شيئاً من عنده، ولا يحكم بصحة ما قيل.",
    ...(facts.model
      ? ["تصوغ آلة بعض الأجوبة، ولا تُرسل جملة منها إلا إذا وافقت اقتباسها، ويُكتب ذلك تحت الجواب."]
      : []),
    [
      facts.holdings,
      ...(facts.publishers.length === 0 ? [] : [`الناشرون: ${list(facts.publishers)}${more}.`]),
    ].join("\n"),
    [
      "ما ينقص: لا تغطي التقارير كل يوم ولا كل مكان، وغياب الخبر لا يعني أن شيئاً لم يحدث.",
      ...(unsure.length === 0 ? [] : [`${list(unsure)}.`]),
    ].join(" "),
  ];
}

export const reportsHeading = (reports: string): string => `التقارير (${reports})`;
export const EMPTY_COLLECTION = "لا تقارير في المجموعة الآن.";

export const daysHeading = (n: number, span: string): string =>
  n === 1 ? `الأيام: ${span}` : `الأيام (${daysCount(n)}): ${span}`;
export const PICK_DAY = "اضغط يوماً لترى ما ورد عنه.";
export const PICK_MONTH = "اختر شهراً لترى أيامه.";
export const PICK_YEAR = "اختر سنة لترى أشهرها.";
export const NO_DAYS = "لا تذكر التقارير أياماً بعينها.";
export const PLACES_HEADING = "الأماكن";
export const placesIntro = (n: number): string =>
  `في التقارير ${placesCount(n)}، أكثرها ذكراً أولاً. اضغط مكاناً لترى ما ورد عنه.`;
export const NO_PLACES = "لا تذكر التقارير أماكن معروفة.";

export const scope = {
  none: "لا نطاق الآن: كل سؤال يُفهم وحده. وإذا سألت عن يوم أو مكان، ثم كتبت سؤالاً ناقصاً مثل «وكم قُتل؟»، فُهم عنهما.",
  now: (what: string): string => `النطاق الآن: ${what}.`,
  means: "السؤال الناقص، مثل «وكم قُتل؟»، يُفهم عنه. يزول بسؤال عن غيره، أو بعد يوم، أو بهذا الزر:",
} as const;

export const timelineUsage =
  "لم أجد فيما كتبته يوماً ولا مكاناً أعرفه. مثلاً: /timeline حي الحميدية، أو /timeline تشرين الأول 2017";

export const correction = {
  prompt: [
    "اكتب تصحيحك أو شهادتك في رسالتك التالية، واذكر التقرير واليوم والمكان إن عرفتها.",
    "تصل إلى من يدير هذا البوت وحده، من غير اسمك ورقمك. لا تدخل في التقارير ولا في الأجوبة. إن أردت جواباً فاكتب كيف نتواصل معك.",
  ],
  withReports: "وتُرفق بها أسماء التقارير التي في آخر جواب لك، ولا يُرفق سؤالك.",
  inGroup: "لا تكتب تصحيحاً أو شهادة أمام المجموعة. افتح محادثة خاصة معي:",
  received: "شكراً. سُلّم ما كتبته إلى من يدير هذا البوت. لحذفه من هنا: /forget",
  cancelled: "أُلغي الطلب، ولم يُرسل شيء. رسالتك التالية سؤال.",
  nothingToCancel: "لا شيء لإلغائه. اكتب سؤالك.",
  isQuestion: "هذه الرسالة تبدو سؤالاً. ماذا أفعل بها؟",
  tooMany: "وصلنا منك اليوم عدد كبير من التصحيحات. أكمل غداً من فضلك.",
  edited: "وصلت رسالتك كما كانت قبل التعديل. لإرسال النص الجديد: /correct",
  textOnly: "أستطيع أن أنقل النص وحده. اكتب تصحيحك كلمات، أو أرسل /cancel",
  gone: "لم يعد النص محفوظاً. اكتبه من جديد بعد /correct",
  toAdmin: "تصحيح أو شهادة من قارئ",
  aboutReports: "آخر ما عُرض عليه:",
  adminNote: "لا يدخل هذا في التقارير. القائمة كلها على الخادم: npm run feedback",
} as const;

export const DESCRIPTION =
  "أجوبة بالعربية من تقارير محفوظة، مع كل جواب اقتباسه حرفاً بحرف ومصدره. أرشيف وليس أخباراً حية.";
export const SHORT_DESCRIPTION = "أجوبة من تقارير محفوظة، مع كل جواب اقتباسه ومصدره.";

/** Names of the commands as Telegram lists them, and the words that do the same. */
export const COMMANDS = [
  { command: "start", description: "البداية وأمثلة", words: ["ابدأ", "بداية", "البداية"] },
  { command: "help", description: "المساعدة", words: ["مساعدة", "المساعدة", "ساعدني"] },
  { command: "reports", description: "قائمة التقارير", words: ["التقارير", "تقارير", "قائمة التقارير"] },
  { command: "dates", description: "الأيام التي تغطيها التقارير", words: ["التواريخ", "تواريخ", "الأيام"] },
  { command: "places", description: "الأماكن التي تغطيها التقارير", words: ["الأماكن", "أماكن"] },
  {
    command: "timeline",
    description: "الأحداث من الأقدم إلى الأحدث",
    words: ["الخط الزمني", "خط زمني", "التسلسل الزمني", "تسلسل زمني"],
  },
  { command: "scope", description: "نطاق أسئلتك وإلغاؤه", words: ["النطاق", "نطاق"] },
  { command: "source", description: "نص مصدر برقمه", words: ["المصدر"] },
  {
    command: "correct",
    description: "إرسال تصحيح أو شهادة إلى من يدير البوت",
    words: ["تصحيح", "شهادة", "تصحيح أو شهادة"],
  },
  {
    command: "alerts",
    description: "تنبيهات بكل تقرير جديد",
    words: ["التنبيهات", "تنبيهات", "تنبيهاتي", "تنبيه"],
  },
  { command: "cancel", description: "إلغاء التصحيح", words: ["إلغاء", "الغ"] },
  {
    command: "about",
    description: "من نحن وما هذه التقارير",
    words: [
      "من أنتم",
      "مين أنتم",
      "مين انتو",
      "من أنت",
      "مين إنت",
      "عن البوت",
      "من وراءكم",
      "مين وراكم",
      "من وراء هذا البوت",
      "من يدير هذا البوت",
      "من اختار التقارير",
      "مين اختار التقارير",
      "مين وراكم مين اختار التقارير",
    ],
  },
  { command: "privacy", description: "ما الذي يُحفظ عنك", words: ["الخصوصية", "خصوصية"] },
  {
    command: "forget",
    description: "حذف ما حُفظ عنك",
    words: ["انسني", "انساني", "احذف بياناتي", "امسح بياناتي"],
  },
  { command: "invite", description: "دعوة شخص", words: [], admin: true },
  { command: "names", description: "تصحيح أسماء الأماكن والناشرين", words: [], admin: true },
] as const;
export type CommandName = (typeof COMMANDS)[number]["command"];
