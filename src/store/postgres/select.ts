/** Passages by day and place, as SQL. */
import type { Queries } from "../../postgres/postgres.ts";
import { dayNumber } from "../../text/day.ts";
import type { PassageFilter } from "../store.ts";
import { visible } from "./generation.ts";
import { calendarDay, storable } from "./storable.ts";

/** Rows that meet the days and places of a filter, in no order; null when it has neither. */
export async function rowsOf(
  queries: Queries,
  generation: number,
  { days, background = true, places }: PassageFilter,
): Promise<number[] | null> {
  if (days === undefined && places === undefined) return null;
  const values: unknown[] = [generation];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const sets: string[] = [];
  if (places !== undefined)
    sets.push(
      `SELECT ref FROM passages WHERE places && ${parameter(places.map(storable))}::text[] AND ${visible(1)}`,
    );
  if (days !== undefined) {
    const some = days.filter(({ start, end }) => !start || !end || dayNumber(start) <= dayNumber(end));
    if (some.length === 0) return [];
    const intervals = some.map(({ start, end, longest }) => {
      const asked = `daterange(${parameter(calendarDay(start))}::date, ${parameter(calendarDay(end))}::date, '[]')`;
      // An open end is longer than any: the difference is null then.
      return longest === undefined || longest === Number.POSITIVE_INFINITY
        ? `days && ${asked}`
        : `(days && ${asked} AND upper(days) - lower(days) <= ${parameter(longest)})`;
    });
    sets.push(
      `SELECT ref FROM passage_days WHERE (${intervals.join(" OR ")}) AND ${visible(1)}${
        background ? "" : " AND NOT background"
      }`,
    );
  }
  const rows = await queries.rows<{ ref: number }>(sets.join(" INTERSECT "), values);
  return [...new Set(rows.map(({ ref }) => ref))];
}
