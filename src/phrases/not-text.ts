/** What the bot says to what is not a question in words. */

export const NOT_TEXT_KINDS = [
  "voice",
  "audio",
  "photo",
  "video",
  "document",
  "location",
  "sticker",
  "contact",
  "poll",
  "story",
  "forwarded",
  "other",
] as const;
export type NotText = (typeof NOT_TEXT_KINDS)[number];

export const NOT_TEXT: Readonly<Record<NotText, string>> = {
  voice: "وصلتني رسالة صوتية، ولا أستطيع سماعها. اكتب سؤالك من فضلك.",
  audio: "وصلني ملف صوتي، ولا أستطيع سماعه. اكتب سؤالك من فضلك.",
  photo: "وصلتني صورة، ولا أستطيع قراءتها. اكتب سؤالك، أو الصق النص الذي فيها.",
  video: "وصلني مقطع مصوّر، ولا أستطيع مشاهدته. اكتب سؤالك من فضلك.",
  document: "وصلني ملف، ولا أقرأ الملفات هنا. اكتب سؤالك من فضلك.",
  location: "وصلني موقع على الخريطة، ولم أحفظه. اكتب اسم المكان الذي تسأل عنه، مثلاً: حي الحميدية.",
  sticker: "وصلني ملصق. اكتب سؤالك بالكلمات لأجيب عنه.",
  contact: "وصلتني بطاقة اتصال، ولم أحفظها. اكتب سؤالك من فضلك.",
  poll: "وصلني استطلاع، ولا أصوّت ولا أقرأ نتائجه. اكتب سؤالك من فضلك.",
  story: "وصلتني قصة، ولا أستطيع فتحها. اكتب سؤالك، أو الصق نصها.",
  forwarded: "وصلني منشور محوّل بلا نص. حوّل منشوراً فيه نص، أو الصق نصه، لأبحث عنه في التقارير.",
  other: "أقرأ النصوص فقط. اكتب سؤالك من فضلك.",
};

export const forwarded = {
  /** `name` is of a channel or a group, `day` when it was written there. */
  ofChannel: (name: string | null, day: string | null): string =>
    `منشور محوّل من ${name === null ? "قناة" : `«${name}»`}${day === null ? "" : `، كُتب ${day}`}. بحثت عن نصه في التقارير:`,
  ofPerson: (day: string | null): string =>
    `رسالة محوّلة${day === null ? "" : `، كُتبت ${day}`}. بحثت عن نصها في التقارير:`,
  ofBot: "هذه رسالة سابقة من هذا البوت. افتح اقتباساتها من أرقامها في «المصادر»، أو اكتب سؤالك.",
  /** How a forwarded text is put to the reports. */
  asQuestion: (text: string): string => `هل هذا الكلام صحيح؟\n${text}`,
} as const;
