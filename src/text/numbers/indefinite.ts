import type { Token } from "./lex.ts";
import { lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import { FUNCTION_WORDS, wordSet } from "./vocabulary.ts";

/** A figure without a number: "العشرات", "عدد من", "أعداد كبيرة من". Tokens [from, to); `noun`: where the noun is looked for. */
export interface IndefiniteFigure {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly noun: number;
}

const ROUND = wordSet("عشرات مئات مئآت مآت آلاف ألوف ملايين dozens scores hundreds thousands");
const SOME = wordSet("بضع بضعة عدة several");
const NUMBER_OF = wordSet("عدد أعداد عددا أعدادا");
const MANY = wordSet("العديد الكثير مزيد المزيد كثير many");
const ADJECTIVES = wordSet(
  "كبير كبيرة كبيرا قليل قليلة محدود محدودة آخر إضافي إضافية إضافيا ضئيل هائل هائلة غير معروف معلوم محدد متزايد متزايدة جديد جديدا مجهول كبيرين لا بأس به",
);

/** The indefinite figure that starts at a token, or null. */
export function indefiniteAt(tokens: readonly Token[], at: number): IndefiniteFigure | null {
  const token = tokens[at];
  if (token?.kind !== "word") return null;
  return roundNumber(tokens, at, token) ?? someOf(tokens, at, token) ?? numberOf(tokens, at, token);
}

function articleOffset(word: string, offset: number): number {
  return word.slice(0, offset).endsWith("ال") ? offset - 2 : offset;
}

/** "عشرات الآلاف من", "مئات", "بضعة آلاف", "عدة مئات". */
function roundNumber(tokens: readonly Token[], at: number, token: Token): IndefiniteFigure | null {
  const found = lookUp(ROUND, token.text);
  if (found === null) return null;
  let to = at + 1;
  const second = tokens[to];
  if (second?.kind === "word" && lookUp(ROUND, second.text)?.conjoined === false) to += 1;
  const of = tokens[to]?.text === "من" || tokens[to]?.text === "of" ? 1 : 0;
  return { from: at, to, offset: articleOffset(token.text, found.offset), noun: to + of };
}

/** "بضعة أيام", "عدة غارات": only before a noun. */
function someOf(tokens: readonly Token[], at: number, token: Token): IndefiniteFigure | null {
  const found = lookUp(SOME, token.text);
  if (found === null || found.definite) return null;
  const next = tokens[at + 1];
  if (next?.kind !== "word") return null;
  const round = lookUp(ROUND, next.text);
  if (round !== null && round.offset === 0)
    return { from: at, to: at + 2, offset: found.offset, noun: at + 2 };
  if (FUNCTION_WORDS.has(next.text) || lookUp(COUNTED_NOUNS, next.text)?.value.number !== "plural") {
    if (!/^(?:.{2,}ات|م.{3,})$/.test(next.text)) return null;
  }
  return { from: at, to: at + 1, offset: found.offset, noun: at + 1 };
}

/** "عدد من الجرحى", "أعداد كبيرة من", "عدد آخر من", "العديد من القتلى", "مزيد من العناصر". */
function numberOf(tokens: readonly Token[], at: number, token: Token): IndefiniteFigure | null {
  const number = lookUp(NUMBER_OF, token.text);
  const many = number === null ? lookUp(MANY, token.text) : null;
  const found = number ?? many;
  if (found === null || (number !== null && found.definite)) return null;
  // "أكثر بكثير من" compares.
  if (found.key === "كثير" && found.offset > 0 && !found.conjoined) return null;
  let to = at + 1;
  while (to < at + 4 && number !== null && ADJECTIVES.has(tokens[to]?.text ?? "")) to += 1;
  const next = tokens[to]?.text ?? "";
  if (/^من(?:ها|هم|هن)$/.test(next))
    return { from: at, to, offset: articleOffset(token.text, found.offset), noun: to };
  if (next !== "من" && next !== "of") return null;
  const noun = tokens[to + 1];
  // "عدد من قتلوا": who were killed, not some of them.
  if (noun?.kind !== "word" || /(?:وا|هم)$/.test(noun.text)) return null;
  const known = lookUp(COUNTED_NOUNS, noun.text);
  if (many !== null && /مزيد/.test(token.text) && known === null) return null;
  return { from: at, to, offset: articleOffset(token.text, found.offset), noun: to + 1 };
}
