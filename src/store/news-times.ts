/** The times of which passages tell as news, in memory: a timeline is counted without reading its passages. */
import type { EventDate, Passage } from "../passage/passage.ts";
import { type Day, dayFromNumber, dayNumber } from "../text/day.ts";
import type { DaysFilter, PassageRef, ToldTime } from "./store.ts";

/** What of a passage says when something happened. */
export type TellingPassage = Pick<Passage, "role" | "dates"> & { readonly ref: PassageRef };

const OPEN_START = -0x8000_0000;
const OPEN_END = 0x7fff_ffff;
const SURENESS: readonly EventDate["confidence"][] = ["certain", "inferred", "doubtful"];

/** Titles and sentences tell; bylines, dates and noise only name. */
const tells = ({ role }: TellingPassage): boolean => role === "text" || role === "title";

/** Rows in order of ref, 13 bytes each. */
export class NewsTimes {
  readonly #refs: Uint32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #sureness: Uint8Array;

  /** Passages in order of ref; of each every time once, the first mention of it. */
  constructor(passages: Iterable<TellingPassage>) {
    const rows: { ref: number; start: number; end: number; sureness: number }[] = [];
    for (const passage of passages) {
      if (!tells(passage)) continue;
      const seen = new Set<string>();
      for (const { start, end, confidence, background } of passage.dates) {
        const key = `${start} ${end}`;
        if (background || (start === null && end === null) || seen.has(key)) continue;
        seen.add(key);
        rows.push({
          ref: passage.ref,
          start: start === null ? OPEN_START : dayNumber(start),
          end: end === null ? OPEN_END : dayNumber(end),
          sureness: SURENESS.indexOf(confidence),
        });
      }
    }
    this.#refs = Uint32Array.from(rows, ({ ref }) => ref);
    this.#starts = Int32Array.from(rows, ({ start }) => start);
    this.#ends = Int32Array.from(rows, ({ end }) => end);
    this.#sureness = Uint8Array.from(rows, ({ sureness }) => sureness);
  }

  /** The times of these refs, ascending, that overlap one of the intervals; their refs are moved on by `first`. */
  among(refs: readonly PassageRef[], days: readonly DaysFilter[] | undefined, first = 0): ToldTime[] {
    const asked = days?.map(({ start, end, longest = Number.POSITIVE_INFINITY }) => ({
      from: start === null ? OPEN_START : dayNumber(start),
      to: end === null ? OPEN_END : dayNumber(end),
      longest,
    }));
    const told: ToldTime[] = [];
    let at = 0;
    for (const ref of refs) {
      while (at < this.#refs.length && (this.#refs[at] ?? 0) < ref) at += 1;
      for (; this.#refs[at] === ref; at += 1) {
        const start = this.#starts[at] ?? OPEN_START;
        const end = this.#ends[at] ?? OPEN_END;
        const isAsked = asked?.some(
          ({ from, to, longest }) => start <= to && end >= from && lengthOf(start, end) <= longest,
        );
        if (isAsked === false) continue;
        told.push({
          ref: first + ref,
          start: dayOf(start),
          end: dayOf(end),
          confidence: SURENESS[this.#sureness[at] ?? 0] ?? "doubtful",
        });
      }
    }
    return told;
  }
}

/** Days of a time, both ends included; without end when one is open. */
function lengthOf(start: number, end: number): number {
  return start === OPEN_START || end === OPEN_END ? Number.POSITIVE_INFINITY : end - start + 1;
}

function dayOf(day: number): Day | null {
  return day === OPEN_START || day === OPEN_END ? null : dayFromNumber(day);
}
