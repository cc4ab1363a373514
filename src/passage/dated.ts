/** Dates that a part of a report names, each judged: is it the day of what is told, or a date told in passing? */
import type { Published } from "../report/report.ts";
import { findDates } from "../text/dates/find.ts";
import type { DateMention, DatePrecision } from "../text/dates/mention.ts";
import { addDays, type Day, yearOf } from "../text/day.ts";
import type { Span } from "../text/normalize.ts";

/** How a date stands to what its clause tells. `since`: only names from or until when ("منذ 2012"). */
export type DateRole = "event" | "since";

export interface NamedDate {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly precision: DatePrecision;
  readonly confidence: "certain" | "inferred" | "doubtful";
  readonly words: string;
  /** In the text that was read. */
  readonly span: Span;
  readonly role: DateRole;
  /** Clearly before the news that the report brings. */
  readonly old: boolean;
}

/** News is at most this many days older than its report; what is older is told as background. */
const NEWS_DAYS = 7;
/** "منذ" governs a date that follows within this many UTF-16 units of the same clause. */
const SINCE_REACH = 110;

const SINCE = /(?<!\p{L})(?:و|ف)?(?:منذ|مذ)(?!\p{L})(?![\s\S]*[،؛.؟!])/u;
const SINCE_OPENING = /^(?:و|ف)?(?:منذ|مذ)(?!\p{L})/u;

/**
 * The dates of a text, in order. Relative words are read from the publication day; when only an interval is known
 * they give the interval from the reading of its first day to that of its last, as `inferred`.
 */
export function findNamedDates(text: string, published: Published): NamedDate[] {
  return readMentions(text, published).map((mention) => ({
    start: mention.start,
    end: mention.end,
    precision: mention.precision,
    confidence: mention.confidence,
    words: mention.text,
    span: mention.span,
    role: isSince(text, mention) ? "since" : "event",
    old: isOld(mention, published),
  }));
}

function isSince(text: string, mention: DateMention): boolean {
  if (SINCE_OPENING.test(mention.text)) return true;
  return SINCE.test(text.slice(Math.max(0, mention.span[0] - SINCE_REACH), mention.span[0]));
}

function isOld(mention: DateMention, published: Published): boolean {
  if (published.start === null || mention.end === null) return false;
  return mention.end < addDays(published.start, -NEWS_DAYS);
}

function readMentions(text: string, published: Published): readonly DateMention[] {
  const { start, end } = published;
  const absolute = findDates(text, { mode: "report", anchor: null });
  if (start === null || end === null) return absolute;
  const written = new Map(absolute.map((mention) => [mention.span.join(), mention]));
  const years = [...new Set([yearOf(start), yearOf(end)])];
  const first = findDates(text, { mode: "report", anchor: start, years });
  if (start === end) {
    return first.map((mention) => (isWritten(mention, written) ? mention : lessCertain(mention, published)));
  }
  const last = new Map(
    findDates(text, { mode: "report", anchor: end, years }).map((mention) => [mention.span.join(), mention]),
  );
  return first.map((mention) => {
    const other = last.get(mention.span.join());
    if (other === undefined || (other.start === mention.start && other.end === mention.end)) return mention;
    return { ...mention, start: mention.start, end: other.end, precision: "range", confidence: "inferred" };
  });
}

/** Whether the date is the same without any anchor. */
function isWritten(mention: DateMention, written: ReadonlyMap<string, DateMention>): boolean {
  const same = written.get(mention.span.join());
  return same !== undefined && same.start === mention.start && same.end === mention.end;
}

/** A relative date is no more certain than the publication day that it was counted from. */
function lessCertain(mention: DateMention, published: Published): DateMention {
  return published.confidence === "stated" || mention.confidence === "doubtful"
    ? mention
    : { ...mention, confidence: "inferred" };
}
