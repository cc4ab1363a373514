/** The timeline to read: as plain text, and as Markdown whose citations lead to their sources. */
import { dayLabel, publishedLabel } from "../answer/labels.ts";
import { unknownPublisher } from "../phrases/answer.ts";
import { PICTURE, TIMELINE_TEXT, withCertainty } from "../phrases/timeline.ts";
import type { Report } from "../report/report.ts";
import { cleanForDisplay } from "../text/bidi.ts";
import type { Timeline, TimelineDay, TimelineEntry } from "../timeline/timeline.ts";

export interface Listed {
  readonly timeline: Timeline;
  readonly reports: ReadonlyMap<string, Report>;
  /** What it is limited to, in words; null when it is whole. */
  readonly scope: string | null;
}

/** A day or a longer time, with a word on it where no report states it. */
export function dayHeading(day: TimelineDay): string {
  return withCertainty(dayLabel(day), day.confidence);
}

/** Publisher and day of publication, as far as they are known. */
export function sourceLine(report: Report | undefined): string {
  const publisher = cleanForDisplay(report?.publisher ?? unknownPublisher);
  return report ? `${publisher}، ${publishedLabel(report.published)}` : publisher;
}

/** Paragraphs of plain text; the number of a quotation is that of its report in the list at the end. */
export function timelineText({ timeline, reports, scope }: Listed): string {
  const { days, entries } = timeline;
  const head = [TIMELINE_TEXT.heading, ...(scope === null ? [] : [scope])].join(": ");
  if (entries.length === 0) return `${head}\n${PICTURE.none} ${PICTURE.absence}\n`;
  const numbers = new Map<string, number>();
  for (const { passage } of entries) {
    if (!numbers.has(passage.reportId)) numbers.set(passage.reportId, numbers.size + 1);
  }
  const number = ({ passage }: TimelineEntry): string => `[${numbers.get(passage.reportId)}]`;
  const told = days.map((day) =>
    [
      dayHeading(day),
      ...day.entries.map((entry) => `• «${cleanForDisplay(entry.quotation)}» ${number(entry)}`),
    ].join("\n"),
  );
  const sources = [...numbers].map(([id, n]) => `[${n}] ${sourceLine(reports.get(id))}، ${id}`);
  return `${[head, ...told, [TIMELINE_TEXT.sources, ...sources].join("\n")].join("\n\n")}\n`;
}

/** Each quotation has a footnote with report, offsets in its body, and address (GitHub Flavored Markdown). */
export function timelineMarkdown({ timeline, reports, scope }: Listed): string {
  const lines = [`# ${TIMELINE_TEXT.heading}`, ""];
  if (scope !== null) lines.push(escaped(scope), "");
  if (timeline.entries.length === 0) return [...lines, `${PICTURE.none} ${PICTURE.absence}`, ""].join("\n");
  const notes: string[] = [];
  for (const day of timeline.days) {
    lines.push(`## ${escaped(dayHeading(day))}`, "");
    for (const entry of day.entries) {
      notes.push(footnote(entry, reports.get(entry.passage.reportId)));
      lines.push(`- «${escaped(entry.quotation)}» [^${notes.length}]`);
    }
    lines.push("");
  }
  return [...lines, ...notes.map((note, index) => `[^${index + 1}]: ${note}`), ""].join("\n");
}

function footnote({ passage, start, end }: TimelineEntry, report: Report | undefined): string {
  const place = TIMELINE_TEXT.sourceAt(passage.reportId, start, end);
  return [escaped(sourceLine(report)), escaped(place), ...linkOf(report?.url ?? null)].join("، ");
}

/** A link to the original; only addresses that a browser opens as a page. */
function linkOf(url: string | null): string[] {
  if (url === null || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return [];
  return [`<${new URL(url).href.replaceAll("<", "%3C").replaceAll(">", "%3E")}>`];
}

/** Text that Markdown shows as it stands: marks are escaped, a line break stays one. */
function escaped(text: string): string {
  return cleanForDisplay(text)
    .replace(/[\\`*_{}[\]<>#|~&!$]/g, "\\$&")
    .replace(/(?<=:)\/\//g, "\\/\\/")
    .replace(/@/g, "\\@")
    .replace(
      /(^|\n)(\s*)([-+]|\d+[.)])(?=\s)/g,
      (_, before: string, space: string, mark: string) =>
        `${before}${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    )
    .replace(/\s*\n\s*/g, "\\\n  ");
}
