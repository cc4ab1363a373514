import { searchKey } from "../text/normalize.ts";

const THING = "(?:هال|ال)?(?:تقرير|خبر|مصدر|كلام|حكي|معلومه|معلومات|نص|رقم|عدد|اقتباس|جواب|اجابه|تاريخ|مكان)";
const POINTING = "(?:هذا|هذه|هاد|هاي|هي|هو|نفسه|نفسها|كله|كلها|هون|هنا|عندكم)";
const WRONG =
  "(?:غلط|غلطان|غلطانه|غلطانين|خطا|خاطي|خاطيء|خاطئ|خاطئه|خاطيه|مغلوط|مغلوطه|كذب|كاذب|كاذبه|محرف|محرفه|(?:مو|مش|ماهو|مانو|غير|ليس|ليست) (?:صحيح|صحيحا|صحيحه|دقيق|دقيقا|دقيقه|مضبوط|مظبوط|صح))";
const COMPLAINT = new RegExp(
  `^(?:${POINTING} )*${THING}(?: ${POINTING})*(?: (?:فيه|فيها|به|بها|طلع|كان|يلي|اللي|الذي|عندكم|نشرتموه|نشرتوه))* ${WRONG}(?= |$)|^(?:هناك |في |يوجد )?(?:غلط|خطا) (?:في|ب)(?:هذا|هذه)? ?(?:ال)?(?:تقرير|خبر|نص|رقم)`,
);
const OFFER =
  /^(?:(?:عندي|لدي|معي|اريد|ارغب|اود|بدي|حابب|حابه|ممكن|كيف) )+(?:(?:ان|في|ب|اقدم|اعطي|ارسل|ابعت|ادلي|اسجل|اضيف|ابلغ|عن) ?)*(?:ب)?(?:تصحيحا?|تصويبا?|شهاده|شهادتي|اصحح|اصوب|ابلغ عن (?:غلط|خطا))(?= |$)/;
const ASKS = /^(?:هل|شو|ما|ماذا|كم|متي|اين|وين|مين|من|ليش|لماذا|كيف صار) /;

/** Whether a text is a question on its face: it ends in a question mark, or begins with a question word. */
export function looksLikeQuestion(text: string): boolean {
  return /[؟?]\s*$/u.test(text) || ASKS.test(`${searchKey(text)} `);
}

/** Whether somebody says that a report is wrong, or offers a testimony: for the operator, not a question to the reports. */
export function asksToCorrect(text: string): boolean {
  const key = searchKey(text)
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (OFFER.test(key)) return true;
  return !looksLikeQuestion(text) && COMPLAINT.test(key);
}
