import { searchKey } from "../text/normalize.ts";
import { paraphrases } from "./paraphrases.ts";
import { DISTINCT } from "./synonyms.ts";
import { citations, forms } from "./word-forms.ts";

/** One word of each set of the glossary that names what sides of a war do to a place or to people. */
const ACTIONS = "دخل سيطر خرج حصار هجوم قصف قتل اعدم اختطف نزح".split(" ");

/** For each action that a question names, all forms of the words that tell of it; empty where it names none. */
export function askedActions(topic: readonly string[]): ReadonlySet<string>[] {
  return topic.flatMap((word) => {
    const known = paraphrases(word);
    return ACTIONS.some((action) => known.includes(action)) ? [new Set(known.flatMap(forms))] : [];
  });
}

const DISTINCT_SETS = DISTINCT.trim()
  .split("\n")
  .map((line) => line.split(/\s+/).map(searchKey));
const DISTINCT_BY_WORD = new Map(
  DISTINCT_SETS.flatMap((set) => set.map((word): [string, readonly string[]] => [word, set])),
);

/** Of the events, people and things that a text tells of in their own words or not at all, those that a topic names: all forms of their words. */
export function askedThings(topic: readonly string[]): ReadonlySet<string>[] {
  return topic.flatMap((word) => {
    const spelling = citations(word).find((one) => DISTINCT_BY_WORD.has(one));
    const set = DISTINCT_BY_WORD.get(spelling ?? "");
    return set ? [new Set([...set, word].flatMap(forms))] : [];
  });
}
