import { questionWords } from "./kind.ts";
import type { Question } from "./question.ts";

const AUTHOR_WORDS = new Set(
  "كاتب كاتبه كتب كتبه كتبت محرر مولف الصحفي صحفي المراسل مراسل اعد اعده بقلم author wrote written writer journalist".split(
    " ",
  ),
);
const REPORT_WORDS = new Set(
  "تقرير التقرير الخبر خبر المقال مقال النص المنشور report article text".split(" "),
);

/** Whether a question asks who wrote a report. */
export function asksAuthor(question: Question): boolean {
  const words = questionWords(question.text);
  return (
    question.kind === "who" &&
    words.some((word) => AUTHOR_WORDS.has(word)) &&
    words.some((word) => REPORT_WORDS.has(word))
  );
}
