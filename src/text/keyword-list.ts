/**
 * Whether a text is a list of words put there to be found rather than sentences: few of the small words that hold
 * Arabic prose together, words repeated over and over, or one question after another.
 */
import { remembering } from "./remember.ts";

const WORD = /[\p{L}\p{M}\p{Nd}]+/gu;
const MARKS = /[\p{M}ـ]/gu;

const SMALL_WORDS = new Set(
  (
    "في من على إلى الى عن أن ان إن التي الذي الذين بعد قبل بين مع حتى خلال منذ كما فيما حيث بينما لكن قد لم لن لا ما كان كانت " +
    "هذا هذه ذلك تلك هو هي هم أو او ثم إذ إذا عند ضد نحو حول إثر عقب جراء أكثر أي كل بعض غير عام يوم أمام تحت فوق داخل خارج عبر " +
    "ضمن لدى بحسب وفق حوالي أيضا ايضا ليس أنه أنها بأن لأن إلا الا سوى دون بدون به بها فيه فيها منه منها عليه عليها له لها إليه إليها"
  ).split(" "),
);
const QUESTION_WORDS = new Set("كم متى لماذا أين اين كيف ماذا هل شو وين قديش ليش مين".split(" "));

/** Shorter texts (a headline, a name) need no small words. */
const FEWEST_WORDS = 20;
/** Of 1,100 paragraphs of Arabic prose in a hundred have a smaller share, most of them lists of names. */
const LEAST_SMALL_WORDS = 0.04;
/** Least share of different words. */
const LEAST_VARIETY = 0.45;
const MOST_QUESTION_WORDS = 2;

/** Whether a text is made of questions, or of the words that questions begin with: it asks, and answers nothing. */
export const onlyAsks: (text: string) => boolean = remembering((text) => {
  const asked = new Set(wordsOf(text).filter((word) => QUESTION_WORDS.has(word))).size;
  const ends = text.match(/[.!?؟](?=\s|$)/g) ?? [];
  const questions = ends.filter((mark) => mark !== "." && mark !== "!").length;
  return asked > MOST_QUESTION_WORDS || (questions > 0 && 2 * questions >= ends.length);
});

/** See the head of the file. A list of names counts too: it is true, and tells less than a sentence. */
export const isKeywordList: (text: string) => boolean = remembering((text) => {
  if (onlyAsks(text)) return true;
  const words = wordsOf(text);
  if (words.length < FEWEST_WORDS) return false;
  const small = words.filter((word) => SMALL_WORDS.has(word)).length;
  return small / words.length < LEAST_SMALL_WORDS || new Set(words).size / words.length < LEAST_VARIETY;
});

/** The words without vowel signs, and without the conjunction before a small word. */
function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((written) => {
    const word = written.replace(MARKS, "");
    const bare = word.replace(/^[وف](?=\p{L}{2})/u, "");
    return SMALL_WORDS.has(bare) || QUESTION_WORDS.has(bare) ? bare : word;
  });
}
