/** The JSON form of a report: one object, with every field but the body optional. */
import { z } from "zod";
import { type ReportFields, readFields, wellFormed } from "./fields.ts";
import type { DateOrder } from "./instants.ts";
import type { Problem } from "./problem.ts";

/** A report with its body; a field whose value was wrong is absent and named in `warnings`. */
export interface JsonReport extends ReportFields {
  readonly body: string;
}

export type ParsedJson = { readonly report: JsonReport } | Problem;

/** What is said beside a report and holds where it says nothing itself. */
export type Defaults = Readonly<Record<string, unknown>> & { readonly date_order?: DateOrder | undefined };

/** Parses one JSON report. Only a missing object or body is a problem; any other wrong value is a warning. */
export function parseJsonReport(content: string, defaults: Defaults | null = null): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { problem: "is not valid JSON; correct it", tag: "not_json" };
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) {
    return {
      problem: Array.isArray(value)
        ? "is an array; write one object per line in a .jsonl file"
        : "is not a JSON object",
      tag: "not_json",
    };
  }
  const source = object.data;
  const body = source.body;
  if (typeof body !== "string" || body.trim() === "") {
    return { problem: 'has no text in its field "body"; add the text of the report', tag: "no_text" };
  }
  const own = Object.entries(source).filter(([, value]) => value !== null && value !== "");
  const stated = { ...defaults, ...Object.fromEntries(own) };
  const fields = readFields(stated, { dateOrder: defaults?.date_order });
  const repaired = wellFormed(body);
  const warnings = [...repaired.warnings, ...fields.warnings];
  return { report: { ...fields, body: repaired.text, warnings } };
}
