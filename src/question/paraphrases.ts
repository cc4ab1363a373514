/** In which other words a report may tell what a question asks: what the glossary knows, and more loosely used synonyms. */
import { searchKey } from "../text/normalize.ts";
import { remembering } from "../text/remember.ts";
import { alternatives } from "./glossary.ts";
import { SYNONYMS } from "./synonyms.ts";
import { citations, core } from "./word-forms.ts";

function readSynonyms(): ReadonlyMap<string, readonly string[]> {
  const byWord = new Map<string, string[]>();
  for (const line of SYNONYMS.trim().split("\n")) {
    const set = line.split(/\s+/).map(searchKey);
    for (const word of set)
      for (const key of new Set([word, core(word)])) byWord.set(key, [...(byWord.get(key) ?? []), ...set]);
  }
  return byWord;
}

const BY_WORD = readSynonyms();

/** Words by which a text may tell of what a normalised word names, itself first. They find; they prove nothing. */
export const paraphrases: (word: string) => readonly string[] = remembering((word) => {
  const spellings = citations(word);
  const known = spellings.find((one) => alternatives(one).length > 1) ?? word;
  const synonyms = spellings.find((one) => BY_WORD.has(one));
  const others = [...alternatives(word), ...alternatives(known), ...(BY_WORD.get(synonyms ?? "") ?? [])];
  return [...new Set([word, ...others])];
});
