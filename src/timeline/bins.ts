/** Events counted by day, or by week, month, quarter or year where there are too many days to be read. Pure. */
import {
  type Day,
  type DayInterval,
  dayFromNumber,
  dayNumber,
  makeDay,
  monthInterval,
  monthOf,
  yearOf,
} from "../text/day.ts";

export const UNITS = ["day", "week", "month", "quarter", "year"] as const;
export type BinUnit = (typeof UNITS)[number];

/** Something counted at a time: so many passages, of which so many tell of it surely. */
export interface Counted extends DayInterval {
  readonly passages: number;
  /** Of these the day is stated and not inferred. */
  readonly stated: number;
}

export interface TimeRow extends Counted {
  /** `longer`: no report says more nearly when it was, and it lies in no single bin of the unit. */
  readonly kind: "bin" | "longer";
  /** Days before it of which nothing at all is told since what stands above; 0 for none and for the first row. */
  readonly gap: number;
}

export interface TimeRows {
  readonly unit: BinUnit;
  /** In order of time. */
  readonly rows: readonly TimeRow[];
  /** What there was no room for. */
  readonly hidden: { readonly times: number; readonly passages: number };
}

/** Longer times of which less than this is told, against the best told bin, are counted and not shown. */
const LEAST_SHARE = 0.05;

/** Counts in the finest unit that needs no more than `most` bins, with the best told longer times in their place among them. */
export function timeRows(
  counted: readonly Counted[],
  { most, mostLonger }: { readonly most: number; readonly mostLonger: number },
): TimeRows {
  const unit = UNITS.find((each) => inUnit(counted, each).bins.length <= most) ?? "year";
  const { bins, longer } = inUnit(counted, unit);
  const shownBins = fullest(bins, most);
  const least = LEAST_SHARE * Math.max(0, ...shownBins.map(({ passages }) => passages));
  const shownLonger = fullest(
    longer.filter(({ passages }) => passages >= least),
    mostLonger,
  );
  const shown = new Map([
    ...shownBins.map((bin) => [bin, "bin"] as const),
    ...shownLonger.map((time) => [time, "longer"] as const),
  ]);
  const left = [...bins, ...longer].filter((each) => !shown.has(each));
  return {
    unit,
    rows: withGaps([...bins, ...longer], shown),
    hidden: { times: left.length, passages: left.reduce((sum, { passages }) => sum + passages, 0) },
  };
}

const orderOf = ({ start, end }: DayInterval): string => `${start ?? end ?? "9999"} ${end ?? "9999"}`;

/** Rows in order of time; what is hidden still fills the time between them. */
function withGaps(all: readonly Counted[], shown: ReadonlyMap<Counted, TimeRow["kind"]>): TimeRow[] {
  const ordered = [...all].sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
  const rows: TimeRow[] = [];
  let told = null as Day | null;
  let gap = 0;
  for (const each of ordered) {
    const from = each.start ?? each.end;
    const to = each.end ?? LAST_DAY;
    if (told !== null && from !== null && from > told)
      gap += Math.max(0, dayNumber(from) - dayNumber(told) - 1);
    told = told === null || to > told ? to : told;
    const kind = shown.get(each);
    if (kind === undefined) {
      // Something is told of the time between two rows, though it is not shown.
      gap = Number.NEGATIVE_INFINITY;
      continue;
    }
    rows.push({ ...each, kind, gap: Math.max(0, gap) });
    gap = 0;
  }
  return rows;
}

/** An open end lasts for all that is told. */
const LAST_DAY = "9999-12-31";

function fullest(counted: readonly Counted[], most: number): readonly Counted[] {
  return counted.length <= most
    ? counted
    : [...counted].sort((a, b) => b.passages - a.passages).slice(0, most);
}

function inUnit(counted: readonly Counted[], unit: BinUnit): { bins: Counted[]; longer: Counted[] } {
  const sums = new Map<Day, { start: Day; end: Day; passages: number; stated: number }>();
  const longer: Counted[] = [];
  for (const each of counted) {
    const around = each.start === null || each.end === null ? null : binAround(each.start, unit);
    if (around === null || each.end === null || each.end > around.end) {
      longer.push(each);
      continue;
    }
    const sum = sums.get(around.start) ?? { ...around, passages: 0, stated: 0 };
    sum.passages += each.passages;
    sum.stated += each.stated;
    sums.set(around.start, sum);
  }
  return { bins: [...sums.values()], longer };
}

const WEEK = 7;
/** 1970-01-01 was a Thursday, and a week begins on Saturday. */
const SATURDAY = 2;

/** The bin in which a day lies. */
function binAround(day: Day, unit: BinUnit): { start: Day; end: Day } | null {
  const year = yearOf(day);
  switch (unit) {
    case "day":
      return { start: day, end: day };
    case "week": {
      const first = Math.floor((dayNumber(day) - SATURDAY) / WEEK) * WEEK + SATURDAY;
      return { start: dayFromNumber(first), end: dayFromNumber(first + WEEK - 1) };
    }
    case "month":
      return monthInterval(year, monthOf(day));
    case "quarter": {
      const first = Math.floor((monthOf(day) - 1) / 3) * 3 + 1;
      const start = makeDay(year, first, 1);
      const end = monthInterval(year, first + 2)?.end;
      return start && end ? { start, end } : null;
    }
    case "year": {
      const start = makeDay(year, 1, 1);
      const end = makeDay(year, 12, 31);
      return start && end ? { start, end } : null;
    }
  }
}
