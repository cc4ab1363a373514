import { polarity } from "../text/negation.ts";
import { findQuantities } from "../text/numbers/find.ts";
import { classOfParty, classOfPeople } from "../text/numbers/party-class.ts";
import type { CountedClass, QuantityEvent } from "../text/numbers/quantity.ts";
import { words } from "../text/tokens.ts";
import { countedEvent } from "./quantity.ts";

/** How a text stands to the question whether such people were killed or wounded. */
export type CasualtyStanding = "yes" | "unsure" | "nothing";

const FELL = /^(?:سقط|سقطت|سقطوا|راح|راحت|وقع|وقعت)$/;
const SPARED: ReadonlySet<CountedClass> = new Set<CountedClass>(["civilians", "children", "women"]);

interface Casualties {
  readonly event: QuantityEvent;
  readonly people: CountedClass;
}

/** What a statement says befell whom: "سقط مدنيون", "أصيب أطفال"; null when it says more or something else. */
function casualtiesIn(statement: string): Casualties | null {
  const all = words(statement);
  const event = all.map(countedEvent).find((one) => one !== null);
  const fell = all.some((word) => FELL.test(word));
  const people = all.map((word) => classOfParty(word)).find((one) => one !== null) ?? null;
  const counted =
    all.some((word) => /\d/.test(word)) || findQuantities(statement).some(({ min }) => min !== null);
  if (people === null || counted || (!event && !fell)) return null;
  return { event: event ?? "killed", people };
}

/**
 * Whether a text counts the people of whom a statement says that they were killed or wounded; null when the statement
 * is about something else, or names who did it. Hedged figures are unsure; figures of nobody in particular are too.
 * `tells` says whether a clause has what else the statement says of them ("جنود روس"): a count in another proves nothing.
 */
export function casualtyStanding(
  text: string,
  { statement, tells }: { readonly statement: string; readonly tells: (clause: string) => boolean },
): CasualtyStanding | null {
  const asked = casualtiesIn(statement);
  if (!asked) return null;
  const clauses = polarity(text);
  let best: CasualtyStanding = "nothing";
  for (const quantity of findQuantities(text)) {
    const { event } = quantity;
    if (event !== asked.event && event !== "casualties") continue;
    const people = classOfPeople(quantity);
    const fits =
      people === asked.people || (asked.people === "civilians" && people !== null && SPARED.has(people));
    const clause = clauses.find(({ span }) => span[0] <= quantity.span[0] && quantity.span[0] < span[1]);
    if (clause?.negated || (clause && !tells(text.slice(...clause.span)))) continue;
    const sure = clause?.modality === "certain";
    if (fits && sure) return "yes";
    if (fits || (people === null && !sure)) best = "unsure";
  }
  return best;
}
