/** Opens the database of a state; a damaged one is moved aside, never written over. */
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { journalDamage } from "../sqlite/journal.ts";
import { type Database, DatabaseError, openDatabase, quickCheck } from "../sqlite/open.ts";
import { migrate, schemaDamage } from "./schema.ts";
import { StateError } from "./state.ts";

const JOURNALS = ["", "-wal", "-shm"] as const;

/** The database, readable by its owner only. `onWarning` is told, in one English line, where a damaged one is kept. Throws StateError. */
export function openStateFile(file: string, onWarning: (line: string) => void): Database {
  try {
    const lost = journalDamage(file);
    if (lost !== null) {
      const copy = moveAside(file, copyFileSync);
      onWarning(
        `The journal of the state file ${file} is damaged (${lost}): both are kept as ${copy}, and the bot goes on with what can be read.`,
      );
    }
    return openSound(file);
  } catch (error) {
    if (error instanceof StateError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof DatabaseError) || error.problem !== "damaged")
      throw new StateError(`The state file ${file} cannot be opened (${reason}) Check STATE_DIR.`, {
        cause: error,
      });
    const kept = moveAside(file, renameSync);
    const database = openSound(file);
    onWarning(
      `The state file ${file} is damaged: it is kept as ${kept}, and the bot begins with an empty one; to use a backup, stop the bot and put it in its place.`,
    );
    return database;
  }
}

function openSound(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Before SQLite opens it: its journals take the mode that the file has then.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const database = openDatabase({ file, durability: "process" });
  try {
    const damage = quickCheck(database, { whole: true });
    if (damage !== null) throw new DatabaseError(`${file} is damaged: ${damage}`, "damaged");
    database.pragma("secure_delete = ON");
    migrate(database, file);
    const altered = schemaDamage(database);
    if (altered !== null) throw new DatabaseError(`${file} is damaged: ${altered}`, "damaged");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Gives the file and its journals, or copies of them, a name that is free; the name of the file. */
function moveAside(file: string, move: (from: string, to: string) => void): string {
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number += 1;
  const kept = `${file}.damaged-${number}`;
  for (const journal of JOURNALS) if (existsSync(file + journal)) move(file + journal, kept + journal);
  return kept;
}
