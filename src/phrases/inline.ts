/** What the bot says in inline mode, around the cards. */

/** Above the cards: opens the private chat with the bot. */
export const INLINE_BUTTON = {
  ask: "اسأل البوت مباشرة",
  notAllowed: "هذا البوت مخصص لأشخاص بعينهم",
  tooSlow: "لم يكتمل الجواب: اسأل البوت مباشرة",
} as const;

export const OPEN_QUOTATION = "افتح الاقتباس في مصدره";
export const OPEN_TEXT = "افتح النص الكامل";
export const ASK_BOT = "اسأل عن شيء آخر";
/** Of two quotations or more. */
export const wholeAnswer = (quotations: number): string =>
  `الجواب كاملاً: ${quotations === 2 ? "اقتباسان" : quotations <= 10 ? `${quotations} اقتباسات` : `${quotations} اقتباساً`}`;
