/** An index in PostgreSQL: where it stands, and a connection for those who read or write it. */
import { openPostgres } from "../../postgres/database.ts";
import { migrate, requireMigrated } from "../../postgres/migrate.ts";
import type { Postgres } from "../../postgres/postgres.ts";

/** One schema holds one collection. */
export interface DatabasePlace {
  readonly url: string;
  readonly schema: string;
  /** A schema that the program makes by itself when a collection beside the main one is built. */
  readonly own: boolean;
  /** Seconds for which rows stay that only replaced generations have: questions to a replica hold no lock here. */
  readonly grace?: number | undefined;
}

/** Candidates that a search of the graph looks at (docs/SCALE.md has recall and time). */
const EF_SEARCH = 400;

const SETTINGS = {
  "hnsw.ef_search": EF_SEARCH,
  "hnsw.iterative_scan": "strict_order",
  // A scan of all rows that compares arrays of terms costs three times what the GIN index does, and without fresh
  // statistics the planner would choose it. Bitmaps of a million passages fit in the memory.
  enable_seqscan: "off",
  work_mem: "64MB",
  // Questions are short: compiling their plans costs more than it gains.
  jit: "off",
};

/** Opens the database of an index for questions. Throws PostgresError, also when migrations have not been run. */
export async function openForReading({ url, schema }: DatabasePlace): Promise<Postgres> {
  const database = await openPostgres({ url, schema, connections: 6, settings: SETTINGS });
  return checked(database, () => requireMigrated(database));
}

/** Opens it for a build, whose statements may take long. */
export async function openForWriting({ url, schema, own }: DatabasePlace): Promise<Postgres> {
  const settings = { jit: "off", maintenance_work_mem: "1GB" };
  const database = await openPostgres({ url, schema, connections: 3, statementTimeout: 0, settings });
  return checked(database, async () => {
    if (own) await migrate(database);
    else await requireMigrated(database);
  });
}

async function checked(database: Postgres, check: () => Promise<void>): Promise<Postgres> {
  try {
    await check();
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
