/** Tables of a segment, a single SQLite file that is never changed again, and of the reports that a build takes up. */
import type { Database } from "../sqlite/open.ts";

/**
 * `hash` is that of the indexed text. Inside a file refs run from 0 in order of report id and start, contexts from 0 in
 * the same order; a report's passages are `first` to `first + passages - 1`, its contexts likewise.
 */
export const REPORT_TABLES = `
  CREATE TABLE heads (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, sha256 TEXT NOT NULL, publisher TEXT, byline TEXT, title TEXT,
    sketch TEXT, weight INTEGER NOT NULL, first INTEGER NOT NULL, passages INTEGER NOT NULL,
    context INTEGER NOT NULL, contexts INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE reports (id TEXT PRIMARY KEY, record TEXT NOT NULL, bytes BLOB NOT NULL);
  CREATE TABLE place_fields (report TEXT NOT NULL, value TEXT NOT NULL);
  CREATE INDEX place_fields_by_report ON place_fields (report);
  CREATE TABLE passages (
    ref INTEGER PRIMARY KEY, id TEXT NOT NULL, report TEXT NOT NULL, hash BLOB NOT NULL, record TEXT NOT NULL);
  CREATE INDEX passages_by_id ON passages (id);
  CREATE INDEX passages_by_hash ON passages (hash);
  CREATE TABLE passage_dates (
    ref INTEGER NOT NULL, start TEXT, end TEXT, precision TEXT NOT NULL, background INTEGER NOT NULL);
  CREATE INDEX passage_dates_by_ref ON passage_dates (ref);
  CREATE TABLE passage_places (ref INTEGER NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL);
  CREATE INDEX passage_places_by_ref ON passage_places (ref);
  CREATE TABLE contexts (
    number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, hash BLOB NOT NULL);
  CREATE INDEX contexts_by_hash ON contexts (hash);
`;

/** What a segment has beside its rows. `made` says by what its vectors were made. */
export const SEGMENT_TABLES = `
  ${REPORT_TABLES}
  CREATE TABLE made (schema INTEGER NOT NULL, fingerprint TEXT NOT NULL, dimension INTEGER NOT NULL);
  CREATE TABLE arrays (name TEXT PRIMARY KEY, bytes BLOB NOT NULL);
`;

/** Vectors (little-endian float32, one row after another in order of ref or number) and word indexes (lexical.ts). */
export type ArrayName = "vectors" | "context vectors" | "words" | "context words";

/** The vectors that a build has made so far, by the hash of their text: they outlive an interrupted build. */
const EMBEDDED_TABLES = `
  CREATE TABLE IF NOT EXISTS embedded.made (schema INTEGER NOT NULL, fingerprint TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS embedded.vectors (hash BLOB PRIMARY KEY, vector BLOB NOT NULL);
`;

/** Makes the tables of vectors in the attached `embedded`; those of another model go. */
export function prepareEmbedded(database: Database, schema: number, fingerprint: string): void {
  database.transaction(() => {
    database.exec(EMBEDDED_TABLES);
    const row: unknown = database.prepare("SELECT schema, fingerprint FROM embedded.made").raw().get();
    if (JSON.stringify(row) === JSON.stringify([schema, fingerprint])) return;
    database.exec("DELETE FROM embedded.vectors; DELETE FROM embedded.made;");
    database.prepare("INSERT INTO embedded.made VALUES (?, ?)").run(schema, fingerprint);
  })();
}
