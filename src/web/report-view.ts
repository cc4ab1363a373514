/** Reports as a reader sees them: head, paragraphs, the quotation marked where it stands. */
import { publishedLabel } from "../answer/labels.ts";
import * as answerPhrases from "../phrases/answer.ts";
import { REPORTS } from "../phrases/web.ts";
import type { PartRole, Report } from "../report/report.ts";
import { cleanForDisplay, isolateLeftToRight } from "../text/bidi.ts";
import { type Html, html } from "./html.ts";

/** Half-open, UTF-16 offsets in the body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Paragraph extends Span {
  readonly role: PartRole;
}

/** The readable lines of a report, in order, without empty ones and noise. */
export function paragraphsOf({ body, parts }: Pick<Report, "body" | "parts">): Paragraph[] {
  return parts.flatMap(({ role, start, end }) =>
    role === "noise"
      ? []
      : [...body.slice(start, end).matchAll(/[^\n]*\S[^\n]*/g)].map(({ index, 0: { length } }) => ({
          role,
          start: start + index,
          end: start + index + length,
        })),
  );
}

export function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** A stretch of the body as it stands, with these quotations marked. Characters that nobody sees are left out. */
export function marked(body: string, span: Span, quotations: readonly Span[]): Html {
  const parts: Html[] = [];
  let at = span.start;
  for (const quotation of [...quotations].sort((a, b) => a.start - b.start)) {
    const start = Math.max(quotation.start, at);
    const end = Math.min(quotation.end, span.end);
    if (end <= start) continue;
    parts.push(html`${shown(body, at, start)}<mark>${shown(body, start, end)}</mark>`);
    at = end;
  }
  return html`${parts}${shown(body, at, span.end)}`;
}

const shown = (body: string, start: number, end: number): string => cleanForDisplay(body.slice(start, end));

export function publisherOf(report: { readonly publisher: string | null }): string {
  return cleanForDisplay(report.publisher ?? answerPhrases.unknownPublisher);
}

export function titleOf(report: Pick<Report, "title" | "body" | "parts">): string {
  if (report.title !== null) return cleanForDisplay(report.title);
  const text = report.parts.find(({ role }) => role === "text");
  const words = text ? cleanForDisplay(report.body.slice(text.start, text.end)).trim().split(/\s+/) : [];
  return `${answerPhrases.untitled}: ${words.slice(0, 10).join(" ")}…`;
}

export function reportAddress(id: string, quotation?: Span): string {
  const query = quotation ? `?from=${quotation.start}&to=${quotation.end}#quotation` : "";
  return `/reports/${encodeURIComponent(id)}${query}`;
}

/** Reports on one page of the list: only these are read. */
const LISTED_REPORTS = 50;

/** One page of the list of all reports; the ids of all give how many there are. */
export interface ReportListPage {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly all: number;
  readonly ids: readonly string[];
}

/** The page of the list that an address asks for: the first for anything that is no page. */
export function reportListPage(ids: readonly string[], asked: string | null): ReportListPage {
  const pages = Math.max(1, Math.ceil(ids.length / LISTED_REPORTS));
  const wanted = /^[1-9]\d{0,6}$/.test(asked ?? "") ? Number(asked) : 1;
  const page = wanted <= pages ? wanted : 1;
  const first = (page - 1) * LISTED_REPORTS;
  return { page, pages, all: ids.length, ids: ids.slice(first, first + LISTED_REPORTS) };
}

/** A page of the list of all reports. */
export function reportList(reports: readonly Report[], { page, pages, all }: ReportListPage): Html {
  const items = reports.map(
    (report) => html`<li><a href="${reportAddress(report.id)}"><bdi>${titleOf(report)}</bdi></a>
<p class="meta"><b>${publisherOf(report)}</b> · ${isolateLeftToRight(publishedLabel(report.published))}</p></li>`,
  );
  const link = (to: number, label: string): Html | null =>
    to < 1 || to > pages ? null : html`<a class="button" href="${`/reports?page=${to}`}">${label}</a>`;
  const turning =
    pages === 1
      ? null
      : html`<nav class="actions" aria-label="${REPORTS.pages}">${link(page - 1, REPORTS.earlierPage)}
<span>${REPORTS.pageOf(page, pages)}</span> ${link(page + 1, REPORTS.laterPage)}</nav>`;
  return html`<h1>${REPORTS.heading}</h1>
<p class="lede">${REPORTS.intro(answerPhrases.reportsCount(all))}</p>
<ol class="reports" start="${String((page - 1) * LISTED_REPORTS + 1)}">${items}</ol>
${turning}`;
}

/** What stands below a report, where it is known: its other places, and where it came from. */
export interface Below {
  readonly copies: Html | null;
  readonly origin: Html | null;
}

/** One report, whole, with a quotation marked in it. */
export function reportPage(report: Report, quotation: Span | null, { copies, origin }: Below): Html {
  const quotations = quotation ? [quotation] : [];
  let anchored = false;
  const paragraphs = paragraphsOf(report).map((paragraph) => {
    const holds = quotations.some((each) => touches(each, paragraph));
    const id = holds && !anchored ? { html: ' id="quotation"' } : null;
    anchored ||= holds;
    return html`<p class="${paragraph.role}"${id}>${marked(report.body, paragraph, quotations)}</p>`;
  });
  return html`<article class="report">
<h1><bdi>${titleOf(report)}</bdi></h1>
<p class="meta"><b>${publisherOf(report)}</b> · ${isolateLeftToRight(publishedLabel(report.published))}</p>
${quotation && html`<p class="hint">${REPORTS.quoted}</p>`}
<div class="body" dir="auto">${paragraphs}</div>
${copies}
<section class="facts"><h2>${REPORTS.about}</h2><dl>
${fact(REPORTS.why, report.published.why)}
${report.byline === null ? null : fact(REPORTS.byline, cleanForDisplay(report.byline))}
${fact(REPORTS.id, report.id)}
${fact(REPORTS.hash, report.sha256)}
</dl>
${origin}
<p class="actions"><a class="button" href="${`/reports/${encodeURIComponent(report.id)}/source`}" download>${REPORTS.download}</a>
${originalLink(report.url)}</p></section>
</article>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`;
}

/** Only addresses that a browser fetches; opened without telling where from. */
function originalLink(url: string | null): Html | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol)
    ? html`<a class="button" href="${href}" rel="noreferrer noopener nofollow" target="_blank">${REPORTS.original}</a>`
    : null;
}
