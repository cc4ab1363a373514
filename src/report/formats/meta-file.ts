/** FILE.meta.json beside a file: what the file cannot say of itself. */
import { z } from "zod";
import { FIELD_NAMES } from "../fields.ts";
import type { Problem } from "../problem.ts";

export const META_SUFFIX = ".meta.json";

const text = z.string().trim().min(1);
const column = z.union([text, z.array(text).min(1)]);

const metaSchema = z.strictObject({
  /** Defaults for every report of the file. */
  publisher: text.optional(),
  url: text.optional(),
  title: text.optional(),
  byline: text.optional(),
  published: text.optional(),
  collected_at: text.optional(),
  collected_by: text.optional(),
  collected_how: text.optional(),
  /** Columns of a table by the field that they hold; several are joined, a line for each. */
  columns: z.partialRecord(z.enum(FIELD_NAMES), column).optional(),
  /** How numeric days are written. */
  date_order: z.enum(["dmy", "mdy", "ymd"]).optional(),
  /** Name of a public Telegram channel, without "@": its export does not hold it. */
  username: z
    .string()
    .regex(/^\w{4,32}$/)
    .optional(),
});

export type MetaFile = z.infer<typeof metaSchema>;

/** Reads such a file; the reason, in English with the remedy, when it is wrong. */
export function readMetaFile(content: string): MetaFile | Problem {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { problem: "is not valid JSON; correct it", tag: "wrong_companion" };
  }
  const result = metaSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  return {
    problem: `${issue?.path.join(".") || "the top level"}: ${issue?.message}; correct that value`,
    tag: "wrong_companion",
  };
}
