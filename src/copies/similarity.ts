/** Whether two reports are one text: the same, an edited copy, or neither. Pure; thresholds are measured in tests/copies. */
import { LONG, type Sketch, shinglesOf } from "../report/sketch.ts";
import { type Day, dayNumber } from "../text/day.ts";

/** A report as it is compared. */
export class Compared {
  readonly id: string;
  readonly publisher: string | null;
  readonly sketch: Sketch;
  #shingles: Uint32Array | null = null;

  constructor(id: string, publisher: string | null, sketch: Sketch) {
    this.id = id;
    this.publisher = publisher;
    this.sketch = sketch;
  }

  /** `shinglesOf(sketch)`, kept until `forget`. */
  get shingles(): Uint32Array {
    this.#shingles ??= shinglesOf(this.sketch);
    return this.#shingles;
  }

  /** Gives back the memory of the numbers: whoever keeps many reports needs few of them at a time. */
  forget(): void {
    this.#shingles = null;
  }
}

export function comparedReport(id: string, publisher: string | null, sketch: Sketch): Compared {
  return new Compared(id, publisher, sketch);
}

/** Share of the shingles of the shorter text that an edited copy has in common with another publisher's text. */
const EDITED = 0.6;
/** The same for two texts of one publisher, whose reports share set phrases and whole paragraphs from day to day. */
const EDITED_OF_ONE_PUBLISHER = 0.7;
/** Shorter texts of one publisher are records by one form: only the same words are the same report. */
const SHORT = 60;
/** Texts with fewer words are never taken for edited copies. */
const SHORTEST = 20;
/** A text that another holds among much else is a part of a digest, not its copy. */
const LEAST_SIZE = 0.4;
/** Days between two publications of one wire text. */
const DAYS_APART = 4;
/** Of the days, and of the places, that the text with fewer of them names, the share of which both must name more. */
const SAME_FACTS = 0.5;

/**
 * Share of the shingles of the shorter text that stand in the other, estimated from what both kept; 0 … 1. A share that
 * is below `least` may be given as 0: most pairs are told apart by their first few.
 */
export function containment(a: Compared, b: Compared, least = 0): number {
  const below = Math.min(a.sketch.below, b.sketch.below);
  const [x, y] = [a.shingles, b.shingles];
  const [ones, others] = [countBelow(x, below), countBelow(y, below)];
  const [all, wanted] = [Math.min(ones, others), least * Math.min(ones, others)];
  let [one, other, common] = [0, 0, 0];
  while (one < ones && other < others && common + Math.min(ones - one, others - other) >= wanted) {
    const [left, right] = [x[one] as number, y[other] as number];
    if (left === right) common += 1;
    if (left <= right) one += 1;
    if (right <= left) other += 1;
  }
  return all === 0 || common < wanted ? 0 : common / all;
}

/** How many of these ascending numbers are smaller. */
function countBelow(numbers: Uint32Array, below: number): number {
  let count = numbers.length;
  while (count > 0 && (numbers[count - 1] as number) >= below) count -= 1;
  return count;
}

/** The same words in the same order, of one event as far as their fields and days tell. */
export function isSameText(a: Compared, b: Compared): boolean {
  if (a.sketch.text !== b.sketch.text || a.sketch.words === 0 || otherRecord(a, b)) return false;
  // "اليوم" of one day is not that of another: a short text without days may be of two events.
  return a.sketch.words >= SHORT || a.sketch.days.length > 0 || daysApart(a, b) <= DAYS_APART;
}

/** One text with sentences changed, added or cut. */
export function isEditedCopy(a: Compared, b: Compared): boolean {
  const [fewer, more] = [a.sketch.words, b.sketch.words].sort((x, y) => x - y) as [number, number];
  const onePublisher = a.publisher === b.publisher;
  if (fewer < (onePublisher ? SHORT : SHORTEST) || fewer < more * LEAST_SIZE) return false;
  if (otherRecord(a, b) || daysApart(a, b) > DAYS_APART) return false;
  const least = onePublisher ? EDITED_OF_ONE_PUBLISHER : EDITED;
  if (containment(a, b, least) < least) return false;
  if ((onePublisher || fewer < LONG) && contradict(a.sketch.days, b.sketch.days)) return false;
  return fewer >= LONG || !(contradict(a.sketch.places, b.sketch.places) || otherSlots(a.sketch, b.sketch));
}

/** The reports' own fields give other days or places. */
function otherRecord(a: Compared, b: Compared): boolean {
  return a.sketch.record !== null && b.sketch.record !== null && a.sketch.record !== b.sketch.record;
}

/** Both name some that the other does not, and hardly any in common: a day or a place was replaced, not left out. */
function contradict(a: readonly string[], b: readonly string[]): boolean {
  const common = a.filter((each) => b.includes(each)).length;
  if (common === a.length || common === b.length) return false;
  return common <= SAME_FACTS * Math.min(a.length, b.length);
}

/** After the same two words the one text names this place and the other that one: a form that was filled in anew. */
function otherSlots({ slots }: Sketch, other: Sketch): boolean {
  const before = (slot: string): string => slot.slice(0, slot.lastIndexOf(":"));
  const theirs = new Set(other.slots);
  const known = new Set(other.slots.map(before));
  const ours = new Set(slots);
  const shared = (key: string): boolean => [...ours].some((slot) => before(slot) === key && theirs.has(slot));
  return slots.some((slot) => !theirs.has(slot) && known.has(before(slot)) && !shared(before(slot)));
}

/** Least number of days between the publications; 0 where one is unknown. */
function daysApart(a: Compared, b: Compared): number {
  const [first, second] = [a.sketch.published, b.sketch.published];
  return Math.max(0, gap(first[1], second[0]), gap(second[1], first[0]));
}

function gap(end: Day | null, start: Day | null): number {
  return end === null || start === null ? 0 : dayNumber(start) - dayNumber(end);
}
