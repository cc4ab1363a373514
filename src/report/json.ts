/** The JSON form of a report: one object, with every field but the body optional. */
import { z } from "zod";
import { type ReportFields, readFields, wellFormed } from "./fields.ts";

/** A report with its body; a field whose value was wrong is absent and named in `warnings`. */
export interface JsonReport extends ReportFields {
  readonly body: string;
}

export type ParsedJson = { readonly report: JsonReport } | { readonly problem: string };

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
  const fields = readFields(source);
  const repaired = wellFormed(body);
  const warnings = [...repaired.warnings, ...fields.warnings];
  return { report: { ...fields, body: repaired.text, warnings } };
}
