import { type Database, openDatabase } from "../sqlite/open.ts";
import { sealOf } from "./seal.ts";
import { StateError } from "./state.ts";

/** Numbered migrations: entry n brings the file from version n to n + 1. Entries are never changed, only added. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE updates (
    id INTEGER PRIMARY KEY,
    chat TEXT,                 -- null, as the payload, once it is answered
    payload TEXT,
    received_at INTEGER NOT NULL,
    answered_at INTEGER
  ) STRICT;
  CREATE INDEX updates_waiting ON updates (received_at) WHERE payload IS NOT NULL;
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    question INTEGER,          -- id of the message that is answered
    payload TEXT,              -- null once it is settled
    status TEXT NOT NULL CHECK (status IN ('pending', 'sending', 'sent', 'refused', 'uncertain')),
    message INTEGER,           -- id of the message sent
    planned_at INTEGER NOT NULL,
    settled_at INTEGER
  ) STRICT;
  CREATE INDEX deliveries_waiting ON deliveries (id) WHERE payload IS NOT NULL;
  CREATE INDEX deliveries_question ON deliveries (chat, question) WHERE message IS NOT NULL;
  CREATE TABLE memory (
    conversation TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    remembered_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    citations TEXT NOT NULL,
    sent_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX answers_conversation ON answers (conversation, sent_at);
  CREATE TABLE offers (
    id TEXT NOT NULL,
    chat TEXT NOT NULL,
    question TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (id, chat)
  ) STRICT;
  CREATE TABLE feedback (
    answer TEXT NOT NULL,
    person TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad', 'wrong_quotation')),
    given_at INTEGER NOT NULL,
    PRIMARY KEY (answer, person)
  ) STRICT;
  CREATE TABLE invitations (fingerprint TEXT PRIMARY KEY, made_at INTEGER NOT NULL) STRICT;
  CREATE TABLE admitted (person TEXT PRIMARY KEY, admitted_at INTEGER NOT NULL) STRICT;
  CREATE TABLE files (sha256 TEXT PRIMARY KEY, file_id TEXT NOT NULL) STRICT;
  `,
  `
  -- Whose answer offered it, so that one member of a group can be forgotten; null for older ones.
  ALTER TABLE offers ADD COLUMN conversation TEXT;
  CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    reports TEXT NOT NULL,     -- JSON list of ids
    sent_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX corrections_person ON corrections (person, sent_at);
  CREATE TABLE expectations (conversation TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  `,
  // Every text that is acted on gets its seal (seal.ts).
  `
  UPDATE updates SET payload = seal('update', id, chat, payload) || payload WHERE payload IS NOT NULL;
  UPDATE deliveries SET payload = seal('delivery', chat, question, payload) || payload WHERE payload IS NOT NULL;
  UPDATE memory SET value = seal('memory', conversation, value) || value;
  UPDATE answers SET citations = seal('answer', id, conversation, citations) || citations;
  UPDATE offers SET question = seal('offer', id, chat, question) || question;
  `,
  `
  CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    chat TEXT NOT NULL,
    person TEXT NOT NULL,
    topic TEXT NOT NULL,       -- JSON
    daily INTEGER NOT NULL CHECK (daily IN (0, 1)),
    made_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX subscriptions_person ON subscriptions (person, made_at);
  CREATE TABLE held (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription TEXT NOT NULL,
    payload TEXT NOT NULL,     -- JSON
    found_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE seen (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE looked_through (only INTEGER PRIMARY KEY CHECK (only = 1), mark TEXT NOT NULL) STRICT;
  CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    chat TEXT NOT NULL,
    value TEXT NOT NULL,       -- JSON
    step INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  `,
];

/** Brings the file to this program's version. Throws StateError when a later program wrote it. */
export function migrate(database: Database, file: string): void {
  const version = Number(database.pragma("user_version", { simple: true }));
  if (version > MIGRATIONS.length) {
    throw new StateError(
      `${file} was written by a later version of this program (${version}, this one knows ${MIGRATIONS.length}): ` +
        "update the program, or set STATE_DIR to another folder.",
    );
  }
  if (version === MIGRATIONS.length) return;
  database.function("seal", { varargs: true, deterministic: true }, (...values: unknown[]) =>
    sealOf(values.slice(0, -1) as (string | number | null)[], String(values.at(-1))),
  );
  database.transaction(() => {
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  })();
}

const TEXTS = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
let sound: string | null = null;

/** The texts of the tables and indexes of a migrated file. */
function schemaTexts(database: Database): string {
  return JSON.stringify(database.prepare(TEXTS).all());
}

/** The same of a file that was just made, from memory. */
function soundTexts(): string {
  if (sound !== null) return sound;
  const made = openDatabase({ file: ":memory:", durability: "none" });
  try {
    migrate(made, ":memory:");
    sound = schemaTexts(made);
    return sound;
  } finally {
    made.close();
  }
}

/** What is wrong with the names and rules of a migrated file's tables, or null: SQLite's own check does not compare them with anything. */
export function schemaDamage(database: Database): string | null {
  return schemaTexts(database) === soundTexts() ? null : "its tables are not those that this program made";
}
