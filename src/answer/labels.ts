import * as phrases from "../phrases/answer.ts";
import { alsoPublished } from "../phrases/copies.ts";
import type { Published } from "../report/report.ts";
import { formatDay, formatInterval } from "../text/dates/format.ts";
import type { Citation } from "./answer.ts";

/** The day or interval as a person reads it: a single day with its weekday. */
export function dayLabel(interval: { start: string | null; end: string | null }): string {
  if (interval.start !== null && interval.start === interval.end)
    return formatDay(interval.start, { weekday: true });
  return formatInterval(interval);
}

const YEAR = / \d{4}$/;

/** Several days or intervals in one line; the year stands once where neighbours share it. */
export function dayList(intervals: readonly { start: string | null; end: string | null }[]): string {
  const labels = intervals.map((interval) => formatInterval(interval));
  const yearOf = (label: string | undefined): string | undefined => YEAR.exec(label ?? "")?.[0];
  return phrases.list(
    labels.map((label, index) =>
      yearOf(label) !== undefined && yearOf(label) === yearOf(labels[index + 1])
        ? label.replace(YEAR, "")
        : label,
    ),
  );
}

/** How a report's publication day is known, in a few words. */
export function publishedLabel(published: Published): string {
  if (published.start === null && published.end === null) return phrases.publishedUnknown;
  const day = dayLabel(published);
  if (published.confidence === "stated") return phrases.publishedStated(day);
  return published.confidence === "inferred" ? phrases.publishedInferred(day) : phrases.publishedUnknown;
}

/** One line for a source: publisher, publication day and how it is known, event day where it is another. */
export function sourceLabel(citation: Citation): string {
  const parts = [citation.publisher ?? phrases.unknownPublisher, publishedLabel(citation.published)];
  const { event, published } = citation;
  if (event && (event.start !== published.start || event.end !== published.end)) {
    parts.push(phrases.eventOn(dayLabel(event)));
  }
  const line = parts.join("، ");
  const elsewhere = copiesLabel(citation);
  return elsewhere === null ? line : `${line}. ${elsewhere}`;
}

/** Who else published the same text, and when; null for nobody. */
export function copiesLabel({ copies = [] }: Pick<Citation, "copies">): string | null {
  if (copies.length === 0) return null;
  const places = copies.map(({ publisher, published }) =>
    [publisher ?? phrases.unknownPublisher, publishedLabel(published)].join("، "),
  );
  return alsoPublished(places.join("؛ "));
}
