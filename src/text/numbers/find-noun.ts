import type { Figure } from "./figures.ts";
import type { Token } from "./lex.ts";
import { isOneOf, lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import type { CountedClass } from "./quantity.ts";
import { CONNECTORS, FUNCTION_WORDS, wordSet } from "./vocabulary.ts";

/** The token of a counted noun, how many units of proclitics to leave out when it is quoted, and its class. */
export interface FoundNoun {
  readonly at: number;
  readonly offset: number;
  readonly counted: CountedClass;
}

const TOTALS = wordSet("عدد حصيلة أعداد إجمالي مجموع تعداد");
const THEIR_NUMBER = wordSet("عددهم عددهن عددها حصيلتهم");
/** Nouns whose first letter is no conjunction. */
const WAW_NOUNS = wordSet(
  "وحدة وحدات وزير وزراء وثيقة وثائق ورشة ورش ولد ولاية ولايات وكالات وفد وفود وباء أوبئة وثبة وجبة وجبات وظيفة وظائف وسام وسيط وسطاء",
);
const ONE_PARTY = /^(?:ال)?(?:تنظيم|نظام|جيش|داعش|قسد|حزب)$/;
const VERB = /^(?:قدر|بلغ|وصل|سجل|وقع|سقط|جرح|اصيب|قضي|قتل|كان|صار|اصبح|نقل|خلف|لقي|لقو|دخل|خرج)ت?$/;
const OF_NOUN = wordSet("حالة حالات");

/** Quoting a noun leaves the conjunction and the preposition out and keeps the article. */
function known(tokens: readonly Token[], at: number): FoundNoun | null {
  const token = tokens[at];
  if (token?.kind !== "word") return null;
  const found = lookUp(COUNTED_NOUNS, token.text);
  if (found === null) return null;
  const article = token.text.slice(0, found.offset).endsWith("ال") ? 2 : 0;
  return { at, offset: found.offset - article, counted: found.value.counted };
}

/** The noun after a figure: its tamyiz ("50 عنصراً"), what "من" names ("50 من عناصر"), or "… عدد الشهداء". */
export function nounAfter(
  tokens: readonly Token[],
  at: number,
  figure: Pick<Figure, "bound">,
): FoundNoun | null {
  const next = tokens[at];
  if (next?.kind !== "word") return null;
  const second = tokens[at + 1];
  if (next.text === "عدد" || next.text === "حصيله" || isOneOf(OF_NOUN, next.text)) {
    const noun = known(tokens, at + 1);
    if (noun !== null) return noun;
  }
  if (next.text === "من" || next.text === "of") {
    const noun = known(tokens, at + 1);
    if (second?.text.startsWith("جنسي")) return null;
    // "5 من عائلة واحدة" tells whose they are: who is counted is in the plural.
    const singular = noun !== null && lookUp(COUNTED_NOUNS, second?.text ?? "")?.value.number === "singular";
    return noun !== null && !singular && second?.text.startsWith("و") !== true ? noun : null;
  }
  if (next.text.startsWith("و") && lookUp(COUNTED_NOUNS, next.text)?.conjoined) return null;
  // "ستة بقصف، وخمسة بغارات": by what, not what.
  if (
    /^ب(?:قصف|غار|ضرب|هجوم|هجمات|نيران|رصاص|انفجار|تفجير|صاروخ|صواريخ|لغم|الغام|قذيف|قذاي|جروح|جراح)/.test(
      next.text,
    )
  )
    return null;
  // "العشرات من التنظيم": whose they are.
  if (figure.bound === "indefinite" && tokens[at - 1]?.text === "من" && ONE_PARTY.test(next.text))
    return null;
  const direct = known(tokens, at);
  // "الستة عشر مواطنتان وطفل": a dual is a figure of its own.
  if (lookUp(COUNTED_NOUNS, next.text)?.value.number === "dual" && /ان$/.test(next.text)) return null;
  if (direct !== null) return direct;
  return englishNoun(tokens, at) ?? unknownNoun(tokens, at, figure);
}

/** "46 ISIS fighters": up to three words before the noun. */
function englishNoun(tokens: readonly Token[], at: number): FoundNoun | null {
  for (let step = at; step < at + 4; step += 1) {
    const token = tokens[step];
    if (token?.kind !== "word" || !/^[a-z]/.test(token.text) || FUNCTION_WORDS.has(token.text)) return null;
    const noun = known(tokens, step);
    if (noun !== null) return noun;
  }
  return null;
}

/** Any other word right after the figure that can be a noun is taken as what it counts. */
function unknownNoun(tokens: readonly Token[], at: number, figure: Pick<Figure, "bound">): FoundNoun | null {
  const token = tokens[at];
  if (token === undefined || token.text.length < 2 || FUNCTION_WORDS.has(token.text)) return null;
  // Only verbs end so.
  if (/وا$/.test(token.text) || VERB.test(token.text)) return null;
  if (isOneOf(CONNECTORS, token.text) || /^و?(?:عدد|حصيله)/.test(token.text)) return null;
  if (/^(?:فال|بال|لل)/.test(token.text) || (/^و/.test(token.text) && !WAW_NOUNS.has(token.text)))
    return null;
  // "الأيام الثلاثة السابقة": which days, not what is counted.
  if (/^ال(?:سابق|اخير|ماضي|فايت|فائت|منصرم|متتالي|اولي)ه?$/.test(token.text)) return null;
  if (figure.bound === "indefinite" && /^طرفي|^الطرفين/.test(token.text)) return null;
  return { at, offset: 0, counted: "other" };
}

/** "الساعات الـ 24", "القتلى: 20", "أطفالهما الثلاثة": the noun right before a figure, where it or the figure is definite. */
function definiteBefore(tokens: readonly Token[], figure: Figure): FoundNoun | null {
  const before = tokens[figure.from - 1]?.text ?? "";
  const between = before === "ال" || before === ":" ? 1 : 0;
  const noun = known(tokens, figure.from - 1 - between);
  // "عدد قتلى تنظيم الدولة 58" counts no state.
  const one = lookUp(COUNTED_NOUNS, tokens[noun?.at ?? 0]?.text ?? "")?.value.number === "singular";
  if (one && between === 0 && (figure.min ?? 1) > 2) return null;
  const definite = between > 0 || /^ال/.test(tokens[figure.from]?.text ?? "");
  if (noun === null || !(definite || /^و?ال/.test(tokens[noun.at]?.text ?? ""))) return null;
  return noun;
}

/**
 * The noun before a figure: "الساعات الـ 24", "القتلى: 20", "عدد القتلى … إلى 58", "شهداء عددهم 27". Looks back a
 * bounded number of tokens within the sentence.
 */
export function nounBefore(
  tokens: readonly Token[],
  figure: Figure,
  isFigure: (at: number) => boolean,
): FoundNoun | null {
  const direct = definiteBefore(tokens, figure);
  if (direct !== null && !isFigure(direct.at)) return direct;
  // "من 20 إلى 30": the second level has the noun of the first.
  const changes = tokens[figure.from - 1]?.text === "الي" && isFigure(figure.from - 2);
  for (let at = figure.from - 1; at >= Math.max(0, figure.from - 26); at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "break" || /^[.!?؟؛]$/.test(token.text)) return null;
    if (isFigure(at)) {
      if (!changes || at < figure.from - 4) return null;
      continue;
    }
    if (token.kind !== "word") continue;
    if (isOneOf(THEIR_NUMBER, token.text)) return lastNoun(tokens, at);
    if (isOneOf(TOTALS, token.text)) return known(tokens, at + 1);
    if (isOneOf(CONNECTORS, token.text) && lookUp(CONNECTORS, token.text)?.definite === false) return null;
  }
  return null;
}

/** "غارات بالعشرات": the noun right before a round number that is written to "ب". */
export function nounOfRound(tokens: readonly Token[], figure: Figure): FoundNoun | null {
  if (figure.bound !== "indefinite" || !/^بال/.test(tokens[figure.from]?.text ?? "")) return null;
  return known(tokens, figure.from - 1);
}

function lastNoun(tokens: readonly Token[], before: number): FoundNoun | null {
  for (let at = before - 1; at >= Math.max(0, before - 8); at -= 1) {
    const noun = known(tokens, at);
    if (noun !== null) return noun;
  }
  return null;
}
