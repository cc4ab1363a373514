/** Events that the reports tell, by day, each with the words that tell it. Pure; read.ts fills it from a store. */
import type { EventDate, Passage } from "../passage/passage.ts";
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

/** What a passage ends in when its sentence goes on. */
const TRAILING = /[\s،؛,]+$/u;
const SURENESS: readonly EventDate["confidence"][] = ["certain", "inferred", "doubtful"];

/** The times of which a passage tells as news. */
const newsOf = ({ dates }: Passage): EventDate[] =>
  dates.filter(({ background, start, end }) => !background && (start !== null || end !== null));

/** Titles and sentences tell; bylines, dates and noise only name. */
const tells = ({ role }: Passage): boolean => role === "text" || role === "title";

export const intervalKey = ({ start, end }: DayInterval): string => `${start} ${end}`;

/** Sorts times; one without a beginning stands at its end. */
export const orderOfTime = ({ start, end }: DayInterval): string =>
  `${start ?? end ?? "9999"} ${end ?? "9999"} ${start ?? ""}`;

function inOrderOfTime(a: TimelineEntry, b: TimelineEntry): number {
  return (
    orderOfTime(a.event).localeCompare(orderOfTime(b.event)) ||
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

/** Entries in order of time, those of one time together. */
export function byDay(entries: readonly TimelineEntry[]): TimelineDay[] {
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

/** What a passage tells of one of its times; null when it tells no news of it. */
export function entryAt(passage: Passage, time: DayInterval): TimelineEntry | null {
  const event = newsOf(passage).find((each) => intervalKey(each) === intervalKey(time));
  return event === undefined ? null : entryOf(passage, event);
}

/** Whole passages are quoted, also those of several days: a clause alone may lose who did it. */
function entryOf(passage: Passage, event: EventDate): TimelineEntry {
  const { text } = passage;
  const start = passage.start + (text.length - text.trimStart().length);
  const quotation = text.trimStart().replace(TRAILING, "");
  return { event, passage, start, end: start + quotation.length, quotation };
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
