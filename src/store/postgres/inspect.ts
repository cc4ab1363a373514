/** Looks at an index in PostgreSQL without opening it for questions: its state, its history, its changes. */
import { createHash } from "node:crypto";
import { PostgresError } from "../../postgres/error.ts";
import type { Postgres } from "../../postgres/postgres.ts";
import { type IndexAudit, passageStands } from "../audit.ts";
import { type ExpectedManifest, staleReason } from "../manifest.ts";
import { decodeReport, digest } from "../records.ts";
import type { IndexState } from "../sqlite.ts";
import type { ReportHead } from "../store.ts";
import { type IndexWatch, waitFor } from "../watch.ts";
import { CHANNEL, currentGeneration, type HeldGeneration, holdCurrent, visible } from "./generation.ts";
import { readHeads } from "./heads.ts";
import { type DatabasePlace, openForReading } from "./place.ts";

/** Whether the index is what `expected` would give. Throws PostgresError when the server cannot be used. */
export async function inspectDatabaseIndex(
  place: DatabasePlace,
  expected: ExpectedManifest,
): Promise<IndexState> {
  const missing = { state: "missing", reason: "there is none yet" } as const;
  return withDatabase(place, missing, async (database) => {
    const current = await currentGeneration(database);
    if (current === null) return missing;
    const { manifest } = current;
    const stale = staleReason(manifest, expected);
    return stale === null ? { state: "current", manifest, checked: [] } : { state: "stale", reason: stale };
  });
}

/** Ids and hashes of the reports of the current generation, as their records state them, in order of id. */
export async function storedDatabaseReports(place: DatabasePlace): Promise<{ id: string; sha256: string }[]> {
  return withDatabase(place, [], (database) =>
    withGeneration(database, [], async ({ generation }) => {
      const rows = await database.rows<{ id: string; record: string }>(
        `SELECT id, record FROM reports WHERE ${visible(1)} ORDER BY id`,
        [generation.number],
      );
      return rows.map(({ id, record }) => ({ id, sha256: decodeReport(record).sha256 }));
    }),
  );
}

/** What the last build kept as `Incoming.catalogue`; null when there is none. */
export async function storedDatabaseCatalogue(place: DatabasePlace): Promise<string | null> {
  return withDatabase(
    place,
    null,
    async (database) => (await currentGeneration(database))?.catalogue ?? null,
  );
}

/** Heads of the reports of the current generation, in order of id. */
export async function storedDatabaseHeads(place: DatabasePlace): Promise<ReadonlyMap<string, ReportHead>> {
  const none: ReadonlyMap<string, ReportHead> = new Map();
  return withDatabase(place, none, (database) =>
    withGeneration(database, none, async ({ generation }) => (await readHeads(database, generation)).heads),
  );
}

/** Reports read at once. */
const PAGE = 100;

/** Reads every report and passage of the current generation, and says what is not as it was written. */
export async function auditDatabaseIndex(place: DatabasePlace): Promise<IndexAudit> {
  const none = { findings: ["there is no index; run npm run index"], reports: new Map<string, string>() };
  return withDatabase<IndexAudit>(place, none, (database) =>
    withGeneration<IndexAudit>(database, none, async ({ generation }) => {
      const audit = { findings: [] as string[], reports: new Map<string, string>() };
      for (let after = 0; ; ) {
        const page = await database.rows<StoredReport>(
          `SELECT key, id, digest, record, bytes, coalesce(first_ref, 0) AS first, coalesce(passages, 0) AS count
           FROM reports WHERE key > $2 AND ${visible(1)} ORDER BY key LIMIT ${PAGE}`,
          [generation.number, after],
        );
        for (const report of page) await auditReport(database, report, audit);
        if (page.length < PAGE) return audit;
        after = page.at(-1)?.key ?? 0;
      }
    }),
  );
}

interface StoredReport {
  readonly key: number;
  readonly id: string;
  readonly digest: string;
  readonly record: string;
  readonly bytes: Buffer;
  readonly first: number;
  readonly count: number;
}

async function auditReport(
  database: Postgres,
  { id, digest: written, record, bytes, first, count }: StoredReport,
  { findings, reports }: { findings: string[]; reports: Map<string, string> },
): Promise<void> {
  const hash = createHash("sha256").update(bytes).digest("hex");
  reports.set(id, hash);
  if (digest(record) !== written) findings.push(`the stored text or data of the report ${id} was changed`);
  let body: string | undefined;
  try {
    const report = decodeReport(record);
    body = report.body;
    if (report.sha256 !== hash) findings.push(`the stored source of the report ${id} was changed`);
  } catch {
    findings.push(`the stored data of the report ${id} cannot be read`);
  }
  const passages = await database.rows<{ id: string; record: string }>(
    "SELECT id, record FROM passages WHERE ref BETWEEN $1 AND $2 ORDER BY ref",
    [first, first + count - 1],
  );
  if (passages.length !== count) findings.push(`passages of the report ${id} are missing`);
  for (const passage of passages)
    if (!passageStands(passage.record, body))
      findings.push(`the passage ${passage.id} does not stand in the report ${id}`);
}

/** Hears of new generations at once, and asks in case it missed one. */
export async function watchDatabaseIndex(place: DatabasePlace): Promise<IndexWatch> {
  const database = await openForReading(place);
  const stop = new AbortController();
  let bell = new AbortController();
  const ring = (): void => {
    bell.abort();
    bell = new AbortController();
  };
  const listening = database.listen(CHANNEL, { onNotice: ring, signal: stop.signal });
  return {
    async current() {
      const generation = await currentGeneration(database).catch(() => null);
      return generation === null ? null : String(generation.number);
    },
    wait: (milliseconds, signal) => waitFor(milliseconds, AbortSignal.any([signal, bell.signal])),
    alone: (work, signal) => workAlone(database, work, signal),
    async close() {
      stop.abort();
      await listening;
      await database.close();
    },
  };
}

/** Between two looks whether another has ended what only one may do. */
const ALONE_EVERY_MS = 2_000;

async function workAlone(
  database: Postgres,
  work: (signal: AbortSignal, former: boolean) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let former = false; !signal.aborted; former = true) {
    const lock = await database.tryLock("keeper").catch(() => null);
    if (lock !== null) {
      const stop = new AbortController();
      const end = (): void => stop.abort();
      signal.addEventListener("abort", end, { once: true });
      // What came while the lock was asked for is told to no listener.
      if (signal.aborted) end();
      void lock.lost.then(end);
      await work(stop.signal, former).finally(() => lock.release());
      signal.removeEventListener("abort", end);
    }
    await waitFor(ALONE_EVERY_MS, signal);
  }
}

/** Does something with the database; a schema that is still to be made gives `missing`. */
async function withDatabase<T>(
  place: DatabasePlace,
  missing: T,
  work: (database: Postgres) => Promise<T>,
): Promise<T> {
  const database = await openForReading(place).catch((error: unknown) => {
    if (place.own && error instanceof PostgresError && error.problem === "unmigrated") return null;
    throw error;
  });
  if (database === null) return missing;
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function withGeneration<T>(
  database: Postgres,
  missing: T,
  work: (held: HeldGeneration) => Promise<T>,
): Promise<T> {
  const held = await holdCurrent(database);
  if (held === null) return missing;
  try {
    return await work(held);
  } finally {
    await held.release();
  }
}
