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

/** Forms under which a word is looked up: its core, and the core without one letter that may be a clitic or a verb's person. */
export function forms(word: string): string[] {
  const stem = core(word);
  return /^[ويتنلبفسا]/.test(stem) && stem.length > SHORTEST_STEM ? [stem, stem.slice(1)] : [stem];
}
