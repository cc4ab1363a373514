import type { Postgres } from "../../postgres/postgres.ts";
import type { Coverage, ReportHead } from "../store.ts";
import { type Generation, visible } from "./generation.ts";
import { graphName } from "./graph.ts";
import { Refs } from "./refs.ts";

/** What a process keeps in memory of an index: one line a report. */
export interface Heads {
  /** Places of the reports in order of id. */
  readonly places: ReadonlyMap<string, number>;
  /** Their keys, in that order. */
  readonly keys: Float64Array;
  readonly heads: ReadonlyMap<string, ReportHead>;
  readonly refs: Refs;
  /** Whether there is a graph of neighbours. */
  readonly graph: boolean;
}

export async function readHeads(database: Postgres, { number, model }: Generation): Promise<Heads> {
  const rows = await database.rows<{ id: string; key: number; head: string; first: number; count: number }>(
    `SELECT id, key, head, coalesce(first_ref, 0) AS first, coalesce(passages, 0) AS count
     FROM reports WHERE ${visible(1)} ORDER BY id`,
    [number],
  );
  const graphs = await database.rows(
    `SELECT 1 FROM pg_class JOIN pg_index ON indexrelid = oid WHERE oid = to_regclass($1) AND indisvalid`,
    [`${database.schema}.${graphName(model)}`],
  );
  return {
    places: new Map(rows.map(({ id }, at) => [id, at])),
    keys: Float64Array.from(rows, ({ key }) => key),
    heads: new Map(rows.map(({ id, head }) => [id, JSON.parse(head) as ReportHead])),
    refs: new Refs(rows),
    graph: graphs.length > 0,
  };
}

/** What a generation holds, from its counts. */
export async function readCoverage(
  database: Postgres,
  { number, manifest, span }: Generation,
): Promise<Coverage> {
  const rows = await database.rows<{
    kind: string;
    key: string;
    label: string | null;
    passages: number;
  }>(`SELECT kind, key, label, passages FROM told_counts WHERE ${visible(1)} ORDER BY key`, [number]);
  const days = rows.filter(({ kind }) => kind === "day");
  const places = rows.filter(({ kind }) => kind === "place");
  return {
    reports: manifest.reports,
    passages: manifest.passages,
    days: days.map(({ key, passages }) => ({ day: key, passages })),
    span: span,
    places: places
      .map(({ key, label, passages }) => ({ id: key, name: label ?? key, passages }))
      .sort((a, b) => b.passages - a.passages || (a.id < b.id ? -1 : 1)),
  };
}
