/** Forms of a normalised word under which two words of one question and one report are taken for the same. */

const SHORTEST_STEM = 3;

const ENDING = /(?:ها|هم|هن|نا|ات|ون|ين|ان|يه|وا|ت|ه|ي|ا)$/;

/** A word's letters without article, clitics and up to two endings ("استهدفتها", "المدنيين"). */
export function core(word: string): string {
  let stem = word.replace(/^(?:وال|بال|كال|فال|لل|ال)(?=.{3,})/, "");
  for (let time = 0; time < 2; time += 1) {
    const shorter = stem.replace(ENDING, "");
    if (shorter.length >= SHORTEST_STEM) stem = shorter;
  }
  return stem.length >= SHORTEST_STEM ? stem : word;
}

/** The consonants of a stem: "ادخال" and "ادخل", "هجوم" and "هاجم" are one word. Short stems keep their vowels. */
function consonants(stem: string): string {
  const bare = stem.slice(0, 1) + stem.slice(1).replace(/[اوي]/g, "");
  return bare.length >= SHORTEST_STEM ? bare : stem;
}

/** Forms under which a word is looked up: its core, also without one letter that may be a clitic or a verb's person, and their consonants. */
export function forms(word: string): string[] {
  const stem = core(word);
  const stems = /^[ويتنلبفسا]/.test(stem) && stem.length > SHORTEST_STEM ? [stem, stem.slice(1)] : [stem];
  return [...new Set(stems.flatMap((one) => [one, consonants(one)]))];
}
