/** Who asks what in the load, and what they must get: the texts of a quiet run, in the order of their questions. */
import type { LoadTelegram } from "./telegram.ts";

/** Each names its own day or place in full, so that what was asked before changes little; a quiet run says what. */
export const QUESTIONS = [
  "ماذا حدث يوم 29 تشرين الأول 2017؟",
  "ماذا جرى في حي الحميدية؟",
  "كم قُتل من عناصر تنظيم الدولة الإسلامية في معارك حيي العرفي والعمال في أكتوبر 2017؟",
  "ماذا حدث يوم 28 تشرين الأول 2017؟",
  "ماذا جرى في حي العمال؟",
  "ما الذي تغطيه التقارير؟",
] as const;

/** Asked by those whose model is slow, and by nobody else. */
export const SLOW_QUESTION = "ماذا حدث في حي العرفي يوم 28 تشرين الأول 2017؟";

/** The questions of one person: begun at another place of the list by each, `count` in a row. */
export function questionsOf(person: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => QUESTIONS[(person + index) % QUESTIONS.length] ?? "");
}

/** What each person must get, from a quiet run in chats of its own: as many courses as there are questions. */
export async function expectedTexts(
  telegram: LoadTelegram,
  { count, firstChat }: { count: number; firstChat: number },
): Promise<(person: number) => readonly string[]> {
  const courses = await Promise.all(
    QUESTIONS.map(async (_, course) => {
      const chat = firstChat + course;
      for (const [index, question] of questionsOf(course, count).entries()) {
        await telegram.say(chat, question);
        await telegram.control("wait", { chat, count: index + 1, timeout: 60_000 });
      }
      const texts = await telegram.texts(chat);
      if (texts.length !== count) throw new Error(`course ${course}: not one message a question`);
      return texts;
    }),
  );
  return (person) => courses[person % QUESTIONS.length] ?? [];
}

/** What is wrong with the texts of one chat; `notices` may stand for texts that were cut off. */
export function problemOf(
  texts: readonly string[],
  expected: readonly string[],
  isNotice: (text: string) => boolean,
): string | null {
  const answers = texts.filter((text) => !isNotice(text));
  const notices = texts.length - answers.length;
  let at = 0;
  for (const answer of answers) {
    const next = expected.indexOf(answer, at);
    if (next === -1) {
      const known = expected.includes(answer);
      return known ? "an answer came twice or out of order" : `an unknown text: ${answer.slice(0, 80)}`;
    }
    at = next + 1;
  }
  const missing = expected.length - answers.length;
  return missing > notices ? `${missing} answers are missing, ${notices} notices` : null;
}
