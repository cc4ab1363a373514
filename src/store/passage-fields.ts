/** Days, places and reports of all passages in memory: `select` and `coverage` without reading the disk. */
import { type Day, dayFromNumber, dayNumber } from "../text/day.ts";
import type { Coverage, PassageFilter, PassageRef } from "./store.ts";

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

export class PassageFields {
  readonly size: number;
  /** First and last ref + 1 of each report, in order of id. */
  readonly #reports = new Map<string, readonly [start: number, end: number]>();
  readonly #dateRefs: Uint32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #flags: Uint8Array;
  readonly #places = new Map<string, { readonly name: string; readonly refs: Uint32Array }>();

  constructor(rows: FieldRows) {
    this.size = this.#readReports(rows.reports);
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
  select(filter: PassageFilter): PassageRef[] {
    const conditions = [
      filter.reports && this.#inReports(filter.reports),
      filter.days && this.#onDays(filter.days, filter.background ?? true),
      filter.places && this.#inPlaces(filter.places),
    ].filter((mask) => mask !== undefined);
    const refs: PassageRef[] = [];
    for (let ref = 0; ref < this.size; ref += 1)
      if (conditions.every((mask) => mask[ref] === 1)) refs.push(ref);
    return refs;
  }

  #inReports(ids: readonly string[]): Uint8Array {
    const mask = new Uint8Array(this.size);
    for (const id of ids) mask.fill(1, ...(this.#reports.get(id) ?? [0, 0]));
    return mask;
  }

  #onDays(days: NonNullable<PassageFilter["days"]>, background: boolean): Uint8Array {
    const mask = new Uint8Array(this.size);
    for (const { start, end } of days) {
      const from = start === null ? OPEN_START : dayNumber(start);
      const to = end === null ? OPEN_END : dayNumber(end);
      for (let i = 0; i < this.#dateRefs.length; i += 1) {
        if ((this.#starts[i] ?? 0) > to || (this.#ends[i] ?? 0) < from) continue;
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

  /** What the passages tell of; `reports` also counts reports without a passage. */
  coverage(reports: number): Coverage {
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
    const days = [...byDay].sort(([a], [b]) => a - b);
    return {
      reports,
      passages: this.size,
      days: days.map(([day, refs]) => ({ day: dayFromNumber(day), passages: refs.size })),
      span: {
        start: first === OPEN_END ? null : dayFromNumber(first),
        end: last === OPEN_START ? null : dayFromNumber(last),
      },
      places: [...this.#places]
        .map(([id, { name, refs }]) => ({ id, name, passages: refs.length }))
        .sort((a, b) => b.passages - a.passages || (a.id < b.id ? -1 : 1)),
    };
  }
}
