/** Whether what was found holds the kind of thing that a question asks for. Pure. */
import { paraphrases } from "../question/paraphrases.ts";
import type { Question } from "../question/question.ts";
import { bareWord, plurals } from "../question/role.ts";
import type { Located } from "../retrieval/scope.ts";
import { type ActorIndex, findActors } from "../text/actors.ts";
import { normalize } from "../text/normalize.ts";
import { words } from "../text/tokens.ts";
import { expectedIn } from "./expected.ts";

const RANK =
  /(?:^|\s)(?:ال)?(?:عميد|عقيد|مقدم|رائد|نقيب|ملازم|دكتور|مهندس|مدعو|مدعوة|ملقب|مكنى|يدعى|اسمه|أبو|ابو)\s+\p{L}{2,}/u;
/** How far behind a calling its bearer's name may stand. */
const NAME_WITHIN = 60;
/** A given name and a name with the article behind it ("مراد الأحمد"). */
const GIVEN_AND_FAMILY = /(?:^|[\s،:(])(?!ال)\p{L}{3,}\s+(?:ال|بن |ابن |أبو )\p{L}{3,}/gu;

/** Whether a text names the bearer of a calling: a rank, a person known by name, or a name of two words right behind it. */
export function namesBearer(person: string, text: string, actors: ActorIndex): boolean {
  if (RANK.test(text)) return true;
  if (findActors(text, actors).some(({ id }) => actors.byId.get(id)?.kind === "person")) return true;
  const wanted = new Set([...paraphrases(person), ...plurals(person)].flatMap(bareWord));
  const line = normalize(text);
  return [...line.matchAll(/\p{L}+/gu)].some(({ 0: word, index }) => {
    if (
      !words(word)
        .flatMap(bareWord)
        .some((form) => wanted.has(form))
    )
      return false;
    const behind = line.slice(index + word.length, index + word.length + NAME_WITHIN);
    return [...behind.matchAll(GIVEN_AND_FAMILY)].some(([name]) => isUnknown(name, actors));
  });
}

/** Two words that are neither vocabulary of reports nor a party. */
function isUnknown(name: string, actors: ActorIndex): boolean {
  return words(name).every((word) => paraphrases(word).length === 1) && findActors(name, actors).length === 0;
}

const TIME =
  /(?:^|\s)[وب]?(?:ال)?(?:أمس|امس|صباح|مساء|ليلة|فجر|أسبوع|أسبوعين|أسابيع|يوم|أيام|شهر|أشهر|شهرين|عام|عامين|سنة|سنوات)(?=\s|$|[،.])/u;

/** Whether the best quotation of a "when" names a day, a month or a year, or how long before or after something. */
export function namesTime(question: Question, quotes: readonly Located[]): boolean {
  return quotes
    .slice(0, 1)
    .some(({ passage }) => TIME.test(passage.text) || expectedIn(question, passage, passage.text).fit === 1);
}

/** Whether quotations name a party or people that the question does not name itself. */
export function namesOthers(question: Question, texts: readonly string[], actors: ActorIndex): boolean {
  const asked = new Set(question.actors.map(({ id }) => id));
  return texts.some((text) =>
    findActors(text, actors).some(
      ({ id }) => !asked.has(id) && !["agency", "civilians"].includes(actors.byId.get(id)?.kind ?? ""),
    ),
  );
}
