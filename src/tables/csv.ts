/** The timeline as a table for spreadsheets: RFC 4180, with a mark by which Excel knows UTF-8. */
import { CSV_COLUMNS, certainty, precision, publishedHow } from "../phrases/timeline.ts";
import type { Published, Report } from "../report/report.ts";
import type { Timeline, TimelineEntry } from "../timeline/timeline.ts";

const BYTE_ORDER_MARK = "\ufeff";

export function timelineCsv({ entries }: Timeline, reports: ReadonlyMap<string, Report>): string {
  const rows = entries.map((entry) => rowOf(entry, reports.get(entry.passage.reportId)));
  return BYTE_ORDER_MARK + [CSV_COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function rowOf(
  { event, passage, start, end, quotation }: TimelineEntry,
  report: Report | undefined,
): string[] {
  return [
    event.start ?? "",
    event.end ?? "",
    precision[event.precision] ?? event.precision,
    certainty[event.confidence],
    [...new Set(passage.places.map(({ name }) => name))].join("؛ "),
    quotation,
    passage.reportId,
    report?.publisher ?? "",
    report ? publishedDays(report.published) : "",
    report ? publishedHow[report.published.confidence] : "",
    `${start}–${end}`,
    report?.url ?? "",
  ];
}

function publishedDays({ start, end }: Published): string {
  if (start === null && end === null) return "";
  return start === end ? (start ?? "") : `${start ?? ""}/${end ?? ""}`;
}

/** What spreadsheets take for a formula (OWASP, CSV injection), also behind white space and what is not seen. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** One cell: an apostrophe before what would be a formula makes it text. */
function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
