/**
 * Reports and passages as JSON text, which keeps every UTF-16 unit (SQLite's text would lose lone surrogates).
 * Fields that are unknown here are kept.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";

const interval = { start: z.string().nullable(), end: z.string().nullable() };
const role = z.enum(["title", "byline", "date", "noise", "text"]);

const sketchSchema = z.object({
  text: z.string(),
  words: z.number(),
  shingles: z.string(),
  below: z.number(),
  days: z.array(z.string()),
  places: z.array(z.string()),
  slots: z.array(z.string()),
  published: z.tuple([z.string().nullable(), z.string().nullable()]),
  record: z.string().nullable(),
});

const reportSchema = z.looseObject({
  id: z.string(),
  publisher: z.string().nullable(),
  title: z.string().nullable(),
  byline: z.string().nullable(),
  url: z.string().nullable(),
  published: z.looseObject({
    ...interval,
    confidence: z.enum(["stated", "inferred", "unknown"]),
    why: z.string(),
  }),
  body: z.string(),
  parts: z.array(z.looseObject({ role, start: z.number(), end: z.number() })),
  sha256: z.string(),
  eventDates: z.looseObject(interval).nullable(),
  places: z.array(z.string()),
  warnings: z.array(z.string()),
  provenance: z
    .looseObject({
      file: z.string(),
      format: z.string(),
      parser: z.string(),
      charset: z.string().nullable(),
      bytes: z.number(),
      collected: z
        .looseObject({ at: z.string().nullable(), by: z.string().nullable(), how: z.string().nullable() })
        .nullable(),
      editedAt: z.array(z.string()),
    })
    .optional(),
  corrected: z
    .looseObject({
      fields: z.array(z.enum(["published", "publisher", "title", "eventDates", "places"])),
      who: z.string(),
      why: z.string(),
    })
    .optional(),
  sketch: sketchSchema.optional(),
});

const basis = z.enum(["passage", "previous", "report"]);

const passageSchema = z.looseObject({
  id: z.string(),
  reportId: z.string(),
  role,
  start: z.number(),
  end: z.number(),
  text: z.string(),
  header: z.string(),
  dates: z.array(
    z.looseObject({
      ...interval,
      precision: z.enum(["day", "range", "week", "month", "season", "year", "decade"]),
      confidence: z.enum(["certain", "inferred", "doubtful"]),
      basis,
      words: z.string(),
      background: z.boolean(),
    }),
  ),
  places: z.array(z.looseObject({ id: z.string(), name: z.string(), basis, words: z.string() })),
});

/** The one form in which a report is written: keys in order, so that equal reports give equal text. */
export function encodeReport(report: Report): string {
  return JSON.stringify(reportSchema.parse(report));
}

export function decodeReport(record: string): Report {
  return reportSchema.parse(JSON.parse(record));
}

/** The sketch of a report as a row of heads holds it; absent where the report has none. */
export function decodeSketch(text: string | null): Pick<Report, "sketch"> {
  return text === null ? {} : { sketch: sketchSchema.parse(JSON.parse(text)) };
}

export function encodePassage(passage: Passage): string {
  return JSON.stringify(passageSchema.parse(passage));
}

export function decodePassage(record: string): Passage {
  return passageSchema.parse(JSON.parse(record));
}

/** Lower-case hex sha256 of a text. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** 16 bytes that stand for a text: the key of its vector. */
export function contentHash(text: string): Buffer {
  return createHash("sha256").update(text).digest().subarray(0, 16);
}
