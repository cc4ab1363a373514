import type { Token } from "../numbers/lex.ts";
import type { Cue, Place } from "./cue.ts";
import { phraseAt, phraseTable, words } from "./cue.ts";

/** How sure a statement is, from what holds to what is only asked. */
export type Modality =
  | "certain"
  | "attempted"
  | "planned"
  | "possible"
  | "unconfirmed"
  | "alleged"
  | "conditional"
  | "asked";

/** Words that keep a statement from being told as fact. `inherited`: they stand in another clause of its sentence. */
export interface Hedge extends Cue {
  readonly modality: Exclude<Modality, "certain">;
  readonly inherited: boolean;
}

export interface FoundHedge extends Place {
  readonly modality: Hedge["modality"];
}

const HEDGES = phraseTable<Hedge["modality"]>([
  [
    "alleged",
    `زعم|زعمت|زعموا|يزعم|تزعم|يزعمون|مزاعم|المزاعم|بزعم|زاعما|زاعمة|المزعوم|المزعومة|ادعت|ادعوا|تدعي|يدعون|ادعاء|ادعاءات|مدعيا|مدعية, ادعى|يدعي أن|أنه|أنها|أنهم|بأن|بأنه,
    ادعى النظام|التنظيم|داعش|الجيش, على حد زعم|زعمه|زعمها|زعمهم|تعبيره|وصفه|وصفها, بحسب|حسب|وفق زعم|زعمه|زعمها|مزاعم|ادعاء, claimed|claims|allegedly|alleged`,
  ],
  [
    "unconfirmed",
    `أنباء|الأنباء|شائعات|إشاعات|شائعة|إشاعة|تسريبات|مزيفة, معلومات|أنباء|تقارير|مصادر غير مؤكدة, غير مؤكد|مؤكدة, لم يتأكد|تتأكد|يتم|يتسن|نتمكن|تتمكن التأكد|التحقق, لم يتأكد|تتأكد, لم يتسن|يتسنى,
    لم نتمكن|يتمكن|تتمكن من التحقق|التأكد, يقال, قيل, يتردد, معلومات|أنباء|أخبار متضاربة, أحاديث عن, معلومات أولية, لا معلومات|أنباء مؤكدة, unconfirmed|reportedly|rumours`,
  ],
  [
    "possible",
    `ربما|لعل|لربما|رجح|رجحت|رجحوا|يرجح|ترجح|مرجحا|مرجحة|ترجيحات|احتمال|احتمالات|احتمالية|محتمل|محتملة|ترجيح|بترجيح|توقع|يحتمل|يعتقد|تعتقد|نعتقد|يعتقدون|اعتقد|أعتقد|يظن|يبدو|الأرجح|المحتمل|المرجح|الممكن|توقعات|مخاوف|تخوف,
    من شأن|شأنه|شأنها, تقديرات|التقديرات, في|بحسب|حسب رأي|رأيها|رأيه|نظر|نظرها|تقدير|تقديرها|اعتقاد|اعتقادها, برأي|برأيها|برأيه, من المحتمل|المرجح|الممكن, على الأرجح|الأغلب, على ما يبدو, قد يكون|تكون, يمكن أن, may|might|possibly|probably|likely|perhaps`,
  ],
  [
    "planned",
    "يعتزم|تعتزم|ينوي|تنوي|ينوون|يستعد|تستعد|يتحضر|تتحضر|تحضيرا|تحضير|تحضيرات|استعدادا|سوف|المتوقع|المقرر|يتوقع|يخطط|تخطط|يهدد|تهدد|هدد|هددت|توعد, الهدف|هدفه|هدفها|الغاية|غايته|غايتها|الغرض|غرضه|غرضها|هادفا|هادفة, هدف|هدفت|يهدف|تهدف|هادفا|هادفة|يرمي|ترمي|رمت|رمى|رامية إلى|من, من المتوقع|المقرر|المنتظر, بهدف|بغية",
  ],
  [
    "attempted",
    "محاولة|محاولات|المحاولة|المحاولات|لمحاولات|بمحاولات|للسعي|السعي|بالسعي|محاولته|محاولتها|بمحاولة|لمحاولة|حاول|حاولت|حاولوا|يحاول|تحاول|يحاولون|محاولا|محاولة|يسعى|تسعى|سعيها|سعيه|سعت|سعى|سعيا|ساعية|يريد|تريد|أراد|أرادت|تتطلع|يتطلع|تتطلع|متطلعة|تطمح|يطمح|ترغب|يرغب|رغبت|تأمل|يأمل|مساع|مساعي|مساعيها|مساعيه|مسعى, تعمل|يعمل|عملت|عمل|عاملة على, في محاولة|مسعى|سبيل, attempted|tried",
  ],
  ["conditional", "إذا|لو|لولا|شريطة, في حال|حالة, بحال, ما لم, if|unless"],
  ["asked", "هل, is|are|did|was|were it"],
]);

const CONFIRMED = words("مؤكدة مؤكد أكيدة");
/** Words that begin as a future verb does ("سيـ", "ستـ") and are none. */
const NO_FUTURE =
  /^و?(?:سيطر|سيار|سياس|سياق|سياج|سيد(?:$|ه|ات|ي$)|سيول|سيناء|سيناريو|سير(?:$|ا$|ه|تها?$)|ستين|ستون|سته|ستار(?:$|ه)|ستر(?:$|ه$)|سيما|سيف(?:$|ا$)|سيء|سيلو|ستاد)/;

const AIM_REACH = 5;

/** "هدف التنظيم من هجماته إلى": an aim whose owner stands between it and its preposition. */
function isAim(list: readonly Token[], at: number): boolean {
  if (!/^[وف]?(?:هدفت?|رمت?|رمي)$/.test(list[at]?.text ?? "")) return false;
  return list.slice(at + 2, at + AIM_REACH).some((token) => /^(?:الي|من)$/.test(token.text));
}

/** "سيفسح", "ستقوم". */
function isFuture(text: string): boolean {
  return /^[وف]?س[يت]\p{L}{3,}$/u.test(text) && !NO_FUTURE.test(text.replace(/^[وف]/, ""));
}

/** "قد يصل" is possible; "قد تمكنت" and "كانت قد …" tell what happened. */
function isMaybe(list: readonly Token[], at: number): boolean {
  const next = list[at + 1]?.text ?? "";
  if (!/^[وف]?قد$/.test(list[at]?.text ?? "") || !/^[يتنا]\p{L}{2,}/u.test(next)) return false;
  if (
    /^(?:تم|تمت|تمكن|تقدم|توقف|تسبب|تعرض|توغل|ترافق|تجدد|تزامن|تحول|تركز|ت\p{L}+ت|ا\p{L}+|ي?تمكنوا|ن(?:شر|فذ|قل|زح|فت|في)\p{L}*)$/u.test(
      next,
    )
  )
    return false;
  const pluperfect = list.slice(Math.max(0, at - 8), at).some((token) => /^[وف]?كانت?$/.test(token.text));
  return !pluperfect;
}

/** "إن سيطرت القوات على الحي فستضيق …": "ان" that opens a sentence, before a verb of the past. */
function isCondition(list: readonly Token[], at: number): boolean {
  const before = list[at - 1];
  if (list[at]?.text !== "ان" || (before !== undefined && !/^[.؛!?؟]$/.test(before.text))) return false;
  return /^[^ا]\p{L}{2,}ت$|^(?:تمكن|سيطر|دخل|نجح|تقدم|انسحب)$/u.test(list[at + 1]?.text ?? "");
}

/** The hedge that starts at a token, or null. */
export function hedgeAt(list: readonly Token[], at: number): FoundHedge | null {
  const match = phraseAt(HEDGES, list, at);
  const text = list[at]?.text ?? "";
  if (match !== null) {
    const { from, to, offset, value: modality } = match;
    // "معلومات مؤكدة" and "أنباء مؤكدة" are no rumours.
    if (modality === "unconfirmed" && to === from + 1 && CONFIRMED.has(list[to]?.text ?? "")) return null;
    return { from, to, offset, modality };
  }
  const offset = /^[وف]/.test(text) ? 1 : 0;
  if (list[at]?.kind !== "word") return null;
  if (isCondition(list, at)) return { from: at, to: at + 1, offset, modality: "conditional" };
  if (isAim(list, at)) return { from: at, to: at + 1, offset, modality: "planned" };
  if (isMaybe(list, at)) return { from: at, to: at + 1, offset, modality: "possible" };
  return isFuture(text) ? { from: at, to: at + 1, offset, modality: "planned" } : null;
}
