/** Numbered migrations: files `0001-name.sql` in migrations/, each run once, in order, in a transaction of its own. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { PostgresError } from "./error.ts";
import type { Postgres, Queries } from "./postgres.ts";

/** Beside src/, and beside what src/ is compiled to at any depth. */
const FOLDER =
  ["../../migrations/", "../../../migrations/"]
    .map((path) => new URL(path, import.meta.url))
    .find((folder) => existsSync(folder)) ?? new URL("../../migrations/", import.meta.url);
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

/** Waiting for another process that migrates. */
const WAIT_MS = 60_000;

interface Migration {
  readonly number: number;
  readonly file: string;
  readonly sql: string;
  readonly sha256: string;
}

interface Applied {
  readonly number: number;
  readonly file: string;
  readonly sha256: string;
}

/** Runs what has not been run yet; gives the names of the files. Two processes at once run one after the other. */
export async function migrate(database: Postgres): Promise<string[]> {
  const all = await readMigrations();
  const done: string[] = [];
  await prepare(database);
  for (const migration of all) {
    const ran = await database.transaction(async (queries) => {
      await queries.rows(`SET LOCAL lock_timeout = ${WAIT_MS}`);
      await queries.rows("SET LOCAL statement_timeout = 0");
      await lockMigrations(database, queries);
      const applied = await readApplied(queries);
      checkUnchanged(database, all, applied);
      if (applied.some(({ number }) => number === migration.number)) return false;
      await queries.rows(migration.sql);
      await queries.rows("INSERT INTO migrations (number, file, sha256) VALUES ($1, $2, $3)", [
        migration.number,
        migration.file,
        migration.sha256,
      ]);
      return true;
    });
    if (ran) done.push(migration.file);
  }
  return done;
}

/** Throws PostgresError, with what to run, unless every migration has been run as it stands in its file. */
export async function requireMigrated(database: Postgres): Promise<void> {
  const all = await readMigrations();
  const exists = await database.rows<{ found: boolean }>("SELECT to_regclass($1) IS NOT NULL AS found", [
    `${database.schema}.migrations`,
  ]);
  const applied = exists[0]?.found ? await readApplied(database) : [];
  checkUnchanged(database, all, applied);
  const waiting = all.filter(({ number }) => !applied.some((done) => done.number === number));
  if (waiting.length === 0) return;
  throw new PostgresError(
    `PostgreSQL at ${database.shown}: ${waiting.map(({ file }) => file).join(", ")} ${
      waiting.length === 1 ? "has" : "have"
    } not been run in the schema ${database.schema}; run npm run migrate.`,
    { problem: "unmigrated" },
  );
}

/** Schema, extension and the list of what has been run. */
async function prepare(database: Postgres): Promise<void> {
  await database.transaction(async (queries) => {
    // CREATE … IF NOT EXISTS of two sessions at once may still collide: both wait for the lock.
    await lockMigrations(database, queries);
    await queries.rows(`CREATE SCHEMA IF NOT EXISTS ${database.schema}`);
    await requireVector(database, queries);
    await queries.rows(`CREATE TABLE IF NOT EXISTS ${database.schema}.migrations (
      number integer PRIMARY KEY, file text NOT NULL, sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now())`);
  });
}

async function requireVector(database: Postgres, queries: Queries): Promise<void> {
  // An extension is the database's own, whatever the schema.
  await queries.rows("SELECT pg_advisory_xact_lock(hashtextextended('isnad extension', 0))");
  const [row] = await queries.rows<{ installed: boolean; available: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') AS installed,
            EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS available`,
  );
  if (row?.installed) return;
  if (!row?.available)
    throw new PostgresError(
      `PostgreSQL at ${database.shown} has no pgvector; install it on the server (the package postgresql-NN-pgvector), then run npm run migrate.`,
      { problem: "missing" },
    );
  await queries.rows("CREATE EXTENSION vector SCHEMA public");
}

async function lockMigrations(database: Postgres, queries: Queries): Promise<void> {
  await queries.rows("SELECT pg_advisory_xact_lock($1)", [database.lockKey("migrations")]);
}

async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(FOLDER)).filter((file) => FILE_NAME.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(new URL(file, FOLDER), "utf8");
      const sha256 = createHash("sha256").update(sql).digest("hex");
      return { number: Number(file.slice(0, 4)), file, sql, sha256 };
    }),
  );
}

function readApplied(queries: Queries): Promise<Applied[]> {
  return queries.rows<Applied>("SELECT number, file, sha256 FROM migrations ORDER BY number");
}

function checkUnchanged(database: Postgres, all: readonly Migration[], applied: readonly Applied[]): void {
  for (const { number, file, sha256 } of applied) {
    const known = all.find((migration) => migration.number === number);
    if (known?.sha256 === sha256) continue;
    const why = known
      ? `was run in another form than migrations/${known.file} has now; put the file back as it was`
      : "was run by a newer version of this program; use that version";
    throw new PostgresError(`PostgreSQL at ${database.shown}: the migration ${file} ${why}.`, {
      problem: "unmigrated",
    });
  }
}
