/** Who of several workers leads: a lease by the server's clock, which its holder must renew to go on. */
import { z } from "zod";
import type { PostgresRows } from "./rows.ts";

export interface LeadershipOptions {
  readonly rows: PostgresRows;
  readonly worker: number;
  /** Milliseconds for which a lease is given; default 10,000. */
  readonly lease?: number | undefined;
  /** Whether a worker's process has ended, as far as its lock tells. */
  isDead(worker: number): Promise<boolean>;
}

const LEASE_MS = 10_000;
/** Part of the lease after which its holder stops when it could not renew it: before another may take it. */
const STOPS_AFTER = 0.8;

const holderRow = z.object({ worker: z.number(), over: z.boolean() });
const idRow = z.object({ worker: z.number() });

interface Leading {
  readonly stop: AbortController;
  readonly done: Promise<void>;
  deadline: NodeJS.Timeout;
}

export class Leadership {
  readonly #rows: PostgresRows;
  readonly #worker: number;
  readonly #lease: number;
  readonly #isDead: LeadershipOptions["isDead"];
  #work: ((signal: AbortSignal) => Promise<void>) | null = null;
  #leading: Leading | null = null;

  constructor({ rows, worker, lease, isDead }: LeadershipOptions) {
    this.#rows = rows;
    this.#worker = worker;
    this.#lease = lease ?? LEASE_MS;
    this.#isDead = isDead;
  }

  /** What is to be done while this worker leads, each time it comes to lead. */
  set work(work: (signal: AbortSignal) => Promise<void>) {
    this.#work = work;
  }

  /** Renews the lease, or tries to get it. To be called far more often than it runs out. */
  async beat(): Promise<void> {
    if (this.#work === null) return;
    const leading = this.#leading;
    const stop = leading?.stop ?? new AbortController();
    // Counts from before the server is asked, so that the lease ends here before it ends there.
    const deadline = setTimeout(() => stop.abort(), this.#lease * STOPS_AFTER);
    deadline.unref();
    let isMine = false;
    try {
      isMine = await (leading === null ? this.#take() : this.#renew());
    } finally {
      clearTimeout(isMine ? leading?.deadline : deadline);
    }
    if (leading === null && isMine) this.#lead(this.#work, { stop, deadline });
    else if (leading !== null && isMine) leading.deadline = deadline;
    else leading?.stop.abort();
  }

  /** Ends the work at once: nothing shows any more that this worker lives. */
  lose(): void {
    this.#leading?.stop.abort();
  }

  /** Ends the work and gives the lease back. */
  async leave(): Promise<void> {
    const leading = this.#leading;
    if (leading === null) return;
    leading.stop.abort();
    await leading.done;
    await this.#rows.run("DELETE FROM bot_leader WHERE worker = $1", this.#worker).catch(() => undefined);
  }

  #lead(work: (signal: AbortSignal) => Promise<void>, { stop, deadline }: Omit<Leading, "done">): void {
    const done = work(stop.signal).catch(() => undefined);
    const leading: Leading = { stop, done, deadline };
    this.#leading = leading;
    void done.then(() => {
      clearTimeout(leading.deadline);
      if (this.#leading === leading) this.#leading = null;
    });
  }

  async #renew(): Promise<boolean> {
    const sql = `UPDATE bot_leader SET until = ${until("$2")}
      WHERE worker = $1 AND until > clock_timestamp() RETURNING worker`;
    return (await this.#rows.count(sql, this.#worker, this.#lease)) > 0;
  }

  /** Takes the lease when nobody has it, when it has run out, or when the process of its holder has ended. */
  async #take(): Promise<boolean> {
    const [holder] = await this.#rows.all(
      holderRow,
      "SELECT worker, until <= clock_timestamp() AS over FROM bot_leader",
    );
    if (holder && !holder.over && holder.worker !== this.#worker && !(await this.#isDead(holder.worker)))
      return false;
    const sql = `INSERT INTO bot_leader (id, worker, until) VALUES (1, $1, ${until("$2")})
      ON CONFLICT (id) DO UPDATE SET worker = excluded.worker, until = excluded.until
      WHERE bot_leader.until <= clock_timestamp() OR bot_leader.worker = $3 RETURNING worker`;
    const taken = await this.#rows.all(idRow, sql, this.#worker, this.#lease, holder?.worker ?? null);
    return taken.length > 0;
  }
}

const until = (milliseconds: string): string =>
  `clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
