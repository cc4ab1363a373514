import type { Question } from "./question.ts";

const ARABIZI_WORD =
  /^(?:sho|shu|shou|wen|wein|kam|lesh|leish|emta|min|meen|sar|saar|3al?|bel?|el|bi|fi|b|w|ya3ni|hal|yalli|3an|ma3)$/i;
/** 2 3 5 6 7 9 stand for letters of Arabic inside or at the head of a Latin word. */
const DIGIT_LETTER = /^(?:[a-z']*[235679][a-z']+|[a-z']+[235679][a-z']*)$/i;
const ARABIZI_SHARE = 0.34;

/** The language of a message by its letters: Arabic, Arabic in Latin letters, or English. */
export function questionLanguage(text: string): Question["language"] {
  const arabic = (text.match(/\p{Script=Arabic}/gu) ?? []).length;
  const latin = (text.match(/\p{Script=Latin}/gu) ?? []).length;
  if (arabic * 2 >= latin) return "ar";
  const words = text.match(/[\p{L}\p{N}']+/gu) ?? [];
  const arabizi = words.filter((word) => ARABIZI_WORD.test(word) || DIGIT_LETTER.test(word)).length;
  return arabizi >= Math.max(2, words.length * ARABIZI_SHARE) ? "arabizi" : "en";
}
