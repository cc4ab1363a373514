/** Several workers under one command: this process starts them, starts anew what ends, and answers nothing itself. */
import cluster, { type Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import type { CommandContext } from "./command.ts";

/** What a worker says when its index is open, and what it is told when it is to end. */
const READY = "ready";
const STOP = "stop";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that lives so long has begun well. */
const BEGUN_WELL_MS = 30_000;
/** Workers that end one after the other without one that began well: the fault is not theirs. */
const MOST_FAILURES = 5;
/** Milliseconds in which workers end what is under way, less than what ends this process hard. */
const FAREWELL_MS = 9_000;
const STOP_AGAIN_MS = 300;

/** Whether this process is to start workers rather than to answer. */
export function startsWorkers({ WORKERS: count }: Config): boolean {
  return count > 1 && cluster.isPrimary;
}

/** Starts them, the first alone until its index is open. Resolves to the exit code. */
export async function superviseWorkers(config: Config, context: CommandContext): Promise<number> {
  const { signal, stderr } = context;
  const crew = makeCrew(config, context);
  signal.addEventListener("abort", crew.stop, { once: true });
  const first = crew.begin(0);
  if (signal.aborted) crew.stop();
  if (!(await first.ready)) return signal.aborted ? 0 : 1;
  stderr.write(`${config.WORKERS} workers answer\n`);
  const others = Array.from({ length: config.WORKERS - 1 }, (_, index) => crew.keep(index + 1, null));
  // One that gives up ends all: what it met, the others meet too.
  await Promise.race([crew.keep(0, first), ...others]);
  await crew.end();
  return signal.aborted ? 0 : 1;
}

interface Begun {
  readonly ready: Promise<boolean>;
  readonly ended: Promise<void>;
}

interface Crew {
  begin(index: number): Begun;
  /** Starts a worker anew whenever it ends; resolves when all are to end, or when too many ended too soon. */
  keep(index: number, begun: Begun | null): Promise<void>;
  stop(): void;
  end(): Promise<void>;
}

function makeCrew({ METRICS_PORT: port }: Config, { signal, stderr, now }: CommandContext): Crew {
  const living = new Set<Worker>();
  let failures = 0;

  /** The page is served by the first; metrics by each, on ports in a row. */
  function environment(index: number): Record<string, string> {
    const ownPort = port === null || port === 0 ? {} : { METRICS_PORT: String(port + index) };
    return { ...ownPort, ...(index > 0 && { WEB: "off" }) };
  }

  function begin(index: number): Begun {
    const worker = cluster.fork(environment(index));
    living.add(worker);
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    void ended.then(() => living.delete(worker));
    const said = new Promise<boolean>((resolve) => {
      worker.on("message", (message) => {
        if (message === READY) resolve(true);
      });
    });
    return { ready: Promise.race([said, ended.then(() => false)]), ended };
  }

  async function keep(index: number, begun: Begun | null): Promise<void> {
    let wait = FIRST_PAUSE_MS;
    for (let running = begun; !signal.aborted; running = null) {
      const since = now().getTime();
      await (running ?? begin(index)).ended;
      if (signal.aborted) return;
      const beganWell = now().getTime() > since + BEGUN_WELL_MS;
      failures = beganWell ? 0 : failures + 1;
      if (failures >= MOST_FAILURES) {
        stderr.write(`${failures} workers in a row ended too soon: see what they said above\n`);
        return;
      }
      wait = beganWell ? FIRST_PAUSE_MS : Math.min(wait * 2, LONGEST_PAUSE_MS);
      stderr.write(`worker ${index + 1} has ended: it is started anew in ${wait / 1000} s\n`);
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Says so again and again: one that only begins does not hear it yet. */
  function stop(): void {
    for (const worker of living) if (worker.isConnected()) worker.send(STOP);
    if (living.size > 0) setTimeout(stop, STOP_AGAIN_MS).unref();
  }

  async function end(): Promise<void> {
    stop();
    const farewell = new AbortController();
    const gone = [...living].map((worker) => new Promise((resolve) => worker.once("exit", resolve)));
    const late = sleep(FAREWELL_MS, undefined, { signal: farewell.signal }).catch(() => undefined);
    await Promise.race([Promise.all(gone), late]);
    farewell.abort();
    for (const worker of living) worker.process.kill("SIGKILL");
  }

  return { begin, keep, stop, end };
}

/** As a worker of such a process: its index is open. */
export function sayReady(): void {
  if (cluster.isWorker) process.send?.(READY);
}

/** The context of a worker ends with the word of the process that started it, too. */
export function withWordToStop(context: CommandContext): CommandContext {
  if (!cluster.isWorker) return context;
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(context.signal.reason), { once: true });
  process.on("message", (message) => {
    if (message === STOP) stop.abort(new Error("stopped by the process that started it"));
  });
  return { ...context, signal: stop.signal };
}
