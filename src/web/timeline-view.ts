/** Days and places: how much is told of each, and what, with the words of the reports. */
import type { Offer } from "../answer/answer.ts";
import { dayLabel, sourceLabel } from "../answer/labels.ts";
import { placeLabel } from "../answer/place-label.ts";
import * as answerPhrases from "../phrases/answer.ts";
import { PICTURE, TIMELINE_TEXT } from "../phrases/timeline.ts";
import { ASK, HOME, TIMELINE } from "../phrases/web.ts";
import { rowLabel } from "../pictures/labels.ts";
import type { Report } from "../report/report.ts";
import type { Coverage } from "../store/store.ts";
import { cleanForDisplay, isolateLeftToRight } from "../text/bidi.ts";
import { formatDay } from "../text/dates/format.ts";
import { type DayInterval, isDay, monthInterval } from "../text/day.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { type Counted, timeRows } from "../timeline/bins.ts";
import type { TimelineEntry } from "../timeline/timeline.ts";
import { offerForms } from "./answer-view.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { mapView } from "./map.ts";
import { reportAddress } from "./report-view.ts";

export interface Collected {
  readonly coverage: Coverage;
  readonly gazetteer: Gazetteer;
}

/** What the page of days and places is limited to. */
export interface Chosen {
  /** As `timeOf` reads it. */
  readonly day: string | null;
  readonly place: string | null;
}

/** More days than these are shown by weeks, months, quarters or years. */
const MOST_DAYS = 40;
const MOST_LONGER = 10;
/** Days; shorter gaps are not told. */
const LEAST_GAP = 7;
const MOST_PLACES = 60;
export const MOST_ENTRIES = 60;
/** Events in the table. */
export const TABLE_HOLDS = 5_000;
const BAR = 100;

/** Times of which the reports tell, each a link, the stated part of its bar darker; and time of which nothing is told. */
export function dayBars(counted: readonly Counted[]): Html {
  const { unit, rows, hidden } = timeRows(counted, { most: MOST_DAYS, mostLonger: MOST_LONGER });
  const most = Math.max(1, ...rows.map(({ passages }) => passages));
  const items = rows.map((row) => {
    const { passages, stated, gap } = row;
    const wide = (passages / most) * BAR;
    const dark = (stated / most) * BAR;
    const bar = (x: number, width: number, name: string): Html =>
      html`<rect class="${name}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="8"/>`;
    return html`${gap >= LEAST_GAP && html`<li class="gap">${PICTURE.gap(gap)}</li>`}
<li><a href="/timeline?day=${timeAddress(row)}"><span>${isolateLeftToRight(rowLabel(row, unit))}</span><svg class="bar" viewBox="0 0 ${BAR} 8" preserveAspectRatio="none" aria-hidden="true">${bar(BAR - dark, dark, "stated")}${bar(BAR - wide, wide - dark, "inferred")}</svg><span class="count" aria-label="${TIMELINE.passages(passages)}">${passages}</span></a></li>`;
  });
  return html`<ul class="bars">${items}</ul>
${hidden.times > 0 && html`<p class="hint">${PICTURE.othersHolding(hidden.times, hidden.passages)}</p>`}
<p class="hint legend"><span class="stated"></span> ${PICTURE.stated} <span class="inferred"></span> ${PICTURE.inferred}</p>
<p class="hint">${PICTURE.counts}</p>`;
}

/** A time as it stands in an address: a day, or two days with / between them. */
function timeAddress({ start, end }: DayInterval): string {
  return start === end ? (start ?? "") : `${start ?? ""}/${end ?? ""}`;
}

/** "2017-10", "2017-10-29" or "2017-10-28/2017-10-29" as an interval, or null; an end may be open. */
export function timeOf(text: string): DayInterval | null {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (year && month) return monthInterval(Number(year), Number(month));
  if (isDay(text)) return { start: text, end: text };
  const [start = "", end = "", ...more] = text.split("/");
  const isTime = more.length === 0 && [start, end].every((day) => day === "" || isDay(day));
  if (!isTime || `${start}${end}` === "" || (start > end && end !== "")) return null;
  return { start: start || null, end: end || null };
}

/** The best told places; quarters and the like stand under their city. */
export function placeList({ coverage, gazetteer }: Collected, limit = MOST_PLACES): Html {
  const groups = new Map<string | null, { id: string; passages: number }[]>();
  for (const { id, passages } of coverage.places.slice(0, limit)) {
    const city = [id, ...gazetteer.ancestors(id)].find((each) => gazetteer.byId.get(each)?.kind === "city");
    const group = groups.get(city ?? null) ?? [];
    group.push({ id, passages });
    groups.set(city ?? null, group);
  }
  // A city of which only the city itself is told needs no heading of its own.
  const others = groups.get(null) ?? [];
  for (const [city, places] of groups) {
    if (city === null || places.length > 1) continue;
    others.push(...places);
    groups.delete(city);
  }
  groups.delete(null);
  others.sort((a, b) => b.passages - a.passages);
  const all: [string | null, typeof others][] = [
    ...groups,
    ...(others.length > 0 ? [[null, others] as [null, typeof others]] : []),
  ];
  const sections = all.map(
    ([
      city,
      places,
    ]) => html`<h3>${city === null ? TIMELINE.elsewhere : TIMELINE.inside(placeLabel(city, gazetteer))}</h3>
<ul class="chips">${places.map(
      ({ id, passages }) =>
        html`<li><a href="${`/timeline?place=${encodeURIComponent(id)}`}">${placeLabel(id, gazetteer)} <span class="count" aria-label="${TIMELINE.passages(passages)}">${passages}</span></a></li>`,
    )}</ul>`,
  );
  return html`${sections}`;
}

/** Two choices, as they stand in the form of a question and in the filter. */
export function choosers({ coverage, gazetteer }: Collected, chosen: Chosen): Html {
  const option = (value: string, label: string, selected: string | null): Html =>
    html`<option value="${value}"${value === selected ? { html: " selected" } : NOTHING}>${isolateLeftToRight(label)}</option>`;
  const days = coverage.days.map(({ day }) => day);
  const places = coverage.places.slice(0, MOST_PLACES).map(({ id }) => id);
  return html`<label>${ASK.day} <select name="day"><option value="">${ASK.any}</option>
${withChosen(days, chosen.day).map((day) => option(day, isDay(day) ? formatDay(day) : chosenDay(day), chosen.day))}</select></label>
<label>${ASK.place} <select name="place"><option value="">${ASK.any}</option>
${withChosen(places, chosen.place).map((id) => option(id, placeLabel(id, gazetteer), chosen.place))}</select></label>`;
}

/** What was chosen by a link and is not among those offered (a week, a small place) stays chosen when the form is sent. */
function withChosen(offered: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || offered.includes(chosen) ? offered : [chosen, ...offered];
}

export interface TimelinePage extends Collected {
  /** What is told of each time. */
  readonly counted: readonly Counted[];
  readonly chosen: Chosen;
  /** What was found for it; null when nothing is chosen. */
  readonly entries: readonly TimelineEntry[] | null;
  /** How many there are in all. */
  readonly total: number;
  readonly reports: ReadonlyMap<string, Report>;
  /** The question that asks for the same. */
  readonly question: Offer | null;
}

export function timelinePage(input: TimelinePage): Html {
  const { chosen, entries, coverage, counted, gazetteer } = input;
  const listed = entries === null ? counted.reduce((sum, { passages }) => sum + passages, 0) : input.total;
  return html`<h1>${TIMELINE.heading}</h1><p class="lede">${TIMELINE.intro}</p>
<form class="filter" method="get" action="/timeline">${choosers(input, chosen)}
<button>${TIMELINE.show}</button> <a href="${tableAddress(chosen)}">${TIMELINE.table}</a>${entries !== null && html` <a href="/timeline">${TIMELINE.clear}</a>`}</form>
${listed > TABLE_HOLDS && html`<p class="hint">${TIMELINE_TEXT.firstOnly(TABLE_HOLDS, listed)}</p>`}
${entries !== null ? found(input, entries) : NOTHING}
<div class="overview"><section><h2>${HOME.days}</h2>${dayBars(counted)}</section>
<section><h2>${HOME.places}</h2>${mapView(coverage, gazetteer)}${placeList(input)}</section></div>`;
}

/** The same as a table for spreadsheets. */
function tableAddress({ day, place }: Chosen): string {
  const query = new URLSearchParams({ ...(day !== null && { day }), ...(place !== null && { place }) });
  return query.size === 0 ? "/timeline.csv" : `/timeline.csv?${query}`;
}

function found(
  { chosen, reports, question, gazetteer, total }: TimelinePage,
  entries: readonly TimelineEntry[],
): Html {
  const place = chosen.place === null ? [] : [placeLabel(chosen.place, gazetteer, { withParent: true })];
  const day = chosen.day === null ? [] : [chosenDay(chosen.day)];
  const heading = [...place, ...day].join(" · ");
  let last = "";
  const items = entries.map((entry) => {
    const { event, passage, quotation } = entry;
    const label = dayLabel(event);
    const isNew = label !== last;
    last = label;
    const report = reports.get(passage.reportId);
    const source = report ? sourceLabel({ ...citedFacts(report), event: null }) : passage.reportId;
    return html`${isNew && html`<li class="day">${isolateLeftToRight(label)}${event.confidence !== "certain" && html` <small>(${TIMELINE.inferred})</small>`}</li>`}
<li><q>${cleanForDisplay(quotation)}</q>
<a class="from" href="${reportAddress(passage.reportId, entry)}">${isolateLeftToRight(source)}</a></li>`;
  });
  const rest = total - entries.length;
  return html`<section class="found"><h2>${isolateLeftToRight(heading)}</h2>
${entries.length === 0 ? html`<p>${TIMELINE.none}</p>` : html`<ul class="claims">${items}</ul>`}
${rest > 0 && html`<p class="hint">${TIMELINE.more(rest)}</p>`}
${question && offerForms(TIMELINE.ask, [question])}</section>`;
}

const chosenDay = (day: string): string => dayLabel(timeOf(day) ?? { start: null, end: null });

/** What a source's line is written from. */
function citedFacts(report: Report) {
  const { publisher, title, published } = report;
  const none = { n: 0, report: report.id, passage: "", places: [], quote: "", start: 0, end: 0 };
  return { ...none, publisher: publisher ?? answerPhrases.unknownPublisher, title, published };
}
