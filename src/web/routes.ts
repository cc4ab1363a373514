/** The addresses of the web page. */
import { randomBytes } from "node:crypto";
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { citedReports, type Service } from "../api/service.ts";
import { readBody } from "../http/body.ts";
import type { RateLimit } from "../http/limit.ts";
import type { Route, RouteContext } from "../http/server.ts";
import * as answerPhrases from "../phrases/answer.ts";
import * as phrases from "../phrases/web.ts";
import type { Report } from "../report/report.ts";
import type { Store } from "../store/store.ts";
import { timelineCsv } from "../tables/csv.ts";
import { formatDay, formatInterval } from "../text/dates/format.ts";
import { isDay } from "../text/day.ts";
import type { Counted } from "../timeline/bins.ts";
import { countsOf } from "../timeline/outline.ts";
import { readEntries, readOutline, reportsOf } from "../timeline/read.ts";
import { type TimelineFilter, WHOLE } from "../timeline/timeline.ts";
import { conversationOf, type WebAccess } from "./access.ts";
import type { Assets } from "./assets.ts";
import { answerPage, type HomePage, homePage } from "./home.ts";
import { type Html, html } from "./html.ts";
import { page, type Section } from "./layout.ts";
import { copiesSection, originList } from "./origin-view.ts";
import { type Below, reportAddress, reportList, reportListPage, reportPage } from "./report-view.ts";
import { type Chosen, MOST_ENTRIES, TABLE_HOLDS, timelinePage, timeOf } from "./timeline-view.ts";

export interface WebOptions {
  readonly service: Service;
  readonly access: WebAccess;
  readonly assets: Assets;
  readonly limit: RateLimit;
  /** Under which name a request is counted. */
  clientOf(request: Request, context: RouteContext): string;
}

/** A question of 4,096 letters, encoded, with room for the rest of the form. */
const FORM_BYTES = 64 * 1024;
/** So long an answer may take. */
const DEADLINE_MS = 60_000;

type Shown = { readonly title: string; readonly section: Section | null; readonly body: Html };

export function webRoutes(options: WebOptions): Route[] {
  const { service, access, assets } = options;
  const { sources } = service;
  // Read at each request: the collection may have been replaced since.
  const collected = () => ({ coverage: sources.coverage, gazetteer: sources.gazetteer });
  const counted = countsOnce();
  const respond = (shown: Shown, status = 200, headers: Record<string, string> = {}): Response =>
    new Response(page({ ...shown, assets }), {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "private, no-cache",
        ...headers,
      },
    });
  const problem = (text: string, status: number, headers: Record<string, string> = {}): Response =>
    respond(problemPage(text), status, headers);
  let example: Promise<HomePage["example"]> | null = null;

  async function home(): Promise<Response> {
    example ??= exampleAnswer(service);
    const examples = await service.examples();
    const body = homePage({
      ...collected(),
      counted: await counted({ ...sources }),
      examples,
      example: await example,
    });
    return respond({ title: phrases.SITE, section: "ask", body });
  }

  async function ask(request: Request, context: RouteContext): Promise<Response> {
    if (access.isForeign(request)) return problem(phrases.PROBLEM.foreign, 403);
    if (!options.limit.take(options.clientOf(request, context)))
      return problem(phrases.PROBLEM.tooMany, 429, { "retry-after": "60" });
    const text = await readBody(request, FORM_BYTES);
    if (text === null) return problem(phrases.PROBLEM.tooLarge, 413);
    const form = new URLSearchParams(text);
    const chosen = readChosen(form, service);
    const question = composed(form.get("q") ?? "", chosen, service);
    const conversation = conversationOf(request) ?? randomBytes(16).toString("base64url");
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)]);
    const answer = await service.ask({ channel: "web", conversation, text: question, signal });
    const headers = { "set-cookie": access.conversationCookie(conversation) };
    if (answer.kind === "source") {
      return new Response(null, {
        status: 303,
        headers: { ...headers, location: reportAddress(answer.report.id) },
      });
    }
    const reports = await citedReports(answer.kind === "answer" ? answer.citations : [], sources.store);
    const body = answerPage(collected(), { before: { question, chosen }, answer, reports });
    return respond({ title: question, section: "ask", body }, 200, headers);
  }

  async function days(request: Request): Promise<Response> {
    const chosen = readChosen(new URL(request.url).searchParams, service);
    const isChosen = chosen.day !== null || chosen.place !== null;
    const current = { ...sources };
    const found = isChosen ? await readOutline(filterOf(chosen), current) : null;
    const entries = found && (await readEntries(found, { count: MOST_ENTRIES }, current.store)).entries;
    const reports = await reportsOf(entries ?? [], current.store);
    const asked = isChosen ? composed("", chosen, service) : "";
    const question = asked === "" ? null : { label: asked, question: asked };
    const body = timelinePage({
      ...collected(),
      counted: await counted({ ...sources }),
      chosen,
      entries,
      total: found?.entries ?? 0,
      reports,
      question,
    });
    return respond({ title: phrases.TIMELINE.heading, section: "timeline", body });
  }

  async function table(request: Request, context: RouteContext): Promise<Response> {
    if (!options.limit.take(options.clientOf(request, context)))
      return problem(phrases.PROBLEM.tooMany, 429, { "retry-after": "60" });
    const chosen = readChosen(new URL(request.url).searchParams, service);
    const current = { ...sources };
    const outline = await readOutline(filterOf(chosen), current);
    const timeline = await readEntries(outline, { count: TABLE_HOLDS }, current.store);
    const csv = timelineCsv(timeline, await reportsOf(timeline.entries, current.store));
    const headers = {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="timeline.csv"',
    };
    return new Response(csv, { headers });
  }

  async function report(request: Request, { params }: RouteContext): Promise<Response> {
    const found = await sources.store.report(params.id ?? "");
    if (!found) return problem(phrases.PROBLEM.noReport, 404);
    const query = new URL(request.url).searchParams;
    const [start, end] = [readOffset(query.get("from")), readOffset(query.get("to"))];
    const quotation = start !== null && end !== null && start < end ? { start, end } : null;
    const body = reportPage(found, quotation, await below(found, service));
    return respond({ title: found.title ?? phrases.REPORTS.heading, section: "reports", body });
  }

  async function source(_: Request, { params }: RouteContext): Promise<Response> {
    const bytes = await sources.store.source(params.id ?? "");
    if (!bytes) return problem(phrases.PROBLEM.noReport, 404);
    const name = `source-${(params.id ?? "").replace(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60)}${endingOf(bytes)}`;
    const headers = {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${name}"`,
    };
    return new Response(new Uint8Array(bytes), { headers });
  }

  const get = (path: string, handle: Route["handle"]): Route => ({ method: "GET", path, handle });
  return [
    ...assets.routes,
    get("/", home),
    { method: "POST", path: "/ask", handle: ask },
    get("/ask", () => new Response(null, { status: 303, headers: { location: "/" } })),
    get("/timeline", days),
    get("/timeline.csv", table),
    get("/reports", async (request) => {
      const { store, reportIds } = { ...sources };
      const page = reportListPage(reportIds, new URL(request.url).searchParams.get("page"));
      const listed = await citedReports(
        page.ids.map((id) => ({ report: id })),
        store,
      );
      const body = reportList([...listed.values()], page);
      return respond({ title: phrases.REPORTS.heading, section: "reports", body });
    }),
    get("/reports/:id", report),
    get("/reports/:id/source", source),
    get("/about", () => respond({ title: phrases.ABOUT.heading, section: "about", body: aboutPage() })),
    get("/robots.txt", () => new Response("User-agent: *\nDisallow: /\n")),
  ];
}

/** Where else a report's text stands, and where it came from. */
async function below(report: Report, { sources, history }: Service): Promise<Below> {
  const { store, copies } = { ...sources };
  const others = (copies?.others(report.id) ?? []).map((id) => ({ report: id }));
  return {
    copies: copiesSection([...(await citedReports(others, store)).values()]),
    origin: originList(report, (await history?.(report.id)) ?? []),
  };
}

/** What is told of each time, read once of each generation. */
function countsOnce(): (sources: Sources) => Promise<readonly Counted[]> {
  let kept: { readonly store: Store; readonly counts: Promise<readonly Counted[]> } | null = null;
  return ({ store, gazetteer }) => {
    if (kept?.store !== store)
      kept = { store, counts: readOutline(WHOLE, { store, gazetteer }).then(countsOf) };
    return kept.counts;
  };
}

/** A page that says in one sentence what is wrong. */
export function problemPage(text: string): Shown {
  const body = html`<h1>${text}</h1><p><a class="button" href="/">${phrases.PROBLEM.home}</a></p>`;
  return { title: text, section: null, body };
}

function aboutPage(): Html {
  const { heading, lines, privacyHeading, privacy } = phrases.ABOUT;
  const list = (texts: readonly string[]): Html =>
    html`<ul class="prose">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
  return html`<h1>${heading}</h1>${list(lines)}<h2>${privacyHeading}</h2>${list(privacy)}`;
}

/** Day and place of a form or an address; what is no day or no known place is left out. */
function readChosen(form: URLSearchParams, { sources }: Service): Chosen {
  const day = form.get("day") ?? "";
  const place = form.get("place") ?? "";
  return {
    day: timeOf(day) ? day : null,
    place: sources.gazetteer.byId.has(place) ? place : null,
  };
}

function filterOf({ day, place }: Chosen): TimelineFilter {
  return { days: day === null ? null : timeOf(day), place };
}

/** The question as it is asked: its own words with the day and the place that were chosen. */
function composed(typed: string, { day, place }: Chosen, { sources }: Service): string {
  const time = day === null ? null : timeWords(day);
  const placeName = place === null ? null : placeLabel(place, sources.gazetteer);
  if (time === null && placeName === null) return typed.trim() === "" ? "" : typed;
  return phrases.narrowed(typed.trim() === "" ? phrases.WHAT_HAPPENED : typed, placeName, time);
}

/** "يوم 29 تشرين الأول 2017", "في 28–29 تشرين الأول 2017", "منذ 28 تشرين الأول 2017"; null for what is no time. */
function timeWords(day: string): string | null {
  const time = timeOf(day);
  if (time === null) return null;
  if (isDay(day)) return answerPhrases.onDay(formatDay(day));
  const words = formatInterval(time);
  return time.start === null || time.end === null ? words : answerPhrases.inTime(words);
}

/** Of the examples the answer that most reports hold: what the page is for, at one look. */
async function exampleAnswer(service: Service): Promise<HomePage["example"]> {
  let best: HomePage["example"] = null;
  for (const { question } of await service.examples()) {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const answer = await service.ask({ channel: "web", conversation: null, text: question, signal });
    if (answer.kind !== "answer") continue;
    const reports = await citedReports(answer.citations, service.sources.store);
    if (reports.size > (best?.reports.size ?? 0))
      best = { question, answer: { ...answer, offers: [] }, reports };
  }
  return best;
}

const readOffset = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** A file name's ending, by how the bytes begin. */
function endingOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1").trimStart();
  if (head.startsWith("%PDF")) return ".pdf";
  if (head.startsWith("PK")) return ".docx";
  if (/^[[{]/.test(head)) return ".json";
  return /^<(?:!doctype html|html)/i.test(head) ? ".html" : ".txt";
}
