/** The numbered list of reports, with their days and places, page by page. */
import { reportsCount } from "../phrases/answer.ts";
import { EMPTY_COLLECTION, reportsHeading } from "../phrases/commands.ts";
import { eventLine, pageOf, placesLine } from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import { reportKey } from "./callback.ts";
import { dayText, oneLine, publishedText, publisherName, titleInList } from "./describe.ts";
import { pageOfList, rows, tapButton, turns, withoutEmptyRows } from "./keyboard.ts";
import { type Block, bold, line, paragraph, renderBlocks } from "./markup.ts";
import type { Sources, Told } from "./sources.ts";
import type { View } from "./viewer.ts";

const REPORTS_PER_PAGE = 6;
const PLACES_SHOWN = 3;

/** A page of the list (0-based); each report keeps its number on every page. */
export async function reportListView(sources: Sources, page: number): Promise<View> {
  const ids = await sources.reportIds();
  if (ids.length === 0) return { message: renderBlocks([paragraph(line(EMPTY_COLLECTION))]), keyboard: [] };
  const { shown, at, pages } = pageOfList(ids, page, REPORTS_PER_PAGE);
  const first = at * REPORTS_PER_PAGE + 1;
  const entries: Block[] = [];
  for (const [index, id] of shown.entries()) {
    const report = await sources.report(id);
    if (report) entries.push(entry(report, first + index, await sources.told(id)));
  }
  const buttons = shown.map((id, index) =>
    tapButton(String(first + index), { kind: "text", report: reportKey(id) }),
  );
  const footer = pages > 1 ? [paragraph(line(pageOf(at + 1, pages)))] : [];
  return {
    message: renderBlocks([
      paragraph(line(bold(reportsHeading(reportsCount(ids.length))))),
      ...entries,
      ...footer,
    ]),
    keyboard: withoutEmptyRows([
      ...rows(buttons, REPORTS_PER_PAGE),
      turns({ from: at, count: pages }, (to) => ({ kind: "reports", page: to })),
    ]),
  };
}

function entry(report: Report, number: number, { events, places }: Told): Block {
  const days = events === null ? "" : dayText(events);
  const named = places.slice(0, PLACES_SHOWN).map((place) => oneLine(place, 60));
  return paragraph(
    line(bold(`${number}. ${publisherName(report)}`)),
    line(oneLine(titleInList(report), 120)),
    ...(days === "" ? [] : [line(eventLine(days))]),
    ...(named.length === 0 ? [] : [line(placesLine(named.join("، ")))]),
    line(publishedText(report.published)),
  );
}
