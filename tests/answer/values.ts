import type { Passage } from "../../src/passage/passage.ts";
import type { Report } from "../../src/report/report.ts";

/** A report whose body is one text part. */
export function reportOf(id: string, body: string, more: Partial<Report> = {}): Report {
  return {
    id,
    publisher: "وكالة",
    title: null,
    byline: null,
    url: null,
    published: { start: "2017-10-29", end: "2017-10-29", confidence: "stated", why: "" },
    body,
    parts: [{ role: "text", start: 0, end: body.length }],
    sha256: "0".repeat(64),
    eventDates: null,
    places: [],
    warnings: [],
    ...more,
  };
}

/** A passage of a report at the first place where its text stands. */
export function passageOf(report: Report, text: string, more: Partial<Passage> = {}): Passage {
  const start = report.body.indexOf(text);
  if (start < 0) throw new Error(`"${text}" does not stand in ${report.id}`);
  return {
    id: `${report.id}-${start}`,
    reportId: report.id,
    role: "text",
    start,
    end: start + text.length,
    text,
    header: "",
    dates: [],
    places: [],
    ...more,
  };
}
