/** What doctor asks PostgreSQL, when DATABASE_URL is set. */
import { openPostgres } from "../postgres/database.ts";
import { requireMigrated } from "../postgres/migrate.ts";
import type { Check } from "./doctor-checks.ts";
import { failureLine } from "./failure.ts";

/** Whether the server answers, has pgvector, and has had its migrations run. */
export async function checkDatabase(url: string): Promise<Check> {
  const name = "PostgreSQL";
  try {
    const database = await openPostgres({ url, connections: 1 });
    try {
      await requireMigrated(database);
      const [row] = await database.rows<{ server: string; vector: string }>(
        `SELECT current_setting('server_version') AS server, extversion AS vector
         FROM pg_extension WHERE extname = 'vector'`,
      );
      const detail = `${database.shown}: version ${row?.server}, pgvector ${row?.vector}, schema ${database.schema}`;
      return { name, status: "ok", detail, remedy: null };
    } finally {
      await database.close();
    }
  } catch (error) {
    // The line of the error ends in what to do.
    return { name, status: "failed", detail: failureLine(error), remedy: null };
  }
}
