/** What stands beside the rows of a chart. */
import { dayList } from "../answer/labels.ts";
import { PICTURE, quarterOf } from "../phrases/timeline.ts";
import { formatInterval } from "../text/dates/format.ts";
import { type Day, type DayInterval, monthOf, yearOf } from "../text/day.ts";
import type { BinUnit, TimeRow } from "../timeline/bins.ts";
import type { TimelineFilter } from "../timeline/timeline.ts";

export function rowLabel({ kind, start, end }: TimeRow, unit: BinUnit): string {
  if (kind === "bin" && unit === "quarter" && start !== null) {
    return quarterOf(Math.floor((monthOf(start) - 1) / 3), yearOf(start));
  }
  return wholeYears({ start, end }) ?? formatInterval({ start, end });
}

/** The same in figures, "28/7/2015 – 15/7/2016": for where there is no room for names of months. */
export function shortLabel(row: TimeRow, unit: BinUnit): string {
  const { start, end } = row;
  if (start === null || end === null || start === end) return rowLabel(row, unit);
  return wholeYears(row) ?? `${inFigures(start)} – ${inFigures(end)}`;
}

/** "1880–1889"; null for what begins or ends within a year, and for one year. */
function wholeYears({ start, end }: DayInterval): string | null {
  if (!start?.endsWith("-01-01") || !end?.endsWith("-12-31") || yearOf(start) === yearOf(end)) return null;
  return `${yearOf(start)}–${yearOf(end)}`;
}

const inFigures = (day: Day): string => `${Number(day.slice(-2))}/${monthOf(day)}/${yearOf(day)}`;

export const CHART_TITLES: Readonly<Record<BinUnit, string>> = {
  day: PICTURE.days,
  week: PICTURE.weeks,
  month: PICTURE.months,
  quarter: PICTURE.quarters,
  year: PICTURE.years,
};

/** What a timeline is limited to: "حي الحميدية، مدينة دير الزور · تشرين الأول 2017"; null when it is whole. */
export function filterLabel({ days }: TimelineFilter, place: string | null): string | null {
  const parts = [...(place === null ? [] : [place]), ...(days === null ? [] : [dayList([days])])];
  return parts.length === 0 ? null : parts.join(" · ");
}
