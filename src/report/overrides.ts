import { readFile } from "node:fs/promises";
import { z } from "zod";
import { isDay } from "../text/day.ts";
import { PLACE_KINDS } from "../text/places/place.ts";

const daySchema = z.string().refine(isDay, "expected an existing day as YYYY-MM-DD");
const text = z.string().trim().min(1);

const publishedSchema = z.strictObject({
  start: daySchema.nullable(),
  end: daySchema.nullable(),
  confidence: z.enum(["stated", "inferred", "unknown"]),
  /** A short Arabic sentence for readers. */
  why: text,
});

const daysSchema = z
  .strictObject({ start: daySchema, end: daySchema })
  .refine(({ start, end }) => start <= end, "expected a first day that is not after the last one");

/** Who knows it, and how: for operators. */
const known = { who: text, why: text };
const texts = z.array(text).min(1);

const overrideSchema = z.strictObject({
  published: publishedSchema.optional(),
  publisher: text.optional(),
  title: text.optional(),
  /** In place of the report's own field `event_date`. */
  eventDays: daysSchema.optional(),
  /** In place of the report's own field `place`, general to particular inside each ("حمص : بابا عمرو"). */
  places: texts.optional(),
  /** Ids of places that the text is not about, although a word in it looks like their name. */
  withoutPlaces: texts.optional(),
  /** The report is left out of the index. */
  withdrawn: z.strictObject({ on: daySchema, reason: text, who: text.optional() }).optional(),
  ...known,
});

/** `variants` are added to the row of this id in data/, `without` are spellings that the row loses. */
const spellings = { name: text.optional(), variants: texts.optional(), without: texts.optional() };

const placeOverrideSchema = z.strictObject({
  ...spellings,
  kind: z.enum(PLACE_KINDS).optional(),
  /** Ids from the nearest outwards; what lies above the last one need not be named. */
  parents: texts.optional(),
  ...known,
});

const publisherOverrideSchema = z.strictObject({
  ...spellings,
  site: z.url().optional(),
  /** One neutral sentence for "who is …?". */
  card: text.optional(),
  ...known,
});

const rowId = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "an id is lower-case letters, digits and hyphens");

/**
 * Schema of data/overrides.json: what an operator knows better than the text of a report, by report id, and than
 * data/places.json and data/publishers.json, by the id of the row; an id that these do not have is a new row.
 */
export const overridesSchema = z.strictObject({
  reports: z.record(z.string(), overrideSchema),
  places: z.record(rowId, placeOverrideSchema).optional(),
  publishers: z.record(rowId, publisherOverrideSchema).optional(),
});

export type Override = z.infer<typeof overrideSchema>;
export type PlaceOverride = z.infer<typeof placeOverrideSchema>;
export type PublisherOverride = z.infer<typeof publisherOverrideSchema>;
export type Overrides = z.infer<typeof overridesSchema>;

export const NO_OVERRIDES: Overrides = { reports: {} };

/** The overrides cannot be used. The message names the file and the value and ends in the remedy. */
export class OverridesError extends Error {
  override readonly name = "OverridesError";
}

/** Reads the overrides; a missing file means there are none. Throws OverridesError when the file is wrong. */
export async function readOverrides(file: string): Promise<Overrides> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return NO_OVERRIDES;
    throw new OverridesError(`${file} cannot be read; make it readable or remove it`, { cause });
  }
  return parseOverrides(content, file);
}

/** The overrides of a text; `file` is what its errors name. Throws OverridesError. */
export function parseOverrides(content: string, file: string): Overrides {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new OverridesError(`${file} is not valid JSON; correct it or remove it`, { cause });
  }
  const result = overridesSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join(".") || "the top level";
  throw new OverridesError(`${file}: ${where}: ${issue?.message}; correct that value`, {
    cause: result.error,
  });
}

/** The reports that were withdrawn, by id, with the day. */
export function withdrawnReports({ reports }: Overrides): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(reports).flatMap(([id, { withdrawn }]) =>
      withdrawn === undefined ? [] : [[id, withdrawn.on]],
    ),
  );
}
