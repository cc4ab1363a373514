/** The build lane's last arrow into PostgreSQL: only what has changed is written, then published at once. */
import type { Embedder } from "../../embedding/embedder.ts";
import type { HeldLock, Postgres, Queries } from "../../postgres/postgres.ts";
import type { BuildOptions, BuildSummary, Incoming, StoredReports } from "../build.ts";
import { type Manifest, SCHEMA_VERSION } from "../manifest.ts";
import { decodeReport, digest, encodeReport } from "../records.ts";
import { StoreError } from "../store.ts";
import { waitFor } from "../watch.ts";
import { checkedPassages } from "../write.ts";
import { currentGeneration, type Generation, purge } from "./generation.ts";
import { makeGraph } from "./graph.ts";
import { type DatabasePlace, openForWriting } from "./place.ts";
import { publish } from "./publish.ts";
import {
  type FormerReport,
  formerReports,
  type StagedReport,
  stageAgain,
  stagedPlaceFields,
  stageReport,
  twice,
} from "./staging.ts";
import { Tally } from "./tally.ts";
import { Dictionary } from "./terms.ts";
import { type CutReport, writeBatch } from "./write.ts";

export interface DatabaseBuildOptions extends Omit<BuildOptions, "indexDir"> {
  readonly database: DatabasePlace;
  /** Milliseconds for which another writer is waited for; default 60,000. */
  readonly patience?: number | undefined;
}

/** Passages of a batch, which is one transaction: what a killed build may have to cut again. */
const BATCH = 256;

/**
 * Builds a new generation beside the one that is read and publishes it when it is whole. Killed at any moment it
 * leaves the former one as it was, and the next build takes over the vectors made so far. Throws StoreError (another
 * writer, two reports with one id) and PostgresError.
 */
export async function buildDatabaseStore(options: DatabaseBuildOptions): Promise<BuildSummary> {
  const database = await openForWriting(options.database);
  try {
    const lock = await writerLock(database, options);
    try {
      return await build(database, options);
    } finally {
      await lock.release();
    }
  } finally {
    await database.close();
  }
}

const LOOK_MS = 250;

/** Workers that change the collection at once take turns. Throws StoreError when the other one takes too long. */
async function writerLock(
  database: Postgres,
  { patience = 60_000, signal = new AbortController().signal }: DatabaseBuildOptions,
): Promise<HeldLock> {
  for (let waited = 0; ; waited += LOOK_MS) {
    signal.throwIfAborted();
    const lock = await database.tryLock("writer");
    if (lock !== null) return lock;
    if (waited >= patience) break;
    await waitFor(LOOK_MS, signal);
  }
  throw new StoreError(
    `The index in ${database.shown} is being built by another process; wait until that has ended.`,
  );
}

async function build(database: Postgres, options: DatabaseBuildOptions): Promise<BuildSummary> {
  const { embedder } = options;
  const { grace } = options.database;
  await purge(database, grace);
  const former = await currentGeneration(database);
  const [next] = await database.rows<{ number: number }>("SELECT nextval('generation_numbers') AS number");
  const number = next?.number ?? 0;
  const model = await modelNumber(database, embedder.model);
  const known = await formerReports(database, former);
  const incoming = await incomingOf(options, {
    catalogue: former?.catalogue ?? null,
    has: (id) => known.has(id),
  });
  const read = await stageChanged(database, known, { ...options, number, incoming });
  const gone = [...known].flatMap(([id, report]) => (read.unchanged.has(id) ? [] : [report]));
  const shaping = await shapingOf(database, { ...options, former, number, gone });
  const start = former?.model === model && shaping !== null && former.shaping === shaping ? former : null;
  const isSame =
    start?.manifest.corpus === incoming.corpus() && read.staged.length === 0 && gone.length === 0;
  if (start && isSame) {
    // Nobody need look at a new generation in which nothing is new.
    const catalogue = incoming.catalogue?.() ?? null;
    await database.rows("UPDATE generations SET catalogue = $2 WHERE number = $1", [start.number, catalogue]);
    const none = { added: 0, changed: 0, removed: 0, embedded: 0 };
    return { ...none, unchanged: read.unchanged.size, passages: start.passages };
  }
  const again = start ? [] : await stageAgain(database, [...read.unchanged.values()], number);
  const staged = [...read.staged, ...again].sort((a, b) => (a.id < b.id ? -1 : 1));
  const tally = new Tally();
  const written = await cutAndWrite(database, staged, { ...options, number, model, tally, former: start });
  const ended = start ? gone : [...known.values()];
  const passages =
    (former?.passages ?? 0) + tally.passages - ended.reduce((sum, { count }) => sum + count, 0);
  await makeGraph(database, { ...options, model, passages });
  const reports = read.staged.length + read.unchanged.size;
  const manifest = manifestOf(former, { ...options, corpus: incoming.corpus(), reports, passages });
  const { embedded, impactMean } = written;
  const catalogue = incoming.catalogue?.() ?? null;
  await publish(database, {
    ...{ number, former, manifest, shaping, catalogue, model, impactMean, tally, ended },
  });
  await purge(database, grace);
  if (tally.passages >= ANALYZE_FROM) await database.rows("ANALYZE");
  const removed = gone.length - read.changed;
  const added = read.staged.length - read.changed;
  return { added, changed: read.changed, removed, unchanged: read.unchanged.size, passages, embedded };
}

function incomingOf(
  { reports, corpus = "" }: DatabaseBuildOptions,
  stored: StoredReports,
): Incoming | Promise<Incoming> {
  return typeof reports === "function" ? reports(stored) : { reports, corpus: () => corpus };
}

/** Hash of all that shapes passages, or null when that is not told. */
async function shapingOf(
  database: Postgres,
  {
    versions,
    shaping,
    former,
    number,
    gone,
  }: DatabaseBuildOptions & {
    readonly former: Generation | null;
    readonly number: number;
    readonly gone: readonly FormerReport[];
  },
): Promise<string | null> {
  if (!shaping) return null;
  const fields = await stagedPlaceFields(database, { former: former?.number ?? 0, number, gone });
  return digest(JSON.stringify([SCHEMA_VERSION, versions, shaping(fields)]));
}

function manifestOf(
  former: Generation | null,
  {
    embedder,
    versions,
    corpus,
    reports,
    passages,
    now,
  }: Pick<DatabaseBuildOptions, "embedder" | "versions" | "now"> &
    Pick<Manifest, "corpus" | "reports" | "passages">,
): Manifest {
  const builtAt = now();
  const same = former?.manifest.corpus === corpus ? former.manifest : null;
  return {
    schemaVersion: SCHEMA_VERSION,
    ...versions,
    embedding: { ...embedder.model },
    corpus,
    reports,
    passages,
    builtAt,
    changedAt: same ? (same.changedAt ?? same.builtAt) : builtAt,
  };
}

/** From so many new passages on the planner's statistics are brought up to date at once. */
const ANALYZE_FROM = 1_000;

async function modelNumber(queries: Queries, { fingerprint, dimension }: Embedder["model"]): Promise<number> {
  await queries.rows(
    "INSERT INTO models (fingerprint, dimension) VALUES ($1, $2) ON CONFLICT (fingerprint) DO NOTHING",
    [fingerprint, dimension],
  );
  const [row] = await queries.rows<{ number: number }>("SELECT number FROM models WHERE fingerprint = $1", [
    fingerprint,
  ]);
  return row?.number ?? 0;
}

interface ReadReports {
  readonly staged: readonly StagedReport[];
  /** Reports of the former generation that are as they were, by id. */
  readonly unchanged: ReadonlyMap<string, FormerReport>;
  /** How many of the staged ones the former generation held in another form. */
  readonly changed: number;
}

/** Reads every report, and stores those that are new or have changed. */
async function stageChanged(
  database: Postgres,
  known: ReadonlyMap<string, FormerReport>,
  {
    number,
    incoming: { reports, kept, total },
    onProgress,
    signal,
  }: Pick<DatabaseBuildOptions, "onProgress" | "signal"> & {
    readonly number: number;
    readonly incoming: Incoming;
  },
): Promise<ReadReports> {
  const staged: StagedReport[] = [];
  const unchanged = new Map<string, FormerReport>();
  const ids = new Set<string>();
  let changed = 0;
  for await (const received of reports) {
    signal?.throwIfAborted();
    const { id } = received.report;
    if (ids.has(id)) throw twice(id);
    ids.add(id);
    const former = known.get(id);
    if (former && former.digest === digest(encodeReport(received.report))) {
      unchanged.set(id, former);
    } else {
      staged.push(await stageReport(database, received, number));
      if (former) changed += 1;
    }
    onProgress?.("read", ids.size, total?.() ?? 0);
  }
  for (const id of kept?.() ?? []) {
    const former = known.get(id);
    if (former) unchanged.set(id, former);
  }
  return { staged, unchanged, changed };
}

interface CutOptions extends DatabaseBuildOptions {
  readonly number: number;
  readonly model: number;
  readonly tally: Tally;
  /** The generation whose rows stay; null when all are written anew. */
  readonly former: Generation | null;
}

async function cutAndWrite(
  database: Postgres,
  staged: readonly StagedReport[],
  options: CutOptions,
): Promise<{ embedded: number; impactMean: number }> {
  const { onProgress, signal, former } = options;
  const dictionary = new Dictionary();
  let embedded = 0;
  let impactMean = former?.impactMean ?? null;
  let batch: CutReport[] = [];
  let size = 0;
  const flush = async (done: number): Promise<void> => {
    const written = await writeBatch(database, batch, { ...options, dictionary, impactMean });
    embedded += written.embedded;
    if (size > 0) impactMean = written.impactMean;
    batch = [];
    size = 0;
    onProgress?.("embed", done, staged.length);
  };
  onProgress?.("embed", 0, staged.length);
  for (const [at, { key }] of staged.entries()) {
    signal?.throwIfAborted();
    // Read back, so that passages are cut from the very text that is stored.
    const [row] = await database.rows<{ record: string }>("SELECT record FROM reports WHERE key = $1", [key]);
    const report = decodeReport(row?.record ?? "");
    const passages = checkedPassages(report, options.passagesOf(report));
    batch.push({ key, passages });
    size += passages.length;
    if (size >= BATCH || batch.length >= BATCH) await flush(at + 1);
  }
  if (batch.length > 0) await flush(staged.length);
  return { embedded, impactMean: impactMean ?? 1 };
}
