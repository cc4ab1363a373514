/** The tables of one generation: a single SQLite file that is never changed once it is switched to. */
import type { Database } from "../sqlite/open.ts";

/** Rows that a build writes anew. `hash` is that of the indexed text; refs are 0 … n-1 in order of report id and start. */
const DERIVED_TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE reports (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, publisher TEXT, byline TEXT, title TEXT,
    record TEXT NOT NULL, bytes BLOB NOT NULL);
  CREATE TABLE passages (
    ref INTEGER PRIMARY KEY, id TEXT NOT NULL, report TEXT NOT NULL, hash BLOB NOT NULL, record TEXT NOT NULL);
  CREATE INDEX passages_by_id ON passages (id);
  CREATE INDEX passages_by_hash ON passages (hash);
  CREATE INDEX passages_by_report ON passages (report);
  CREATE TABLE passage_dates (
    ref INTEGER NOT NULL, start TEXT, end TEXT, precision TEXT NOT NULL, background INTEGER NOT NULL);
  CREATE INDEX passage_dates_by_ref ON passage_dates (ref);
  CREATE TABLE passage_places (ref INTEGER NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL);
  CREATE INDEX passage_places_by_ref ON passage_places (ref);
  CREATE TABLE lexical (bytes BLOB NOT NULL);
  CREATE TABLE contexts (
    number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, hash BLOB NOT NULL);
  CREATE INDEX contexts_by_hash ON contexts (hash);
  CREATE TABLE context_lexical (bytes BLOB NOT NULL);
`;

const DERIVED_NAMES = [
  "meta",
  "reports",
  "passages",
  "passage_dates",
  "passage_places",
  "lexical",
  "contexts",
  "context_lexical",
];

/** Vectors outlive an interrupted build, so that no text is embedded twice by one model. Little-endian float32. */
const VECTOR_TABLES = `
  CREATE TABLE IF NOT EXISTS vector_model (schema INTEGER NOT NULL, fingerprint TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS vectors (hash BLOB PRIMARY KEY, vector BLOB NOT NULL);
`;

/** The vector of every passage, in the order in which vectors lie on the disk. */
export const PASSAGE_VECTORS =
  "SELECT passages.ref AS ref, vector FROM vectors CROSS JOIN passages ON passages.hash = vectors.hash";

/** The vector of every context, in the same order. */
export const CONTEXT_VECTORS =
  "SELECT contexts.number AS ref, vector FROM vectors CROSS JOIN contexts ON contexts.hash = vectors.hash";

/** Makes an empty generation; vectors that an interrupted build of the same model left are kept. */
export function prepareTables(database: Database, schema: number, fingerprint: string): void {
  database.transaction(() => {
    database.exec(VECTOR_TABLES);
    const row: unknown = database.prepare("SELECT schema, fingerprint FROM vector_model").raw().get();
    if (JSON.stringify(row) !== JSON.stringify([schema, fingerprint])) {
      database.exec("DELETE FROM vectors; DELETE FROM vector_model;");
      database.prepare("INSERT INTO vector_model VALUES (?, ?)").run(schema, fingerprint);
    }
    for (const name of DERIVED_NAMES) database.exec(`DROP TABLE IF EXISTS ${name}`);
    database.exec(DERIVED_TABLES);
  })();
}
