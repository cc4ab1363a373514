/** An embedder in a process of its own, which is started anew when it ends, hangs or has grown too large. */
import { type Embedder, EmbeddingError, type EmbeddingModel, type EmbedOptions } from "../embedder.ts";
import type { Port } from "./messages.ts";
import { type Deadlines, type Request, Worker } from "./worker.ts";

export interface ApartOptions {
  readonly start: () => Port;
  /** Told why a process was replaced, in one English line. */
  readonly onRestart?: ((line: string) => void) | undefined;
  readonly deadlines?: Partial<Deadlines> | undefined;
  /** Milliseconds between two replacements for the sake of memory, and after which a process counts as sound. */
  readonly rest?: number | undefined;
}

const DEADLINES: Deadlines = { start: 120_000, silence: 30_000, perText: 2_000 };
const REST_MS = 60_000;

/**
 * How many times the memory of a fresh process one may hold. Texts of a build come in large batches: until it is over,
 * more is allowed; the first question after it has a fresh process started.
 */
const CEILING = { query: 2, passage: 4 } as const;

/** Processes that may end over one request before it is given up. */
const CRASHES = 3;
/** Processes that may end on end, none having answered or lived for long, before all that waits is given up. */
const FAILURES = 5;
/** Milliseconds before the next start, by how many have failed. */
const DELAYS = [0, 0, 200, 1_000, 3_000];

/**
 * Starts the process and resolves when its model is open. Requests under way when a process ends are repeated on the
 * next one. Throws EmbeddingError when the model cannot be used.
 */
export async function openApart(options: ApartOptions): Promise<Embedder> {
  const keeper = new Keeper(options);
  const model = await keeper.opened;
  return {
    model,
    embed: (texts, role, embedding) => keeper.embed(texts, role, embedding),
    close: () => keeper.close(),
  };
}

class Keeper {
  readonly opened: Promise<EmbeddingModel>;
  readonly #options: ApartOptions;
  readonly #living = new Set<Worker>();
  #serving: Worker | null = null;
  #successor: Worker | null = null;
  /** Requests that no process has; those over which one has ended stand first. */
  #waiting: Request[] = [];
  #model: EmbeddingModel | null = null;
  readonly #announce: { resolve(model: EmbeddingModel): void; reject(error: EmbeddingError): void };
  #nextId = 1;
  #failures = 0;
  #pause: NodeJS.Timeout | null = null;
  #resting: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: ApartOptions) {
    this.#options = options;
    const { promise, resolve, reject } = withResolvers<EmbeddingModel>();
    this.opened = promise;
    this.#announce = { resolve, reject };
    this.#serving = this.#start();
  }

  async embed(
    texts: readonly string[],
    role: Request["role"],
    { signal }: EmbedOptions = {},
  ): Promise<Float32Array[]> {
    if (this.#closed) throw closed();
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    const { promise, resolve, reject } = withResolvers<Float32Array[]>();
    const request: Request = { id: this.#nextId++, texts, role, resolve, reject, crashes: 0 };
    const cancel = (): void => {
      reject(signal?.reason);
      this.#waiting = this.#waiting.filter(({ id }) => id !== request.id);
      for (const worker of this.#living) worker.cancel(request.id);
      this.#dispatch();
    };
    signal?.addEventListener("abort", cancel, { once: true });
    this.#waiting.push(request);
    if (this.#serving === null && this.#pause === null) this.#serving = this.#start();
    this.#dispatch();
    return promise.finally(() => signal?.removeEventListener("abort", cancel));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of [this.#pause, this.#resting]) if (timer !== null) clearTimeout(timer);
    const reason = closed();
    this.#giveUp(reason);
    await Promise.all([...this.#living].map((worker) => worker.close(reason)));
  }

  #start(): Worker {
    const worker = new Worker(
      this.#options.start(),
      { ...DEADLINES, ...this.#options.deadlines },
      {
        opened: (from, model) => this.#opened(from, model),
        ready: (from) => this.#ready(from),
        answered: (from, request, resident) => this.#answered(from, request, resident),
        ended: (from, how, unanswered) => this.#ended(from, how, unanswered),
      },
    );
    this.#living.add(worker);
    return worker;
  }

  /** Gives out what waits. What a process has ended over is worked on alone, so that it takes no other down with it. */
  #dispatch(): void {
    const worker = this.#serving;
    if (worker === null || !worker.isOpen) return;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!worker.isIdle && (next.crashes > 0 || worker.hasSuspect)) return;
      this.#waiting.shift();
      worker.give(next);
    }
  }

  #opened(worker: Worker, model: EmbeddingModel): void {
    if (this.#model !== null && this.#model.fingerprint !== model.fingerprint) {
      worker.refuse(
        new EmbeddingError(`The files of the model ${model.id} have changed since the start; start anew.`),
      );
      return;
    }
    this.#model = model;
    this.#announce.resolve(model);
    this.#dispatch();
  }

  #ready(worker: Worker): void {
    setTimeout(() => {
      if (this.#living.has(worker)) this.#failures = 0;
    }, this.#options.rest ?? REST_MS).unref();
    if (worker !== this.#successor) return;
    const former = this.#serving;
    this.#serving = worker;
    this.#successor = null;
    former?.retire();
    this.#dispatch();
  }

  #answered(worker: Worker, { role }: Request, resident: number): void {
    this.#failures = 0;
    this.#dispatch();
    const { baseline } = worker;
    if (worker !== this.#serving || this.#successor !== null || this.#resting !== null) return;
    if (baseline === null || resident <= CEILING[role] * baseline) return;
    this.#options.onRestart?.(
      `the embedder holds ${Math.round(resident / 1e6)} MB: a fresh process takes its place`,
    );
    this.#successor = this.#start();
    this.#resting = setTimeout(() => {
      this.#resting = null;
    }, this.#options.rest ?? REST_MS).unref();
  }

  #ended(worker: Worker, how: string, unanswered: readonly Request[]): void {
    this.#living.delete(worker);
    if (this.#closed) return;
    for (const request of unanswered) request.crashes += 1;
    const lost = unanswered.filter(({ crashes }) => crashes >= CRASHES);
    for (const { reject } of lost)
      reject(new EmbeddingError(`The embedder ended ${CRASHES} times over one text; see the log.`));
    this.#waiting.unshift(...unanswered.filter((request) => !lost.includes(request)));
    if (worker === this.#successor) this.#successor = null;
    if (worker === this.#serving) this.#replace(worker, how);
    else this.#dispatch();
  }

  #replace(worker: Worker, how: string): void {
    this.#serving = this.#successor;
    this.#successor = null;
    this.#failures += 1;
    if (worker.refusal !== null) this.#giveUp(worker.refusal);
    else if (this.#failures >= FAILURES)
      this.#giveUp(new EmbeddingError(`The embedder ${how}, ${FAILURES} times on end; see the log.`));
    else this.#goOn(how);
  }

  #goOn(how: string): void {
    this.#options.onRestart?.(`the embedder ${how}: started anew`);
    this.#dispatch();
    if (this.#serving !== null) return;
    const begin = (): void => {
      this.#pause = null;
      this.#serving ??= this.#start();
    };
    this.#pause = setTimeout(begin, DELAYS[this.#failures - 1] ?? 0);
  }

  #giveUp(reason: EmbeddingError): void {
    this.#announce.reject(reason);
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}

function closed(): EmbeddingError {
  return new EmbeddingError("The embedder is closed; open another one.");
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
