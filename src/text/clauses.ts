/**
 * Sentences and clauses of Arabic news prose. Every function returns spans that tile the text: nothing is lost
 * and nothing overlaps; the white space after a sentence or clause belongs to it.
 */
import type { Span } from "./normalize.ts";

/** Quotations and brackets longer than this, in UTF-16 units, do not protect what they hold. */
const MAX_PROTECTED = 250;
/** A clause of fewer words is joined to the clause before it. */
const MIN_CLAUSE_WORDS = 3;

const SENTENCE_MARK = /[.!?؟…۔]/;
const CLOSING = /["”»)\]’']/;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;
const WORD = /[\p{L}\p{M}\p{Nd}ـ]+/gu;
const MARKS = /[\p{M}ـ]/gu;

const CLOSER_OF: Readonly<Record<string, string>> = { "“": "”", "«": "»", "(": ")", "[": "]" };

/** Names of Latin letters, as in "جيمس أو. ماكينزي": a full stop after one ends no sentence. */
const INITIALS = new Set(
  "إيه بي سي دي إي إف جي إتش آي جيه كي إل إم إن أو كيو آر إس تي يو في دبليو إكس واي".split(" "),
);

/** Words after which a clause cannot end: they govern what follows. */
const GOVERNING = new Set(
  (
    "بحسب حسب وفق وفقا أن ان إن بأن بان لأن لان كأن أنه أنها أنهم انه انها انهم إلا الا لم لن لا ما ليس من في على عن إلى الى حتى منذ مع عند " +
    "بين خلال بعد قبل ضد نحو حوالي قرابة أي كل بعض غير سوى دون بدون تحت فوق داخل خارج قرب حول أو او ثم أم " +
    "هو هي هم كان كانت قد لقد سوف هذا هذه ذلك تلك الذي التي الذين أكثر اكثر أقل اقل الـ ال و مثل عبر لدى"
  ).split(" "),
);

/** Words that open a clause of their own, with or without a comma before them. */
const CONNECTIVES = new Set(
  (
    "فيما كما بينما إذ اذ حيث لكن ولكن لكنه لكنها غير_أن في_حين وفي_حين إلا_أن الا_أن إلا_أنه إلا_أنها بعد_أن بعدما قبل_أن " +
    "بالتزامن وبالتزامن إضافة اضافة بالإضافة بالاضافة عقب إثر اثر وكان وكانت وعلم وعلمت وتسبب وتسببت وأسفر " +
    "وأسفرت واسفرت واسفر وأكد وأكدت واكد واكدت وأفاد وأفادت وافاد وافادت وقال وقالت وأضاف وأضافت وأشار وأشارت " +
    "ورجح ورجحت ورصد ورصدت ووثق ووثقت وقتل وقتلت وأصيب وأصيبت وخلفت وخلف وترافق وترافقت وتترافق وتتزامن وتزامن " +
    "وسيطر وسيطرت وتمكن وتمكنت ويعد وتعد ويعتبر وتعتبر وذلك وبحسب وبقي وبقيت ويأتي وتأتي وجاء وجاءت واستهدف " +
    "واستهدفت وشن وشنت وتدور ودارت واندلعت وتجددت ونفذت ونفذ وأعلن وأعلنت واعلن واعلنت وتقدمت رغم على_الرغم"
  ).split(" "),
);

/** Phrases that begin like a connective and open no clause. */
const FIXED_PHRASES = new Set([
  "فيما يتعلق",
  "فيما يخص",
  "فيما بعد",
  "فيما بين",
  "فيما بينهم",
  "كما يلي",
  "فيما يلي",
]);

/** A comma before one of these does not end the clause: what follows has no head of its own. */
const DEPENDENT = new Set(
  (
    "أن ان أنه أنها أنهم انه انها انهم بأن بان بأنه بأنها وأن وان وأنه وأنها الذي التي الذين اللذين اللتين اللواتي " +
    "من إلى الى عن حتى في على خلال بين ضمن عبر أو او أي وفق وفقا بحسب حسب بينهم بينهما هم هما بما"
  ).split(" "),
);

/** "من جانب، … من جانب آخر": the two sides of a fight stay in one clause. */
const ONE_SIDE = new Set("جانب جهة طرف ناحية".split(" "));

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** For every unit of the text 1 where it stands inside a quotation or brackets of one line. */
function protectedUnits(text: string): Uint8Array {
  const inside = new Uint8Array(text.length);
  const open = new Map<string, number>();
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character === "\n") open.clear();
    const opensWith = CLOSER_OF[character];
    if (opensWith !== undefined) open.set(opensWith, i);
    else if (open.has(character)) {
      const start = open.get(character) ?? i;
      if (i - start <= MAX_PROTECTED) inside.fill(1, start, i);
      open.delete(character);
    } else if (character === '"' || character === "”") open.set(character, i);
  }
  return inside;
}

/** Whether the mark at `i` may end a sentence, judged by its neighbours ("10.5", "site.com" and "د. محمد" may not). */
function endsSentence(text: string, i: number): boolean {
  if (text[i] !== ".") return true;
  const next = text.charAt(i + 1);
  if (next !== "" && !/\s/.test(next) && !CLOSING.test(next) && !SENTENCE_MARK.test(next)) {
    const latinOrDigit = /[A-Za-z]/.test(next) || DIGIT.test(next);
    return !latinOrDigit && LETTER.test(next) && lettersBefore(text, i) > 1;
  }
  if (lettersBefore(text, i) === 1) return false;
  const word = /\p{L}{2,5}$/u.exec(text.slice(Math.max(0, i - 6), i))?.[0] ?? "";
  return !(INITIALS.has(word) && LETTER.test(text.charAt(i + 2)));
}

/** Length of the word that ends at `i`, counted up to 2; a digit counts as two. */
function lettersBefore(text: string, i: number): number {
  let count = 0;
  for (let k = i - 1; k >= 0 && count < 2; k -= 1) {
    const character = text.charAt(k);
    if (DIGIT.test(character)) return 2;
    if (LETTER.test(character)) count += 1;
    else if (!/\p{M}/u.test(character)) return count === 0 ? 2 : count;
  }
  return count;
}

/** Spans between borders, which must be ascending; the last span ends with the text. */
function tile(length: number, borders: Iterable<number>): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const border of borders) {
    if (border <= start || border >= length) continue;
    spans.push([start, border]);
    start = border;
  }
  if (start < length) spans.push([start, length]);
  return spans;
}

function skipSpace(text: string, from: number): number {
  let i = from;
  while (i < text.length && /\s/.test(text.charAt(i))) i += 1;
  return i;
}

/** Sentences in order. They end at . ! ؟ … and at line breaks, but not inside numbers, names of sites or quotations. */
export function splitSentences(text: string): Span[] {
  const inside = protectedUnits(text);
  const borders: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === "\n") {
      i = skipSpace(text, i);
      borders.push(i);
      i -= 1;
    } else if (SENTENCE_MARK.test(text.charAt(i)) && !inside[i] && endsSentence(text, i)) {
      while (
        i + 1 < text.length &&
        (SENTENCE_MARK.test(text.charAt(i + 1)) || CLOSING.test(text.charAt(i + 1)))
      ) {
        i += 1;
      }
      borders.push(skipSpace(text, i + 1));
    }
  }
  return tile(text.length, borders);
}

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    text: match[0].replace(MARKS, ""),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function opensClause(words: readonly Word[], index: number): boolean {
  const word = words[index]?.text ?? "";
  if (FIXED_PHRASES.has(`${word} ${words[index + 1]?.text ?? ""}`)) return false;
  return CONNECTIVES.has(word) || CONNECTIVES.has(`${word}_${words[index + 1]?.text ?? ""}`);
}

function isGoverning(word: string): boolean {
  return GOVERNING.has(word) || (/^[وف]/.test(word) && GOVERNING.has(word.slice(1)));
}

function isNumber(word: string): boolean {
  return /^\p{Nd}+$/u.test(word);
}

/** Whether the gap between two words is a clause border: a semicolon, a comma with a clause after it, or a connective. */
function isBorder(gap: string, words: readonly Word[], index: number): boolean {
  const before = words[index - 1]?.text ?? "";
  const after = words[index]?.text ?? "";
  if (isGoverning(before)) return false;
  if (/[؛;]/.test(gap)) return true;
  const connective = opensClause(words, index);
  if (!/[،,]/.test(gap)) return connective && !isNumber(before);
  if (isNumber(after) && (isNumber(before) || after.length === 4)) return false;
  const oneSide = words[index - 2]?.text === "من" && ONE_SIDE.has(before);
  return connective || !(oneSide || DEPENDENT.has(after));
}

/**
 * Clauses in order: sentences, split again at ؛ and ، and before connectives (فيما، كما، في حين، إذ …). A clause
 * never ends on a word that governs the next, and quotations and brackets stay whole.
 */
export function splitClauses(text: string): Span[] {
  return splitSentences(text).flatMap(([start, end]) =>
    clausesOfSentence(text.slice(start, end)).map(([from, to]): Span => [start + from, start + to]),
  );
}

function clausesOfSentence(sentence: string): Span[] {
  const inside = protectedUnits(sentence);
  const words = wordsOf(sentence);
  const borders: number[] = [];
  let firstWord = 0;
  for (let k = 1; k < words.length; k += 1) {
    const previous = words[k - 1];
    const word = words[k];
    if (!previous || !word || k - firstWord < MIN_CLAUSE_WORDS || words.length - k < MIN_CLAUSE_WORDS)
      continue;
    const border = borderIn(sentence, previous.end, word.start);
    if (inside[border] || inside[border - 1] || !isBorder(sentence.slice(previous.end, word.start), words, k))
      continue;
    borders.push(border);
    firstWord = k;
  }
  return tile(sentence.length, borders);
}

/** Where the next clause begins: after the comma and white space, before an opening quotation mark. */
function borderIn(text: string, from: number, to: number): number {
  let border = from;
  for (let i = from; i < to; i += 1)
    if (/[\s،,؛;]/.test(text.charAt(i)) || CLOSING.test(text.charAt(i))) border = i + 1;
  return border;
}
