/** Words that stand together in a text. */
import { words } from "./tokens.ts";

/** Letters that stand before a word and belong to the sentence. */
const CLITICS = ["و", "ف", "ب", "ل", "ك"];

/** Whether the words (normalised) stand together in the text, in this order; the first may carry a clitic. */
export function holdsPhrase(text: string, phrase: readonly string[]): boolean {
  const all = words(text);
  const [first = "", ...rest] = phrase;
  return all.some(
    (word, at) => isWord(word, first) && rest.every((each, index) => all[at + index + 1] === each),
  );
}

function isWord(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  const bare = CLITICS.includes(word.charAt(0)) ? word.slice(1) : null;
  if (bare === wanted) return true;
  // "للجيش" is "ل" and "الجيش".
  return wanted.startsWith("ال") && word === `لل${wanted.slice(2)}`;
}
