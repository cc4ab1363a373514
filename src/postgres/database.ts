/** The only importer of pg: a pool of connections to PostgreSQL, transactions, locks and notices. */
import { createHash } from "node:crypto";
import pg from "pg";
import { type Address, readAddress } from "./address.ts";
import { PostgresError, postgresError } from "./error.ts";
import type { HeldLock, ListenOptions, Postgres, Queries, Session } from "./postgres.ts";

export interface PostgresOptions {
  readonly url: string;
  /** Another schema than the address names. */
  readonly schema?: string | undefined;
  /** Most connections at once; default 10. */
  readonly connections?: number | undefined;
  /** Milliseconds after which the server ends a statement; 0 never; default 30,000. */
  readonly statementTimeout?: number | undefined;
  /** The process may end while connections are open that nobody uses. */
  readonly exitOnIdle?: boolean | undefined;
  /** Settings of every connection, such as `hnsw.ef_search`. */
  readonly settings?: Readonly<Record<string, string | number>> | undefined;
}

const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 15_000;
const IDLE_IN_TRANSACTION_MS = 120_000;
/** Between two tries to hear notices again. */
const LISTEN_AGAIN_MS = 1_000;

/** pgvector may stand in any of these; a schema that is not there is passed over. */
const EXTENSION_SCHEMAS = ["public", "extensions"];

/** Opens a pool and tries one connection. Throws PostgresError. */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const address = addressOf(options);
  const database = new Pool(address, options);
  try {
    await database.rows("SELECT 1");
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function addressOf({ url, schema }: PostgresOptions): Address {
  try {
    const address = readAddress(url);
    return { ...address, schema: schema ?? address.schema };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new PostgresError(
      "DATABASE_URL names a schema that is none; it may hold small letters, digits and _.",
      { problem: "missing", cause },
    );
  }
}

class Pool implements Postgres {
  readonly schema: string;
  readonly shown: string;
  readonly #pool: pg.Pool;

  constructor(address: Address, options: PostgresOptions) {
    this.schema = address.schema;
    this.shown = address.shown;
    this.#pool = new pg.Pool({
      connectionString: address.url,
      application_name: "isnad",
      max: options.connections ?? 10,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      allowExitOnIdle: options.exitOnIdle ?? false,
      options: startOptions(address.schema, options),
      types: { getTypeParser: parserOf },
    });
    // A connection that breaks while nobody uses it is simply replaced.
    this.#pool.on("error", () => undefined);
  }

  async rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
    return this.#told(async () => (await this.#pool.query<Row>(sql, values && [...values])).rows);
  }

  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const session = await this.session();
    let broken = false;
    try {
      await session.rows("BEGIN");
      const result = await work(session);
      await session.rows("COMMIT");
      return result;
    } catch (error) {
      await session.rows("ROLLBACK").catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      if (broken) session.drop();
      else session.release();
    }
  }

  async session(): Promise<PooledSession> {
    return new PooledSession(await this.#told(() => this.#pool.connect()), this.shown);
  }

  async tryLock(name: string, { shared = false } = {}): Promise<HeldLock | null> {
    const session = await this.session();
    const kind = shared ? "_shared" : "";
    const key = this.lockKey(name);
    try {
      const [row] = await session.rows<{ held: boolean }>(`SELECT pg_try_advisory_lock${kind}($1) AS held`, [
        key,
      ]);
      if (!row?.held) {
        session.release();
        return null;
      }
    } catch (error) {
      session.drop();
      throw error;
    }
    return {
      lost: session.lost,
      // A connection that will not unlock is closed, which unlocks.
      release: async () => {
        await session.rows(`SELECT pg_advisory_unlock${kind}($1)`, [key]).then(
          () => session.release(),
          () => session.drop(),
        );
      },
    };
  }

  lockKey(name: string): string {
    // As text, since it has 64 bits.
    const hash = createHash("sha256").update(`isnad ${this.schema} ${name}`);
    return hash.digest().readBigInt64BE().toString();
  }

  async listen(channel: string, { onNotice, signal }: ListenOptions): Promise<void> {
    while (!signal.aborted) {
      const session = await this.session().catch(() => null);
      const heard = session && (await this.#hear(session, channel, onNotice));
      if (session && heard) {
        await Promise.race([session.lost, aborted(signal)]);
        session.drop();
      } else {
        session?.drop();
      }
      if (!signal.aborted) await Promise.race([delay(LISTEN_AGAIN_MS), aborted(signal)]);
    }
  }

  async #hear(
    session: PooledSession,
    channel: string,
    onNotice: (text: string | null) => void,
  ): Promise<boolean> {
    session.onNotice(onNotice);
    try {
      await session.rows(`LISTEN ${this.#channel(channel)}`);
      onNotice(null);
      return true;
    } catch {
      return false;
    }
  }

  async notify(channel: string, text: string, queries: Queries = this): Promise<void> {
    await queries.rows("SELECT pg_notify($1, $2)", [this.#channel(channel), text]);
  }

  /** Channels are the database's own: the schema keeps two indexes of one database apart. */
  #channel(name: string): string {
    return `${this.schema}_${name}`;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw postgresError(this.shown, error);
    }
  }
}

class PooledSession implements Session {
  readonly lost: Promise<string>;
  readonly #client: pg.PoolClient;
  readonly #shown: string;
  #released = false;
  #notice: ((message: { payload?: string | undefined }) => void) | null = null;
  readonly #onError: (error: Error) => void;
  readonly #onEnd: () => void;

  constructor(client: pg.PoolClient, shown: string) {
    this.#client = client;
    this.#shown = shown;
    const { promise, resolve } = deferred<string>();
    this.lost = promise;
    this.#onError = (error) => resolve(error.message);
    client.on("error", this.#onError);
    this.#onEnd = () => resolve("the connection was closed");
    client.once("end", this.#onEnd);
  }

  async rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.#client.query<Row>(sql, values && [...values])).rows;
    } catch (error) {
      throw postgresError(this.#shown, error);
    }
  }

  onNotice(tell: (text: string) => void): void {
    this.#notice = ({ payload }) => tell(payload ?? "");
    this.#client.on("notification", this.#notice);
  }

  /** Gives the connection back to the pool. */
  release(): void {
    this.#end(false);
  }

  /** Closes the connection. */
  drop(): void {
    this.#end(true);
  }

  #end(drop: boolean): void {
    if (this.#released) return;
    this.#released = true;
    if (!drop) {
      this.#client.removeListener("error", this.#onError);
      this.#client.removeListener("end", this.#onEnd);
    }
    if (this.#notice) this.#client.removeListener("notification", this.#notice);
    this.#client.release(drop);
  }
}

function startOptions(schema: string, { statementTimeout = 30_000, settings = {} }: PostgresOptions): string {
  const all = {
    search_path: [schema, ...EXTENSION_SCHEMAS].join(","),
    statement_timeout: statementTimeout,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}=${String(value)}`)
    .join(" ");
}

const BIGINT = 20;
const DATE = 1082;
const INTEGERS = 1007;

function parserOf(type: number, format?: "text" | "binary"): (value: string) => unknown {
  if (format !== "binary" && type === BIGINT) return Number;
  if (format !== "binary" && type === DATE) return String;
  if (format !== "binary" && type === INTEGERS) return integersOf;
  return pg.types.getTypeParser(type, format ?? "text");
}

/** Arrays of one dimension without null: the driver reads them sign by sign. */
function integersOf(text: string): number[] {
  return text === "{}" ? [] : text.slice(1, -1).split(",").map(Number);
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
