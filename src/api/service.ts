/** What the page, the API and the MCP server are served from, and what they ask of it. */

import type { z } from "zod";
import type { Answer, Offer } from "../answer/answer.ts";
import type { Sources } from "../answer/asked.ts";
import type { EventDate, Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import type { Store } from "../store/store.ts";
import type { DayInterval } from "../text/day.ts";
import { placeNamed } from "../timeline/place.ts";
import { readEntries, readOutline } from "../timeline/read.ts";
import type { TimelineEntry } from "../timeline/timeline.ts";
import type {
  PassageJson,
  ReportJson,
  ReportListJson,
  reportListRequest,
  SearchJson,
  TimelineJson,
} from "./schemas.ts";

/** A line of the collection's history of a report. */
export interface HistoryEvent {
  /** ISO time. */
  readonly at: string;
  readonly event: "received" | "changed" | "removed";
  /** Of the bytes as received. */
  readonly sha256: string;
}

export interface Service {
  readonly sources: Sources;
  /** `conversation` names a thread of questions; null for a question on its own. */
  ask(request: {
    /** By which way it came. */
    readonly channel: "web" | "api" | "mcp";
    readonly conversation: string | null;
    readonly text: string;
    readonly signal: AbortSignal;
  }): Promise<Answer>;
  /** When a report came, changed or went, the earliest first; without it that is not told. */
  history?(report: string): Promise<readonly HistoryEvent[]>;
  /** Questions to begin with, each of which has an answer. */
  examples(): Promise<readonly Offer[]>;
}

/** What was asked for names nothing that there is. The message says what, and what to do. */
export class UnknownName extends Error {
  override readonly name = "UnknownName";
}

/** The reports that are cited, by id. */
export async function citedReports(
  citations: readonly { readonly report: string }[],
  store: Store,
): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  for (const id of new Set(citations.map(({ report }) => report))) {
    const report = await store.report(id);
    if (report) reports.set(id, report);
  }
  return reports;
}

interface Narrowing {
  /** "YYYY-MM-DD" or "YYYY-MM-DD/YYYY-MM-DD". */
  readonly day?: string | undefined;
  /** A place's id or name. */
  readonly place?: string | undefined;
  readonly limit: number;
}

/** Passages by similarity to a text, best first. Throws UnknownName for a place that is none. */
export async function searchPassages(
  request: Narrowing & { readonly q: string; readonly signal?: AbortSignal | undefined },
  service: Pick<Service, "sources">,
): Promise<SearchJson> {
  // One generation from start to end: the collection may be replaced meanwhile.
  const sources = { ...service.sources };
  const { store } = sources;
  const days = daysOf(request.day);
  const place = placeOf(request.place, sources);
  const within =
    days === null && place === null
      ? undefined
      : await store.select({
          ...(days && { days: [days] }),
          ...(place !== null && { places: sources.gazetteer.descendants(place) }),
        });
  const ranked = await rankPassages(
    { text: request.q, within, limit: request.limit, signal: request.signal },
    sources,
  );
  const reports = await reportsOf(ranked, store);
  return {
    results: ranked.map(({ passage, score }) => ({
      ...passageJson(passage, newsOf(passage), reports),
      score: Math.round(score * 1000) / 1000,
    })),
  };
}

/** What was told as news, in order of time. Throws UnknownName for a place that is none. */
export async function timelineJson(
  { day, place, limit }: Narrowing,
  service: Pick<Service, "sources">,
): Promise<TimelineJson> {
  const sources = { ...service.sources };
  const outline = await readOutline({ days: daysOf(day), place: placeOf(place, sources) }, sources);
  const { entries } = await readEntries(outline, { count: limit }, sources.store);
  const reports = await reportsOf(entries, sources.store);
  return { total: outline.entries, entries: timelineEntriesJson(entries, reports) };
}

export function timelineEntriesJson(
  entries: readonly TimelineEntry[],
  reports: ReadonlyMap<string, Report>,
): PassageJson[] {
  return entries.map(({ passage, event, quotation: text, start, end }) => ({
    ...passageJson(passage, event, reports),
    text,
    start,
    end,
  }));
}

export function reportJson(report: Report): ReportJson {
  const { body, parts } = report;
  return { ...reportHead(report), body, parts: parts.map((part) => ({ ...part })) };
}

/** A part of the list of all reports, in order of their ids; only its reports are read. */
export async function reportListJson(
  { page, limit }: z.infer<typeof reportListRequest>,
  store: Store,
): Promise<ReportListJson> {
  const ids = await store.reportIds();
  const listed = ids.slice((page - 1) * limit, page * limit).map((report) => ({ report }));
  return { total: ids.length, reports: [...(await citedReports(listed, store)).values()].map(reportHead) };
}

function reportHead({ id, title, byline, publisher, published, url, sha256 }: Report) {
  return { id, title, byline, publisher, published, url, sha256 };
}

function passageJson(
  passage: Passage,
  event: EventDate | null,
  reports: ReadonlyMap<string, Report>,
): PassageJson {
  const report = reports.get(passage.reportId);
  return {
    passage: passage.id,
    report: passage.reportId,
    publisher: report?.publisher ?? null,
    title: report?.title ?? null,
    published: report?.published ?? { start: null, end: null, confidence: "unknown", why: "" },
    event: event && {
      start: event.start,
      end: event.end,
      precision: event.precision,
      confidence: event.confidence,
    },
    places: passage.places.map(({ id, name }) => ({ id, name })),
    text: passage.text,
    start: passage.start,
    end: passage.end,
  };
}

const newsOf = ({ dates }: Passage): EventDate | null => dates.find(({ background }) => !background) ?? null;

function reportsOf(
  found: readonly { readonly passage: Passage }[],
  store: Store,
): Promise<Map<string, Report>> {
  return citedReports(
    found.map(({ passage }) => ({ report: passage.reportId })),
    store,
  );
}

function daysOf(text: string | undefined): DayInterval | null {
  if (text === undefined) return null;
  // Whoever gives the last day first means the days between them too.
  const [start = null, end = start] = text.split("/").sort();
  return { start, end };
}

function placeOf(text: string | undefined, { gazetteer }: Sources): string | null {
  if (text === undefined) return null;
  const named = placeNamed(text, gazetteer);
  if (named !== null) return named;
  throw new UnknownName(
    "no place of this name or id is known: leave it out, or see the places of /api/timeline",
  );
}
