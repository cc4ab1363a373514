/** An index wherever it stands: in files, or in PostgreSQL. What PostgreSQL needs is loaded when it is asked for. */
import { auditIndex, type IndexAudit, storedHeads, storedReports } from "./audit.ts";
import { type BuildOptions, type BuildSummary, buildStore } from "./build.ts";
import { storedCatalogue } from "./former.ts";
import type { ExpectedManifest } from "./manifest.ts";
import type { DatabasePlace } from "./postgres/place.ts";
import { type IndexState, inspectIndex, type OpenStoreOptions, openStore } from "./sqlite.ts";
import type { ReportHead, Store } from "./store.ts";
import { type IndexWatch, watchFiles } from "./watch.ts";

export interface IndexPlace {
  /** Folder of the files. */
  readonly indexDir: string;
  /** Where the index stands instead. */
  readonly database?: DatabasePlace | undefined;
}

/** The place as one may name it to a person; never with a password. */
export function placeName({ indexDir, database }: IndexPlace): string {
  return database ? `the schema ${database.schema} of PostgreSQL` : indexDir;
}

/** Whether the index is whole and is what `expected` would give. */
export async function inspectIndexAt(place: IndexPlace, expected: ExpectedManifest): Promise<IndexState> {
  if (!place.database) return inspectIndex(place.indexDir, expected);
  const { inspectDatabaseIndex } = await import("./postgres/inspect.ts");
  return inspectDatabaseIndex(place.database, expected);
}

/** Opens the current generation. Throws StoreError when there is none. */
export async function openStoreAt(
  place: IndexPlace,
  options: Omit<OpenStoreOptions, "indexDir"> = {},
): Promise<Store> {
  if (!place.database) return openStore({ ...options, indexDir: place.indexDir });
  const { openDatabaseStore } = await import("./postgres/open.ts");
  return openDatabaseStore(place.database);
}

export async function buildStoreAt(
  place: IndexPlace,
  options: Omit<BuildOptions, "indexDir">,
): Promise<BuildSummary> {
  if (!place.database) return buildStore({ ...options, indexDir: place.indexDir });
  const { buildDatabaseStore } = await import("./postgres/build.ts");
  return buildDatabaseStore({ ...options, database: place.database });
}

export async function auditIndexAt({ indexDir, database }: IndexPlace): Promise<IndexAudit> {
  if (!database) return auditIndex(indexDir);
  const { auditDatabaseIndex } = await import("./postgres/inspect.ts");
  return auditDatabaseIndex(database);
}

/** Ids and hashes of the reports of the current generation, in order of id. */
export async function storedReportsAt({
  indexDir,
  database,
}: IndexPlace): Promise<{ id: string; sha256: string }[]> {
  if (!database) return storedReports(indexDir);
  const { storedDatabaseReports } = await import("./postgres/inspect.ts");
  return storedDatabaseReports(database);
}

/** What the current generation knows of all reports without reading them, in order of id; none where there is no index. */
export async function storedHeadsAt({
  indexDir,
  database,
}: IndexPlace): Promise<ReadonlyMap<string, ReportHead>> {
  if (!database) return storedHeads(indexDir);
  const { storedDatabaseHeads } = await import("./postgres/inspect.ts");
  return storedDatabaseHeads(database);
}

/** What the last build kept as `Incoming.catalogue`; null when there is none or it is damaged. */
export async function storedCatalogueAt({ indexDir, database }: IndexPlace): Promise<string | null> {
  if (!database) return storedCatalogue(indexDir);
  const { storedDatabaseCatalogue } = await import("./postgres/inspect.ts");
  return storedDatabaseCatalogue(database);
}

/** Begins to watch an index. Throws PostgresError when its server cannot be reached. */
export async function watchIndexAt({ indexDir, database }: IndexPlace): Promise<IndexWatch> {
  if (database) {
    const { watchDatabaseIndex } = await import("./postgres/inspect.ts");
    return watchDatabaseIndex(database);
  }
  return watchFiles(indexDir);
}
