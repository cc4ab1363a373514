import { normalize } from "../normalize.ts";
import { PEOPLE } from "./nouns.ts";
import { classOfPeople } from "./party-class.ts";
import type { CountedClass, Quantity } from "./quantity.ts";

/**
 * How a claim's figure stands to a source's: "same" says what the source says; "weaker" is true wherever the source is
 * but says less ("نحو 50" of "50"); "different" does not follow.
 */
export type FigureRelation = "same" | "weaker" | "different";

export interface Comparison {
  readonly relation: FigureRelation;
  /** One English line: what decided. */
  readonly reason: string;
}

/** Order of magnitude of a figure without a number, 0 where the words give none ("عدد من"). */
function magnitude(text: string): number {
  const words = normalize(text);
  const round: readonly (readonly [RegExp, number])[] = [
    [/عشرات|dozens|scores/, 10],
    [/ميات|ماات|مات|hundreds/, 100],
    [/الاف|الوف|thousands/, 1_000],
    [/ملايين|millions/, 1_000_000],
  ];
  const found = round.filter(([pattern]) => pattern.test(words)).map(([, size]) => size);
  return found.length === 0 ? 0 : found.reduce((product, size) => product * size, 1);
}

function vague(claim: Quantity, source: Quantity): FigureRelation {
  const said = magnitude(claim.text);
  if (source.bound === "indefinite") {
    const told = magnitude(source.text);
    if (said === told) return "same";
    return said === 0 ? "weaker" : "different";
  }
  const least = source.min ?? 0;
  if (source.bound === "less_than" || source.bound === "at_most") return said === 0 ? "weaker" : "different";
  if (said === 0) return least >= 2 ? "weaker" : "different";
  const fits = least >= 2 * said && (source.max ?? least) < 10 * said;
  return fits ? "weaker" : "different";
}

/**
 * Whether a claim's figure follows from a source's. Another number is always "different", even where it would follow by
 * arithmetic: "أكثر من 40" is not what "أكثر من 50" says, and "أكثر من 50" is not "50".
 */
export function compareFigures(claim: Quantity, source: Quantity): FigureRelation {
  if (claim.bound === "indefinite") return vague(claim, source);
  if (source.bound === "indefinite") return "different";
  if (claim.min !== source.min || claim.max !== source.max) return "different";
  if (claim.bound === source.bound) return "same";
  if (claim.bound === "about" && source.bound === "exactly") return "weaker";
  if (claim.bound === "at_least" && (source.bound === "exactly" || source.bound === "more_than"))
    return "weaker";
  if (claim.bound === "at_most" && (source.bound === "exactly" || source.bound === "less_than"))
    return "weaker";
  return "different";
}

/** Whether a class of a claim may stand for the source's: the same, a wider one, or the claim names none. */
function classFollows(claim: CountedClass | null, source: CountedClass | null): boolean {
  if (claim === null || claim === source) return true;
  return claim === "people" && (source === null || PEOPLE.has(source));
}

/**
 * Whether a claim's quantity follows from a source's: the same figure with its bound, the same kind of thing counted and
 * the same event ("قتيل" is no "جريح"). Whose they are (`party`) is not compared: names need the list of actors.
 */
export function compareQuantities(claim: Quantity, source: Quantity): Comparison {
  const relation = compareFigures(claim, source);
  if (relation === "different") return { relation, reason: `"${source.text}" does not say "${claim.text}"` };
  const claimEvent = claim.event ?? null;
  const sourceEvent = source.event ?? null;
  if (claimEvent !== null && claimEvent !== sourceEvent)
    return {
      relation: "different",
      reason: `the source counts ${sourceEvent ?? "no such event"}, the claim ${claimEvent}`,
    };
  const claimClass = classOfPeople(claim);
  const sourceClass = classOfPeople(source);
  if (!classFollows(claimClass, sourceClass))
    return {
      relation: "different",
      reason: `the source counts ${sourceClass ?? "no known class"}, the claim ${claimClass}`,
    };
  if (claimClass === "other" && sourceClass === "other" && !sameNoun(claim.noun, source.noun))
    return { relation: "different", reason: `the source counts "${source.noun}", the claim "${claim.noun}"` };
  if (claimEvent === null && sourceEvent !== null && claimClass !== null)
    return { relation: "weaker", reason: `the claim leaves out that they were ${sourceEvent}` };
  return {
    relation,
    reason: relation === "same" ? "same figure, same thing" : "the claim says less than the source",
  };
}

/** Nouns of no known class agree by their first letters: number and case change the end of a word. */
function sameNoun(first: string | null, second: string | null): boolean {
  if (first === null || second === null) return false;
  const [a, b] = [first, second].map((noun) => normalize(noun).replace(/^ال/, ""));
  if (a === undefined || b === undefined) return false;
  return a.slice(0, 3) === b.slice(0, 3);
}
