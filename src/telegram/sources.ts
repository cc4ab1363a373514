import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { Day, DayInterval } from "../text/day.ts";
import type { TimelineDay } from "../timeline/timeline.ts";
import { reportKey, type TimelineForm, type TimelineRef } from "./callback.ts";

/** What a collection holds. */
export interface Covered {
  readonly reports: number;
  /** Names, whoever has most reports first. */
  readonly publishers: readonly string[];
  /** Days of which the reports tell news, in order. */
  readonly days: readonly Day[];
  /** Places as a person names them, the most told of first. */
  readonly places: readonly string[];
  /** Reports whose day of publication is not stated, but inferred; and those without any. */
  readonly inferred: number;
  readonly undated: number;
  /** The day on which the collection last changed; null when nobody knows. */
  readonly changed: Day | null;
}

/** Of what one report tells. */
export interface Told {
  /** From the first day of its events to the last; null when it names none. */
  readonly events: DayInterval | null;
  /** Places as a person names them, the most told of first. */
  readonly places: readonly string[];
}

/** Some of the events by day, with what is counted of all. */
export interface TimelinePart {
  readonly days: readonly TimelineDay[];
  readonly events: number;
  readonly passages: number;
  readonly reports: number;
  /** What they are limited to, in words; null for all. */
  readonly scope: string | null;
}

/** The events by day, and what is made of them. A place stands under its `placeKey`. */
export interface Timelines {
  /** What words limit it to; null when they name no day and no place. */
  named(words: string): Promise<TimelineRef | null>;
  /** So many events from one place on, in order of time. */
  read(about: TimelineRef, from: number, count: number): Promise<TimelinePart>;
  /** PNG, or CSV of the first `tableHolds` events. */
  make(about: TimelineRef, form: TimelineForm): Promise<Uint8Array>;
  /** What a picture shows, in lines of text. */
  inWords(about: TimelineRef, form: Exclude<TimelineForm, "csv">): Promise<readonly string[]>;
  readonly tableHolds: number;
}

/** A line of the collection's history. */
export interface HistoryEvent {
  /** ISO time. */
  readonly at: string;
  readonly event: "received" | "changed" | "removed";
  /** Of the bytes as received. */
  readonly sha256: string;
}

/** What the bot may read of the collection. */
export interface Sources {
  report(id: string): Promise<Report | null>;
  /** The bytes as received. */
  source(id: string): Promise<Uint8Array | null>;
  passageById(passageId: string): Promise<Passage | null>;
  /** Ids in the order in which the reports are numbered. */
  reportIds(): Promise<readonly string[]>;
  told(report: string): Promise<Told>;
  covered(): Promise<Covered>;
  /** The events by day; without it there is no timeline. */
  readonly timelines?: Timelines | undefined;
  /** Names the generation that is read now. */
  generation?(): string;
  /** The other reports that are the text of this one, the earliest published first. */
  copies?(report: string): Promise<readonly Report[]>;
  /** When a report came, changed or went, the earliest first. */
  history?(report: string): Promise<readonly HistoryEvent[]>;
  /** Reports that an operator took back, by id, with the day. */
  withdrawn?(): Promise<ReadonlyMap<string, string>>;
}

/** The day on which the report of a key was withdrawn, or null. */
export async function withdrawnOn(key: string, sources: Sources): Promise<string | null> {
  for (const [id, day] of (await sources.withdrawn?.()) ?? []) if (reportKey(id) === key) return day;
  return null;
}

/** Finds reports by the short keys that buttons carry. */
export interface ReportFinder {
  byKey(key: string): Promise<Report | null>;
}

/** Milliseconds between two looks at the whole collection, whatever keys are asked for. */
const LOOK_AGAIN_MS = 60_000;

/** Keys are computed once, and again when one is not found: the collection may have grown. */
export function makeReportFinder(sources: Sources, now: () => number): ReportFinder {
  let ids = new Map<string, string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let generation: string | undefined;
  return {
    async byKey(key) {
      const isOther = generation !== sources.generation?.();
      if (!ids.has(key) && (isOther || now() - lookedAt >= LOOK_AGAIN_MS)) {
        lookedAt = now();
        generation = sources.generation?.();
        ids = new Map((await sources.reportIds()).map((id) => [reportKey(id), id]));
      }
      const id = ids.get(key);
      return id === undefined ? null : sources.report(id);
    },
  };
}
