/** What the collection covers, as buttons that ask: its days by year and month, its places. */
import { offers } from "../phrases/answer.ts";
import {
  daysHeading,
  EMPTY_COLLECTION,
  NO_DAYS,
  NO_PLACES,
  PICK_DAY,
  PICK_MONTH,
  PICK_YEAR,
  PLACES_HEADING,
  placesIntro,
} from "../phrases/commands.ts";
import { BUTTON, pageOf } from "../phrases/telegram.ts";
import { formatDay, formatInterval } from "../text/dates/format.ts";
import { type Day, monthInterval, monthOf, yearOf } from "../text/day.ts";
import type { Button } from "./call.ts";
import { placeKey } from "./callback.ts";
import { pageOfList, rows, tapButton, turns, withoutEmptyRows } from "./keyboard.ts";
import { bold, line, paragraph, renderBlocks } from "./markup.ts";
import type { Covered } from "./sources.ts";
import type { View } from "./viewer.ts";

/** More days, months or years than these are shown month by month, year by year, page by page. */
const PER_VIEW = 24;
const PLACES_PER_PAGE = 12;

/** The question behind the button of a day. */
export const dayQuestion = (day: Day): string => offers.onDay(formatDay(day)).question;
/** The question behind the button of a place, or null when the collection no longer tells of it. */
export function placeQuestion(key: string, { places }: Covered): string | null {
  const place = places.find((each) => placeKey(each) === key);
  return place === undefined ? null : offers.inPlace(place).question;
}

/** Days below "" (all), a year ("2017") or a month ("2017-10"): as days where they fit one view, else as months or years. */
export function daysView(covered: Covered, under: string, page: number): View {
  const days = covered.days.filter((day) => day.startsWith(under));
  if (days.length === 0) {
    const empty = covered.reports === 0 ? EMPTY_COLLECTION : NO_DAYS;
    return { message: renderBlocks([paragraph(line(empty))]), keyboard: [] };
  }
  const { buttons, hint } = dayButtons(days, under);
  const { shown, at, pages } = pageOfList(buttons, page, PER_VIEW);
  const span = { start: days[0] ?? null, end: days.at(-1) ?? null };
  const footer = pages > 1 ? [paragraph(line(pageOf(at + 1, pages)))] : [];
  const up = under === "" ? [] : [tapButton(BUTTON.allDays, { kind: "days", under: "", page: 0 })];
  return {
    message: renderBlocks([
      paragraph(line(bold(daysHeading(days.length, formatInterval(span)))), line(hint)),
      ...footer,
    ]),
    keyboard: withoutEmptyRows([
      ...rows(shown, 2),
      turns({ from: at, count: pages }, (to) => ({ kind: "days", under, page: to })),
      up,
    ]),
  };
}

function dayButtons(days: readonly Day[], under: string): { buttons: Button[]; hint: string } {
  if (days.length <= PER_VIEW || under.length === 7) {
    return { buttons: days.map((day) => tapButton(formatDay(day), { kind: "day", day })), hint: PICK_DAY };
  }
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  const years = [...new Set(days.map((day) => day.slice(0, 4)))];
  const byYear = under === "" && months.length > PER_VIEW && years.length > 1;
  const open = byYear ? years : months;
  const buttons = open.map((each) => tapButton(periodLabel(each), { kind: "days", under: each, page: 0 }));
  return { buttons, hint: byYear ? PICK_YEAR : PICK_MONTH };
}

/** "2017", "تشرين الأول 2017". */
function periodLabel(period: string): string {
  if (period.length === 4) return period;
  const first = `${period}-01`;
  const month = monthInterval(yearOf(first), monthOf(first));
  return month === null ? period : formatInterval(month);
}

/** A page of the places, the most told of first (0-based). */
export function placesView({ places, reports }: Covered, page: number): View {
  if (places.length === 0) {
    const empty = reports === 0 ? EMPTY_COLLECTION : NO_PLACES;
    return { message: renderBlocks([paragraph(line(empty))]), keyboard: [] };
  }
  const { shown, at, pages } = pageOfList(places, page, PLACES_PER_PAGE);
  const footer = pages > 1 ? [paragraph(line(pageOf(at + 1, pages)))] : [];
  const buttons = shown.map((label) => tapButton(label, { kind: "place", place: placeKey(label) }));
  return {
    message: renderBlocks([
      paragraph(line(bold(PLACES_HEADING)), line(placesIntro(places.length))),
      ...footer,
    ]),
    keyboard: withoutEmptyRows([
      ...rows(buttons, 2),
      turns({ from: at, count: pages }, (to) => ({ kind: "places", page: to })),
    ]),
  };
}
