/** Whether a word is a noun or a finite verb, by its form and its neighbours: no parser, and unknown where both fit. */
import { type Span, searchKey } from "../text/normalize.ts";

export type WordClass = "noun" | "masdar" | "verb" | "unknown";

/** A noun follows these. */
const BEFORE_NOUNS =
  /(?<!\p{L})[وفل]?(?:في|من|الي|علي|عن|مع|بين|بينهم|بينها|منهم|منها|دون|بدون|وسط|تحت|فوق|امام|خلف|خلال|اثناء|رغم|بسبب|نتيجه|جراء|اثر|عقب|عبر|حول|ضد|لدي|عند|نحو|كل|بعض|اي|عده|غير|ذات|ذو|ذي|هذا|هذه|تلك|ذلك|قرب|حتي|اكثر|اشد|عدد|بشكل|بصوره|برفقه|بقياده|باتجاه|سوي|شبه|جميع|معظم|اغلب)$/u;
/** A verb follows these. */
const BEFORE_VERBS =
  /(?<!\p{L})[وف]?(?:ان|قد|لقد|الذي|التي|الذين|ثم|لم|لن|حين|عندما|حينما|بعدما|كما|مما|فيما|بينما|حيث|انه|انها|انهم|كي|لكي|وهو|وهي|وهم|سوف|لا|كان|كانت|كانوا|ولا|ولم)$/u;
const TANWIN = /[\u064b\u064c\u064d]/u;
/** "تدمير", "تفجيرات": nouns that begin like verbs. */
const MASDAR =
  /^[وفبلك]?(?:ال|لل)?(?:ت\p{L}{2}ي\p{L}(?:ا|ات|ه|ها|هم)?|ا[نستف]\p{L}{2,3}ا\p{L}(?:ا|ات|ه|ها|هم)?)$/u;
const PRESENT = /^(?:[وف]?س?|ل)[يت]\p{L}{3,}$/u;
const PAST_FEMININE = /^[وف]?\p{L}{2,}[^ا]ت(?:ه|ها|هم)?$/u;
const PAST_PLURAL = /^[وف]?\p{L}{3,}وا$/u;
const NOUN_ENDING = /(?:ة|اء|ية|ات|[يو]ن)$/u;
const WITH_ARTICLE = /^[وف]?(?:[بك]?ال|لل)\p{L}{2,}$/u;
const WITH_PREPOSITION = /^[وف]?[بك]\p{L}{3,}$/u;

/** The class of the word at a span. */
export function wordClass(text: string, [start, end]: Span): WordClass {
  const raw = text.slice(start, end);
  const plain = raw.replace(/\p{M}/gu, "");
  const key = searchKey(raw);
  const before = searchKey(text.slice(0, start));
  if (MASDAR.test(key)) return "masdar";
  if (TANWIN.test(raw) || WITH_ARTICLE.test(key)) return "noun";
  if (BEFORE_VERBS.test(before)) return "verb";
  if (BEFORE_NOUNS.test(before)) return "noun";
  if (PRESENT.test(key)) return plain.endsWith("ة") ? "noun" : "verb";
  if (NOUN_ENDING.test(plain)) return "noun";
  if (PAST_FEMININE.test(key) || PAST_PLURAL.test(key)) return "verb";
  return WITH_PREPOSITION.test(key) ? "noun" : "unknown";
}
