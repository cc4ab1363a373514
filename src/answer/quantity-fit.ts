import { alternatives } from "../question/glossary.ts";
import type { AskedQuantity } from "../question/question.ts";
import { searchKey } from "../text/normalize.ts";
import type { Quantity } from "../text/numbers/quantity.ts";

const EVENT_CLASS: Readonly<Record<NonNullable<AskedQuantity["event"]>, Quantity["counted"]>> = {
  killed: "dead",
  wounded: "wounded",
  kidnapped: "kidnapped",
  displaced: "displaced",
  detained: "detained",
};

/** What "how long" is answered with. */
const DURATIONS: ReadonlySet<string> = new Set(["hours", "days", "weeks", "months", "years"]);

const bare = (word: string): string => searchKey(word).replace(/^(?:ال|لل|وال|بال)/, "");

/** Whether two nouns share their first letters ("مدنياً", "مدنيين") or are forms of one word ("يوماً", "ايام"). */
function sameNoun(asked: string, counted: string): boolean {
  const other = bare(counted);
  return alternatives(bare(asked)).some((form) => {
    const length = Math.min(4, form.length, other.length);
    return length >= 3 && form.slice(0, length) === other.slice(0, length);
  });
}

/** Whether a figure of a text counts what was asked: the same noun, or the same thing done to people. */
export function fitsAsked(quantity: Quantity, asked: AskedQuantity | null): boolean {
  if (asked === null) return true;
  if (asked.noun === null && asked.event === null) return DURATIONS.has(quantity.counted ?? "other");
  if (asked.event !== null && quantity.counted === EVENT_CLASS[asked.event]) return true;
  return asked.noun !== null && quantity.noun !== null && sameNoun(asked.noun, quantity.noun);
}
