/** What somebody wants to be told of: places, days, actors or words, and how a wish for it is put. */
import { z } from "zod";
import { isDay } from "../text/day.ts";
import { normalizeWithOffsets, originalSpan } from "../text/normalize.ts";
import { isFunctionWord, words } from "../text/tokens.ts";
import type { Question } from "./question.ts";

const day = z.string().refine(isDay).nullable();
const named = z.object({ id: z.string(), name: z.string() });

/** Values of one field are joined by "or", fields by "and"; an empty field holds for all. */
export const topicSchema = z.object({
  places: z.array(named),
  days: z.array(z.object({ start: day, end: day })),
  actors: z.array(named),
  /** Words that stand together, in this order; null for none. */
  phrase: z.string().nullable(),
});
export type Topic = z.infer<typeof topicSchema>;

/** UTF-16 units of a phrase. */
const LONGEST_PHRASE = 80;
const QUOTED = /[«"“„‹]([^«»"“”„‹›]{2,})[»"”›]/u;

/** The words of a text that stand in quotation marks, and what is left of it without them. */
export function quotedPhrase(text: string): { phrase: string | null; rest: string } {
  const found = QUOTED.exec(text);
  const phrase = found?.[1]?.trim() ?? "";
  if (found === null || words(phrase).length === 0) return { phrase: null, rest: text };
  return { phrase: phrase.slice(0, LONGEST_PHRASE), rest: text.replace(found[0], " ") };
}

/**
 * What a text is about, as `question` reads its part outside quotation marks; where that names no place, day or actor
 * and nothing is quoted, its words are the phrase. Null when it names nothing.
 */
export function topicOf(question: Question, quoted: string | null): Topic | null {
  const topic: Topic = {
    places: question.places.map(({ id, name }) => ({ id, name })),
    days: question.dates
      .filter(({ start, end }) => start !== null || end !== null)
      .map(({ start, end }) => ({ start, end })),
    actors: unique(question.actors.map(({ id, name }) => ({ id, name }))),
    phrase: quoted,
  };
  const isNamed = topic.places.length + topic.days.length + topic.actors.length > 0;
  if (isNamed || quoted !== null) return topic;
  const phrase = question.text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
  const says = words(phrase).some((word) => word.length > 1 && !isFunctionWord(word));
  return says && phrase.length <= LONGEST_PHRASE ? { ...topic, phrase } : null;
}

function unique<T extends { readonly id: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((each) => [each.id, each])).values()];
}

const spaced = (pattern: string): string => pattern.replaceAll(" ?", "\\s*").replaceAll(" ", "\\s+");
const POLITE =
  "(?:(?:لو سمحت|من فضلك|رجاء|ممكن|اريد|اود|ارجو|بدي|بدنا|حابب|حابه|يا ريت)[،,]? (?:ان |انك |منك )*)*";
const TELL =
  "(?:[ات]?خبرو?ني|[ات]?علمو?ني|ت?نبهو?ني|[ات]?بلغو?ني|[ات]?(?:بعتو?|رسلو?)ا? ?(?:لي|الي)|[ات]?شعرو?ني|وافو?ني|(?:اعمل لي |ضع لي )?(?:تنبيها?|اشعارا?))";
const THING = "(?:اي|كل|ا?شيء?|خبر|تقرير|اخبار|تقارير|ظهور|ورود|وصول|صدور)";
const NEW = `(?:ب|عن |عند |علي )?(?:${THING} )*(?:ال|ب|الاخبار ال)?(?:جديده?|مستجدات)`;
const HAPPENS = "(?:صار|جاء?|اجا|[يت]?(?:صير|كون|حدث|حصل|جري|صل|وصل|رد|ورد|نشر|صدر|طلع|نزل|جد|ستجد|جي))";
const WHEN = `(?:اذا|لما|كلما|عندما|بس|وقت) (?:ما )?${HAPPENS}(?: ${THING})*(?: جديده?)?`;
const ABOUT = "(?:عن|حول|بخصوص|بشان|يخص|في|من|علي|داخل)";
const WISH = new RegExp(
  spaced(`^${POLITE}${TELL} (?:${NEW}|${WHEN})(?= |[؟?!.،:]|$)[:،,]?(?: ${ABOUT}(?= ))?(.*)$`),
  "su",
);

/** What somebody wants to be told of whenever it comes ("أخبرني بكل جديد عن …"), "" for anything; null for no such wish. */
export function wishForNews(text: string): string | null {
  const normalized = normalizeWithOffsets(text.trim());
  const found = WISH.exec(normalized.text);
  if (found === null) return null;
  const rest = found[1] ?? "";
  if (rest.trim() === "") return "";
  const [start] = originalSpan(normalized, normalized.text.length - rest.length, normalized.text.length);
  return text.trim().slice(start).trim();
}
