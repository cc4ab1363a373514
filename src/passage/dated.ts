/** Dates that a part of a report names, each judged: is it the day of what is told, or a date told in passing? */
import { readDates } from "../report/dates.ts";
import type { Published } from "../report/report.ts";
import type { DateMention, DatePrecision } from "../text/dates/mention.ts";
import { addDays, type Day, dayNumber, yearOf } from "../text/day.ts";
import { normalize, type Span } from "../text/normalize.ts";

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
}

/** News is at most this many days older than its report; what is older is told as background. */
const NEWS_DAYS = 7;
/** But a report that names several older days, none older than this, sums up a month and tells of all of them. */
const SUMMARY_DAYS = 62;
const SUMMARY_MIN = 3;
/** "منذ" governs a date that follows within this many UTF-16 units of the same clause. */
const SINCE_REACH = 110;

/** "منذ X" is an interval up to the report's day only when it is no longer than this. */
const LASTING_DAYS = 31;
const NEAR_A_YEAR = 300;
const ABOUT = /(?<!\p{L})(?:نحو|حوالي|قرابة|زهاء|تقريبا|تقريباً|أكثر من|ما يقارب|ما يزيد)(?!\p{L})/u;
const HOURS_PER_DAY = 24;

const HEADLINE_HOURS = /خلال\s+(?:الـ?\s*)?(\p{Nd}{2})\s+ساعة/u;
const COMPARISON =
  /(?<!\p{L})(?:ال)?(?:أعنف|أكبر|أول|أولى|أسوأ|أعلى|أشد|أكثر|أقوى|أضخم|مرة)(?!\p{L})[^،.؛]*$/u;
const SINCE = /(?<!\p{L})(?:و|ف)?(?:منذ|مذ)(?!\p{L})(?![\s\S]*[،؛.؟!])/u;
const SINCE_OPENING = /^(?:و|ف)?(?:منذ|مذ)(?!\p{L})/u;

/**
 * The dates of a text, in order. Relative words are read from the publication day; when only an interval is known
 * they give the interval from the reading of its first day to that of its last, as `inferred`.
 */
export function findNamedDates(text: string, published: Published): NamedDate[] {
  return readMentions(text, published).map((mention) => {
    const since = isSince(text, mention);
    const { start, end, precision, confidence } = since ? endpoint(text, mention, published) : mention;
    const role = since ? "since" : "event";
    return { start, end, precision, confidence, words: mention.text, span: mention.span, role };
  });
}

/** The first day of the news of a report that names these dates; what ends before it is background. Null: unknown. */
export function newsBegins(named: readonly NamedDate[], published: Published): Day | null {
  if (published.start === null) return null;
  const begins = addDays(published.start, -NEWS_DAYS);
  const summaryBegins = addDays(published.start, -SUMMARY_DAYS);
  const older = named.filter(
    ({ role, precision, end }) => role === "event" && precision === "day" && end !== null && end < begins,
  );
  const summed = new Set(older.flatMap(({ end }) => (end !== null && end >= summaryBegins ? [end] : [])));
  return summed.size >= SUMMARY_MIN ? summaryBegins : begins;
}

/**
 * "خلال 24 ساعة" in a headline: the day before and the day of the report, as in "خلال الساعات الـ 24 الفائتة". In the
 * text it may as well be a deadline and says nothing.
 */
export function findHeadlineHours(text: string, published: Published): NamedDate[] {
  const match = HEADLINE_HOURS.exec(text);
  const { start, end } = published;
  if (match === null || start === null || end === null) return [];
  const days = Math.ceil(Number(normalize(match[1] ?? "")) / HOURS_PER_DAY);
  const span: Span = [match.index, match.index + match[0].length];
  const common = { precision: "range", confidence: "inferred", role: "event" } as const;
  return [{ ...common, start: addDays(start, -days), end, words: match[0], span }];
}

/**
 * What "منذ X" names. A state that began lately lasts to the report's day; one of long ago says of the days between
 * only that it lasted, and a comparison ("أعنف هجوم منذ X") says nothing of them: of these only X is kept, and so it is
 * of "منذ نحو أسبوعين", which counts roughly.
 */
function endpoint(
  text: string,
  mention: DateMention,
  published: Published,
): Pick<DateMention, "start" | "end" | "precision" | "confidence"> {
  const opening = SINCE_OPENING.exec(mention.text)?.[0];
  if (opening === undefined || mention.start === null || mention.end === null) return mention;
  if (ABOUT.test(mention.text)) return { ...mention, end: mention.start, precision: "day" };
  const [point] = readMentions(mention.text.slice(opening.length), published);
  const long = dayNumber(mention.end) - dayNumber(mention.start) > LASTING_DAYS;
  const compared = COMPARISON.test(text.slice(Math.max(0, mention.span[0] - SINCE_REACH), mention.span[0]));
  return point !== undefined && (long || compared) ? point : mention;
}

/** Whether a date without a year fell into two years when read from the first and from the last day of publication. */
function isYearApart(first: DateMention, last: DateMention): boolean {
  return (
    first.start !== null &&
    last.start !== null &&
    dayNumber(last.start) - dayNumber(first.start) > NEAR_A_YEAR
  );
}

function isSince(text: string, mention: DateMention): boolean {
  if (SINCE_OPENING.test(mention.text)) return true;
  return SINCE.test(text.slice(Math.max(0, mention.span[0] - SINCE_REACH), mention.span[0]));
}

function readMentions(text: string, published: Published): readonly DateMention[] {
  const { start, end } = published;
  if (start === null || end === null) return readDates(text, null);
  const years = [...new Set([yearOf(start), yearOf(end)])];
  const first = readDates(text, start, years);
  if (start === end) return first;
  const last = new Map(readDates(text, end, years).map((mention) => [mention.span.join(), mention]));
  return first.map((mention) => {
    const other = last.get(mention.span.join());
    if (other === undefined || (other.start === mention.start && other.end === mention.end)) return mention;
    if (isYearApart(mention, other)) return { ...other, confidence: "doubtful" };
    return { ...mention, start: mention.start, end: other.end, precision: "range", confidence: "inferred" };
  });
}
