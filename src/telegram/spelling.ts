/** How the draft of a name changes: spellings that it is to gain and to lose, each with what it stands for now. */
import { adding } from "../phrases/adding.ts";
import { naming } from "../phrases/naming.ts";
import type { Addition } from "./addition.ts";
import type { AdminAct } from "./callback.ts";
import type { Library } from "./library.ts";

const LONGEST_SPELLING = 80;

/** The draft of a name after a tap; null when the tap has nothing to change in it. */
export async function steppedName(
  addition: Addition,
  { act, n }: { act: AdminAct; n: number },
  library: Library,
): Promise<Addition | null> {
  const { source } = addition;
  if (source.kind !== "name") return null;
  if (act === "spelling") return { ...addition, expects: "spelling" };
  if (act !== "unspell") return null;
  // First the spellings that it has, then those that it is to gain.
  const gained = source.gains[n - source.spellings.length];
  if (gained !== undefined)
    return { ...addition, source: { ...source, gains: source.gains.filter((one) => one !== gained) } };
  const spelling = source.spellings[n];
  if (spelling === undefined) return null;
  const others = source.loses.filter((one) => one.spelling !== spelling);
  if (others.length < source.loses.length) return { ...addition, source: { ...source, loses: others } };
  const effect = await library.effectOf(source, spelling);
  return { ...addition, source: { ...source, loses: [...others, { spelling, effect }] } };
}

/** The draft of a name with a spelling that was typed, or what is wrong with it. */
export async function withSpelling(
  addition: Addition,
  text: string,
  library: Library,
): Promise<Addition | { readonly problem: string }> {
  const { source } = addition;
  if (source.kind !== "name") return { problem: adding.noText };
  const spelling = text.replace(/\s+/g, " ").trim();
  if (!/\p{L}/u.test(spelling) || spelling.length > LONGEST_SPELLING) return { problem: naming.notAName };
  if (await library.isSpelt(source, spelling)) return { problem: naming.hasIt };
  const effect = await library.effectOf(source, spelling);
  const others = source.gains.filter((one) => one.spelling !== spelling);
  return {
    ...addition,
    expects: null,
    source: { ...source, gains: [...others, { spelling, effect }] },
  };
}
