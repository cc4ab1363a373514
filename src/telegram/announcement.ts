/** News as a message: quotations of new reports, letter for letter, with their sources. */
import type { CitedAnswer } from "../answer/answer.ts";
import { MAX_CITATIONS } from "../answer/answer.ts";
import { checkCitations, makeCitation } from "../answer/citation.ts";
import type { Passage } from "../passage/passage.ts";
import { alerts } from "../phrases/alerts.ts";
import { type Topic, topicSchema } from "../question/topic.ts";
import type { Report } from "../report/report.ts";
import type { Call, Keyboard } from "./call.ts";
import { newAnswerId } from "./callback.ts";
import { dayText, oneLine } from "./describe.ts";
import { renderAnswer } from "./render.ts";
import { writeSent } from "./sent.ts";

export interface NewsItem {
  readonly report: Report;
  readonly passage: Passage;
}

export interface Announcement {
  /** To be kept, so that its link and its buttons work. */
  readonly answer: { readonly id: string; readonly conversation: string; readonly citations: string };
  readonly calls: readonly Call[];
}

const MOST_OF_ONE_REPORT = 2;
const LONGEST_ABOUT = 200;

/** A topic as it is stored; null when it is none. */
export function readTopic(stored: string): Topic | null {
  try {
    const parsed = topicSchema.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What a topic is about, in words. */
export function aboutText({ places, days, actors, phrase }: Topic): string {
  const parts = [
    ...places.map(({ name }) => name),
    ...days.map((interval) => dayText(interval)),
    ...actors.map(({ name }) => name),
    ...(phrase === null ? [] : [alerts.phrase(phrase)]),
  ];
  return oneLine(alerts.about(parts), LONGEST_ABOUT);
}

/** The most telling first: passages that name the place themselves, sentences before headlines. */
function ordered(items: readonly NewsItem[]): NewsItem[] {
  const rank = ({ passage }: NewsItem): number =>
    (passage.places.some(({ basis }) => basis === "passage") ? 0 : 2) + (passage.role === "title" ? 1 : 0);
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/** Without the headlines of reports of which a sentence is told too. */
function withoutHeadlines(items: readonly NewsItem[]): NewsItem[] {
  const told = new Set(
    items.filter(({ passage }) => passage.role !== "title").map(({ report }) => report.id),
  );
  return items.filter(({ report, passage }) => passage.role !== "title" || !told.has(report.id));
}

/** Which passages are quoted: few of each report, so that each report is heard. */
function chosen(items: readonly NewsItem[]): NewsItem[] {
  const counts = new Map<string, number>();
  const picked = ordered(items).filter(({ report }) => {
    const count = (counts.get(report.id) ?? 0) + 1;
    counts.set(report.id, count);
    return count <= MOST_OF_ONE_REPORT;
  });
  return picked
    .slice(0, MAX_CITATIONS)
    .sort((a, b) =>
      a.report.id === b.report.id ? a.passage.start - b.passage.start : a.report.id < b.report.id ? -1 : 1,
    );
}

/** The calls that tell of the items in a private chat. Throws CitationError when a quotation does not stand in its report. */
export function announcement(
  found: readonly NewsItem[],
  { chat, heading, bot, rows }: { chat: string; heading: string; bot: string; rows: Keyboard },
): Announcement {
  const items = withoutHeadlines(found);
  const quoted = chosen(items);
  const citations = quoted.map(({ report, passage }, index) =>
    makeCitation(index + 1, report, { passage, start: passage.start, end: passage.end }),
  );
  const left = items.length - quoted.length;
  const answer: CitedAnswer = {
    kind: "answer",
    mode: "extractive",
    lead: heading,
    claims: citations.map(({ n, quote }) => ({ text: quote, citations: [n], quoted: true, group: "main" })),
    citations,
    disagreements: [],
    widened: null,
    notes: left > 0 ? [alerts.more(left)] : [],
    offers: [],
    scope: { dates: [], places: [] },
  };
  checkCitations(answer, new Map(quoted.map(({ report }) => [report.id, report.body])));
  const hashes = new Map(quoted.map(({ report }) => [report.id, report.sha256]));
  const sha256 = (report: string): string => hashes.get(report) ?? "";
  const id = newAnswerId();
  const { messages, keyboard } = renderAnswer(answer, { answerId: id, sha256, bot });
  const last = [...keyboard, ...rows].map((row) => [...row]);
  return {
    answer: { id, conversation: chat, citations: writeSent(citations, sha256) },
    calls: messages.map(({ html, plain }, index) => ({
      kind: "message",
      to: { chat, thread: null, replyTo: null },
      ...{ html, plain, answers: null },
      keyboard: index === messages.length - 1 ? last : [],
    })),
  };
}
