/** Workers that know of each other through the database: who lives, who leads, and whose turns are to be taken over. */
import { z } from "zod";
import type { HeldLock, Postgres } from "../../postgres/postgres.ts";
import type { Membership } from "../shared.ts";
import { Leadership } from "./leadership.ts";
import { PostgresPace } from "./pace.ts";
import { PostgresQueue, TURNS } from "./queue.ts";
import { PostgresRows } from "./rows.ts";
import { openPostgresState } from "./state.ts";

export interface MembershipOptions {
  readonly database: Postgres;
  /** Told to the operator: a machine and a process, such as "host 4711". */
  readonly name: string;
  readonly onWarning: (line: string) => void;
  /** Milliseconds between two signs of life; default 1,000. */
  readonly every?: number;
  /** Milliseconds for which whoever leads need not show that it lives; default 10,000. */
  readonly lease?: number;
}

const EVERY_MS = 1_000;
/** Without a sign of life for so long a worker is dead when its lock is free: its process has ended. */
const SILENT_MS = 2_500;
/** After so long it is taken for dead although it holds its lock: it hangs, or its machine is cut off. */
const HANGING_MS = 30_000;

const idRow = z.object({ id: z.number() });
const silentRow = z.object({ id: z.number(), hangs: z.boolean() });

/** Joins the workers of this database. Throws PostgresError. */
export async function joinWorkers(options: MembershipOptions): Promise<Membership> {
  const rows = new PostgresRows(options.database, options.onWarning);
  const sql = "INSERT INTO bot_workers (name) VALUES ($1) RETURNING id";
  const worker = (await rows.all(idRow, sql, options.name))[0]?.id ?? 0;
  const member = new Member(worker, rows, options);
  await member.begin();
  return member;
}

const lockOf = (worker: number): string => `worker ${worker}`;

class Member implements Membership {
  readonly worker: number;
  readonly state: Membership["state"];
  readonly queue: Membership["queue"];
  readonly pace: Membership["pace"];
  readonly expelled: Promise<string>;
  readonly #rows: PostgresRows;
  readonly #database: Postgres;
  readonly #every: number;
  readonly #ending = new AbortController();
  readonly #waking: (() => void)[] = [];
  #expel: (reason: string) => void = () => undefined;
  #lock: HeldLock | null = null;
  readonly #leadership: Leadership;
  #beating: Promise<void> = Promise.resolve();
  #listening: Promise<void> = Promise.resolve();

  constructor(worker: number, rows: PostgresRows, { database, onWarning, every, lease }: MembershipOptions) {
    this.worker = worker;
    this.#rows = rows;
    this.#database = database;
    this.#every = every ?? EVERY_MS;
    this.state = openPostgresState({ database, worker, onWarning });
    this.queue = new PostgresQueue({ database, worker, onWarning });
    this.pace = new PostgresPace(rows);
    this.#leadership = new Leadership({ rows, worker, lease, isDead: (other) => this.#isDead(other) });
    this.expelled = new Promise((resolve) => {
      this.#expel = resolve;
    });
  }

  async begin(): Promise<void> {
    await this.#keepLock();
    const { signal } = this.#ending;
    this.#listening = this.#database.listen(TURNS, { onNotice: () => this.#wake(), signal });
    this.#beating = this.#beat();
  }

  lead(work: (signal: AbortSignal) => Promise<void>): void {
    this.#leadership.work = work;
  }

  async alone(name: string, work: () => Promise<void>): Promise<boolean> {
    const lock = await this.#database.tryLock(`alone ${name}`);
    if (lock === null) return false;
    try {
      await work();
      return true;
    } finally {
      await lock.release().catch(() => undefined);
    }
  }

  onWork(wake: () => void): void {
    this.#waking.push(wake);
  }

  #wake(): void {
    for (const wake of this.#waking) wake();
  }

  async leave(): Promise<void> {
    this.#ending.abort();
    await this.#beating;
    await this.#listening;
    await this.#leadership.leave();
    await this.#rows
      .run("DELETE FROM bot_workers WHERE id = $1", this.worker)
      .then(() => this.#release())
      .catch(() => undefined);
    await this.#lock?.release().catch(() => undefined);
  }

  /** Signs of life, looks at the others, and the lead, once a second. While the database is away all of it waits. */
  async #beat(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await pause(this.#every, signal);
      if (signal.aborted) return;
      try {
        await this.#keepLock();
        if (!(await this.#sign())) {
          this.#expel("The other workers took this one for dead, since it had not moved for a while.");
          return;
        }
        await this.#buryTheDead();
        await this.#leadership.beat();
        this.#wake();
      } catch {
        // The database is away: what is written meanwhile waits for it, and says so.
      }
    }
  }

  async #sign(): Promise<boolean> {
    const sql = "UPDATE bot_workers SET seen_at = clock_timestamp() WHERE id = $1 RETURNING id";
    return (await this.#rows.count(sql, this.worker)) > 0;
  }

  /** Takes the lock that shows that this process lives, again when its connection was lost. */
  async #keepLock(): Promise<void> {
    if (this.#lock !== null) return;
    const lock = await this.#database.tryLock(lockOf(this.worker));
    if (lock === null) return;
    this.#lock = lock;
    void lock.lost.then(async () => {
      if (this.#lock === lock) this.#lock = null;
      this.#leadership.lose();
      // Gives the broken connection back to the pool, which replaces it.
      await lock.release().catch(() => undefined);
    });
  }

  /** What the dead had taken can be taken again. */
  async #buryTheDead(): Promise<void> {
    const silent = await this.#rows.all(
      silentRow,
      `SELECT id, seen_at < clock_timestamp() - $3 * interval '1 millisecond' AS hangs FROM bot_workers
       WHERE id <> $1 AND seen_at < clock_timestamp() - $2 * interval '1 millisecond'`,
      ...[this.worker, SILENT_MS, HANGING_MS],
    );
    for (const { id, hangs } of silent) {
      const lock = hangs ? null : await this.#database.tryLock(lockOf(id));
      if (hangs || lock !== null) await this.#rows.run("DELETE FROM bot_workers WHERE id = $1", id);
      await lock?.release();
    }
    await this.#release();
  }

  /** Turns of nobody who is there wait again. */
  async #release(): Promise<void> {
    await this.#rows.run(
      `UPDATE bot_turns SET owner = NULL
       WHERE owner IS NOT NULL AND NOT EXISTS (SELECT FROM bot_workers WHERE id = bot_turns.owner)`,
    );
  }

  /** Whether the lock is free that a worker holds for as long as its process lives. */
  async #isDead(other: number): Promise<boolean> {
    const lock = await this.#database.tryLock(lockOf(other));
    await lock?.release();
    return lock !== null;
  }
}

/** Waits, or less when the signal comes. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });
}
