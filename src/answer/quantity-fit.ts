import { alternatives } from "../question/glossary.ts";
import { countedEvent, DURATION, isAnyone } from "../question/quantity.ts";
import type { AskedQuantity } from "../question/question.ts";
import { searchKey } from "../text/normalize.ts";
import { findQuantities } from "../text/numbers/find.ts";
import { classOfPeople } from "../text/numbers/party-class.ts";
import type { CountedClass, Quantity } from "../text/numbers/quantity.ts";

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

/** Classes of people that are not to be taken for one another: a figure of fighters is no answer for children. */
const PEOPLE: ReadonlySet<CountedClass> = new Set(["civilians", "fighters", "children", "women", "men"]);

/** The class that the asked noun names ("مدنياً", "طفلاً"); null for "شخصاً", "قتيلاً" and things. */
function askedClass(noun: string | null): CountedClass | null {
  const [read] = noun === null ? [] : findQuantities(`5 ${noun}`);
  const named = read?.nounClass ?? read?.counted ?? null;
  return named !== null && PEOPLE.has(named) ? named : null;
}

/** "كم صحفياً": a singular in the accusative that names one calling; no verb and no word for anybody. */
function namesCalling(noun: string): boolean {
  return /[^و]ا$/.test(noun) && !isAnyone(noun) && countedEvent(noun) === null;
}

/** Whether the people counted are of the class asked; a figure whose people are not named fits no narrower class. */
function sameClass(quantity: Quantity, noun: string | null): boolean {
  const wanted = askedClass(noun);
  if (wanted !== null) return classOfPeople(quantity) === wanted;
  if (noun === null || !namesCalling(searchKey(noun))) return true;
  return [quantity.noun, quantity.party].some((named) => named !== null && sameNoun(noun, named));
}

/**
 * Whether a figure of a text counts what was asked: the same thing done to people of the class asked; where nothing
 * was done to anyone, the same noun. "نحو ألفي مدني" who remain are no answer to "how many civilians were killed".
 */
export function fitsAsked(quantity: Quantity, asked: AskedQuantity | null): boolean {
  if (asked === null) return true;
  if (asked.event === null && asked.noun === DURATION) return DURATIONS.has(quantity.counted ?? "other");
  if (asked.event !== null)
    return quantity.counted === EVENT_CLASS[asked.event] && sameClass(quantity, asked.noun);
  const befallen = quantity.event ?? null;
  return (
    befallen === null && asked.noun !== null && quantity.noun !== null && sameNoun(asked.noun, quantity.noun)
  );
}
