/** How a report and its days are named to a reader. */
import {
  publishedInferred,
  publishedStated,
  publishedUnknown,
  unknownPublisher,
  untitled,
} from "../phrases/answer.ts";
import { untitledReport } from "../phrases/telegram.ts";
import type { Published, Report } from "../report/report.ts";
import { cleanForDisplay } from "../text/bidi.ts";
import { formatDay, formatInterval } from "../text/dates/format.ts";
import type { DatePrecision } from "../text/dates/mention.ts";
import type { DayInterval } from "../text/day.ts";
import { cutAt } from "./markup.ts";

const LONGEST_PUBLISHER = 100;
const LONGEST_TITLE = 200;
const LONGEST_REASON = 200;

/** One line of at most `limit` units, cut after a word where one ends near. */
export function oneLine(text: string, limit: number): string {
  const one = cleanForDisplay(text).replace(/\s+/g, " ").trim();
  if (one.length <= limit) return one;
  const cut = cutAt(one, limit - 1);
  const space = cut.lastIndexOf(" ");
  return `${space > limit / 2 ? cut.slice(0, space) : cut}…`;
}

export function publisherName(report: { readonly publisher: string | null }): string {
  return report.publisher === null ? unknownPublisher : oneLine(report.publisher, LONGEST_PUBLISHER);
}

/** The title, or that there is none. */
export function titleOf(report: Report): string {
  return report.title === null ? untitled : oneLine(report.title, LONGEST_TITLE);
}

/** The title, or the first words of a report without one: to tell it from others. */
export function titleInList(report: Report): string {
  if (report.title !== null) return titleOf(report);
  const text = report.parts.find((part) => part.role === "text");
  const words = text ? oneLine(report.body.slice(text.start, text.end), 60) : "";
  return untitledReport(words);
}

/** "الأحد 29 تشرين الأول 2017", or the interval in words; "" when it is open at both ends. */
export function dayText(interval: DayInterval, precision?: DatePrecision): string {
  const { start, end } = interval;
  if (start !== null && start === end) return formatDay(start, { weekday: true });
  return formatInterval(interval, precision);
}

/** When it was published and how that is known; with `reason` also why, unless it is stated or not told in Arabic. */
export function publishedText(published: Published, options: { reason?: boolean } = {}): string {
  const day = dayText(published);
  const reason =
    options.reason && published.confidence !== "stated" && /\p{Script=Arabic}/u.test(published.why)
      ? oneLine(published.why, LONGEST_REASON)
      : "";
  const suffix = reason === "" ? "" : ` (${reason})`;
  if (published.confidence === "stated" && day !== "") return publishedStated(day) + suffix;
  if (published.confidence === "inferred" && day !== "") return publishedInferred(day) + suffix;
  return publishedUnknown + suffix;
}
