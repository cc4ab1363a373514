import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/postgres/database.ts";
import { PostgresError } from "../../src/postgres/error.ts";
import { migrate, requireMigrated } from "../../src/postgres/migrate.ts";
import type { Postgres } from "../../src/postgres/postgres.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "./server.ts";

describe.skipIf(serverUrl === null)(withPostgres("PostgreSQL"), () => {
  let schema: TestSchema;
  let database: Postgres;
  beforeAll(async () => {
    schema = await freshSchema({ migrated: false });
    database = await openPostgres({ url: schema.url });
  });
  afterAll(async () => {
    await database?.close();
    await schema?.drop();
  });

  it("is refused until its migrations have been run, with the command that runs them", async () => {
    await expect(requireMigrated(database)).rejects.toThrow(/0001-\S+\.sql.*; run npm run migrate\.$/);
    const both = await Promise.all([migrate(database), migrate(database)]);
    expect(both.flat()).toEqual([...new Set(both.flat())]);
    expect(both.flat()[0]).toMatch(/^0001-/);
    await requireMigrated(database);
    expect(await migrate(database)).toEqual([]);
  });

  it("is refused after a migration was run in another form", async () => {
    await database.rows("UPDATE migrations SET sha256 = 'x' WHERE number = 1");
    await expect(requireMigrated(database)).rejects.toThrow(/0001-\S+ was run in another form/);
    await database.rows("DROP TABLE migrations");
    await expect(requireMigrated(database)).rejects.toThrow(/run npm run migrate/);
    await database.rows(`DROP SCHEMA ${database.schema} CASCADE`);
    await migrate(database);
  });

  it("gives large integers as numbers, days as text, bytes as bytes", async () => {
    const [row] = await database.rows(
      "SELECT 9007199254740991::bigint AS n, DATE '2017-10-29' AS day, '\\x00ff'::bytea AS bytes",
    );
    expect(row).toEqual({ n: Number.MAX_SAFE_INTEGER, day: "2017-10-29", bytes: Buffer.from([0, 255]) });
  });

  it("keeps all of a transaction or none of it", async () => {
    await database.rows("CREATE TABLE tried (n integer)");
    await database.transaction((queries) => queries.rows("INSERT INTO tried VALUES (1)"));
    const failing = database.transaction(async (queries) => {
      await queries.rows("INSERT INTO tried VALUES (2)");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await database.rows("SELECT n FROM tried")).toEqual([{ n: 1 }]);
  });

  it("gives a lock to one session at a time, and to the next when its holder dies", async () => {
    const other = await openPostgres({ url: schema.url });
    const held = await database.tryLock("leader");
    expect(held).not.toBeNull();
    expect(await other.tryLock("leader")).toBeNull();
    const another = await other.tryLock("another");
    await another?.release();
    await held?.release();
    const next = await other.tryLock("leader");
    expect(next).not.toBeNull();
    await database.rows(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()",
    );
    expect(await next?.lost).toMatch(/terminat|closed/);
    const after = await database.tryLock("leader");
    expect(after).not.toBeNull();
    await after?.release();
    await next?.release();
    await other.close();
  });

  it("hears notices of its schema, and says when some may have been missed", async () => {
    const heard: (string | null)[] = [];
    const stop = new AbortController();
    const arrived = (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (heard.length >= count) resolve();
          else setTimeout(look, 10);
        };
        look();
      });
    const listening = database.listen("generation", {
      onNotice: (text) => heard.push(text),
      signal: stop.signal,
    });
    await arrived(1);
    await database.notify("elsewhere", "not for us");
    await database.notify("generation", "7");
    await arrived(2);
    await database.rows(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()",
    );
    await arrived(3);
    await database.notify("generation", "8");
    await arrived(4);
    expect(heard).toEqual([null, "7", null, "8"]);
    stop.abort();
    await listening;
  });

  it("names the server, the reason and the remedy when something is wrong, and never the password", async () => {
    const refused = openPostgres({ url: "postgres://someone:sesame@127.0.0.1:1/news" });
    await expect(refused).rejects.toThrow(
      /^PostgreSQL at 127\.0\.0\.1:1\/news: .*ECONNREFUSED.*; check that the server runs, and the address in DATABASE_URL\.$/,
    );
    await expect(refused).rejects.not.toThrow(/sesame/);
    const missing = database.rows("SELECT * FROM nowhere");
    await expect(missing).rejects.toBeInstanceOf(PostgresError);
    await expect(missing).rejects.toMatchObject({ problem: "unmigrated", code: "42P01" });
    await expect(openPostgres({ url: "postgres://h/n?schema=A" })).rejects.toThrow(/may hold small letters/);
  });
});

describe("a server that is not there", () => {
  it("is one line", async () => {
    await expect(openPostgres({ url: "postgres://u:sesame@127.0.0.1:1/n" })).rejects.toThrow(
      /^PostgreSQL at 127\.0\.0\.1:1\/n: [^\n]*; check that the server runs, and the address in DATABASE_URL\.$/,
    );
  });
});
