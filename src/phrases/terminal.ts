/** What a person reads in the chat in the terminal. */

export const welcome = (reports: string): string =>
  `إسناد: اسأل بالعربية عن ${reports}، ومع كل جملة اقتباسها ومصدرها. (/help للمساعدة، /quit للخروج)`;
export const prompt = "سؤالك: ";
export const help = [
  "اكتب سؤالك، مثلاً: ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟",
  "/source 2   نص المصدر رقم 2 في آخر جواب، أو التقرير الثاني",
  "/reports    قائمة التقارير",
  "/quit       خروج",
].join("\n");
export const reportLine = (n: number, label: string): string => `${n}. ${label}`;
export const offersHeading = "يمكنك أن تسأل أيضاً:";
export const unknownCommand = (name: string): string => `لا يوجد أمر اسمه ${name}. اكتب /help.`;
export const sourceUsage = "اكتب رقماً بعد الأمر، مثلاً: /source 2";
export const goodbye = "مع السلامة.";
export const failed = "تعذّر الجواب الآن بسبب خلل عندنا. أعد المحاولة.";
