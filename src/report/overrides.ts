import { readFile } from "node:fs/promises";
import { z } from "zod";
import { isDay } from "../text/day.ts";

const daySchema = z.string().refine(isDay, "expected an existing day as YYYY-MM-DD");
const text = z.string().trim().min(1);

const publishedSchema = z.strictObject({
  start: daySchema.nullable(),
  end: daySchema.nullable(),
  confidence: z.enum(["stated", "inferred", "unknown"]),
  /** A short Arabic sentence for readers. */
  why: text,
});

const overrideSchema = z.strictObject({
  published: publishedSchema.optional(),
  publisher: text.optional(),
  title: text.optional(),
  /** The report is left out of the index. */
  withdrawn: z.strictObject({ on: daySchema, reason: text }).optional(),
  /** Who knows it, and how: for operators. */
  who: text,
  why: text,
});

/** Schema of data/overrides.json: what an operator knows better than the text of a report, by report id. */
export const overridesSchema = z.strictObject({ reports: z.record(z.string(), overrideSchema) });

export type Override = z.infer<typeof overrideSchema>;
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
