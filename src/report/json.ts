/** The JSON form of a report: one object, with every field but the body optional. */
import { z } from "zod";
import { type DayInterval, isDay } from "../text/day.ts";

/** The fields of a JSON report after checking; a field whose value was wrong is absent and named in `warnings`. */
export interface JsonReport {
  readonly id: string | null;
  readonly body: string;
  readonly title: string | null;
  readonly byline: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly published: DayInterval | null;
  readonly eventDates: DayInterval | null;
  readonly places: readonly string[];
  readonly warnings: readonly string[];
}

export type ParsedJson = { readonly report: JsonReport } | { readonly problem: string };

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
const days = z.string().transform((value, context): DayInterval => {
  const interval = parseInterval(value);
  if (interval !== null) return interval;
  context.addIssue({ code: "custom", message: "expected YYYY-MM-DD or start/end" });
  return z.NEVER;
});

/** "2017-10-29", "2017-10-28/2017-10-29", or with a time after the day ("2017-10-29T08:00:00Z"); null when wrong. */
function parseInterval(value: string): DayInterval | null {
  const [first = "", second = first, ...rest] = value.trim().split("/").map(withoutTime);
  if (rest.length > 0 || !isDay(first) || !isDay(second) || first > second) return null;
  return { start: first, end: second };
}

function withoutTime(value: string): string {
  return value.trim().replace(/[T ]\d{2}:\d{2}.*$/, "");
}

/** Reads one field; a missing, null or wrong value gives the fallback, and a wrong one a warning that names it. */
function field<T>(
  source: Record<string, unknown>,
  name: string,
  schema: z.ZodType<T>,
  warnings: string[],
): T | null {
  const value = source[name];
  if (value === undefined || value === null || value === "") return null;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const shown = JSON.stringify(value).slice(0, 60);
  warnings.push(
    `${name}: ${result.error.issues[0]?.message ?? "wrong value"}, got ${shown}; the field is ignored`,
  );
  return null;
}

/** Parses one JSON report. Only a missing object or body is a problem; any other wrong value is a warning. */
export function parseJsonReport(content: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { problem: "is not valid JSON; correct it" };
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) {
    return {
      problem: Array.isArray(value)
        ? "is an array; write one object per line in a .jsonl file"
        : "is not a JSON object",
    };
  }
  const source = object.data;
  const body = source.body;
  if (typeof body !== "string" || body.trim() === "") {
    return { problem: 'has no text in its field "body"; add the text of the report' };
  }
  const warnings: string[] = [];
  return {
    report: {
      id: field(source, "id", id, warnings),
      body: wellFormed(body, warnings),
      title: field(source, "title", text, warnings),
      byline: field(source, "byline", text, warnings),
      publisher: field(source, "publisher", text, warnings),
      url: field(source, "url", url, warnings),
      published: field(source, "published", days, warnings),
      eventDates: field(source, "event_date", days, warnings),
      places: field(source, "place", places, warnings) ?? [],
      warnings,
    },
  };
}

/** Halves of surrogate pairs are no text and could not be stored: they become U+FFFD, with a warning. */
function wellFormed(body: string, warnings: string[]): string {
  const repaired = body.replace(/\p{Surrogate}/gu, "\ufffd");
  if (repaired !== body) warnings.push("body: holds halves of surrogate pairs, which became U+FFFD");
  return repaired;
}
