/** Days, places and reports of passages in memory: `select` and `coverage` without reading the disk. */
import { type Day, dayFromNumber, dayNumber } from "../text/day.ts";
import type { Coverage, DaysFilter, PassageFilter, PassageRef } from "./store.ts";

export interface DateRow {
  readonly ref: PassageRef;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly precision: string;
  readonly background: boolean;
}

export interface PlaceRow {
  readonly ref: PassageRef;
  readonly id: string;
  readonly name: string;
}

/** Rows in order of ref. `reports[ref]` is the passage's report; reports stand together, in order of id. */
export interface FieldRows {
  readonly reports: Iterable<string>;
  readonly dates: Iterable<DateRow>;
  readonly places: Iterable<PlaceRow>;
}

const OPEN_START = -0x8000_0000;
const OPEN_END = 0x7fff_ffff;
const BACKGROUND = 1;
const EXACT_DAY = 2;

/** Days of a date, both ends included; without end when one is open. */
function lengthOf(first: number, last: number): number {
  return first === OPEN_START || last === OPEN_END ? Number.POSITIVE_INFINITY : last - first + 1;
}

export class PassageFields {
  readonly size: number;
  /** First and last ref + 1 of each report, in order of id. */
  readonly #reports = new Map<string, readonly [start: number, end: number]>();
  /** Ids of the reports that have passages, in order. */
  readonly #ids: readonly string[];
  /** Place in `#ids` of each passage's report. */
  readonly #reportOf: Uint32Array;
  readonly #dateRefs: Uint32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #flags: Uint8Array;
  readonly #places = new Map<string, { readonly name: string; readonly refs: Uint32Array }>();

  constructor(rows: FieldRows) {
    this.size = this.#readReports(rows.reports);
    this.#ids = [...this.#reports.keys()];
    this.#reportOf = new Uint32Array(this.size);
    for (const [at, [from, to]] of [...this.#reports.values()].entries()) this.#reportOf.fill(at, from, to);
    const dates = [...rows.dates];
    this.#dateRefs = Uint32Array.from(dates, (row) => row.ref);
    this.#starts = Int32Array.from(dates, (row) => (row.start === null ? OPEN_START : dayNumber(row.start)));
    this.#ends = Int32Array.from(dates, (row) => (row.end === null ? OPEN_END : dayNumber(row.end)));
    this.#flags = Uint8Array.from(
      dates,
      (row) => (row.background ? BACKGROUND : 0) | (row.precision === "day" ? EXACT_DAY : 0),
    );
    this.#readPlaces(rows.places);
  }

  #readReports(reports: Iterable<string>): number {
    let ref = 0;
    let first = 0;
    let current: string | null = null;
    for (const id of reports) {
      if (id !== current) {
        if (current !== null) this.#reports.set(current, [first, ref]);
        current = id;
        first = ref;
      }
      ref += 1;
    }
    if (current !== null) this.#reports.set(current, [first, ref]);
    return ref;
  }

  #readPlaces(rows: Iterable<PlaceRow>): void {
    const lists = new Map<string, { name: string; refs: number[] }>();
    for (const { ref, id, name } of rows) {
      const list = lists.get(id) ?? { name, refs: [] };
      lists.set(id, list);
      if (list.refs.at(-1) !== ref) list.refs.push(ref);
    }
    for (const [id, { name, refs }] of lists) this.#places.set(id, { name, refs: Uint32Array.from(refs) });
  }

  /** Refs, ascending, of the passages that meet every condition of the filter. */
  select({ reports, days, background = true, places }: PassageFilter): PassageRef[] {
    const onDays = days && this.#onDays(days, background);
    const inPlaces = places && this.#inPlaces(places);
    const refs: PassageRef[] = [];
    for (const [from, to] of this.#ranges(reports))
      for (let ref = from; ref < to; ref += 1)
        if ((!onDays || onDays[ref] === 1) && (!inPlaces || inPlaces[ref] === 1)) refs.push(ref);
    return refs;
  }

  /** Ids of the reports that hold these refs, each once, in order of id. */
  reportsOf(refs: readonly PassageRef[]): string[] {
    const held = new Uint8Array(this.#ids.length);
    for (const ref of refs) held[this.#reportOf[ref] ?? -1] = 1;
    return this.#ids.filter((_, at) => held[at] === 1);
  }

  /** Ranges of refs of these reports, in order; of all without any named. */
  #ranges(ids: PassageFilter["reports"]): (readonly [start: number, end: number])[] {
    if (ids === undefined) return [[0, this.size]];
    return [...new Set(ids)]
      .flatMap((id) => {
        const range = this.#reports.get(id);
        return range ? [range] : [];
      })
      .sort(([a], [b]) => a - b);
  }

  #onDays(days: readonly DaysFilter[], background: boolean): Uint8Array {
    const mask = new Uint8Array(this.size);
    for (const { start, end, longest = Number.POSITIVE_INFINITY } of days) {
      const from = start === null ? OPEN_START : dayNumber(start);
      const to = end === null ? OPEN_END : dayNumber(end);
      if (from > to) continue;
      for (let i = 0; i < this.#dateRefs.length; i += 1) {
        const first = this.#starts[i] ?? 0;
        const last = this.#ends[i] ?? 0;
        if (first > to || last < from || lengthOf(first, last) > longest) continue;
        if (background || ((this.#flags[i] ?? 0) & BACKGROUND) === 0) mask[this.#dateRefs[i] ?? 0] = 1;
      }
    }
    return mask;
  }

  #inPlaces(ids: readonly string[]): Uint8Array {
    const mask = new Uint8Array(this.size);
    for (const id of ids) for (const ref of this.#places.get(id)?.refs ?? []) mask[ref] = 1;
    return mask;
  }

  /** How many of these refs carry each place, added to `counts`. */
  countPlaces(refs: readonly PassageRef[], counts: Map<string, number>): void {
    const wanted = new Uint8Array(this.size);
    for (const ref of refs) wanted[ref] = 1;
    for (const [id, place] of this.#places) {
      let passages = 0;
      for (const ref of place.refs) passages += wanted[ref] ?? 0;
      if (passages > 0) counts.set(id, (counts.get(id) ?? 0) + passages);
    }
  }

  /** What these passages tell of, to be put together by `mergeTold`. */
  told(): Told {
    const byDay = new Map<number, Set<PassageRef>>();
    let first = OPEN_END;
    let last = OPEN_START;
    for (let i = 0; i < this.#dateRefs.length; i += 1) {
      const start = this.#starts[i] ?? OPEN_START;
      const end = this.#ends[i] ?? OPEN_END;
      first = Math.min(first, start === OPEN_START ? end : start);
      last = Math.max(last, end === OPEN_END ? start : end);
      if (this.#flags[i] !== EXACT_DAY) continue;
      const refs = byDay.get(start) ?? new Set();
      byDay.set(start, refs.add(this.#dateRefs[i] ?? 0));
    }
    return {
      passages: this.size,
      days: new Map([...byDay].map(([day, refs]) => [day, refs.size])),
      first,
      last,
      places: new Map([...this.#places].map(([id, { name, refs }]) => [id, { name, passages: refs.length }])),
    };
  }
}

/** What a run of passages tells of: days as numbers with their passages, the first and the last day, places. */
export interface Told {
  readonly passages: number;
  readonly days: ReadonlyMap<number, number>;
  readonly first: number;
  readonly last: number;
  readonly places: ReadonlyMap<string, { readonly name: string; readonly passages: number }>;
}

/** What runs of passages tell of together; `reports` also counts reports without a passage. */
export function mergeTold(runs: readonly Told[], reports: number): Coverage {
  const byDay = new Map<number, number>();
  const places = new Map<string, { readonly name: string; passages: number }>();
  for (const run of runs) {
    for (const [day, passages] of run.days) byDay.set(day, (byDay.get(day) ?? 0) + passages);
    for (const [id, { name, passages }] of run.places) {
      const known = places.get(id);
      if (known) known.passages += passages;
      else places.set(id, { name, passages });
    }
  }
  const first = runs.reduce((day, run) => Math.min(day, run.first), OPEN_END);
  const last = runs.reduce((day, run) => Math.max(day, run.last), OPEN_START);
  return {
    reports,
    passages: runs.reduce((sum, run) => sum + run.passages, 0),
    days: [...byDay]
      .sort(([a], [b]) => a - b)
      .map(([day, passages]) => ({ day: dayFromNumber(day), passages })),
    span: {
      start: first === OPEN_END ? null : dayFromNumber(first),
      end: last === OPEN_START ? null : dayFromNumber(last),
    },
    places: [...places]
      .map(([id, place]) => ({ id, ...place }))
      .sort((a, b) => b.passages - a.passages || (a.id < b.id ? -1 : 1)),
  };
}
