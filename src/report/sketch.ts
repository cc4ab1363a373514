/** What is kept of a report's text to tell whether another report is the same text or an edited copy of it. */
import { createHash } from "node:crypto";
import { findDates } from "../text/dates/find.ts";
import type { Day } from "../text/day.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { words } from "../text/tokens.ts";
import type { Report } from "./report.ts";

/** Raise it when the same report would be sketched otherwise: stored indexes become stale. */
export const SKETCH_VERSION = 1;

/** Words of a shingle: one word changed breaks three of them. */
const SHINGLE = 3;
/** Hashes kept of a text, at most about this many; of longer texts every second, fourth, … by value, so that two
 * texts keep the same ones (FracMinHash: Irber et al., 2022). */
const KEPT = 128;

/** Plain data, stored with the report. */
export interface Sketch {
  /** 16 hex digits of sha256 over the words. */
  readonly text: string;
  /** How many there are. */
  readonly words: number;
  /** Hashes of runs of three words: little-endian unsigned 32-bit numbers in ascending order, in base64. */
  readonly shingles: string;
  /** All hashes below this number were kept: 2^32, or half, a quarter, … of it. */
  readonly below: number;
  /** Days that the text writes out, in order. */
  readonly days: readonly Day[];
  /** Ids of the places that it names, the wide ones left out, in order. */
  readonly places: readonly string[];
  /** Of a text of fewer than `LONG` words, which word follows a preposition or head of a place: "two words before:word". */
  readonly slots: readonly string[];
  /** First and last day on which it may have been published, null where unknown. */
  readonly published: readonly [Day | null, Day | null];
  /** A hash of the day and place that the report's own fields give, null without them: fields tell events apart. */
  readonly record: string | null;
}

type Sketched = Pick<Report, "body" | "parts" | "published" | "eventDates" | "places">;

/** The sketch of a report; headline, byline and date line are no part of it. Linear in the body. */
export function sketchOf(report: Sketched, gazetteer: Gazetteer): Sketch {
  const text = textOf(report);
  const all = words(text);
  const { hashes, below } = kept(all);
  const { eventDates, places, published } = report;
  const dated = findDates(text, { mode: "report", anchor: null });
  const named = mostParticular(findPlaces(text, gazetteer), gazetteer);
  return {
    text: digest(all.join(" ")).slice(0, 16),
    words: all.length,
    shingles: Buffer.from(hashes.buffer).toString("base64"),
    below,
    days: inOrder(dated.flatMap(({ start, end }) => (start !== null && start === end ? [start] : []))),
    places: inOrder(named.map(({ id }) => id)),
    slots: slotsOf(all),
    published: [published.start, published.end],
    record:
      eventDates === null && places.length === 0
        ? null
        : digest(JSON.stringify([eventDates, [...places].sort()])).slice(0, 16),
  };
}

/** The parts that tell, without headline, byline and date line; the whole body where there are none. */
export function textOf({ body, parts }: Pick<Report, "body" | "parts">): string {
  const told = parts.filter(({ role }) => role === "text");
  return told.length === 0 ? body : told.map(({ start, end }) => body.slice(start, end)).join("\n");
}

/** The stored hashes as numbers. */
export function shinglesOf({ shingles }: Pick<Sketch, "shingles">): Uint32Array {
  const bytes = Buffer.from(shingles, "base64");
  const hashes = new Uint32Array(bytes.length >> 2);
  for (let at = 0; at < hashes.length; at += 1) hashes[at] = bytes.readUInt32LE(at * 4);
  return hashes;
}

/** Texts of as many words are no forms that are filled in. */
export const LONG = 120;

/** Words before the name of a place. */
const BEFORE_PLACES = new Set(
  "في من علي الي نحو قرب بلده قريه مدينه حي ناحيه محيط اطراف احياء باتجاه بريف ريف بلدات قري بمدينه ببلده بقريه بحي".split(
    " ",
  ),
);

function slotsOf(all: readonly string[]): string[] {
  if (all.length >= LONG) return [];
  const slots = all.flatMap((word, at) => {
    const [second = "", first = ""] = all.slice(Math.max(0, at - 2), at);
    return BEFORE_PLACES.has(first) && !BEFORE_PLACES.has(word) ? [`${second} ${first}:${word}`] : [];
  });
  return inOrder(slots);
}

const RANGE = 2 ** 32;

function kept(all: readonly string[]): { hashes: Uint32Array; below: number } {
  const found = new Set<number>();
  for (let at = 0; at + SHINGLE <= all.length; at += 1)
    found.add(hash(all.slice(at, at + SHINGLE).join(" ")));
  let below = RANGE;
  while (found.size * (below / RANGE) > KEPT) below /= 2;
  return {
    hashes: Uint32Array.from(found)
      .filter((value) => value < below)
      .sort(),
    below,
  };
}

/** FNV-1a over the UTF-16 units, then mixed (the finaliser of MurmurHash3), so that small values are no rarer than others. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const inOrder = (values: readonly string[]): string[] => [...new Set(values)].sort();
