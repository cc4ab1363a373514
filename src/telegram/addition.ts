/** What an admin is about to add to the collection or to correct in it, as it is kept between the steps. */
import { z } from "zod";
import { PROBLEM_TAGS } from "../report/problem.ts";
import { isDay } from "../text/day.ts";

const day = z.string().refine(isDay);
const interval = z.object({ start: day.nullable(), end: day.nullable() });
const place = z.object({ id: z.string(), name: z.string() });

/** How sure a reading is, and the words from which it is. */
const basis = {
  confidence: z.enum(["stated", "inferred", "unknown"]),
  words: z.string(),
};

const understoodReportSchema = z.object({
  id: z.string(),
  publisher: z.object({ name: z.string(), ...basis }).nullable(),
  title: z.object({ text: z.string(), ...basis }).nullable(),
  published: z.object({ ...interval.shape, ...basis }),
  events: z.array(z.object({ ...interval.shape, ...basis })),
  places: z.array(z.object({ ...place.shape, ...basis })),
  /** Places as a field of its own names them. */
  ownPlaces: z.array(z.string()).default([]),
  /** UTF-16 units of the text, and how it begins. */
  length: z.number(),
  opening: z.string(),
});
export type UnderstoodReport = z.infer<typeof understoodReportSchema>;

/** What a file was understood to hold. */
export const understoodSchema = z.object({
  /** The first few. */
  reports: z.array(understoodReportSchema),
  total: z.number(),
  /** What could not be read: a name, and a reason in English and as a tag; the first few. */
  problems: z.array(
    z.object({ file: z.string(), reason: z.string(), tag: z.enum(PROBLEM_TAGS).catch("damaged") }),
  ),
  unread: z.number(),
});
export type Understood = z.infer<typeof understoodSchema>;

/** A post of a channel as it was forwarded. */
const postSchema = z.object({
  kind: z.literal("post"),
  channel: z.object({ id: z.string(), title: z.string().nullable(), username: z.string().nullable() }),
  post: z.number(),
  /** When it was written, in seconds since 1970. */
  at: z.number(),
  text: z.string(),
});
export type Post = z.infer<typeof postSchema>;

const fileSchema = z.object({
  kind: z.literal("file"),
  file: z.string(),
  name: z.string(),
  size: z.number().nullable(),
  /** Of the bytes that were read for the preview. */
  sha256: z.string(),
});
export type SentFile = z.infer<typeof fileSchema>;

/** What a spelling that a name gains or loses stands for now. */
const effectSchema = z.object({
  /** Reports in which these words stand. */
  reports: z.number(),
  /** Words around the first of them; empty for none. */
  sample: z.string(),
  /** Other names that are spelt so. */
  also: z.array(z.string()),
});
export type SpellingEffect = z.infer<typeof effectSchema>;

const changeSchema = z.object({ spelling: z.string(), effect: effectSchema });

const nameRowSchema = z.object({
  section: z.enum(["places", "publishers"]),
  /** Of the row in data/places.json or data/publishers.json. */
  id: z.string(),
  /** As a reader knows it. */
  name: z.string(),
  /** Other spellings that it has. */
  spellings: z.array(z.string()),
});
/** A row of the lists of names. */
export type NameRow = z.infer<typeof nameRowSchema>;

const nameSchema = nameRowSchema.extend({
  kind: z.literal("name"),
  gains: z.array(changeSchema),
  loses: z.array(changeSchema),
});
/** A name with the spellings that it is to gain and to lose. */
export type NameChange = z.infer<typeof nameSchema>;

/** What the admin says otherwise; null for what stays as it was understood. */
const correctionsSchema = z.object({
  publisher: z.string().nullable(),
  title: z.string().nullable(),
  published: day.nullable(),
  event: day.nullable(),
  places: z.array(place),
  /** Places that were found in the text and are not meant there. */
  notPlaces: z.array(place).default([]),
});
export type Corrections = z.infer<typeof correctionsSchema>;
export const NO_CORRECTIONS: Corrections = {
  ...{ publisher: null, title: null, published: null, event: null, places: [], notPlaces: [] },
};

export const FIELDS = ["publisher", "title", "published", "event", "place"] as const;
export type Field = (typeof FIELDS)[number];

export const additionSchema = z.object({
  /** A file, a post, a report that is in the collection already, or a name. */
  source: z.discriminatedUnion("kind", [
    postSchema,
    fileSchema,
    z.object({ kind: z.literal("report"), report: z.string() }),
    nameSchema,
  ]),
  understood: understoodSchema,
  corrections: correctionsSchema,
  /** The report is to be taken out of the collection. */
  withdraws: z.boolean(),
  /** What the next text in the chat is taken for. */
  expects: z.enum([...FIELDS, "spelling"]).nullable(),
  /** The bot's message that shows it; null until a button of it was tapped. */
  message: z.number().nullable(),
  /** "working": confirmed, not yet in the collection; "undoing": on its way out again. */
  state: z.enum(["open", "working", "done", "undoing", "undone"]),
  /** Opaque mark of the admin, and when it was confirmed (ISO). */
  by: z.string(),
  at: z.string().nullable(),
  /** What an undo puts back, as whoever wrote it needs it. */
  former: z.unknown(),
});
export type Addition = z.infer<typeof additionSchema>;

/** An addition as it is stored; null when it is none. */
export function readAddition(value: string): Addition | null {
  try {
    const parsed = additionSchema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Ids of the reports that it brings, as far as they are known. */
export function reportIds({ understood }: Addition): string[] {
  return understood.reports.map(({ id }) => id);
}
