import * as phrases from "../phrases/answer.ts";
import type { SourceRequest } from "../question/question.ts";
import { findReportId, quotedTitles, reportNumber } from "../question/source-request.ts";
import type { Report } from "../report/report.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import { selectInScope } from "../retrieval/scope.ts";
import type { Store } from "../store/store.ts";
import { formatDay } from "../text/dates/format.ts";
import { words } from "../text/tokens.ts";
import type { Answer, Offer, Refusal } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { publishedLabel } from "./labels.ts";
import { refuseInput } from "./refuse.ts";

const CHOICES_SHOWN = 8;
const LABEL_LENGTH = 60;

/** A request for a source with the reports that its days, places or words point at. */
interface SourceContext extends Asked {
  readonly mentioned: readonly string[];
}

const SOURCE_WORDS = new Set(
  "نص النص الاصلي اصلي كاملا كامل الكامل بالكامل كامله المصدر مصدر التقرير تقرير الخبر خبر المقال لتقرير للتقرير لخبر رقم سمحت اطلع original full whole text source report of me".split(
    " ",
  ),
);

const NO_SCOPE = { dates: [], places: [] } as const;

function shortTitle(report: Report): string {
  const title = report.title ?? phrases.untitled;
  return title.length > LABEL_LENGTH ? `${title.slice(0, LABEL_LENGTH).replace(/\s+\S*$/, "")}…` : title;
}

function choice(report: Report): Offer {
  const label = [
    report.publisher ?? phrases.unknownPublisher,
    shortTitle(report),
    publishedLabel(report.published),
  ];
  return phrases.offers.source(label.join("، "), report.id);
}

async function chooseAmong(ids: readonly string[], line: string, store: Store): Promise<Answer> {
  const reports = (await Promise.all(ids.slice(0, CHOICES_SHOWN).map((id) => store.report(id)))).filter(
    (r) => r !== null,
  );
  if (reports.length === 1 && reports[0]) return sourceAnswer(reports[0]);
  return { kind: "clarification", scope: NO_SCOPE, offers: [], lines: [line], choices: reports.map(choice) };
}

const sourceAnswer = (report: Report): Answer => ({ kind: "source", scope: NO_SCOPE, offers: [], report });

async function byPublisher(publisher: string, context: SourceContext): Promise<Answer> {
  const { mentioned, scope } = context;
  const { store } = context.sources;
  const own = await reportNamed({ by: "publisher", publisher }, context);
  if (own.length === 0) return refuseInput(phrases.refusal.unknownSource(publisher));
  const narrowed = own.filter((id) => mentioned.includes(id));
  const ids = scope.dates.length + scope.places.length > 0 && narrowed.length > 0 ? narrowed : own;
  return chooseAmong(ids, phrases.clarify.whichReport(publisher), store);
}

/** Id of the report of a number: in a conversation that of citation n of the last answer, else the n-th. */
function idOfNumber(number: number, { memory, sources }: Asked): string | null {
  const cited = memory?.citations.find(({ n }) => n === number);
  return cited?.report ?? sources.reportIds[number - 1] ?? null;
}

/** The report that a question names by its number ("التقرير الخامس"), or the refusal where there is none; null for no number. */
export function numberedReport(asked: Asked): string | Refusal | null {
  const number = reportNumber(asked.question.text, asked.question.dates);
  if (number === null) return null;
  return idOfNumber(number, asked) ?? refuseInput(phrases.refusal.unknownSource(String(number)));
}

async function byNumber(number: number, context: SourceContext): Promise<Answer> {
  const id = idOfNumber(number, context);
  const report = id === null ? null : await context.sources.store.report(id);
  return report ? sourceAnswer(report) : refuseInput(phrases.refusal.unknownSource(String(number)));
}

async function byMention(context: SourceContext): Promise<Answer> {
  const { memory, mentioned } = context;
  const { store, reportIds } = context.sources;
  const cited = [...new Set(memory?.citations.map(({ report }) => report) ?? [])];
  const ids = mentioned.length > 0 ? mentioned : cited.length > 0 ? cited : reportIds;
  return chooseAmong(ids, phrases.clarify.whichReportPlain, store);
}

/** Reports that the days, places or topic words of the request point at, the nearest first; none without any. */
export async function mentionedReports(asked: Asked): Promise<readonly string[]> {
  const { scope, sources, question } = asked;
  if (scope.dates.length + scope.places.length > 0) {
    const days = scope.dates;
    const selection = await selectInScope({ days, places: scope.places.map(({ id }) => id) }, sources);
    const found = await sources.store.reportsOf(selection.refs);
    if (found.length > 0) return found;
  }
  const named = question.actors.map(({ text }) => text);
  const topic = [...question.topic.filter((word) => !SOURCE_WORDS.has(word)), ...named];
  if (topic.length === 0) return [];
  const ranked = await rankPassages({ text: topic.join(" "), limit: 1, signal: asked.signal }, sources);
  return ranked.filter(({ lexical }) => lexical > 0).map(({ passage }) => passage.reportId);
}

/** Reports whose title is, begins or holds what stands in quotation marks in the request. */
async function titledReports({ question, sources }: Asked): Promise<string[]> {
  const wanted = quotedTitles(question.text)
    .map(titleKey)
    .filter((key) => key.length >= SHORTEST_TITLE);
  if (wanted.length === 0) return [];
  const fits = (title: string): boolean =>
    title !== "" && wanted.some((key) => title.includes(key) || key.includes(title));
  const heads = [...(await sources.store.heads())];
  return heads.flatMap(([id, { title }]) => (fits(titleKey(title ?? "")) ? [id] : []));
}

const SHORTEST_TITLE = 8;

/** A title for comparison: normalised words, so that quotation marks within it do not count. */
function titleKey(title: string): string {
  return words(title).join(" ");
}

/** Ids of the reports that a request names; empty when it names none that there is. */
export async function reportNamed(request: SourceRequest, asked: Asked): Promise<string[]> {
  const { store, reportIds } = asked.sources;
  if (request.by === "id") return [request.id];
  if (request.by === "number") return reportIds.slice(request.number - 1, request.number);
  if (request.by === "unspecified") return [];
  const heads = [...(await store.heads())];
  return heads.flatMap(([id, { publisher }]) => (publisher === request.publisher ? [id] : []));
}

/** What is said of a withdrawn report that the request names by its id or a prefix that fits no other; null for none. */
function withdrawnReport({ question, sources }: Asked): string | null {
  const withdrawn = sources.withdrawn ?? new Map<string, string>();
  const words = question.text.split(/[\s«»"“”'()[\]،؛:؟?!]+/u);
  const ids = [...withdrawn.keys(), ...sources.reportIds];
  for (const word of words) {
    const id = findReportId(word, ids) ?? "";
    const day = withdrawn.get(id);
    if (day !== undefined) return phrases.refusal.withdrawnSource(id, formatDay(day));
  }
  return null;
}

/**
 * The report that was asked for, whole. In this order: an exact id, a unique prefix, in a conversation citation n
 * of the last answer, the n-th report. Several that fit give a clarification.
 */
export async function requestedSource(asked: Asked): Promise<Answer> {
  const withdrawn = withdrawnReport(asked);
  if (withdrawn !== null) return refuseInput(withdrawn);
  const request = asked.question.source ?? { by: "unspecified" as const };
  if (request.by === "id") {
    const report = await asked.sources.store.report(request.id);
    return report ? sourceAnswer(report) : refuseInput(phrases.refusal.unknownSource(request.id));
  }
  const titled = await titledReports(asked);
  if (titled.length > 0) return chooseAmong(titled, phrases.clarify.whichReportPlain, asked.sources.store);
  const context = { ...asked, mentioned: await mentionedReports(asked) };
  if (request.by === "number") return byNumber(request.number, context);
  if (request.by === "publisher") return byPublisher(request.publisher, context);
  return byMention(context);
}
