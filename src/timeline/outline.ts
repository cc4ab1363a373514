/** A timeline without its words: what is told of each time and how much, read from the fields of the index alone. Pure. */
import type { EventDate } from "../passage/passage.ts";
import type { PassageRef, ToldTime } from "../store/store.ts";
import { type DayInterval, earliest, latest } from "../text/day.ts";
import type { Counted } from "./bins.ts";
import { intervalKey, orderOfTime, type TimelineFilter } from "./timeline.ts";

/** A day, or a longer time that no report narrows to a day. */
export interface OutlineTime extends DayInterval {
  /** By the surest of those that tell of it. */
  readonly confidence: EventDate["confidence"];
  /** Who tells of it, in order of report and place in it. */
  readonly refs: readonly PassageRef[];
  /** How many of them state it. */
  readonly stated: number;
}

export interface TimelineOutline {
  readonly filter: TimelineFilter;
  /** In order of time. */
  readonly times: readonly OutlineTime[];
  /** Entries in all: a passage that tells of two times has two. */
  readonly entries: number;
  readonly passages: number;
  /** Ids of the reports that tell, in order. */
  readonly reports: readonly string[];
  /** The most told of first, with their passages. */
  readonly places: readonly { readonly id: string; readonly passages: number }[];
}

const SURENESS: readonly EventDate["confidence"][] = ["certain", "inferred", "doubtful"];

/** Passages by the times of which they tell; `told` is in order of ref. */
export function timesOf(told: readonly ToldTime[]): OutlineTime[] {
  const times = new Map<string, { refs: PassageRef[]; stated: number; sureness: number } & DayInterval>();
  for (const { ref, start, end, confidence } of told) {
    const key = intervalKey({ start, end });
    const known = times.get(key) ?? { start, end, refs: [], stated: 0, sureness: SURENESS.length };
    known.refs.push(ref);
    if (confidence === "certain") known.stated += 1;
    known.sureness = Math.min(known.sureness, SURENESS.indexOf(confidence));
    times.set(key, known);
  }
  return [...times.values()]
    .map(({ sureness, ...time }) => ({ ...time, confidence: SURENESS[sureness] ?? "doubtful" }))
    .sort((a, b) => orderOfTime(a).localeCompare(orderOfTime(b)));
}

/** Which passages tell of which time, so many from one place on, in order. */
export function slotsOf(
  { times }: Pick<TimelineOutline, "times">,
  from: number,
  count: number,
): { readonly time: OutlineTime; readonly ref: PassageRef }[] {
  const slots: { time: OutlineTime; ref: PassageRef }[] = [];
  let before = 0;
  for (const time of times) {
    const [first, last] = [Math.max(0, from - before), Math.min(time.refs.length, from + count - before)];
    for (const ref of time.refs.slice(first, Math.max(first, last))) slots.push({ time, ref });
    before += time.refs.length;
    if (before >= from + count) break;
  }
  return slots;
}

/** From the first day told to the last; null when nothing is. */
export function spanOf({ times }: Pick<TimelineOutline, "times">): DayInterval | null {
  const start = earliest(times.flatMap((time) => time.start ?? time.end ?? []));
  const end = latest(times.flatMap((time) => time.end ?? time.start ?? []));
  return start === null || end === null ? null : { start, end };
}

/** How many passages tell of each time, and how many of them state it. */
export function countsOf({ times }: Pick<TimelineOutline, "times">): Counted[] {
  return times.map(({ start, end, refs, stated }) => ({ start, end, passages: refs.length, stated }));
}
