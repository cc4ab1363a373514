/** What the API takes and gives, as zod schemas: the OpenAPI document, the MCP tools and the checks come from these. */
import { z } from "zod";
import { isDay } from "../text/day.ts";

/** Existing days only, leap years included: the document says what is taken. Years as in `text/day.ts`. */
const DAY = `(?!0000)${z.regexes.date.source.replace(/^\^|\$$/g, "")}`;
const MOST_RESULTS = 50;

const day = z.string().nullable();
const published = z.object({
  start: day,
  end: day,
  confidence: z.enum(["stated", "inferred", "unknown"]),
  why: z.string(),
});
const event = z.object({
  start: day,
  end: day,
  precision: z.string(),
  confidence: z.enum(["certain", "inferred", "doubtful"]),
});
const place = z.object({ id: z.string(), name: z.string() });

export const daysSchema = z
  .string()
  .regex(new RegExp(`^${DAY}(?:/${DAY})?$`))
  .refine(
    (text) => text.split("/").every(isDay),
    "expected an existing day as YYYY-MM-DD, or two with / between",
  )
  .describe("A day as YYYY-MM-DD, or the first and the last of several days with / between them");
export const placeSchema = z
  .string()
  .min(1)
  .max(200)
  .describe("A place: its id, or its Arabic name as in the reports");

const limitSchema = z.coerce
  .number()
  .int()
  .min(1)
  .max(MOST_RESULTS)
  .default(10)
  .describe("At most so many results");

export const askRequest = z.object({
  question: z.string().min(1).max(4096).describe("The question, in Arabic"),
  conversation: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional()
    .describe("A name of your own for a thread of questions, so that one may build on the one before"),
});

export const searchRequest = z.object({
  q: z.string().min(1).max(1000).describe("What is searched for, in Arabic"),
  day: daysSchema.optional(),
  place: placeSchema.optional(),
  limit: limitSchema,
});

export const timelineRequest = z.object({
  day: daysSchema.optional(),
  place: placeSchema.optional(),
  limit: limitSchema,
});

/** A stretch of a report with what is known of it. `text` stands in the report's body from `start` to `end`. */
export const passageSchema = z.object({
  passage: z.string(),
  report: z.string(),
  publisher: z.string().nullable(),
  title: z.string().nullable(),
  published,
  event: event.nullable().describe("When it happened; not the day of publication"),
  places: z.array(place),
  text: z.string().describe("Letter for letter as in the report"),
  start: z.number().int().describe("UTF-16 offset in the report's body"),
  end: z.number().int(),
});
export type PassageJson = z.infer<typeof passageSchema>;

export const searchResponse = z.object({
  results: z.array(passageSchema.extend({ score: z.number().describe("0 to 1; for order only") })),
});
export type SearchJson = z.infer<typeof searchResponse>;

export const timelineResponse = z.object({
  total: z.number().int().describe("So many there are; at most `limit` are given"),
  entries: z.array(passageSchema),
});
export type TimelineJson = z.infer<typeof timelineResponse>;

export const reportSchema = z.object({
  id: z.string(),
  title: z.string().nullable(),
  byline: z.string().nullable(),
  publisher: z.string().nullable(),
  published,
  url: z.string().nullable(),
  body: z.string().describe("The whole text as received; offsets count its UTF-16 units"),
  parts: z.array(
    z.object({
      role: z.enum(["title", "byline", "date", "noise", "text"]),
      start: z.number().int(),
      end: z.number().int(),
    }),
  ),
  sha256: z.string().describe("Of the bytes as received"),
});
export type ReportJson = z.infer<typeof reportSchema>;

export const reportListRequest = z.object({
  page: z.coerce.number().int().min(1).default(1).describe("Which page of the list, from 1"),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe("At most so many reports on a page"),
});

export const reportListResponse = z.object({
  total: z.number().int().describe("So many there are; at most `limit` are given"),
  reports: z.array(reportSchema.omit({ body: true, parts: true })),
});
export type ReportListJson = z.infer<typeof reportListResponse>;

export const errorSchema = z.object({
  error: z.object({
    code: z.enum([
      "bad_input",
      "unauthorized",
      "not_found",
      "not_allowed",
      "too_large",
      "too_many",
      "foreign",
      "internal",
    ]),
    message: z.string(),
  }),
});
export type ErrorCode = z.infer<typeof errorSchema>["error"]["code"];
