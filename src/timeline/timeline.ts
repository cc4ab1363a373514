/** The events that the reports tell, by day, each with the words that tell it. Pure; read.ts fills it from a store. */
import type { EventDate, Passage } from "../passage/passage.ts";
import { splitClauses } from "../text/clauses.ts";
import { type DayInterval, overlaps } from "../text/day.ts";

/** What a timeline is limited to. */
export interface TimelineFilter {
  /** The event lies in it, at least in part; null for all. */
  readonly days: DayInterval | null;
  /** Id of a place: it, or what lies in it; null for all. */
  readonly place: string | null;
}

export const WHOLE: TimelineFilter = { days: null, place: null };

/** An event with its citation: `body.slice(start, end) === quotation` in the report of the passage. */
export interface TimelineEntry {
  readonly event: EventDate;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  readonly quotation: string;
}

/** All that is told of one day, or of one longer time that no report narrows to a day. */
export interface TimelineDay extends DayInterval {
  /** In how far the day is known: by the surest of its entries. */
  readonly confidence: EventDate["confidence"];
  readonly entries: readonly TimelineEntry[];
}

export interface Timeline {
  readonly filter: TimelineFilter;
  /** In order of time, then of report and place in it. */
  readonly entries: readonly TimelineEntry[];
  readonly days: readonly TimelineDay[];
}

/** Shorter clauses do not stand alone. */
const SHORTEST_CLAUSE = 25;
const SURENESS: readonly EventDate["confidence"][] = ["certain", "inferred", "doubtful"];

/** The times of which a passage tells as news. */
const newsOf = ({ dates }: Passage): EventDate[] =>
  dates.filter(({ background, start, end }) => !background && (start !== null || end !== null));

/** Titles and sentences tell; bylines, dates and noise only name. */
const tells = ({ role }: Passage): boolean => role === "text" || role === "title";

export const intervalKey = ({ start, end }: DayInterval): string => `${start} ${end}`;

/** An event without a beginning stands at its end. */
function inOrderOfTime(a: TimelineEntry, b: TimelineEntry): number {
  const order = ({ event: { start, end } }: TimelineEntry): string =>
    `${start ?? end ?? "9999"} ${end ?? "9999"}`;
  return (
    order(a).localeCompare(order(b)) ||
    a.passage.reportId.localeCompare(b.passage.reportId) ||
    a.start - b.start
  );
}

/** The timeline of some passages: what each tells as news of a time of the filter, once for each such time. */
export function timelineOf(passages: readonly Passage[], filter: TimelineFilter): Timeline {
  const entries = passages
    .filter(tells)
    .flatMap((passage) => distinctTimes(passage, filter.days).map((event) => entryOf(passage, event)))
    .sort(inOrderOfTime);
  return { filter, entries, days: byDay(entries) };
}

function distinctTimes(passage: Passage, days: DayInterval | null): EventDate[] {
  const found = new Map<string, EventDate>();
  for (const event of newsOf(passage)) {
    if (days !== null && !overlaps(event, days)) continue;
    if (!found.has(intervalKey(event))) found.set(intervalKey(event), event);
  }
  return [...found.values()];
}

function byDay(entries: readonly TimelineEntry[]): TimelineDay[] {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const key = intervalKey(entry.event);
    const same = days.get(key);
    if (same) same.push(entry);
    else days.set(key, [entry]);
  }
  return [...days.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const confidence = SURENESS.find((each) => same.some(({ event }) => event.confidence === each));
    return [
      {
        start: first.event.start,
        end: first.event.end,
        confidence: confidence ?? "doubtful",
        entries: same,
      },
    ];
  });
}

function entryOf(passage: Passage, event: EventDate): TimelineEntry {
  const range = toldRange(passage, event);
  const told = passage.text.slice(range.start - passage.start, range.end - passage.start);
  const start = range.start + (told.length - told.trimStart().length);
  const quotation = told.trim();
  return { event, passage, start, end: start + quotation.length, quotation };
}

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

const BASIS_WORTH = { passage: 0, previous: 2, report: 4 } as const;
const BACKGROUND_WORTH = 8;

/**
 * The timeline at a glance: for each time the passage that tells of it best, at most `limit` in order of time. Every
 * report has its best time before any has its second; background only where there is room.
 */
export function atAGlance(
  passages: readonly Passage[],
  { limit, longest }: { readonly limit: number; readonly longest: number },
): { readonly passage: Passage; readonly event: EventDate }[] {
  const told = passages
    .filter((passage) => tells(passage) && passage.end - passage.start <= longest)
    .flatMap((passage) =>
      passage.dates
        .filter(({ start }) => start !== null)
        .slice(0, 1)
        .map((event) => ({ passage, event })),
    );
  type Told = (typeof told)[number];
  const worth = ({ event, passage }: Told): number =>
    (event.background ? BACKGROUND_WORTH : 0) + BASIS_WORTH[event.basis] + (passage.role === "title" ? 1 : 0);
  const best = new Map<string, Told>();
  for (const item of told) {
    const key = intervalKey(item.event);
    const known = best.get(key);
    if (!known || worth(item) < worth(known)) best.set(key, item);
  }
  const ordered = [...best.values()].sort((a, b) => worth(a) - worth(b));
  const rounds = new Map<string, number>();
  const withRounds = ordered.map((item) => {
    const round = rounds.get(item.passage.reportId) ?? 0;
    rounds.set(item.passage.reportId, round + 1);
    return { item, round };
  });
  return withRounds
    .sort((a, b) => a.round - b.round || worth(a.item) - worth(b.item))
    .slice(0, limit)
    .map(({ item }) => item)
    .sort(
      (a, b) =>
        (a.event.start ?? "").localeCompare(b.event.start ?? "") ||
        (a.event.end ?? "").localeCompare(b.event.end ?? ""),
    );
}
