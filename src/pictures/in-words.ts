/** What a chart or a map shows, as lines of text: for where no picture can be drawn or shown. */
import { placeLabel } from "../answer/place-label.ts";
import { PICTURE, passagesCount } from "../phrases/timeline.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { chartRows } from "./chart.ts";
import { CHART_TITLES, rowLabel } from "./labels.ts";
import type { Pictured } from "./sheet.ts";

/** About a screen of a telephone. */
const MOST_PLACES = 20;

/** A line for each bar: "29 تشرين الأول 2017: 12 مقطعاً". */
export function chartInWords(pictured: Pictured): string[] {
  const { unit, rows, hidden } = chartRows(pictured);
  if (rows.length === 0) return [PICTURE.none, PICTURE.absence];
  return [
    headed(CHART_TITLES[unit], pictured),
    ...rows.map((row) => `${rowLabel(row, unit)}: ${passagesCount(row.passages)}`),
    ...(hidden.times > 0 ? [PICTURE.othersHolding(hidden.times, hidden.passages)] : []),
    PICTURE.counts,
  ];
}

/** A line for each of the best told places. */
export function mapInWords(pictured: Pictured, gazetteer: Gazetteer): string[] {
  const { places } = pictured.outline;
  if (places.length === 0) return [PICTURE.noPlaces, PICTURE.absence];
  const more = places.length - MOST_PLACES;
  return [
    headed(PICTURE.map, pictured),
    ...places
      .slice(0, MOST_PLACES)
      .map(({ id, passages }) => `${placeLabel(id, gazetteer)}: ${passagesCount(passages)}`),
    ...(more > 0 ? [PICTURE.others(more)] : []),
    PICTURE.placeCounts,
  ];
}

const headed = (title: string, { scope }: Pictured): string =>
  scope === null ? `${title}:` : `${title} · ${scope}:`;
