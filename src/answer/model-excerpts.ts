/** What a model may quote from: the passages behind the extractive answer, and a few more that answer the same scope. */
import { createHash } from "node:crypto";
import type { EventDate, Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { nearestOf, rankPassages } from "../retrieval/retrieve.ts";
import { selectInScope, tellsOfDays } from "../retrieval/scope.ts";
import type { CitedAnswer, Claim } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { dayLabel, publishedLabel } from "./labels.ts";
import type { PromptPassage } from "./prompt.ts";

/** A stretch of a report that is given to the model: `report.body.slice(start, end) === text`. */
export interface Excerpt {
  /** Known in this request only. */
  readonly id: string;
  readonly report: Report;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The event that it is quoted for; null for none. */
  readonly event: EventDate | null;
  readonly group: Claim["group"];
  /** Whether the extractive answer quotes from it. */
  readonly quoted: boolean;
}

type Found = Omit<Excerpt, "id">;

const FURTHER = 4;
const ID_DIGITS = 4;
/** Kinds of question whose answer stays with what was quoted: a figure of elsewhere is a wrong answer. */
const CLOSED_KINDS: ReadonlySet<string> = new Set(["count", "summary", "compare"]);

const firstEvent = ({ dates }: Passage): EventDate | null =>
  dates.find(({ background }) => !background) ?? dates[0] ?? null;

/** Whether every day of a passage that is no background is one asked, so that any clause of it may be quoted. */
function tellsNothingElse(passage: Passage, { scope }: Asked): boolean {
  const news = passage.dates.filter(({ background }) => !background);
  return (
    scope.dates.length === 0 ||
    (news.length > 0 && news.every((date) => tellsOfDays({ ...passage, dates: [date] }, scope.dates)))
  );
}

function groupOf(n: number, answer: CitedAnswer): Claim["group"] {
  return answer.claims.find(({ citations }) => citations.includes(n))?.group ?? "main";
}

/** The passages quoted, whole where nothing in them is of another day, else only the quotation. */
async function quotedExcerpts(answer: CitedAnswer, asked: Asked): Promise<Found[]> {
  const found: Found[] = [];
  const exact = isExact(answer);
  for (const citation of answer.citations) {
    const report = await asked.sources.store.report(citation.report);
    const passage = (await asked.sources.store.passageById(citation.passage))?.passage;
    if (!report || !passage) continue;
    const whole = exact && tellsNothingElse(passage, asked);
    const start = whole ? Math.min(passage.start, citation.start) : citation.start;
    const end = whole ? Math.max(passage.end, citation.end) : citation.end;
    const event = passage.dates.find(
      (date) => date.start === citation.event?.start && date.end === citation.event?.end,
    );
    const same = found.some(
      (other) => other.report.id === report.id && other.start <= start && end <= other.end,
    );
    if (same) continue;
    const group = groupOf(citation.n, answer);
    const text = report.body.slice(start, end);
    found.push({ report, passage, start, end, text, event: event ?? null, group, quoted: true });
  }
  return found;
}

/** Whether the answer is about just the days asked. */
function isExact({ widened, caution }: CitedAnswer): boolean {
  return widened === null && (caution ?? null) === null;
}

async function furtherExcerpts(answer: CitedAnswer, asked: Asked): Promise<Found[]> {
  const { question, scope, sources, signal } = asked;
  if (CLOSED_KINDS.has(question.kind) || !isExact(answer)) return [];
  const scoped = scope.dates.length + scope.places.length > 0;
  const selection = await selectInScope(
    { days: scope.dates, places: scope.places.map(({ id }) => id) },
    sources,
  );
  if (scoped && selection.match !== "exact") return [];
  const chosen = new Set(answer.citations.map(({ passage }) => passage));
  const located = await nearestOf(selection.refs, { text: question.text, signal }, sources);
  const within = located
    .filter(({ passage }) => !chosen.has(passage.id) && tellsNothingElse(passage, asked))
    .map(({ ref }) => ref);
  if (scoped && within.length === 0) return [];
  const ranked = await rankPassages(
    { text: question.text, limit: FURTHER + chosen.size, signal, ...(scoped && { within }) },
    sources,
  );
  // A fact stays with the reports that answered it: their author may be the one that was asked for.
  const anyReport = ["day", "place"].includes(question.kind);
  const reports = new Set(answer.citations.map(({ report }) => report));
  const further = ranked.filter(
    ({ passage: { id, role, reportId } }) =>
      !chosen.has(id) && (role === "text" || role === "title") && (anyReport || reports.has(reportId)),
  );
  const found: Found[] = [];
  for (const { passage } of further.slice(0, FURTHER)) {
    const report = await sources.store.report(passage.reportId);
    const { start, end, text } = passage;
    const event = passage.dates.find((date) => tellsOfDays({ ...passage, dates: [date] }, scope.dates));
    if (report && passage.dates.every(({ background }) => !background))
      found.push({
        ...{ report, passage, start, end, text, group: "main", quoted: false },
        event: event ?? firstEvent(passage),
      });
  }
  return found;
}

/** What the model is given for a question, each stretch with an id that no report can have guessed. */
export async function gatherExcerpts(answer: CitedAnswer, asked: Asked): Promise<Excerpt[]> {
  const found = [...(await quotedExcerpts(answer, asked)), ...(await furtherExcerpts(answer, asked))];
  const seed = [asked.question.text, ...found.map(({ passage }) => passage.id)].join(" ");
  const nonce = createHash("sha256").update(seed, "utf8").digest("hex").slice(0, ID_DIGITS);
  return found.map((excerpt, index) => ({ ...excerpt, id: `${nonce}-${index + 1}` }));
}

/** An excerpt as it stands in the prompt. */
export function promptPassage({ id, report, event, text }: Excerpt): PromptPassage {
  return {
    id,
    publisher: report.publisher,
    published: publishedLabel(report.published),
    event_day: event === null ? null : dayLabel(event),
    text,
  };
}
