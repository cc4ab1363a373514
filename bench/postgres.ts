/**
 * Questions to large collections in PostgreSQL, made as bench/scale.ts makes them: time of a question and of each part,
 * recall of the graph against the exact scan, build, size by table, one more report; and how they grow.
 * Run: DATABASE_URL=… npm run bench:postgres -- [--passages N …] [--copies N] (writes docs/SCALE.md). With --copies every
 * passage of the largest size stands N times more, its vector moved at random, which reaches sizes that take hours to
 * build. Uses schemas of its own (isnad_bench_N), which it removes when it ends; --keep leaves them, and --built measures
 * those that were left, without building.
 */
import { parseArgs } from "node:util";
import type { Embedder } from "../src/embedding/embedder.ts";
import { answerQuestion, openCollection } from "../src/pipeline.ts";
import { openPostgres } from "../src/postgres/database.ts";
import { migrate } from "../src/postgres/migrate.ts";
import type { Postgres } from "../src/postgres/postgres.ts";
import { rankPassages } from "../src/retrieval/retrieve.ts";
import type { ReceivedReport } from "../src/store/build.ts";
import { buildDatabaseStore } from "../src/store/postgres/build.ts";
import { openDatabaseStore } from "../src/store/postgres/open.ts";
import type { DatabasePlace } from "../src/store/postgres/place.ts";
import { lexicalTerms } from "../src/text/tokens.ts";
import { DEFAULT_CACHE, openModel, recombinedReports, sourceOf } from "./collection.ts";
import {
  clauseVectors,
  dayOf,
  PASSAGES_IN_A_REPORT,
  type PublicSets,
  passagesOfLines,
  readPublicSets,
  recombiningEmbedder,
  someQuestions,
} from "./recombined.ts";
import { machineLine, markdownTable, spread, writeSection } from "./results.ts";

const FILE = "docs/SCALE.md";
const QUESTIONS = 100;
const WARMING = 20;
const NEAREST = 10;
const TODAY = "2026-11-22";
const MEGABYTE = 2 ** 20;

interface Measured {
  readonly passages: number;
  readonly build: string;
  readonly update: string;
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly recall: number;
  readonly tables: ReadonlyMap<string, number>;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const begun = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - begun };
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

interface Given {
  readonly sets: PublicSets;
  readonly embedder: Embedder;
  readonly place: DatabasePlace;
  readonly database: Postgres;
}

async function build(passages: number, { sets, embedder, place }: Given): Promise<number> {
  const source = await sourceOf({ passages, vectors: "mean", cache: DEFAULT_CACHE }, embedder);
  const versions = { chunkerVersion: 0, normalizerVersion: 0, annotatorVersion: 0 };
  const { milliseconds } = await timed(() =>
    buildDatabaseStore({
      database: place,
      reports: recombinedReports(passages, sets),
      passagesOf: (report) => passagesOfLines(report, source.names.places),
      shaping: () => "bench",
      embedder,
      versions,
      corpus: String(passages),
      now: () => "2026-01-01T00:00:00.000Z",
    }),
  );
  return milliseconds;
}

/** Every passage stands `copies` times more: new rows, vectors moved at random, counts multiplied. */
async function copy(copies: number, { database }: Given): Promise<void> {
  const [size] = await database.rows<{ refs: number; keys: number }>(
    "SELECT (SELECT max(ref) + 1 FROM passages) AS refs, (SELECT max(key) + 1 FROM reports) AS keys",
  );
  const { refs = 0, keys = 0 } = size ?? {};
  await database.rows("SET statement_timeout = 0");
  const graphs = await database.rows<{ indexdef: string; indexname: string }>(
    "SELECT indexdef, indexname FROM pg_indexes WHERE schemaname = $1 AND indexdef LIKE '%USING hnsw%'",
    [database.schema],
  );
  for (const { indexname } of graphs) await database.rows(`DROP INDEX ${indexname}`);
  const from = `generate_series(1, ${copies}) AS n`;
  const moved = "l2_normalize(vector + noise.v)";
  const noise = `CROSS JOIN LATERAL (SELECT array_agg((random() - 0.5) * 0.05)::vector AS v
    FROM generate_series(1, vector_dims(vector)) WHERE ref + n > 0) AS noise`;
  await database.rows(`INSERT INTO reports (id, digest, head, place_fields, record, bytes, first_ref, passages, since)
    SELECT id || '-' || n, digest, head, place_fields, record, bytes, first_ref + n * ${refs}, passages, since FROM reports, ${from}`);
  await database.rows(
    `INSERT INTO passages SELECT ref + n * ${refs}, id || '-' || n, places, context + n * ${refs}, record, since FROM passages, ${from}`,
  );
  await database.rows(
    `INSERT INTO passage_days SELECT ref + n * ${refs}, days, exact, background, since FROM passage_days, ${from}`,
  );
  await database.rows(
    `INSERT INTO passage_vectors SELECT ref + n * ${refs}, hash, model, ${moved}, since FROM passage_vectors, ${from} ${noise}`,
  );
  await database.rows(
    `INSERT INTO passage_terms SELECT ref + n * ${refs}, terms, counts, length, impacts, since FROM passage_terms, ${from}`,
  );
  await database.rows(
    `INSERT INTO contexts SELECT key + n * ${refs}, hash, model, vector, terms, counts, length, since FROM contexts, ${from}`,
  );
  const times = copies + 1;
  await database.rows(
    `UPDATE term_counts SET passages = passages * ${times}, contexts = contexts * ${times}`,
  );
  await database.rows(`UPDATE told_counts SET passages = passages * ${times}`);
  await database.rows(`UPDATE generations SET passages = passages * ${times}, terms = terms * ${times},
    contexts = contexts * ${times}, context_terms = context_terms * ${times},
    manifest = jsonb_set(jsonb_set(manifest::jsonb, '{passages}', to_jsonb(passages * ${times})), '{reports}', to_jsonb(${keys - 1} * ${times}))::text`);
  await database.rows(`SELECT setval('passage_refs', ${refs * times})`);
  for (const { indexdef } of graphs) {
    const { milliseconds } = await timed(() => database.rows(indexdef));
    console.error(`graph: ${seconds(milliseconds)}`);
  }
  await database.rows("ANALYZE");
}

async function measure(passages: number, built: string, given: Given): Promise<Measured> {
  const { sets, embedder, place, database } = given;
  const times = new Map<string, number[]>();
  const time = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const { value, milliseconds } = await timed(work);
    times.set(name, [...(times.get(name) ?? []), milliseconds]);
    return value;
  };
  const source = await sourceOf({ passages, vectors: "mean", cache: DEFAULT_CACHE }, embedder);
  const sources = await time("opening the index", () => openCollection({ ...source, database: place }));
  const { store } = sources;
  const recalls: number[] = [];
  for (const [at, { text }] of someQuestions(sets, QUESTIONS + WARMING).entries()) {
    if (at === WARMING) for (const name of [...times.keys()].slice(1)) times.delete(name);
    await time("whole question", () => answerQuestion({ text, today: TODAY, memory: null }, sources));
    const [vector = new Float32Array()] = await embedder.embed([text], "query");
    await time("nearest 100 by vector", () => store.dense(vector, { limit: 100 }));
    await time("best 100 by words", () => store.lexical(lexicalTerms(text), { limit: 100 }));
    await time("hybrid ranking, vector given", () => rankPassages({ text, limit: 50 }, sources));
    const found = await store.dense(vector, { limit: NEAREST });
    const exact = await time("exact scan of all vectors", () => exactTenth(database, vector));
    recalls.push(found.filter(({ score }) => score >= exact - 1e-6).length / NEAREST);
  }
  for (let n = 0; n < QUESTIONS / 2; n += 1)
    await time("whole question about a day", () =>
      answerQuestion({ text: `ماذا حدث يوم ${dayOf(n * 17)}؟`, today: TODAY, memory: null }, sources),
    );
  await store.close();
  const update = await addOne(given);
  const recall = recalls.reduce((sum, value) => sum + value, 0) / recalls.length;
  return { passages, build: built, update, times, recall, tables: await sizes(database) };
}

/** Score of the tenth nearest by comparing every vector. */
async function exactTenth(database: Postgres, vector: Float32Array): Promise<number> {
  const rows = await database.rows<{ score: number }>(
    `SELECT -(vector <#> $1::vector) AS score FROM passage_vectors ORDER BY (vector <#> $1::vector) + 0 LIMIT ${NEAREST}`,
    [`[${vector.join(",")}]`],
  );
  return rows.at(-1)?.score ?? 0;
}

/** One more report to all those that are there, as an update that knows what is unchanged gives it. */
async function addOne({ sets, embedder, place }: Given): Promise<string> {
  const opened = await openDatabaseStore(place);
  const ids = await opened.reportIds();
  await opened.close();
  const extra: ReceivedReport[] = [];
  for (const report of recombinedReports((ids.length + 1) * PASSAGES_IN_A_REPORT, sets)) extra[0] = report;
  const source = await sourceOf({ passages: 5, vectors: "mean", cache: DEFAULT_CACHE }, embedder);
  const { milliseconds } = await timed(() =>
    buildDatabaseStore({
      database: place,
      reports: () => ({ reports: extra, kept: () => ids, corpus: () => "one more" }),
      passagesOf: (each) => passagesOfLines(each, source.names.places),
      shaping: () => "bench",
      embedder,
      versions: { chunkerVersion: 0, normalizerVersion: 0, annotatorVersion: 0 },
      now: () => "2026-01-01T00:00:00.000Z",
    }),
  );
  return seconds(milliseconds);
}

async function sizes(database: Postgres): Promise<Map<string, number>> {
  const rows = await database.rows<{ name: string; bytes: number }>(
    `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
     WHERE relnamespace = to_regnamespace($1) AND relkind = 'r'
     UNION ALL SELECT CASE WHEN relname LIKE '%near%' THEN 'of which the graph' ELSE 'of which the words (GIN)' END,
       pg_relation_size(oid) FROM pg_class
     WHERE relnamespace = to_regnamespace($1) AND (relname LIKE '%\\_near\\_%' OR relname = 'passage_terms_by_term')`,
    [database.schema],
  );
  return new Map(rows.filter(({ bytes }) => bytes > MEGABYTE / 8).map(({ name, bytes }) => [name, bytes]));
}

function write(all: readonly Measured[]): void {
  const head = all.map(({ passages }) => passages.toLocaleString("en"));
  const names = [...new Set(all.flatMap(({ times }) => [...times.keys()]))];
  const of = (one: Measured, name: string): string =>
    spread(one.times.get(name) ?? [])
      .slice(0, 2)
      .join(" / ");
  const tables = [...new Set(all.flatMap((one) => [...one.tables.keys()]))].sort();
  const total = (one: Measured): number =>
    [...one.tables]
      .filter(([name]) => !name.startsWith("of which"))
      .reduce((sum, [, bytes]) => sum + bytes, 0);
  const megabytes = (bytes = 0): string => (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);
  const rows = [
    ...names.map((name) => [`${name}, ms p50 / p95`, ...all.map((one) => of(one, name))]),
    ["recall of the nearest 10 against the exact scan", ...all.map(({ recall }) => recall.toFixed(3))],
    ["build, vectors given", ...all.map((one) => one.build)],
    ["one more report", ...all.map((one) => one.update)],
    ["all tables, MB", ...all.map((one) => megabytes(total(one)))],
    ...tables.map((name) => [`${name}, MB`, ...all.map((one) => megabytes(one.tables.get(name)))]),
  ];
  writeSection("Questions to PostgreSQL", markdownTable(["passages", ...head], rows), FILE);
}

const { values } = parseArgs({
  options: {
    passages: { type: "string", multiple: true, default: ["10000", "100000"] },
    copies: { type: "string", default: "0" },
    keep: { type: "boolean", default: false },
    built: { type: "boolean", default: false },
  },
});
const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is missing; name a server with pgvector in it");
console.error(machineLine());
const sets = readPublicSets();
const model = await openModel();
const embedder = recombiningEmbedder(model, await clauseVectors(model, sets.clauses, DEFAULT_CACHE));
const copies = Number(values.copies);
const all: Measured[] = [];

/** Times of making a collection are kept in its schema, for runs that only measure. */
async function noted(database: Postgres, what: string, work: () => Promise<unknown>): Promise<string> {
  await database.rows("CREATE TABLE IF NOT EXISTS bench_times (what text PRIMARY KEY, took text NOT NULL)");
  const find = "SELECT took FROM bench_times WHERE what = $1";
  const [known] = await database.rows<{ took: string }>(find, [what]);
  if (known) return known.took;
  if (values.built) throw new Error(`${database.schema} holds no "${what}"; run once with --keep`);
  const took = seconds((await timed(work)).milliseconds);
  await database.rows("INSERT INTO bench_times VALUES ($1, $2)", [what, took]);
  console.error(`${database.schema}: ${what} ${took}`);
  return took;
}

async function run(passages: number, times: number): Promise<void> {
  const place = { url: url ?? "", schema: `isnad_bench_${passages * times}`, own: false };
  const settings = { maintenance_work_mem: "4GB" };
  const database = await openPostgres({ ...place, connections: 1, statementTimeout: 0, settings });
  try {
    if (!values.built) await database.rows(`DROP SCHEMA IF EXISTS ${place.schema} CASCADE`);
    await migrate(database);
    const given = { sets, embedder, place, database };
    const built = await noted(database, "build", () => build(passages, given));
    const copied = times === 1 ? null : await noted(database, "copy", () => copy(times - 1, given));
    all.push(await measure(passages * times, copied === null ? built : `${copied} to copy`, given));
    write(all);
  } finally {
    if (!values.keep && !values.built) await database.rows(`DROP SCHEMA IF EXISTS ${place.schema} CASCADE`);
    await database.close();
  }
}

const passages = values.passages.map(Number);
for (const size of passages) await run(size, 1);
if (copies > 0) await run(passages.at(-1) ?? 0, copies + 1);
await embedder.close();
