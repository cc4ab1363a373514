/** The chart of events by day: a row for each day with its bar, from right to left. */
import { PICTURE } from "../phrases/timeline.ts";
import { type BinUnit, type Counted, type TimeRow, type TimeRows, timeRows } from "../timeline/bins.ts";
import { countsOf } from "../timeline/outline.ts";
import type { Drawing, Shape } from "./drawing.ts";
import { CHART_TITLES, rowLabel, shortLabel } from "./labels.ts";
import { finished, heading, MARGIN, type Pictured, RIGHT, SMALL, textRight } from "./sheet.ts";
import { fitted, textWidth } from "./text-width.ts";

/** What a picture on a telephone holds without scrolling far. */
const MOST_ROWS = 20;
const MOST_LONGER = 6;
const ROW = 46;
const LABEL = 24;
const LABEL_WIDTH = 268;
/** Shorter gaps, in days, are dots alone. */
const GAP = { between: 16, told: 38, most: 6, least: 7, size: 21 };
const BAR = { height: 26, right: RIGHT - LABEL_WIDTH - 16, count: 58, radius: 4 };

/** What the bars of the chart stand for. */
export function chartRows({ outline }: Pick<Pictured, "outline">): TimeRows {
  return timeRows(countsOf(outline), { most: MOST_ROWS, mostLonger: MOST_LONGER });
}

export function drawChart(pictured: Pictured): Drawing {
  const { unit, rows, hidden } = chartRows(pictured);
  const { shapes, height } = heading(CHART_TITLES[unit], pictured);
  let y = height;
  if (rows.length === 0) {
    shapes.push(textRight(y + 40, PICTURE.none, { size: LABEL, tone: "ink" }));
    return finished(shapes, { top: y + 90, notes: [PICTURE.absence], pictured });
  }
  shapes.push(...legend(y, rows));
  y += 54;
  const most = Math.max(...rows.map(({ passages }) => passages));
  const told = longestGaps(rows);
  for (const row of rows) {
    if (row.gap > 0) {
      const space = told.has(row) ? GAP.told : GAP.between;
      shapes.push(...gapShapes(y, space, told.has(row) ? PICTURE.gap(row.gap) : null));
      y += space;
    }
    shapes.push(...rowShapes(y, labelOf(row, unit), row, most));
    y += ROW;
  }
  if (hidden.times > 0) {
    const text = PICTURE.othersHolding(hidden.times, hidden.passages);
    shapes.push(textRight(y + 30, text, { size: LABEL - 2 }));
    y += ROW;
  }
  return finished(shapes, { top: y + 14, notes: [PICTURE.counts, PICTURE.absence], pictured });
}

function longestGaps(rows: readonly TimeRow[]): Set<TimeRow> {
  const gaps = rows.filter(({ gap }) => gap >= GAP.least).sort((a, b) => b.gap - a.gap);
  return new Set(gaps.slice(0, GAP.most));
}

/** The days with the names of their months, in figures where these do not fit. */
function labelOf(row: TimeRow, unit: BinUnit): string {
  const label = rowLabel(row, unit);
  return textWidth(label, LABEL) <= LABEL_WIDTH ? label : shortLabel(row, unit);
}

/** Colours of what is stated and of what is inferred, if there is any. */
function legend(top: number, rows: readonly TimeRow[]): Shape[] {
  const shapes: Shape[] = [];
  let x = RIGHT;
  const add = (tone: "strong" | "weak", text: string): void => {
    shapes.push({ kind: "rect", x: x - 22, y: top, width: 22, height: 22, tone, radius: 3 });
    shapes.push({ kind: "text", x: x - 32, y: top + 18, size: SMALL, text, anchor: "right", tone: "faint" });
    x -= 32 + textWidth(text, SMALL) + 20;
  };
  if (rows.some(({ stated }) => stated > 0)) add("strong", PICTURE.stated);
  if (rows.some(({ stated, passages }) => stated < passages)) add("weak", PICTURE.inferred);
  return shapes;
}

function rowShapes(top: number, label: string, row: Counted, most: number): Shape[] {
  const room = BAR.right - MARGIN - BAR.count;
  const width = Math.max(4, (row.passages / most) * room);
  const stated = (row.stated / row.passages) * width;
  const y = top + (ROW - BAR.height) / 2;
  const bar = (right: number, wide: number, tone: "strong" | "weak"): Shape[] =>
    wide <= 0
      ? []
      : [{ kind: "rect", x: right - wide, y, width: wide, height: BAR.height, tone, radius: BAR.radius }];
  const baseline = top + ROW / 2 + LABEL / 3;
  // The longest, two days in figures, are written a little smaller.
  const size = Math.max(SMALL - 2, Math.min(LABEL, (LABEL * LABEL_WIDTH) / textWidth(label, LABEL)));
  return [
    textRight(baseline, fitted(label, size, LABEL_WIDTH), { size, tone: "ink" }),
    ...bar(BAR.right, stated, "strong"),
    ...bar(BAR.right - stated, width - stated, "weak"),
    {
      kind: "text",
      x: BAR.right - width - 10,
      y: baseline,
      size: LABEL,
      text: String(row.passages),
      anchor: "right",
      tone: "ink",
      bold: true,
    },
  ];
}

/** Time of which nothing is told, so that what stands close is not taken for close in time. */
function gapShapes(top: number, height: number, text: string | null): Shape[] {
  const x = BAR.right + 8;
  const dots: Shape = {
    kind: "line",
    from: { x, y: top + 3 },
    to: { x, y: top + height - 3 },
    tone: "faint",
    width: 3,
    dashed: true,
  };
  if (text === null) return [dots];
  return [
    dots,
    {
      kind: "text",
      x: BAR.right,
      y: top + height / 2 + 7,
      size: GAP.size,
      text,
      anchor: "right",
      tone: "faint",
    },
  ];
}
