/** What stands beside the rows of a chart. */
import { dayList } from "../answer/labels.ts";
import { PICTURE, quarterOf } from "../phrases/timeline.ts";
import { formatInterval } from "../text/dates/format.ts";
import { monthOf, yearOf } from "../text/day.ts";
import type { BinUnit, TimeRow } from "../timeline/bins.ts";
import type { TimelineFilter } from "../timeline/timeline.ts";

export function rowLabel({ kind, start, end }: TimeRow, unit: BinUnit): string {
  if (kind === "bin" && unit === "quarter" && start !== null) {
    return quarterOf(Math.floor((monthOf(start) - 1) / 3), yearOf(start));
  }
  return formatInterval({ start, end });
}

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
