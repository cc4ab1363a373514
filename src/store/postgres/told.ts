/** What passages tell of, counted in PostgreSQL or read in parts that leave room for other questions. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Queries } from "../../postgres/postgres.ts";
import { NewsTimes } from "../news-times.ts";
import { decodePassage, decodeReport } from "../records.ts";
import type { DaysFilter, PassageRef, Publications, ToldTime } from "../store.ts";
import { visible } from "./generation.ts";
import { arrayText } from "./storable.ts";

/** Rows that are read at once. */
const STEP = 500;

/** `Store.news` of these refs, ascending; `rows` gives the numbers of their rows, in the same order. */
export async function readNews(
  queries: Queries,
  refs: readonly PassageRef[],
  {
    rows: rowsOf,
    days,
  }: { rows: (refs: readonly PassageRef[]) => number[]; days?: readonly DaysFilter[] | undefined },
): Promise<ToldTime[]> {
  const told: ToldTime[] = [];
  for (let from = 0; from < refs.length; from += STEP) {
    const some = refs.slice(from, from + STEP);
    const numbers = rowsOf(some);
    const rows = await queries.rows<{ ref: number; record: string }>(
      "SELECT ref, record FROM passages WHERE ref = ANY($1::bigint[])",
      [arrayText(numbers)],
    );
    const records = new Map(rows.map(({ ref, record }) => [ref, record]));
    const passages = some.flatMap((ref, at) => {
      const record = records.get(numbers[at] ?? -1);
      return record === undefined ? [] : [{ ...decodePassage(record), ref }];
    });
    told.push(...new NewsTimes(passages).among(some, days));
    await breathe();
  }
  return told;
}

/** How many of these rows carry each place. */
export async function placesToldIn(
  queries: Queries,
  rows: readonly number[],
): Promise<ReadonlyMap<string, number>> {
  const counted = await queries.rows<{ place: string; passages: number }>(
    `SELECT place, count(*)::int AS passages
     FROM (SELECT DISTINCT ref, unnest(places) AS place FROM passages WHERE ref = ANY($1::bigint[])) AS told
     GROUP BY place`,
    [arrayText(rows)],
  );
  return new Map(counted.map(({ place, passages }) => [place, passages]));
}

/** `Store.publications` of a generation. */
export async function readPublications(queries: Queries, generation: number): Promise<Publications> {
  const counts = { stated: 0, inferred: 0, unknown: 0 };
  let last = -1;
  for (;;) {
    const rows = await queries.rows<{ key: number; record: string }>(
      `SELECT key, record FROM reports WHERE ${visible(1)} AND key > $2 ORDER BY key LIMIT ${STEP}`,
      [generation, last],
    );
    for (const { record } of rows) counts[decodeReport(record).published.confidence] += 1;
    last = rows.at(-1)?.key ?? last;
    if (rows.length < STEP) return counts;
    await breathe();
  }
}
