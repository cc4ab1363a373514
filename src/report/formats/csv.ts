/** Tables: a report in each row, its fields in columns that a small file beside names. */

import { parse } from "csv-parse/sync";
import { decodeText } from "../charset.ts";
import { FIELD_NAMES, type FieldName } from "../fields.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "./format.ts";
import type { MetaFile } from "./meta-file.ts";

export const CSV_READER = "csv/1";

/** Headings under which tables usually keep the fields, for a table without a file that names its columns. */
const HEADINGS: Readonly<Record<FieldName, readonly string[]>> = {
  id: ["id", "ref", "reference", "المعرف", "الرقم", "رقم"],
  title: ["title", "headline", "العنوان", "عنوان"],
  byline: ["byline", "author", "الكاتب"],
  body: [
    "body",
    "text",
    "content",
    "description",
    "report",
    "النص",
    "نص",
    "نص التقرير",
    "التقرير",
    "الوصف",
    "المحتوى",
  ],
  publisher: ["publisher", "source", "المصدر", "الناشر", "الجهة"],
  url: ["url", "link", "الرابط"],
  published: ["published", "publication date", "date published", "تاريخ النشر"],
  event_date: ["event_date", "event date", "date", "تاريخ الحدث", "تاريخ الواقعة", "التاريخ"],
  place: ["place", "location", "المكان", "الموقع"],
  collected_at: ["collected_at", "تاريخ الجمع"],
  collected_by: ["collected_by", "جمعه"],
  collected_how: ["collected_how", "طريقة الجمع"],
};
const MAX_HEADER = 64 * 1024;

export type TableReading = { readonly items: Iterable<Item>; readonly charset: string } | Problem;

/** Reads a table. Rows without text are problems of their own. */
export function readCsv(bytes: Uint8Array, meta: MetaFile | null): TableReading {
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return decoded;
  const { text, charset } = decoded;
  let rows: readonly Row[];
  try {
    rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      raw: true,
      info: true,
    }) as unknown as readonly Row[];
  } catch {
    return {
      problem: "is not a table that can be read (a quotation mark is not closed?); save it anew as CSV",
      tag: "damaged",
    };
  }
  const [header, ...records] = rows;
  if (header === undefined) return { problem: "is empty; add rows or remove the file", tag: "empty" };
  const columns = chooseColumns(
    header.record.map((name) => name.trim()),
    meta,
  );
  if ("problem" in columns) return columns;
  return { items: itemsOf(records, columns.columns), charset };
}

interface Row {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** The sign that stands most often in the heading outside quotation marks. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, Math.min(MAX_HEADER, `${text}\n`.indexOf("\n"))).replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((sign) => [sign, heading.split(sign).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** For each field the columns it is put together from, as positions. */
type Columns = ReadonlyMap<FieldName, readonly number[]>;

function chooseColumns(names: readonly string[], meta: MetaFile | null): { columns: Columns } | Problem {
  const columns = new Map<FieldName, readonly number[]>();
  const lower = names.map((name) => name.toLowerCase());
  for (const field of FIELD_NAMES) {
    const wanted = meta?.columns?.[field];
    if (wanted !== undefined) {
      const positions = [wanted].flat().map((name) => names.indexOf(name));
      if (positions.includes(-1)) {
        const missing = [wanted].flat()[positions.indexOf(-1)];
        return {
          problem: `has no column "${missing}", which its .meta.json names for ${field}; correct one of them`,
          tag: "no_columns",
        };
      }
      columns.set(field, positions);
    } else if (meta?.columns === undefined) {
      const at = HEADINGS[field].map((heading) => lower.indexOf(heading)).find((position) => position >= 0);
      if (at !== undefined) columns.set(field, [at]);
    }
  }
  if (columns.has("body")) return { columns };
  return {
    problem:
      'has no column that is known to hold the text; name it in a file beside it, FILE.csv.meta.json: {"columns": {"body": "…"}}',
    tag: "no_columns",
  };
}

function* itemsOf(rows: readonly Row[], columns: Columns): Generator<Item> {
  for (const { record, raw, info } of rows) {
    const fields: Record<string, unknown> = {};
    for (const [field, positions] of columns) {
      const values = positions
        .map((position) => (record[position] ?? "").trim())
        .filter((value) => value !== "");
      fields[field] = field === "place" && values.length > 1 ? values : values.join("\n");
    }
    const body = typeof fields.body === "string" ? fields.body.replace(/\r\n?/g, "\n") : "";
    yield {
      where: String(info.lines),
      bytes: Buffer.from(raw),
      id: (name) => `${name}-${info.lines}`,
      extracted:
        body === ""
          ? { problem: "has no text in the column of the body; add it or remove the row", tag: "empty" }
          : { body, fields },
    };
  }
}
