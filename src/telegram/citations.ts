/** Citations under an answer: the block of sources, the numbers as buttons, and links that open a quotation. */
import type { Citation } from "../answer/answer.ts";
import { sourcesHeading, undated } from "../phrases/answer.ts";
import { alsoPublished } from "../phrases/copies.ts";
import {
  ANSWER_LINK,
  eventAndPublished,
  eventLine,
  eventsLine,
  publishedOnThatDay,
} from "../phrases/telegram.ts";
import type { Button, Keyboard } from "./call.ts";
import {
  answerPayload,
  encodeTap,
  type QuotationRef,
  quotationPayload,
  quoteKey,
  reportKey,
  versionKey,
} from "./callback.ts";
import { dayText, publishedText, publisherName } from "./describe.ts";
import { rows } from "./keyboard.ts";
import { type Block, bold, type Line, line, paragraph, type Run } from "./markup.ts";

export interface CitationOptions {
  /** Lower-case hex sha256 of a report's bytes, so that buttons notice a changed source. */
  sha256(report: string): string;
  /** The bot's name at Telegram; without it there are no links. */
  readonly bot?: string | undefined;
}

const NUMBERS_PER_ROW = 5;
/** More lines, or UTF-16 units, of sources fold, so that they do not fill a telephone's screen. */
const OPEN_SOURCES = 2;
const OPEN_UNITS = 260;

/** The numbers behind a statement: " [1][3]". */
export function marks(citations: readonly number[]): string {
  return citations.length === 0 ? "" : ` ${citations.map((n) => `[${n}]`).join("")}`;
}

/** Opens something in a chat with the bot, wherever the message is read. */
export function deepLink(bot: string, payload: string): string {
  return `https://t.me/${bot}?start=${payload}`;
}

/** One line for each report: its numbers, publisher, event day and publication day, and how that is known. */
export function sourcesBlock(
  citations: readonly Citation[],
  options: CitationOptions & { readonly answerId?: string },
): Block {
  const reports = new Map<string, Citation[]>();
  for (const citation of citations) {
    reports.set(citation.report, [...(reports.get(citation.report) ?? []), citation]);
  }
  if (reports.size === 0) return paragraph();
  const lines = [...reports.values()].map((cited) => sourceLine(cited, options));
  const heading = line(bold(sourcesHeading), ...answerLink(options));
  const units = lines.flat().reduce((sum, { text }) => sum + text.length, 0);
  return lines.length <= OPEN_SOURCES && units <= OPEN_UNITS
    ? paragraph(heading, ...lines)
    : { kind: "quotation", expandable: true, lines: [heading, ...lines] };
}

function answerLink({ bot, answerId }: { bot?: string | undefined; answerId?: string }): Run[] {
  if (!bot || answerId === undefined) return [];
  return [{ text: " · " }, { text: ANSWER_LINK, link: deepLink(bot, answerPayload(answerId)) }];
}

function sourceLine(cited: readonly Citation[], options: CitationOptions): Line {
  const [first] = cited;
  if (first === undefined) return [];
  const numbers = cited.map((citation): Run => {
    const text = `[${citation.n}]`;
    return options.bot ? { text, link: quotationLink(citation, options.bot, options) } : { text };
  });
  const copies = new Map(
    cited.flatMap((citation) => citation.copies ?? []).map((copy) => [copy.report, copy]),
  );
  const elsewhere = [...copies.values()].map((copy) =>
    [publisherName(copy), publishedText(copy.published)].join("، "),
  );
  const also = elsewhere.length === 0 ? [] : [alsoPublished(elsewhere.join("؛ "))];
  return line(...numbers, ` ${[publisherName(first), ...daysOf(cited), ...also].join(" · ")}`);
}

/** Event and publication; once when they are one day, and event by event when the citations tell of several. */
function daysOf(cited: readonly Citation[]): string[] {
  const published = cited[0]?.published;
  if (published === undefined) return [];
  const events = new Map<string, number[]>();
  for (const { n, event } of cited) {
    const day = event ? dayText(event, event.precision) : "";
    events.set(day, [...(events.get(day) ?? []), n]);
  }
  const [[only = ""] = []] = events;
  const isOneDay = published.start !== null && published.start === published.end;
  if (events.size === 1 && isOneDay && only === dayText(published)) {
    return published.confidence === "stated"
      ? [eventAndPublished(only)]
      : [eventLine(only), publishedOnThatDay];
  }
  const days = [...events].map(([day, numbers]) => ({ day: day === "" ? undated : day, numbers }));
  const told =
    days.length === 1
      ? eventLine(days[0]?.day ?? undated)
      : eventsLine(days.map(({ day, numbers }) => `${marks(numbers).trim()} ${day}`));
  return [told, publishedText(published)];
}

/** The place of a citation's quotation, as buttons carry it. */
export function quotationRef(citation: Citation, sha256: string): QuotationRef {
  return {
    report: reportKey(citation.report),
    version: versionKey(sha256),
    passage: citation.passage,
    start: citation.start,
    length: citation.end - citation.start,
    quote: quoteKey(citation.quote),
  };
}

function quotationLink(citation: Citation, bot: string, { sha256 }: CitationOptions): string {
  return deepLink(bot, quotationPayload(quotationRef(citation, sha256(citation.report))));
}

export function citationRows(citations: readonly Citation[], { sha256 }: CitationOptions): Keyboard {
  const buttons = citations.map((citation): Button => {
    const quotation = quotationRef(citation, sha256(citation.report));
    return { text: `[${citation.n}]`, callback_data: encodeTap({ kind: "quotation", quotation }) };
  });
  return rows(buttons, NUMBERS_PER_ROW);
}
