/** What a file says of a report beside its text, by one set of names whatever the format: the form of JSON reports. */
import { z } from "zod";
import { type DayInterval, isDay } from "../text/day.ts";
import { type DateOrder, readPublicationDay } from "./instants.ts";

/** When, by whom and how a report came into the collection, as the file states it. */
export interface Collected {
  /** An ISO day or time. */
  readonly at: string | null;
  readonly by: string | null;
  readonly how: string | null;
}

/** The fields after checking; one whose value was wrong is absent and named in `warnings`. */
export interface ReportFields {
  readonly id: string | null;
  readonly title: string | null;
  readonly byline: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly published: DayInterval | null;
  readonly eventDates: DayInterval | null;
  readonly places: readonly string[];
  /** Absent when nothing is said of it. */
  readonly collected?: Collected | undefined;
  /** ISO times at which the source says that it changed the text. */
  readonly editedAt?: readonly string[] | undefined;
  readonly warnings: readonly string[];
}

export interface FieldOptions {
  /** Days may be written as people write them ("29/10/2017", "Sun, 29 Oct 2017 22:30 GMT"), in this order. */
  readonly dateOrder?: DateOrder | undefined;
}

/** The names of the fields. */
export const FIELD_NAMES = [
  ...["id", "title", "byline", "body", "publisher", "url", "published", "event_date", "place"],
  ...["collected_at", "collected_by", "collected_how"],
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

const MAX_ID_LENGTH = 200;

const text = z.string().trim().min(1, "expected a text that is not empty");
const id = z
  .union([text, z.number().int().transform(String)], "expected a text")
  .refine(
    (value) => value.length <= MAX_ID_LENGTH && !/\p{Cc}/u.test(value),
    `expected one line of at most ${MAX_ID_LENGTH} characters`,
  );
const url = z.url({ protocol: /^https?$/, error: "expected an http or https address" });
const places = z
  .union([text.transform((value) => [value]), z.array(text)], "expected a text or an array of texts")
  .transform((values): readonly string[] => values);
const moment = z
  .string()
  .trim()
  .refine((value) => isDay(value.slice(0, 10)), "expected YYYY-MM-DD, with or without a time");
const moments = z.array(moment);

function days(order: DateOrder | undefined): z.ZodType<DayInterval> {
  return z.string().transform((value, context): DayInterval => {
    const interval = (order === undefined ? null : readPublicationDay(value, order)) ?? parseInterval(value);
    if (interval !== null) return interval;
    context.addIssue({ code: "custom", message: "expected YYYY-MM-DD or start/end" });
    return z.NEVER;
  });
}

/** "2017-10-29", "2017-10-28/2017-10-29", or with a time after the day ("2017-10-29T08:00:00Z"); null when wrong. */
function parseInterval(value: string): DayInterval | null {
  const [first = "", second = first, ...rest] = value.trim().split("/").map(withoutTime);
  if (rest.length > 0 || !isDay(first) || !isDay(second) || first > second) return null;
  return { start: first, end: second };
}

function withoutTime(value: string): string {
  return value.trim().replace(/[T ]\d{2}:\d{2}.*$/, "");
}

/** Checks the fields. Never fails: a wrong value is a warning. */
export function readFields(
  source: Readonly<Record<string, unknown>>,
  options: FieldOptions = {},
): ReportFields {
  const warnings: string[] = [];
  const get = <T>(name: FieldName | "edited_at", schema: z.ZodType<T>): T | null =>
    field(source, name, schema, warnings);
  const collected = {
    at: get("collected_at", moment),
    by: get("collected_by", text),
    how: get("collected_how", text),
  };
  const editedAt = get("edited_at", moments) ?? [];
  const dates = days(options.dateOrder);
  return {
    id: get("id", id),
    title: get("title", text),
    byline: get("byline", text),
    publisher: get("publisher", text),
    url: get("url", url),
    published: get("published", dates),
    eventDates: get("event_date", dates),
    places: get("place", places) ?? [],
    ...((collected.at ?? collected.by ?? collected.how) ? { collected } : {}),
    ...(editedAt.length > 0 ? { editedAt } : {}),
    warnings,
  };
}

/** Reads one field; a missing, null or wrong value gives null, and a wrong one a warning that names it. */
function field<T>(
  source: Readonly<Record<string, unknown>>,
  name: string,
  schema: z.ZodType<T>,
  warnings: string[],
): T | null {
  const value = Object.hasOwn(source, name) ? source[name] : undefined;
  if (value === undefined || value === null || value === "") return null;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const shown = JSON.stringify(value).slice(0, 60);
  warnings.push(
    `${name}: ${result.error.issues[0]?.message ?? "wrong value"}, got ${shown}; the field is ignored`,
  );
  return null;
}

/** Halves of surrogate pairs are no text and could not be stored: they become U+FFFD, with a warning. */
export function wellFormed(body: string): { readonly text: string; readonly warnings: readonly string[] } {
  const text = body.replace(/\p{Surrogate}/gu, "\ufffd");
  return text === body
    ? { text, warnings: [] }
    : { text, warnings: ["body: holds halves of surrogate pairs, which became U+FFFD"] };
}
