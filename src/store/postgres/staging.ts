/** What a build knows and writes before its generation is published. */
import type { Postgres } from "../../postgres/postgres.ts";
import type { ReceivedReport } from "../build.ts";
import { encodeReport, digest as hashOf } from "../records.ts";
import { StoreError } from "../store.ts";
import type { Generation } from "./generation.ts";
import { visible } from "./generation.ts";

/** A report of the generation before. */
export interface FormerReport {
  readonly key: number;
  readonly digest: string;
  readonly first: number;
  readonly count: number;
}

/** Reports of a generation by id. */
export async function formerReports(
  database: Postgres,
  generation: Generation | null,
): Promise<Map<string, FormerReport>> {
  if (generation === null) return new Map();
  const rows = await database.rows<FormerReport & { id: string }>(
    `SELECT id, key, digest, coalesce(first_ref, 0) AS first, coalesce(passages, 0) AS count FROM reports
     WHERE ${visible(1)}`,
    [generation.number],
  );
  return new Map(rows.map(({ id, ...report }) => [id, report]));
}

/** A report that stands in the tables and whose passages are still to be cut. */
export interface StagedReport {
  readonly key: number;
  readonly id: string;
}

/** Stores a report for generation `number`. */
export async function stageReport(
  database: Postgres,
  { report, bytes }: ReceivedReport,
  number: number,
): Promise<StagedReport> {
  const record = encodeReport(report);
  const { id, publisher, byline, title, sketch, places } = report;
  const rows = await database.rows<{ key: number }>(
    `INSERT INTO reports (id, digest, head, place_fields, record, bytes, since) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id, since) DO NOTHING RETURNING key`,
    [
      id,
      hashOf(record),
      JSON.stringify({ publisher, byline, title, sketch }),
      JSON.stringify(places),
      record,
      Buffer.from(bytes),
      number,
    ],
  );
  const [row] = rows;
  if (!row) throw twice(id);
  return { key: row.key, id };
}

/** Stores reports of the generation before once more, because their passages are to be cut anew. */
export async function stageAgain(
  database: Postgres,
  reports: readonly FormerReport[],
  number: number,
): Promise<StagedReport[]> {
  return database.rows<StagedReport>(
    `INSERT INTO reports (id, digest, head, place_fields, record, bytes, since)
     SELECT id, digest, head, place_fields, record, bytes, $2 FROM reports WHERE key = ANY($1::bigint[])
     RETURNING key, id`,
    [reports.map(({ key }) => key), number],
  );
}

/** Distinct place fields of all reports of the next generation, in order. */
export async function stagedPlaceFields(
  database: Postgres,
  { former, number, gone }: { former: number; number: number; gone: readonly FormerReport[] },
): Promise<string[]> {
  const rows = await database.rows<{ place_fields: string }>(
    `SELECT DISTINCT place_fields FROM reports
     WHERE since = $2 OR (${visible(1)} AND NOT key = ANY($3::bigint[]))`,
    [former, number, gone.map(({ key }) => key)],
  );
  return distinctFields(rows);
}

export function distinctFields(rows: readonly { readonly place_fields: string }[]): string[] {
  return [...new Set(rows.flatMap(({ place_fields }) => JSON.parse(place_fields) as string[]))].sort();
}

export function twice(id: string): StoreError {
  return new StoreError(`Two reports have the id ${id}; rename or withdraw one of them.`);
}
