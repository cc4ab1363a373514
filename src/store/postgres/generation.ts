/** Generations of an index in PostgreSQL: which is current, who reads which, and what may be deleted. */
import type { HeldLock, Postgres, Queries } from "../../postgres/postgres.ts";
import { type Manifest, manifestSchema } from "../manifest.ts";

/** The channel on which the number of a new generation is told. */
export const CHANNEL = "generation";

export interface Generation {
  readonly number: number;
  readonly manifest: Manifest;
  readonly shaping: string | null;
  /** `Incoming.catalogue` of its build. */
  readonly catalogue: string | null;
  /** Number of the embedding model. */
  readonly model: number;
  readonly passages: number;
  /** Terms of all passages, repeated ones counted. */
  readonly terms: number;
  readonly contexts: number;
  readonly contextTerms: number;
  readonly impactMean: number;
  readonly span: { readonly start: string | null; readonly end: string | null };
}

interface GenerationRow {
  readonly number: number;
  readonly manifest: string;
  readonly shaping: string | null;
  readonly catalogue: string | null;
  readonly model: number;
  readonly passages: number;
  readonly terms: number;
  readonly contexts: number;
  readonly context_terms: number;
  readonly impact_mean: number;
  readonly span_start: string | null;
  readonly span_end: string | null;
}

/** The newest generation, or null when nothing has been built. */
export async function currentGeneration(queries: Queries): Promise<Generation | null> {
  const [row] = await queries.rows<GenerationRow>("SELECT * FROM generations ORDER BY number DESC LIMIT 1");
  if (!row) return null;
  return {
    number: row.number,
    manifest: manifestSchema.parse(JSON.parse(row.manifest)),
    shaping: row.shaping,
    catalogue: row.catalogue,
    model: row.model,
    passages: row.passages,
    terms: row.terms,
    contexts: row.contexts,
    contextTerms: row.context_terms,
    impactMean: row.impact_mean,
    span: { start: row.span_start, end: row.span_end },
  };
}

/** SQL that holds for rows of a generation, whose number is the parameter `$n`. */
export function visible(n: number, table = ""): string {
  const of = table === "" ? "" : `${table}.`;
  return `${of}since <= $${n} AND (${of}until IS NULL OR ${of}until > $${n})`;
}

const lockName = (generation: number): string => `generation ${generation}`;

/** A generation that is being read: its rows stay until it is released. */
export interface HeldGeneration {
  readonly generation: Generation;
  release(): Promise<void>;
}

/** Takes the newest generation for reading. Null when there is none. */
export async function holdCurrent(database: Postgres): Promise<HeldGeneration | null> {
  for (;;) {
    const generation = await currentGeneration(database);
    if (generation === null) return null;
    const lock = await database.tryLock(lockName(generation.number), { shared: true });
    // Refused, or gone between the two looks: a newer generation is current.
    if (lock === null) continue;
    if (await exists(database, generation.number))
      return { generation, release: keepHeld(database, generation, lock) };
    await lock.release();
  }
}

async function exists(database: Postgres, number: number): Promise<boolean> {
  const rows = await database.rows("SELECT 1 FROM generations WHERE number = $1", [number]);
  return rows.length > 0;
}

const AGAIN_MS = 2_000;

/** Takes the lock anew when its connection is lost; gives what releases it. */
function keepHeld(database: Postgres, { number }: Generation, first: HeldLock): () => Promise<void> {
  let released = false;
  let held: HeldLock | null = first;
  const watch = (lock: HeldLock): void => {
    void lock.lost.then(async () => {
      held = null;
      while (!released && held === null) {
        held = await database.tryLock(lockName(number), { shared: true }).catch(() => null);
        if (held === null) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
        else if (released) await (held as HeldLock).release();
        else watch(held);
      }
    });
  };
  watch(first);
  return async () => {
    released = true;
    await held?.release();
  };
}

const BY_REF = ["passages", "passage_days", "passage_vectors", "passage_terms"] as const;

/**
 * Deletes the rows that only generations had which nobody reads any more, and which were replaced `grace` seconds ago.
 * Gives the number of reports that were deleted.
 */
export async function purge(database: Postgres, grace = 0): Promise<number> {
  const current = await currentGeneration(database);
  if (current === null) return 0;
  const deleted = await database.transaction(async (queries) => {
    const oldestRead = await oldestInUse(database, queries, { current: current.number, grace });
    return deleteBefore(queries, oldestRead);
  });
  // Deleting only hides: what a withdrawn report said is to be gone from the pages too.
  if (deleted > 0)
    for (const table of ["reports", "passages"])
      await database.rows(`VACUUM (INDEX_CLEANUP OFF, TRUNCATE OFF) ${table}`).catch(() => undefined);
  return deleted;
}

/** The oldest generation that somebody reads; nobody can begin to read an older one until the transaction ends. */
async function oldestInUse(
  database: Postgres,
  queries: Queries,
  { current, grace }: { readonly current: number; readonly grace: number },
): Promise<number> {
  const older = await queries.rows<{ number: number; fresh: boolean }>(
    `SELECT number, replaced > clock_timestamp() - $2 * interval '1 second' AS fresh FROM (
       SELECT number, lead(published_at) OVER (ORDER BY number) AS replaced FROM generations) AS each
     WHERE number < $1 ORDER BY number`,
    [current, grace],
  );
  for (const { number, fresh } of older) {
    if (fresh) return number;
    const key = database.lockKey(lockName(number));
    const [row] = await queries.rows<{ held: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS held", [
      key,
    ]);
    if (!row?.held) return number;
  }
  return current;
}

async function deleteBefore(queries: Queries, oldestRead: number): Promise<number> {
  await queries.rows("DELETE FROM generations WHERE number < $1", [oldestRead]);
  const gone = await queries.rows<{ first_ref: number; passages: number }>(
    "DELETE FROM reports WHERE until <= $1 RETURNING first_ref, passages",
    [oldestRead],
  );
  await deleteSpans(queries, gone);
  for (const table of ["term_counts", "told_counts"])
    await queries.rows(`DELETE FROM ${table} WHERE until <= $1`, [oldestRead]);
  return gone.length;
}

/** Deletes the passages of these reports, and their contexts, from every table. */
export async function deleteSpans(
  queries: Queries,
  spans: readonly { readonly first_ref: number | null; readonly passages: number | null }[],
): Promise<void> {
  const some = spans.filter(({ first_ref, passages }) => first_ref !== null && (passages ?? 0) > 0);
  if (some.length === 0) return;
  const ranges = [
    some.map(({ first_ref }) => first_ref),
    some.map(({ first_ref, passages }) => (first_ref ?? 0) + (passages ?? 0) - 1),
  ];
  const from = "unnest($1::bigint[], $2::bigint[]) AS gone (first, last)";
  for (const table of BY_REF)
    await queries.rows(`DELETE FROM ${table} USING ${from} WHERE ref BETWEEN first AND last`, ranges);
  await queries.rows(`DELETE FROM contexts USING ${from} WHERE key BETWEEN first AND last`, ranges);
}

/** Ends the passages of these reports, and their contexts, with generation `number`. */
export async function endSpans(
  queries: Queries,
  spans: readonly { readonly first: number; readonly count: number }[],
  number: number,
): Promise<void> {
  const some = spans.filter(({ count }) => count > 0);
  if (some.length === 0) return;
  const values = [some.map(({ first }) => first), some.map(({ first, count }) => first + count - 1), number];
  const from = "unnest($1::bigint[], $2::bigint[]) AS gone (first, last)";
  for (const table of BY_REF)
    await queries.rows(
      `UPDATE ${table} SET until = $3 FROM ${from} WHERE ref BETWEEN first AND last`,
      values,
    );
  await queries.rows(`UPDATE contexts SET until = $3 FROM ${from} WHERE key BETWEEN first AND last`, values);
}
