/** A source as a reader sees it: a quotation in its paragraph, the full text, what is known of it. */
import type { Passage } from "../passage/passage.ts";
import {
  BUTTON,
  eventLine,
  fileLine,
  hashLine,
  paragraphOf,
  placesLine,
  QUOTE_NOT_FOUND,
  SOURCE_CHANGED,
  TEXT_CUT,
} from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import { findLive } from "../text/live-matter.ts";
import type { Button, Keyboard } from "./call.ts";
import {
  encodeTap,
  type QuotationRef,
  quotationPayload,
  quoteKey,
  reportKey,
  versionKey,
} from "./callback.ts";
import { deepLink } from "./citations.ts";
import { dayText, oneLine, publishedText, publisherName, titleOf } from "./describe.ts";
import { rowOf, turns, withoutEmptyRows } from "./keyboard.ts";
import {
  type Block,
  bold,
  type Line,
  line,
  paragraph,
  type Rendered,
  type Run,
  renderBlocks,
  verbatim,
} from "./markup.ts";
import { copyLines, copyRows, correctedLines, historyLines, originLines } from "./origin.ts";
import { paragraphsOf, type Span } from "./paragraphs.ts";
import type { HistoryEvent } from "./sources.ts";
import { paginate } from "./split.ts";

export interface View {
  readonly message: Rendered;
  readonly keyboard: Keyboard;
}

/** A longer text is sent as its first page and a document. */
const MOST_MESSAGES = 3;
/** Of a body, searched for a quotation that has moved. */
const SEARCHED_UNITS = 100_000;
const LONGEST_REFERENCE = 256;
/** Units of a body that are shown in pages: what follows is in the document. */
const LONGEST_SHOWN = 300_000;

/** Where the quotation stands in the body as it is now, or null when it is gone. */
export function locateQuotation(body: string, { start, length, quote }: QuotationRef): Span | null {
  const isAt = (at: number) => quoteKey(body.slice(at, at + length)) === quote;
  if (isAt(start)) return { start, end: start + length };
  const last = Math.min(body.length - length, SEARCHED_UNITS);
  for (let at = 0; at <= last; at += 1) if (isAt(at)) return { start: at, end: at + length };
  return null;
}

/** The quotation, bold in its paragraph; with `paragraph` that paragraph of the report instead. */
export function quotationView(input: {
  report: Report;
  quotation: QuotationRef;
  passage: Passage | null;
  paragraph?: number | undefined;
  /** The other reports that are the same text. */
  copies?: readonly Report[] | undefined;
  /** The bot's name at Telegram, for the link in the reference. */
  bot?: string | undefined;
  /** Address of the web page, for those whom it is open to. */
  page?: string | null | undefined;
}): View {
  const { report, quotation, passage } = input;
  const found = locateQuotation(report.body, quotation);
  const paragraphs = paragraphsOf(report);
  const at = (span: Span) => found !== null && span.start < found.end && found.start < span.end;
  const first = Math.max(0, paragraphs.findIndex(at));
  const from = Math.min(input.paragraph ?? first, Math.max(0, paragraphs.length - 1));
  const shown = paragraphs
    .slice(from)
    .filter((span, index) => index === 0 || (input.paragraph === undefined && at(span)));
  const to = from + Math.max(shown.length, 1) - 1;
  const changed = versionKey(report.sha256) !== quotation.version;
  const warning = found === null ? [QUOTE_NOT_FOUND] : changed ? [SOURCE_CHANGED] : [];
  const blocks: Block[] = [
    paragraph(...headLines(report), ...(shown.some(at) ? passageLines(passage) : [])),
    ...warning.map((text) => paragraph(line({ text, style: "italic" }))),
    { kind: "quotation", lines: shown.map((span) => markedLine(report.body, span, found ? [found] : [])) },
    paragraph(line(paragraphOf(from + 1, paragraphs.length)), ...copyLines(input.copies ?? [])),
  ];
  const message = paginate(blocks)[0] ?? renderBlocks(blocks);
  const keyboard = quotationKeyboard({ ...input, found, from, to, count: paragraphs.length });
  return { message, keyboard: [...keyboard, ...copyRows(input.copies ?? [])] };
}

function headLines(report: Report): Line[] {
  return [
    line(bold(publisherName(report)), { text: `: ${titleOf(report)}` }),
    line(publishedText(report.published, { reason: true })),
  ];
}

/** The head over the whole text, which brings its own title. */
function headOfText(report: Report): Line[] {
  const [, published] = headLines(report);
  const hasTitle = report.parts.some((part) => part.role === "title");
  return hasTitle && published ? [line(bold(publisherName(report))), published] : headLines(report);
}

function passageLines(passage: Passage | null): Line[] {
  const date = passage?.dates.find((each) => !each.background) ?? passage?.dates[0];
  const day = date ? dayText(date, date.precision) : "";
  const places = [...new Set(passage?.places.map((place) => oneLine(place.name, 60)))].slice(0, 5);
  return [
    ...(day === "" ? [] : [line(eventLine(day))]),
    ...(places.length === 0 ? [] : [line(placesLine(places.join("، ")))]),
  ];
}

/** A stretch of the body with these quotations in bold. */
function markedLine(body: string, span: Span, quotations: readonly Span[]): Line {
  const runs: Run[] = [];
  let at = span.start;
  for (const quotation of [...quotations].sort((a, b) => a.start - b.start)) {
    const start = Math.max(quotation.start, at);
    const end = Math.min(quotation.end, span.end);
    if (end <= start) continue;
    runs.push(verbatim(body.slice(at, start)), { ...verbatim(body.slice(start, end)), style: "bold" });
    at = end;
  }
  return [...runs, verbatim(body.slice(at, span.end))].filter((run) => run.text !== "");
}

function quotationKeyboard(input: {
  report: Report;
  quotation: QuotationRef;
  found: Span | null;
  from: number;
  to: number;
  count: number;
  bot?: string | undefined;
  page?: string | null | undefined;
}): Keyboard {
  const { report, quotation, found, from, to, count, bot, page } = input;
  const turning = turns({ from, to, count }, (paragraph) => ({ kind: "paragraph", quotation, paragraph }));
  const full = encodeTap({ kind: "text", report: reportKey(report.id) });
  const actions = rowOf({ text: BUTTON.fullText, callback_data: full }, documentButton(report));
  const link = bot && found ? deepLink(bot, quotationPayload(quotation)) : null;
  const reference = { text: BUTTON.copy, copy_text: { text: referenceText(report, found, link) } };
  const browse = page && found ? [{ text: BUTTON.browse, url: pageAddress(page, report, found) }] : [];
  return withoutEmptyRows([turning, actions, rowOf(reference, ...linkButtons(report)), browse]);
}

/** The quotation in its report on the web page. */
function pageAddress(page: string, { id }: Report, { start, end }: Span): string {
  const path = `reports/${encodeURIComponent(id)}?from=${start}&to=${end}#quotation`;
  return new URL(path, page.endsWith("/") ? page : `${page}/`).href;
}

function documentButton(report: Report): Button {
  return {
    text: BUTTON.document,
    callback_data: encodeTap({ kind: "document", report: reportKey(report.id) }),
  };
}

function aboutButton(report: Report): Button {
  return {
    text: BUTTON.aboutSource,
    callback_data: encodeTap({ kind: "about", report: reportKey(report.id) }),
  };
}

function linkButtons(report: Report): Button[] {
  if (report.url === null || !URL.canParse(report.url)) return [];
  const url = new URL(report.url);
  return /^https?:$/.test(url.protocol) ? [{ text: BUTTON.original, url: url.href }] : [];
}

/** A reference to paste elsewhere: publisher, title, days, report id, place of the quotation in it, and a link to it. */
export function referenceText(report: Report, quotation: Span | null, link: string | null = null): string {
  // Pasted elsewhere, a name that is an address would be a link.
  const name = findLive(report.id).length > 0 ? reportKey(report.id) : report.id;
  const range = quotation ? `${name} [${quotation.start}–${quotation.end}]` : name;
  const place = link === null ? range : `${range}\n${link}`;
  const title = report.title === null ? [] : [`«${oneLine(report.title, 100)}»`];
  const facts = [oneLine(publisherName(report), 50), publishedText(report.published), ...title].join("، ");
  return `${oneLine(facts, LONGEST_REFERENCE - place.length - 2)}، ${place}`.slice(0, LONGEST_REFERENCE);
}

/** The pages of a report's text: its head, then every paragraph, with these quotations in bold. */
export function textPages(report: Report, quotations: readonly Span[] = []): Rendered[] {
  const spans = paragraphsOf(report);
  const shown = spans.filter((span) => span.end <= LONGEST_SHOWN);
  const body = shown.map((span) => paragraph(markedLine(report.body, span, quotations)));
  const cut = shown.length < spans.length ? [paragraph(line({ text: TEXT_CUT, style: "italic" }))] : [];
  return paginate([paragraph(...headOfText(report)), ...body, ...cut]);
}

/** The text of a report as messages; a long one as its first page, with `document` to be sent after it. */
export function textViews(
  report: Report,
  quotations: readonly Span[] = [],
): { views: View[]; document: boolean } {
  const pages = textPages(report, quotations);
  if (pages.length > MOST_MESSAGES) return { views: [textPageView(report, 0)], document: true };
  const last = withoutEmptyRows([rowOf(documentButton(report), aboutButton(report)), linkButtons(report)]);
  const views = pages.map((message, index) => ({
    message,
    keyboard: index === pages.length - 1 ? last : [],
  }));
  return { views, document: false };
}

/** One page of a long text (0-based), with buttons to turn. */
export function textPageView(report: Report, page: number): View {
  const pages = textPages(report);
  const at = Math.min(Math.max(page, 0), pages.length - 1);
  const key = reportKey(report.id);
  const turning = turns({ from: at, count: pages.length }, (to) => ({ kind: "page", report: key, page: to }));
  const keyboard = [turning, rowOf(documentButton(report), aboutButton(report)), linkButtons(report)];
  return { message: pages[at] ?? renderBlocks([]), keyboard: withoutEmptyRows(keyboard) };
}

/** What the collection knows of a report and the report itself does not. */
export interface KnownBeside {
  /** The other reports that are the same text. */
  readonly copies?: readonly Report[] | undefined;
  /** When it came, changed or went, the earliest first. */
  readonly history?: readonly HistoryEvent[] | undefined;
}

/** What is known of a report besides its text. */
export function aboutView(report: Report, { copies = [], history = [] }: KnownBeside = {}): View {
  const places = report.places.slice(0, 5).map((place) => oneLine(place, 80));
  const byline = report.byline === null ? [] : [line(verbatim(oneLine(report.byline, 200)))];
  const message = renderBlocks([
    paragraph(
      ...headLines(report),
      ...byline,
      ...(places.length > 0 ? [line(placesLine(places.join("، ")))] : []),
    ),
    paragraph(
      line(fileLine(report.id)),
      ...originLines(report),
      ...correctedLines(report),
      ...historyLines(history),
      line(hashLine(report.sha256)),
    ),
    paragraph(...copyLines(copies)),
  ]);
  return {
    message,
    keyboard: withoutEmptyRows([[documentButton(report)], linkButtons(report), ...copyRows(copies)]),
  };
}

/** Endings of the file of a report by its format. */
const ENDINGS: Readonly<Record<string, string>> = {
  ...{ md: "md", html: "html", docx: "docx", pdf: "pdf", csv: "csv", feed: "xml" },
  ...{ json: "json", jsonl: "json", telegram: "json" },
};

/** Name and caption of the document that holds the bytes as received. */
export function documentOf(report: Report): { fileName: string; caption: Rendered } {
  const id = report.id.replace(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60);
  const ending = ENDINGS[report.provenance?.format ?? "txt"] ?? "txt";
  return { fileName: `source-${id}.${ending}`, caption: renderBlocks([paragraph(...headLines(report))]) };
}
