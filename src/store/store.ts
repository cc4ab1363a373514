import type { EventDate, Passage } from "../passage/passage.ts";
import type { Published, Report } from "../report/report.ts";
import type { Day, DayInterval } from "../text/day.ts";
import type { Manifest } from "./manifest.ts";

/** Number of a passage inside one generation of an index. Not stable over rebuilds: outside the store use Passage.id. */
export type PassageRef = number;

/** Days asked for; of dates longer than `longest` days (an open end is longer than any) none counts. */
export interface DaysFilter extends DayInterval {
  readonly longest?: number | undefined;
}

/** Conditions are joined by "and"; the values of one condition by "or". An absent condition holds for all. */
export interface PassageFilter {
  /** An event day of the passage lies in one of these intervals. */
  readonly days?: readonly DaysFilter[] | undefined;
  /** Whether days told as background count for `days`; default true. */
  readonly background?: boolean | undefined;
  /** The passage carries one of these place ids itself (widening to children is the caller's). */
  readonly places?: readonly string[] | undefined;
  readonly reports?: readonly string[] | undefined;
}

export interface Scored {
  readonly ref: PassageRef;
  readonly score: number;
}

export interface SearchOptions {
  readonly limit: number;
  /** Only these passages; scanned exactly. */
  readonly within?: readonly PassageRef[] | undefined;
}

/** A question as both arms take it. */
export interface ScoreQuery {
  readonly vector: Float32Array;
  readonly terms: readonly string[];
}

/** Scores in the order of the refs asked for: of the passages, and of the contexts (passage/context.ts) around them. */
export interface CandidateScores {
  /** Inner product with the passage's vector. */
  readonly dense: Float64Array;
  /** BM25 over passages; 0 when no term is shared. */
  readonly lexical: Float64Array;
  readonly contextDense: Float64Array;
  /** BM25 over contexts. */
  readonly contextLexical: Float64Array;
}

/** Who a report comes from, what it is called and by what its copies are known: known of all reports without reading them. */
export type ReportHead = Pick<Report, "publisher" | "byline" | "title" | "sketch">;

/** A time of which a passage tells as news. */
export interface ToldTime extends DayInterval {
  readonly ref: PassageRef;
  readonly confidence: EventDate["confidence"];
}

/** How many reports state their day of publication, how many have one inferred, and how many none. */
export type Publications = Readonly<Record<Published["confidence"], number>>;

/** What a collection holds, for refusals and for "what do the reports cover". */
export interface Coverage {
  readonly reports: number;
  readonly passages: number;
  /** Event days with the number of passages that tell of them, in order; only precision day, only news (no background). */
  readonly days: readonly { readonly day: Day; readonly passages: number }[];
  /** First and last day that is named, background included, to tell which years are covered; null when none is. */
  readonly span: DayInterval;
  /** The most frequent first. */
  readonly places: readonly { readonly id: string; readonly name: string; readonly passages: number }[];
}

/**
 * An index that can be asked. Implementations: SQLite with typed arrays in memory; PostgreSQL later. All
 * methods may be called at once; a store never changes under its reader (an update makes a new generation).
 */
export interface Store {
  readonly manifest: Manifest;
  /** Ids in ascending order. */
  reportIds(): Promise<readonly string[]>;
  report(id: string): Promise<Report | null>;
  /** Heads of all reports by id, in ascending order. */
  heads(): Promise<ReadonlyMap<string, ReportHead>>;
  /** The bytes as received. */
  source(id: string): Promise<Uint8Array | null>;
  passages(refs: readonly PassageRef[]): Promise<readonly Passage[]>;
  passageById(id: string): Promise<{ readonly ref: PassageRef; readonly passage: Passage } | null>;
  /** All passages that meet the filter, in order of report id and start. An empty filter gives all. */
  select(filter: PassageFilter): Promise<readonly PassageRef[]>;
  /**
   * Times of which titles and sentences of the selected passages tell as news, in order of ref, of a passage each time
   * once; where the filter names days, only times that overlap one. No passage need be read for it.
   */
  news(filter: PassageFilter): Promise<readonly ToldTime[]>;
  /** How many of these passages carry each place, by its id. */
  placesOf(refs: readonly PassageRef[]): Promise<ReadonlyMap<string, number>>;
  /** Ids of the reports in which passages stand, each once, in ascending order. */
  reportsOf(refs: readonly PassageRef[]): Promise<readonly string[]>;
  /** Nearest by inner product, best first. */
  dense(vector: Float32Array, options: SearchOptions): Promise<readonly Scored[]>;
  /** BM25 over the terms (text/tokens.ts); best first, only scores above 0. */
  lexical(terms: readonly string[], options: SearchOptions): Promise<readonly Scored[]>;
  /** Exact scores of these passages, however they were found. */
  score(query: ScoreQuery, refs: readonly PassageRef[]): Promise<CandidateScores>;
  /** Inverse document frequency of each lexical term: highest for a term that no passage has. */
  rarity(terms: readonly string[]): Promise<readonly number[]>;
  coverage(): Promise<Coverage>;
  publications(): Promise<Publications>;
  /** Distinct values of the reports' own place fields, in order: they become places of this index. */
  placeFields(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A store cannot be opened or written. The message names the file and ends in the remedy. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
