/**
 * Terms of the lexical arm. Character 4-grams carry Arabic inflection and misspelling, light10 stems carry whole
 * words, numbers weigh three times as much: the mix that measured best on four public sets (docs/retrieval.md).
 */
import { searchKey } from "./normalize.ts";

const GRAM = 4;
const NUMBER_WEIGHT = 3;
/** Set before a stem, so that it never equals a 4-gram. */
const STEM_MARK = "=";

const WORD = /\p{L}+|\p{N}{1,3}(?:[,٬]\p{N}{3})+(?!\p{N})|\p{N}+/gu;
const DIGITS = /^\p{N}+$/u;

/** Question and function words, as searchKey writes them. Words of time and negation are not among them. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    "ما ماذا من متي اين كيف كم لماذا هل اي ايه مين وين شو ليش الي في علي عن مع الي او ثم ان انه انها " +
    "هذا هذه ذلك تلك هو هي هم هناك التي الذي الذين اللذين كان كانت يكون تكون قد بين عند كما حيث وهو وهي وفي ومن"
  ).split(" "),
);

const PREFIXES = ["وال", "بال", "كال", "فال", "ال", "لل"];
const SUFFIXES = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

/** Words (runs of letters) and numbers (runs of digits, separators of thousands dropped) of a text, normalised. */
export function words(text: string): string[] {
  return (searchKey(text).match(WORD) ?? []).map((word) => word.replace(/[,٬]/g, ""));
}

/** Whether a normalised word only asks or joins ("ماذا", "في"): it says nothing of what is asked about. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word);
}

/** light10 (Larkey, Ballesteros and Connell, 2007) of a word that searchKey has normalised. */
export function lightStem(word: string): string {
  const prefix = PREFIXES.find(
    (candidate) => word.startsWith(candidate) && word.length - candidate.length >= 2,
  );
  let stem = word;
  if (prefix !== undefined) stem = word.slice(prefix.length);
  else if (word.startsWith("و") && word.length >= 4) stem = word.slice(1);
  for (const suffix of SUFFIXES) {
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 2) stem = stem.slice(0, -suffix.length);
  }
  return stem;
}

/** The term by which a normalised word stands in the index as a whole. */
export function stemTerm(word: string): string {
  return DIGITS.test(word) ? word : STEM_MARK + lightStem(word);
}

/**
 * Terms of a text for BM25, repeated as often as they count: a number three times; a word of up to four letters
 * itself; a longer word all its 4-letter substrings; and the marked stem of every word that is no function word.
 */
export function lexicalTerms(text: string): string[] {
  const terms: string[] = [];
  for (const word of words(text)) {
    if (DIGITS.test(word)) {
      for (let time = 0; time < NUMBER_WEIGHT; time += 1) terms.push(word);
      continue;
    }
    for (let start = 0; start < Math.max(1, word.length - GRAM + 1); start += 1)
      terms.push(word.slice(start, start + GRAM));
    if (!FUNCTION_WORDS.has(word)) terms.push(stemTerm(word));
  }
  return terms;
}
