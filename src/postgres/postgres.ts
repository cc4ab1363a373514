/** What of PostgreSQL the rest of the project uses: queries, transactions, locks and notices. */

/** Something that takes SQL: the pool, one transaction, or one session. */
export interface Queries {
  /** Rows of one statement. `bigint` comes as a number, `date` as text, `bytea` as Buffer. Throws PostgresError. */
  rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** One connection kept for as long as it is wanted: session locks live on it. */
export interface Session extends Queries {
  /** Settles, with the reason, when the connection is lost. Never rejects. */
  readonly lost: Promise<string>;
  release(): void;
}

/** A lock that the server gives back by itself when the process or the way to it dies. */
export interface HeldLock {
  /** Settles when the lock is lost with its connection: whoever leads must stop at once. Never rejects. */
  readonly lost: Promise<string>;
  release(): Promise<void>;
}

export interface Postgres extends Queries {
  readonly schema: string;
  /** Host and database, without user and password. */
  readonly shown: string;
  /** All of the work or none of it: what it throws rolls back and is thrown on. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  session(): Promise<Session>;
  /**
   * Takes an advisory lock that is named within the schema, or null while another session holds it; a shared one
   * is refused only while another holds it alone.
   */
  tryLock(name: string, options?: { readonly shared?: boolean | undefined }): Promise<HeldLock | null>;
  /** The number of such a lock, for one that ends with a transaction. */
  lockKey(name: string): string;
  /**
   * Hears what any process sends with `notify` on a channel of this schema, until `signal` is aborted. A lost
   * connection is taken up again; `onNotice(null)` then says that notices may have been missed, as it does at first.
   */
  listen(channel: string, options: ListenOptions): Promise<void>;
  notify(channel: string, text: string, queries?: Queries): Promise<void>;
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly onNotice: (text: string | null) => void;
  readonly signal: AbortSignal;
}
