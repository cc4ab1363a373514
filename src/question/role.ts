import { words } from "../text/tokens.ts";

const ROLE =
  /^(?:[وف]?(?:من|مين)|who) (?:هو|هي|هم|is|are|was) (?:the )?(\p{L}+)|^[وف]?(?:ما|شو|ماهو) (?:هو |هي )?(?:اسم|اسماء) (\p{L}+)/u;

/** The role of which a question asks the bearer ("من هو قائد …", "ما اسم …"), normalised; null for other questions. */
export function askedRole(text: string): string | null {
  const match = ROLE.exec(words(text).join(" "));
  return match?.[1] ?? match?.[2] ?? null;
}

/** A normalised word as it stands, without its article, and without one letter that may be a clitic. */
export function bareWord(word: string): string[] {
  return [word, word.replace(/^[وفبلك]?(?:ال|لل)(?=.{3,})/, ""), word.replace(/^[وفبلك](?=.{3,})/, "")];
}

/** Sound plurals of a normalised noun. */
export function plurals(noun: string): string[] {
  return ["ون", "ين", "ات"].map((ending) => noun + ending);
}
