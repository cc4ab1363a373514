/** /timeline: the events by day, page by page with their citations; and the same as a picture or a table. */
import type { Citation } from "../answer/answer.ts";
import { reportsCount } from "../phrases/answer.ts";
import { BUTTON, pageOf } from "../phrases/telegram.ts";
import { PICTURE, TIMELINE_TEXT, withCertainty } from "../phrases/timeline.ts";
import type { Report } from "../report/report.ts";
import { intervalKey, type TimelineDay, type TimelineEntry } from "../timeline/timeline.ts";
import type { Call } from "./call.ts";
import type { TimelineForm, TimelineRef } from "./callback.ts";
import { addressOf } from "./calls.ts";
import { citationRows, marks, sourcesBlock } from "./citations.ts";
import { dayText, oneLine } from "./describe.ts";
import { rowOf, tapButton, turns, withoutEmptyRows } from "./keyboard.ts";
import {
  type Block,
  bold,
  type Line,
  line,
  paragraph,
  type Rendered,
  renderBlocks,
  verbatim,
} from "./markup.ts";
import type { Sources, TimelinePart } from "./sources.ts";
import { paginate } from "./split.ts";
import type { BotIdentity, Origin } from "./update.ts";
import type { View } from "./viewer.ts";

/** What a telephone shows in two screens. */
const PER_PAGE = 5;
const LONGEST_SCOPE = 200;
/** More pages than a person turns: how to shorten the list is said. */
const MANY_PAGES = 20;

interface Reading {
  readonly sources: Sources;
  readonly me: BotIdentity;
}

/** The timeline that words name, its first page; null when they name none. */
export async function timelineNamed(words: string, reading: Reading): Promise<View | null> {
  const about = (await reading.sources.timelines?.named(words)) ?? null;
  return about === null ? null : timelinePage(about, 0, reading);
}

/** A page (0-based); null when there are no timelines here. */
export async function timelinePage(
  about: TimelineRef,
  page: number,
  { sources, me }: Reading,
): Promise<View | null> {
  const read = await readPage(about, page, sources);
  if (!read) return null;
  const { at, pages, part } = read;
  const first = line(bold(headingOf(TIMELINE_TEXT.heading, part.scope)));
  if (part.events === 0) {
    const message = renderBlocks([paragraph(first), paragraph(line(PICTURE.none), line(PICTURE.absence))]);
    return { message, keyboard: [] };
  }
  const shown = part.days.flatMap((day) => day.entries.map((entry) => ({ day, entry })));
  const reports = await reportsNamed(
    shown.map(({ entry }) => entry.passage.reportId),
    sources,
  );
  const citations = shown.map(({ entry }, index) =>
    citationOf(entry, at * PER_PAGE + index + 1, reports.get(entry.passage.reportId)),
  );
  const cited = { sha256: (id: string) => reports.get(id)?.sha256 ?? "", bot: me.username };
  const held = PICTURE.held(reportsCount(part.reports), part.passages);
  const blocks: Block[] = [
    paragraph(first, line(held)),
    ...dayBlocks(shown, at * PER_PAGE),
    ...(pages > 1
      ? [paragraph(line(pageOf(at + 1, pages)), ...(pages > MANY_PAGES ? [line(TIMELINE_TEXT.shorten)] : []))]
      : []),
  ];
  return {
    message: paginate([...blocks, sourcesBlock(citations, cited)])[0] ?? renderBlocks([]),
    keyboard: withoutEmptyRows([
      ...citationRows(citations, cited),
      turns({ from: at, count: pages }, (to) => ({ kind: "timeline", about, page: to })),
      fileButtons(about),
    ]),
  };
}

/** A page as far as there are pages, and its number (0-based). */
async function readPage(
  about: TimelineRef,
  page: number,
  { timelines }: Sources,
): Promise<{ at: number; pages: number; part: TimelinePart } | null> {
  if (!timelines) return null;
  const wanted = Math.max(page, 0);
  const part = await timelines.read(about, wanted * PER_PAGE, PER_PAGE);
  const pages = Math.max(1, Math.ceil(part.events / PER_PAGE));
  if (wanted < pages) return { at: wanted, pages, part };
  return { at: pages - 1, pages, part: await timelines.read(about, (pages - 1) * PER_PAGE, PER_PAGE) };
}

const headingOf = (title: string, scope: string | null): string =>
  scope === null ? title : `${title}: ${oneLine(scope, LONGEST_SCOPE)}`;

/** A day's heading with its quotations; numbers go on over the pages. */
function dayBlocks(
  shown: readonly { readonly day: TimelineDay; readonly entry: TimelineEntry }[],
  before: number,
): Block[] {
  const groups: { day: TimelineDay; lines: Line[] }[] = [];
  for (const [index, { day, entry }] of shown.entries()) {
    const told = line("• «", verbatim(entry.quotation), `»${marks([before + index + 1])}`);
    const last = groups.at(-1);
    if (last && intervalKey(last.day) === intervalKey(day)) last.lines.push(told);
    else groups.push({ day, lines: [told] });
  }
  return groups.map(({ day, lines }) =>
    paragraph(line(bold(withCertainty(dayText(day), day.confidence))), ...lines),
  );
}

async function reportsNamed(ids: readonly string[], sources: Sources): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  for (const id of new Set(ids)) {
    const report = await sources.report(id);
    if (report) reports.set(id, report);
  }
  return reports;
}

function citationOf(
  { event, passage, start, end, quotation }: TimelineEntry,
  n: number,
  report?: Report,
): Citation {
  return {
    n,
    report: passage.reportId,
    passage: passage.id,
    publisher: report?.publisher ?? null,
    title: report?.title ?? null,
    published: report?.published ?? { start: null, end: null, confidence: "unknown", why: "" },
    event,
    places: passage.places.map(({ id, name }) => ({ id, name })),
    quote: quotation,
    start,
    end,
  };
}

function fileButtons(about: TimelineRef) {
  const button = (label: string, form: TimelineForm) =>
    tapButton(label, { kind: "timeline_file", about, form });
  return rowOf(
    button(BUTTON.timelineChart, "chart"),
    button(BUTTON.timelineMap, "map"),
    button(BUTTON.timelineCsv, "csv"),
  );
}

const TITLES: Readonly<Record<TimelineForm, string>> = {
  chart: PICTURE.days,
  map: PICTURE.map,
  csv: TIMELINE_TEXT.heading,
};

/** The call that sends it; none when there are no timelines here. */
export async function timelineFile(
  about: TimelineRef,
  form: TimelineForm,
  { origin, sources }: { origin: Origin; sources: Sources },
): Promise<Call[]> {
  const { timelines } = sources;
  if (!timelines) return [];
  const { scope, events } = await timelines.read(about, 0, 0);
  const isCut = form === "csv" && events > timelines.tableHolds;
  const notes = [...(isCut ? [TIMELINE_TEXT.firstOnly(timelines.tableHolds, events)] : []), PICTURE.absence];
  const { html, plain } = captionOf(headingOf(TITLES[form], scope), notes);
  return [{ kind: "timeline", to: addressOf(origin), form, about: { ...about }, html, plain }];
}

function captionOf(heading: string, notes: readonly string[]): Rendered {
  return renderBlocks([paragraph(line(bold(heading)), ...notes.map((note) => line(note)))]);
}
