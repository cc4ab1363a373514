import type { Token } from "../numbers/lex.ts";
import type { Cue, Place, Tokens } from "./cue.ts";
import { isWord, phraseAt, phraseTable, quote, words } from "./cue.ts";

/** negated: لم، لن، لا، ليس; absent: دون، عدم; denied: نفى، لا صحة; failed: فشلت في. */
export interface Negation extends Cue {
  readonly kind: "negated" | "absent" | "denied" | "failed";
}

/** A negation with its tokens. `lifted`: an exception or a second negation takes it back ("لم يقتل سوى ثلاثة"). */
export interface FoundNegation extends Place {
  readonly kind: Negation["kind"];
  readonly lifted: boolean;
}

/** What looks like a negation and is none: "لا يزال" is still, "لا يقل عن" a bound, "ليس فقط" adds. */
const AFFIRMATIVE = phraseTable([
  [
    true,
    `لا|لم|ما|لن يزال|تزال|يزالون|يزل|تزل|زال|زالت|زالوا|نزال|يبرح|تبرح|برح|برحت|انفك|ينفك|تنفك, لازال|لازالت|لايزال|لاتزال|مازال|مازالت|مايزال|ماتزال, لا سيما, لا بد,
    لا شك, لا ريب, لا محالة, لا|لم يقل|تقل|يقلون عن, لايقل عن, لا|لم يقل|تقل عدد|عددهم|عددها|عددهن, لا|لم|لن يتجاوز|تتجاوز|يتعدى|يزيد|يزد|يتعد, لا أقل|أكثر من, لا غير, ليس|ليست أقل|أكثر من, ليس|ليست فقط|فحسب|وحده|وحدها,
    لم|ما يلبث|تلبث|لبث|لبثت|يمض|يمضي, لا بأس, لم|لا|لن يقتصر|تقتصر|يكتف|تكتف|يكتفي|تكتفي, ما إن, لا يخفى, لا تحصى, لا يحصى`,
  ],
]);

const NEGATIONS = phraseTable<Negation["kind"]>([
  [
    "negated",
    "لم|لن|لا|ليس|ليست|ليسوا|ليسا|لست|لسنا|بلا|ولا|لما, ما في|فيه|فيها|صار|حدا|عاد|عادت|كان|كانت|من|ضل|بقي|شفنا|سمعنا, مافي|مافيه|ماصار|ماحدا|ماعاد|مو|مش|مانو",
  ],
  [
    "absent",
    "دون|بدون|دونما|انعدام|لانعدام|عدم|لعدم|بعدم|وبعدم|وعدم|تخلو|يخلو|خلو|خلوها|خلوه|خلت|خلا|خالية|خال|خاليا, حال|حالت|تحول|يحول دون, من دون, من غير أن",
  ],
  [
    "denied",
    "نفى|نفت|ينفي|تنفي|ينفون|نفوا|نافيا|نافية|أنكر|أنكرت|ينكر|تنكر|دحض|دحضت|كذب|كذبت|فند|فندت, لا صحة|أساس, عار|عارية عن, غير صحيح|صحيحة|دقيق|دقيقة",
  ],
  ["failed", "فشل|فشلت|فشلوا|تفشل|يفشل|أخفق|أخفقت|عجز|عجزت|تعجز|يعجز|تعذر|تعثر|تعثرت, بعد فشل"],
]);

const NO_COMPLEMENT = words("دون بدون دونما");
const EXCEPTIONS = words("سوى إلا غير");
const INDEFINITE_OBJECTS = words("أحد أي أيا حدا شي شيء سوى قط أبدا إطلاقا مطلقا أية");
const BEFORE_RELATIVE_MA = words(
  "بعد كل عند في مع حسب بحسب وفق من عن على قبل مثل إلى كما لكل خلاف هذا وهو هو وهذا ذلك بين نحو",
);
/** "لسا ما انسحبوا", "ليش ما رجعوا". */
const DIALECT_LEADS = words("لسا لسه لسة ليش ليه بعدهم بعدو هلق");
const DENIALS = words("ينف ينفي تنف تنفي ينكر تنكر تنفيه ينفيه");
const EXCEPTION_REACH = 8;

/** "لم يقتل سوى ثلاثة", "لا … إلا": but "إلا أن" is "but". */
function hasException(list: readonly Token[], from: number): boolean {
  for (let at = from; at < Math.min(list.length, from + EXCEPTION_REACH); at += 1) {
    const token = list[at];
    if (token === undefined || token.kind === "break" || /^[،؛.!?؟]$/.test(token.text)) return false;
    if (token.text === "سوي") return true;
    if (token.text === "الا" && !/^(?:ان|انه|انها|انهم)$/.test(list[at + 1]?.text ?? "")) return true;
  }
  return false;
}

/** "ما قُتل أحد": the particle of negation, where an indefinite object or an exception proves it. */
function negatingMa(list: readonly Token[], at: number): boolean {
  const token = list[at];
  if (token === undefined || !/^[وف]?ما$/.test(token.text) || isWord(BEFORE_RELATIVE_MA, list[at - 1]))
    return false;
  if (DIALECT_LEADS.has(list[at - 1]?.text ?? "")) return true;
  for (let next = at + 2; next < Math.min(list.length, at + 7); next += 1) {
    const word = list[next];
    if (word === undefined || word.kind !== "word") return false;
    if (isWord(INDEFINITE_OBJECTS, word) || (EXCEPTIONS.has(word.text) && word.text !== "غير")) return true;
  }
  return false;
}

/** "أقل من 18" and "دون الـ 18" bound a figure. */
function boundsFigure(list: readonly Token[], { from, to, offset }: Place): boolean {
  const word = list[from]?.text.slice(offset) ?? "";
  if (!NO_COMPLEMENT.has(word)) return false;
  const next = list[to]?.text === "ال" ? list[to + 1] : list[to];
  return next === undefined || next.kind !== "word" || list[from - 1]?.text === "ما";
}

/** All negations of a text in their order. */
export function findNegations({ list }: Tokens): readonly FoundNegation[] {
  const found: FoundNegation[] = [];
  for (let at = 0; at < list.length; at += 1) {
    const affirmative = phraseAt(AFFIRMATIVE, list, at);
    if (affirmative !== null) {
      at = affirmative.to - 1;
      continue;
    }
    const negation = negationAt(list, at);
    if (negation === null) continue;
    found.push(negation);
    at = negation.to - 1;
  }
  return found;
}

function negationAt(list: readonly Token[], at: number): FoundNegation | null {
  const match = phraseAt(NEGATIONS, list, at);
  if (match === null) {
    if (!negatingMa(list, at)) return null;
    const offset = /^[وف]/.test(list[at]?.text ?? "") ? 1 : 0;
    return { from: at, to: at + 1, offset, kind: "negated", lifted: hasException(list, at + 1) };
  }
  const { from, to, offset, value: kind } = match;
  const word = list[from]?.text.slice(offset) ?? "";
  if (word === "ما" && isWord(BEFORE_RELATIVE_MA, list[from - 1])) return null;
  // "ما لم" is "unless"; "لما" alone is "when".
  if (word === "لما" || (word === "لم" && list[from - 1]?.text === "ما")) return null;
  if (boundsFigure(list, match)) return null;
  const twice = kind === "negated" && DENIALS.has(list[to]?.text ?? "");
  if (twice) return { from, to: to + 1, offset, kind, lifted: true };
  return { from, to, offset, kind, lifted: kind === "negated" && hasException(list, to) };
}

export function toNegation(tokens: Tokens, found: FoundNegation): Negation {
  return { ...quote(tokens, found), kind: found.kind };
}
