import { normalize } from "../text/normalize.ts";
import { words } from "../text/tokens.ts";
import { questionWords } from "./kind.ts";
import type { Question } from "./question.ts";
import { ordinalOf, reportNumber } from "./source-request.ts";

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
  const asked = questionWords(question.text);
  return (
    question.kind === "who" &&
    asked.some((word) => AUTHOR_WORDS.has(word)) &&
    asked.some((word) => REPORT_WORDS.has(word))
  );
}

const PUBLICATION_WORDS = new Set("نشر نشره نشرت النشر نشرته صدر صدرت صدور صدوره انتشر published".split(" "));

const PUBLISHER_WORDS = new Set("مصدر ناشر الناشر الجهه الناشره".split(" "));

/**
 * Whether a question asks when a report was published, and names it by nobody but its author or publisher; of a report
 * that it names by its number also who published it ("ما مصدر التقرير الخامس؟").
 */
export function asksPublication(question: Question): boolean {
  const asked = questionWords(question.text);
  const { kind, text, topic, dates, places } = question;
  const numbered = reportNumber(text, dates) !== null;
  const asksDay = kind === "when" || asked.includes("تاريخ");
  const asksWhom = asked.some((word) => PUBLISHER_WORDS.has(word)) || kind === "who";
  const isNamed = (word: string): boolean =>
    PUBLICATION_WORDS.has(word) ||
    REPORT_WORDS.has(word) ||
    (numbered && (PUBLISHER_WORDS.has(word) || ordinalOf([word]) !== null));
  return (
    (asksDay || (numbered && asksWhom)) &&
    dates.length + places.length === 0 &&
    asked.some((word) => PUBLICATION_WORDS.has(word) || (numbered && PUBLISHER_WORDS.has(word))) &&
    asked.some((word) => REPORT_WORDS.has(word)) &&
    topic.every(isNamed)
  );
}

/** The words by which the question says which report it means: "الهجوم الشرس"; the whole question when there are none. */
export function reportAskedFor(question: Question): string {
  const named = question.topic.filter((word) => !AUTHOR_WORDS.has(word) && !REPORT_WORDS.has(word));
  return named.length > 0 ? named.join(" ") : question.text.replace(/\p{P}/gu, " ");
}

const SITE = /[\w-]+(?:\.[\w-]+)+/g;
/** What bylines say beside names: "special", "follow-up", "agencies". */
const NO_NAME = new Set(
  "خاص متابعات متابعه رصد تحرير هيئه فريق وكالات مراسلون مراسل كتب بقلم اعداد".split(" "),
);

/** Whether a byline names somebody besides the publisher: "microsyria.com مراد الأحمد", not "خاص – فرات بوست". */
export function namesPerson(byline: string, publisher: string | null): boolean {
  const known = new Set(words(normalize(publisher ?? "")));
  return words(byline.replace(SITE, " ")).some((word) => !known.has(word) && !NO_NAME.has(word));
}
