/** Neighbouring names of which one tells where the other lies ("الحميدية في حمص", "حمص : الحميدية"). */

import { headOf } from "./heads.ts";
import { gap, type Hit } from "./scan.ts";
import type { Word } from "./words.ts";

const LOCATIVES = new Set(
  "في فى وسط داخل ضمن شرق غرب شمال جنوب شرقي غربي شمالي جنوبي شرقيه غربيه شماليه جنوبيه in of fi bi bil bel".split(
    " ",
  ),
);
const LINK_GAP = /^[ :،,>/|\-–()]*$/;
const STRONG_GAP = /[:(>]/;
const MOST_LINKING_WORDS = 4;

/** `said`: words or signs say so; `beside`: the names merely stand next to one another. */
export type Link = "said" | "beside";

/** How two hits that follow one another are linked, or null when something else stands between them. */
export function linkOf(text: string, words: readonly Word[], first: Hit, second: Hit): Link | null {
  if (second.from - first.to > MOST_LINKING_WORDS) return null;
  if (second.clitic.startsWith("و") || second.clitic.startsWith("ف")) return null;
  let said = second.clitic === "ب";
  for (let index = first.to - 1; index < second.from; index += 1) {
    const between = gap(text, words, index);
    if (!LINK_GAP.test(between)) return null;
    said ||= STRONG_GAP.test(between);
    const word = words[index];
    if (index < first.to || !word || word.key === "") continue;
    const locative = LOCATIVES.has(word.key);
    if (!locative && (word.raw.startsWith("و") || !headOf(word))) return null;
    said ||= locative || /^[بل]/.test(word.raw);
  }
  return said ? "said" : "beside";
}
