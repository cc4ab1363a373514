/** Which part of a passage tells of an event. */
import type { EventDate, Passage } from "../passage/passage.ts";
import { splitClauses } from "../text/clauses.ts";
import { intervalKey } from "../timeline/timeline.ts";

/** Shorter clauses do not stand alone. */
const SHORTEST_CLAUSE = 25;

/** The clause of a passage that holds some words of it, as a range of its text. */
export function clauseWith(passage: Passage, held: string): readonly [number, number] | null {
  const at = held === "" ? -1 : passage.text.indexOf(held);
  return (at >= 0 && splitClauses(passage.text).find(([start, end]) => at >= start && at < end)) || null;
}

/** How many times a passage tells of as news. */
export function distinctDays(passage: Passage): number {
  return new Set(passage.dates.filter(({ background }) => !background).map(intervalKey)).size;
}

/**
 * The part of a passage that is quoted for an event, in the report's body: where the passage tells of several days,
 * the clause that holds the words of this one ("عقب سيطرتها على حي العمال بشكل كامل أمس السبت"); else all of it.
 */
export function toldRange(passage: Passage, event: EventDate | null): { start: number; end: number } {
  const whole = { start: passage.start, end: passage.end };
  if (distinctDays(passage) < 2 || event?.basis !== "passage") return whole;
  const clause = clauseWith(passage, event.words);
  if (clause === null || clause[1] - clause[0] < SHORTEST_CLAUSE) return whole;
  return { start: passage.start + clause[0], end: passage.start + clause[1] };
}
