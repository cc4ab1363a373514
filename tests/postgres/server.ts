/** A real PostgreSQL server for a test file, or the reason why there is none; see global-setup.ts. */
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { inject } from "vitest";
import { openPostgres } from "../../src/postgres/database.ts";
import { migrate } from "../../src/postgres/migrate.ts";
import type { DatabasePlace } from "../../src/store/postgres/place.ts";
import type { Offer } from "./global-setup.ts";

const offer = JSON.parse(await text(connect(inject("postgresSocket")))) as Offer;

/** Address of the server; null when these tests are skipped. */
export const serverUrl: string | null = "url" in offer ? offer.url : null;

/** A title for `describe.skipIf(serverUrl === null)` that says why its tests are skipped. */
export function withPostgres(title: string): string {
  return "url" in offer ? title : `${title} (skipped: ${offer.reason})`;
}

export interface TestSchema {
  /** DATABASE_URL of a schema of its own in that server: nothing else there is touched. */
  readonly url: string;
  /** The same for an index. */
  readonly place: DatabasePlace;
  /** Removes it with all that is in it. */
  drop(): Promise<void>;
}

/** A schema with all migrations run, or an empty one. */
export async function freshSchema({ migrated = true } = {}): Promise<TestSchema> {
  if (serverUrl === null) throw new Error("there is no server: the test must be skipped");
  const schema = `isnad_test_${randomBytes(6).toString("hex")}`;
  const url = `${serverUrl}${serverUrl.includes("?") ? "&" : "?"}schema=${schema}`;
  if (migrated) {
    const database = await openPostgres({ url, connections: 1 });
    await migrate(database).finally(() => database.close());
  }
  return {
    url,
    place: { url, schema, own: false },
    async drop() {
      const database = await openPostgres({ url, connections: 1 });
      await database.rows(`DROP SCHEMA IF EXISTS ${schema} CASCADE`).finally(() => database.close());
    },
  };
}
