/** Answers about whole reports: a summary of one, two side by side, the events of all in order of time. */
import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import type { Report } from "../report/report.ts";
import { someOf, tellsOfDays } from "../retrieval/scope.ts";
import type { DayInterval } from "../text/day.ts";
import { atAGlance } from "../timeline/timeline.ts";
import { type Answer, type CitedAnswer, MAX_CITATIONS, MAX_QUOTE_LENGTH } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { type ChosenQuotation, composeAnswer } from "./compose.ts";
import { answerEvents } from "./events.ts";
import { dayLabel, publishedLabel } from "./labels.ts";
import { scopeNotes } from "./notes.ts";
import { comparedReports, summarisedReports } from "./overview-reports.ts";
import { disagreementsBetween } from "./report-figures.ts";

const SUMMARY_QUOTATIONS = 6;
const COMPARED_QUOTATIONS = 3;

async function passagesOf(report: Report, { sources }: Asked): Promise<readonly Passage[]> {
  return sources.store.passages(await sources.store.select({ reports: [report.id] }));
}

const isNews = ({ role, dates, start, end }: Passage): boolean =>
  (role === "text" || role === "title") &&
  end - start <= MAX_QUOTE_LENGTH &&
  (role === "title" || dates.some(({ background }) => !background));

const quotation = (passage: Passage): ChosenQuotation => ({
  passage,
  start: passage.start,
  end: passage.end,
  group: "main",
});

/** The title and the beginning of each paragraph, then what follows them, at most `limit`, in the order of the text. */
function leadingPassages(report: Report, passages: readonly Passage[], limit: number): Passage[] {
  const news = passages.filter(isNews);
  const partOf = (passage: Passage): number =>
    report.parts.findIndex(({ start, end }) => start <= passage.start && passage.end <= end);
  const rank = (passage: Passage): number =>
    news.filter((other) => partOf(other) === partOf(passage)).indexOf(passage);
  return news
    .map((passage) => ({ passage, rank: rank(passage) }))
    .sort((a, b) => a.rank - b.rank || a.passage.start - b.passage.start)
    .slice(0, limit)
    .map(({ passage }) => passage)
    .sort((a, b) => a.start - b.start);
}

function label({ publisher, title, published }: Report): string {
  const name = publisher ?? phrases.unknownPublisher;
  return phrases.list([title === null ? name : `${name}: ${title}`, publishedLabel(published)]);
}

/** "لخّص التقرير 3": its own sentences, in their order; null when no single report is meant. */
async function summarise(report: Report, asked: Asked): Promise<CitedAnswer> {
  const passages = leadingPassages(report, await passagesOf(report, asked), SUMMARY_QUOTATIONS);
  return composeAnswer({
    lead: phrases.overview.summary(label(report)),
    quotations: passages.map(quotation),
    reports: new Map([[report.id, report]]),
    scope: { dates: asked.scope.dates, places: asked.scope.places },
    widened: null,
    notes: [],
    offers: [phrases.offers.source(phrases.offers.wholeText(report.id), report.id)],
  });
}

/** Days of the news that both reports tell, as intervals of the first. */
function sharedDays(one: readonly Passage[], other: readonly Passage[]): DayInterval[] {
  const days = one.flatMap(({ dates }) =>
    dates.filter(({ background, precision }) => !background && precision === "day"),
  );
  const shared = days.filter((day) => other.some((passage) => tellsOfDays(passage, [day])));
  const byDay = new Map(shared.map(({ start, end }) => [start, { start, end }]));
  return [...byDay.values()].sort((a, b) => (a.start ?? "").localeCompare(b.start ?? ""));
}

/** Publishers where they tell reports apart, else titles. */
function namesOf(reports: readonly Report[]): string[] {
  const publishers = reports.map(({ publisher }) => publisher ?? phrases.unknownPublisher);
  const distinct = new Set(publishers).size === reports.length;
  return distinct
    ? publishers
    : reports.map(({ title }, index) => (title === null ? (publishers[index] ?? "") : `«${title}»`));
}

/** Two or more reports side by side, each under its publisher, on what they both tell of; figures that differ apart. */
async function compare(reports: readonly Report[], asked: Asked): Promise<CitedAnswer> {
  const all = await Promise.all(reports.map((report) => passagesOf(report, asked)));
  const [first = [], second = []] = all;
  const places = new Set(asked.scope.places.map(({ id }) => id));
  const days = asked.scope.dates.length > 0 ? asked.scope.dates : sharedDays(first, second);
  const chosen = reports.flatMap((report, index) => {
    const passages = all[index] ?? [];
    const onDays = passages.filter((passage) => days.length === 0 || tellsOfDays(passage, days));
    const inPlaces = onDays.filter((passage) => passage.places.some(({ id }) => places.has(id)));
    const related = inPlaces.length > 0 ? inPlaces : onDays.length > 0 ? onDays : passages;
    return leadingPassages(
      report,
      related,
      Math.min(COMPARED_QUOTATIONS, Math.floor(MAX_CITATIONS / reports.length)),
    );
  });
  const byId = new Map(reports.map((report) => [report.id, report]));
  const answer = composeAnswer({
    lead: phrases.overview.comparison(namesOf(reports), phrases.list(days.map(dayLabel))),
    quotations: chosen.map(quotation),
    reports: byId,
    scope: { dates: asked.scope.dates, places: asked.scope.places },
    widened: null,
    notes: scopeNotes(asked),
    offers: reports.map(({ id }) => phrases.offers.source(phrases.offers.wholeText(id), id)),
  });
  const headed = answer.claims.map((claim) => {
    const citation = answer.citations.find(({ n }) => n === claim.citations[0]);
    const report = citation && byId.get(citation.report);
    return { ...claim, heading: report ? label(report) : null };
  });
  return disagreementsBetween({ ...answer, claims: headed }, reports, asked);
}

/** "رتّب الأحداث زمنياً": what happened, day by day, in the scope or in all reports. */
async function timeline(asked: Asked, passages: readonly Passage[]): Promise<CitedAnswer | null> {
  const limits = { limit: MAX_CITATIONS, longest: MAX_QUOTE_LENGTH };
  const quotations = atAGlance(passages, limits).map(({ passage, event }) => ({
    ...quotation(passage),
    event,
  }));
  if (quotations.length === 0) return null;
  const reports = new Map<string, Report>();
  for (const { passage } of quotations) {
    const report = reports.get(passage.reportId) ?? (await asked.sources.store.report(passage.reportId));
    if (report) reports.set(report.id, report);
  }
  return composeAnswer({
    lead: phrases.overview.timeline(phrases.list(asked.scope.places.map(({ name }) => name))),
    quotations,
    reports,
    scope: { dates: asked.scope.dates, places: asked.scope.places },
    widened: null,
    notes: scopeNotes(asked),
    offers: [phrases.offers.coverage],
  });
}

async function reportsByIds(ids: readonly string[], { sources }: Asked): Promise<Report[]> {
  const reports = await Promise.all(ids.map((id) => sources.store.report(id)));
  return reports.filter((report): report is Report => report !== null);
}

/** Answers a summary, a comparison or a timeline; events of the scope in any other form. */
export async function answerOverview(asked: Asked): Promise<Answer> {
  const { question, sources, scope } = asked;
  if (question.kind === "summary") {
    const ids = await summarisedReports(asked);
    if (ids.kind === "clarification") return ids;
    const [report] = await reportsByIds(ids.reports, asked);
    if (report) return summarise(report, asked);
  }
  if (question.kind === "compare") {
    const reports = await reportsByIds(await comparedReports(asked), asked);
    if (reports.length >= 2) return compare(reports, asked);
  }
  if (question.kind === "timeline" && scope.dates.length === 0) {
    const filter = scope.places.length > 0 ? { places: scope.places.map(({ id }) => id) } : {};
    const passages = await sources.store.passages(someOf(await sources.store.select(filter)));
    const answer = await timeline(asked, passages);
    if (answer) return answer;
  }
  return answerEvents(asked);
}
