/** building.sqlite: the reports that a build takes up, with their passages; embedded.sqlite: their vectors. */

import { existsSync, rmSync } from "node:fs";
import { type Database, DatabaseError, databaseError, openDatabase, quickCheck } from "../sqlite/open.ts";
import type { Former } from "./former.ts";
import { buildingFile, embeddedFile, removeBuilding, removeEmbedded, strayFiles } from "./generation.ts";
import { fileError, isNamedByHash } from "./index-files.ts";
import { SCHEMA_VERSION } from "./manifest.ts";
import { prepareEmbedded, REPORT_TABLES } from "./tables.ts";
import { takeVectors } from "./write-vectors.ts";

/**
 * Opens an empty building.sqlite with the vectors of an interrupted build attached as `embedded`, if they are sound
 * and of this model. What such a build left of texts is removed first.
 */
export async function openStaging(indexDir: string, fingerprint: string, former: Former): Promise<Database> {
  await removeBuilding(indexDir);
  // A build that is killed begins it anew: it needs no journal on the disk.
  const database = openDatabase({ file: buildingFile(indexDir), durability: "none" });
  try {
    database.pragma("journal_mode = MEMORY");
    database.exec(REPORT_TABLES);
    attachEmbedded(database, indexDir, fingerprint);
    await adoptStray(database, indexDir, fingerprint, former);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function attachEmbedded(database: Database, indexDir: string, fingerprint: string): void {
  const file = embeddedFile(indexDir);
  if (existsSync(file))
    try {
      checkEmbedded(file);
    } catch (cause) {
      const error = databaseError(file, cause);
      if (!(error instanceof DatabaseError) || error.problem === "full") throw cause;
      removeEmbedded(indexDir);
    }
  database.prepare("ATTACH ? AS embedded").run(file);
  database.pragma("embedded.journal_mode = WAL");
  database.pragma("embedded.synchronous = NORMAL");
  prepareEmbedded(database, SCHEMA_VERSION, fingerprint);
}

/** Throws DatabaseError when it is damaged. */
function checkEmbedded(file: string): void {
  const database = openDatabase({ file, durability: "process" });
  try {
    const damage = quickCheck(database);
    if (damage !== null) throw new DatabaseError(`${file} is damaged: ${damage}`, "damaged");
  } finally {
    database.close();
  }
}

/** Vectors of segments that belong to no generation are kept, if the files are whole; the files go. */
async function adoptStray(
  database: Database,
  indexDir: string,
  fingerprint: string,
  former: Former,
): Promise<void> {
  try {
    for (const path of await strayFiles(indexDir, former.current)) {
      if (await isNamedByHash(path)) takeVectors(database, path, { fingerprint, wanted: "all" });
      rmSync(path, { force: true });
    }
  } catch (cause) {
    throw fileError(indexDir, "cannot be written", cause);
  }
}
