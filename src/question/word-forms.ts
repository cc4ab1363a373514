/** Forms of a normalised word under which two words of one question and one report are taken for the same. */

const SHORTEST_STEM = 3;

const ENDINGS = ["ها", "هم", "هن", "نا", "ات", "ون", "ين", "ان", "يه", "وا", "ت", "ه", "ي", "ا"];

/** The word without its longest ending that leaves a stem. */
function withoutEnding(word: string): string {
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= SHORTEST_STEM);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** A word's letters without article, clitics and up to two endings ("استهدفتها", "المدنيين"). */
export function core(word: string): string {
  const bare = word.replace(/^(?:وال|بال|كال|فال|لل|ال)(?=.{3,})/, "");
  const stem = withoutEnding(withoutEnding(bare));
  return stem.length >= SHORTEST_STEM ? stem : word;
}

/** The consonants of a stem: "ادخال" and "ادخل", "استغلال" and "استغل" are one word. Short stems keep their vowels. */
function consonants(stem: string): string {
  const bare =
    stem.slice(0, 1) +
    stem
      .slice(1)
      .replace(/[اوي]/g, "")
      .replace(/(.)\1$/, "$1");
  return bare.length >= SHORTEST_STEM ? bare : stem;
}

/** Forms under which a word is looked up: its core, also without one letter that may be a clitic or a verb's person, and their consonants. */
export function forms(word: string): string[] {
  const stem = core(word);
  const stems = /^[ويتنلبفسا]/.test(stem) && stem.length > SHORTEST_STEM ? [stem, stem.slice(1)] : [stem];
  if (/^[وفبلك]..+/.test(word) && word.length > SHORTEST_STEM) stems.push(core(word.slice(1)));
  // "لتتدخل", "سيتقاتل": a clitic and a person, or the person of a verb that begins with ت.
  if (/^[وفلسيتنا][يتنا].{4,}/.test(stem)) stems.push(stem.slice(2));
  return [...new Set(stems.flatMap((one) => [one, consonants(one)]).map(asHeard))];
}

const HEARD: Readonly<Record<string, string>> = { ظ: "ض", ذ: "د", ث: "ت" };

/** A word with the letters that are said alike, and so written for one another ("النضام", "مادا", "تلاتة"), as one. */
export function asHeard(word: string): string {
  return word.replace(/[ظذث]/g, (letter) => HEARD[letter] ?? letter);
}

/** Other spellings under which the glossary may hold a normalised word: without clitics, in another person of the verb. */
export function citations(word: string): string[] {
  const bare = word.replace(/^[وفبلكس](?=.{4,})/, "");
  return [word, bare].flatMap((one) => {
    const stem = core(one);
    const verb = /^[يتن](?=.{3,})/.test(stem) ? stem.slice(1) : null;
    return verb === null ? [one, stem] : [one, stem, verb, `ي${verb}`, `ت${verb}`, `ا${verb}`];
  });
}
