/** What a reader of an evidence packet sees. */

export const title = "إسناد: جواب مع أدلته";
export const question = "السؤال:";
export const quotations = "الاقتباسات في أماكنها";
export const sources = "المصادر كما وردت";
export const published = "نُشر:";
/** Before another place of the same text. */
export const alsoPublished = "والخبر نفسه نُشر في:";
export const unknownPublisher = "ناشر غير معروف";
export const madeAt = "صُنعت هذه الحزمة في:";
export const howToCheck =
  "كل اقتباس مأخوذ حرفاً بحرف من نص محفوظ في هذه الحزمة، ومع كل ملف بصمته. وطريقة التحقق في الملف README.txt.";
export const events: Readonly<Record<string, string>> = {
  received: "وصل إلى المجموعة",
  changed: "تغيّر نصه",
  removed: "أُزيل من المجموعة",
};
