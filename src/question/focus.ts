/** What a question turns on: the word that its question word asks about, and whether it asks for somebody's name. */

import { questionWords } from "./kind.ts";
import { paraphrases } from "./paraphrases.ts";
import type { Question } from "./question.ts";

const keys = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).flatMap(questionWords));

/** Words that only lead to what is asked about: "the cause of", "the aim of", "said". */
const LEADS = keys(
  `سبب السبب اسباب دافع الدافع هدف الهدف غاية الغاية غرض الغرض نتيجة اثر كيفية طريقة مكان تاريخ موعد وقت ساعة مصدر معنى
   قال قالت قاله قالته قالوا يقول تقول ذكر ذكرت صرح صرحت اعلن اعلنت افاد افادت اكد اكدت نقل نقلت تحدث تحدثت وصف وصفت
   حسب وفق بدات بدا انتهى تم تمت جرى ابرز اهم اول اخر مجموع اجمالي`,
);

/** The first word of the topic that says what is asked about; null where nothing but names is left. */
export function askedFocus({ topic }: Pick<Question, "topic">): string | null {
  return topic.find((word) => !LEADS.has(word)) ?? null;
}

const ASKS_NAME =
  /(?:^|\s)ب?(?:ما |شو |اعطني |اذكر )?(?:هو |هي |هم )?(?:اسم|اسماء|اسمه|اسمها|اسمو|باسم)(?=\s)|^[وف]?(?:من|مين|منو|who)(?: (?:هو|هي|هم|كان|كانت|كانوا|يكون|is|was|were|تولي|شغل))(?=\s)/u;
/** Callings and ranks of one person, whose bearer is asked for by name. */
const PERSON =
  /^[وفبل]?(?:ال|لل)?(?:قائد|قايد|قاده|زعيم|امير|والي|محافظ|رئيس|رييس|وزير|مدير|مسوول|مسول|ناطق|متحدث|ضابط|ضباط|طيار|جندي|عنصر|مقاتل|صحفي|صحافي|مراسل|مصور|شيخ|طبيب|منفذ|انتحاري|عميد|عقيد|رايد|نقيب|ملازم|لواء|طفل|طفله|ناشط|قتيل|شهيد|قيادي|قاضي|امام|مختار|commander|leader|governor|pilot|general)$/u;

/** The calling whose bearer a question wants named ("من كان والي …", "ما اسم الطيار …"), normalised; null for other questions. */
export function askedPerson({ text, topic }: Pick<Question, "text" | "topic">): string | null {
  if (!ASKS_NAME.test(questionWords(text).join(" "))) return null;
  return topic.find((word) => !LEADS.has(word) && PERSON.test(word)) ?? null;
}

const SAID =
  /(?:^|\s)(?:ماذا|ما|شو|ايش|وش|بماذا|بم|what did)(?: الذي| اللي| كان)? (?:قال|قالت|قاله|قالته|صرح|صرحت|علق|علقت|رد|ردت|وعد|وعدت|هدد|هددت) (\p{L}+)/u;

/** The word that names whose statement is asked for ("ماذا قال وزير …"), normalised; null where a party is named or nobody's is. */
export function askedSpeaker({ text, topic }: Pick<Question, "text" | "topic">): string | null {
  const speaker = SAID.exec(questionWords(text).join(" "))?.[1] ?? null;
  return speaker !== null && topic.includes(speaker) ? speaker : null;
}

const PUBLISHED = /(?:^|\s)(?:نشر|نشرت|نشره|صدر|صدرت|كتب|كتبت|اذاع|بث)(?=\s|$)/u;

/** Whether a question asks when something happened, and not when it was published. */
export function asksTime({ kind, text }: Pick<Question, "kind" | "text">): boolean {
  return kind === "when" && !PUBLISHED.test(questionWords(text).join(" "));
}

const WHO = /^[وف]?(?:من|مين|منو|who)(?: (?:هو|هي|هم|الذي|اللي|يلي|كان))?(?=\s)/u;

/** Whether a question asks who took a place ("من سيطر على …", "مين أخذ …"), whatever else it asks. */
export function asksWhoTook({ text, topic }: Pick<Question, "text" | "topic">): boolean {
  const [first] = topic.filter((word) => !LEADS.has(word));
  return (
    WHO.test(questionWords(text).join(" ")) && first !== undefined && paraphrases(first).includes("سيطر")
  );
}
