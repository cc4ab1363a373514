/** One process that embeds, with the requests that it has been given. */
import { type EmbeddedRole, EmbeddingError, type EmbeddingModel } from "../embedder.ts";
import type { Port, Reply } from "./messages.ts";

/** Texts that somebody waits for. */
export interface Request {
  readonly id: number;
  readonly texts: readonly string[];
  readonly role: EmbeddedRole;
  readonly resolve: (vectors: Float32Array[]) => void;
  readonly reject: (reason: unknown) => void;
  /** How many processes ended while they worked on it. */
  crashes: number;
}

/** Milliseconds. */
export interface Deadlines {
  /** From the start of the process until its model has been used once. */
  readonly start: number;
  /** Without any reply while it has work, and so much more for each text of one request. */
  readonly silence: number;
  readonly perText: number;
}

export interface WorkerEvents {
  opened(worker: Worker, model: EmbeddingModel): void;
  ready(worker: Worker): void;
  /** A request was answered; `resident` is what the process holds, in bytes. */
  answered(worker: Worker, request: Request, resident: number): void;
  /** It is gone; what it had been given comes back unanswered. */
  ended(worker: Worker, how: string, unanswered: readonly Request[]): void;
}

export class Worker {
  /** What it holds when it has nothing but its model, in bytes; null until it is ready. */
  baseline: number | null = null;
  /** Why it cannot be used at all, when it said so. */
  refusal: EmbeddingError | null = null;
  isOpen = false;
  readonly gone: Promise<void>;
  readonly #port: Port;
  readonly #deadlines: Deadlines;
  readonly #events: WorkerEvents;
  readonly #given = new Map<number, Request>();
  #timer: NodeJS.Timeout | null = null;
  #hung = false;
  #retired = false;

  constructor(port: Port, deadlines: Deadlines, events: WorkerEvents) {
    this.#port = port;
    this.#deadlines = deadlines;
    this.#events = events;
    this.#expect(deadlines.start);
    port.onReply((reply) => this.#told(reply));
    this.gone = new Promise((resolve) => {
      port.onEnd((how) => {
        this.#expect(null);
        const unanswered = [...this.#given.values()];
        this.#given.clear();
        events.ended(this, this.#hung ? "did not answer" : how, unanswered);
        resolve();
      });
    });
  }

  get isIdle(): boolean {
    return this.#given.size === 0;
  }

  /** Whether it works on something over which a process has ended before. */
  get hasSuspect(): boolean {
    return [...this.#given.values()].some(({ crashes }) => crashes > 0);
  }

  give(request: Request): void {
    const { id, texts, role } = request;
    this.#given.set(id, request);
    this.#port.send({ kind: "embed", id, texts: [...texts], role });
    this.#settle();
  }

  /** Forgets a request, when it has it. */
  cancel(id: number): void {
    if (!this.#given.delete(id)) return;
    this.#port.send({ kind: "cancel", id });
    this.#settle();
  }

  /** Ends when all that it has been given is done. */
  retire(): void {
    this.#retired = true;
    this.#settle();
  }

  refuse(reason: EmbeddingError): void {
    this.refusal = reason;
    this.#port.kill();
  }

  /** Ends now; whoever waits for it gets `reason`. */
  close(reason: EmbeddingError): Promise<void> {
    for (const { reject } of this.#given.values()) reject(reason);
    this.#given.clear();
    this.#port.end();
    return this.gone;
  }

  #told(reply: Reply): void {
    if (reply.kind === "opened") {
      this.isOpen = true;
      this.#events.opened(this, reply.model);
    } else if (reply.kind === "ready") {
      this.baseline = reply.resident;
      this.#settle();
      this.#events.ready(this);
    } else if (reply.kind === "refused") this.refuse(new EmbeddingError(reply.message));
    else this.#answered(reply);
  }

  #answered(reply: Extract<Reply, { kind: "vectors" | "failed" }>): void {
    const request = this.#given.get(reply.id);
    this.#given.delete(reply.id);
    this.#settle();
    if (request === undefined) return;
    if (reply.kind === "vectors") request.resolve(reply.vectors);
    else request.reject(new EmbeddingError(reply.message));
    this.#events.answered(this, request, reply.resident);
  }

  /** After each change: what keeps this process alive, until when a reply is due, and whether it is done. */
  #settle(): void {
    if (this.baseline === null) return;
    this.#port.hold(!this.isIdle);
    const { silence, perText } = this.#deadlines;
    const most = Math.max(0, ...[...this.#given.values()].map(({ texts }) => texts.length));
    this.#expect(this.isIdle ? null : silence + perText * most);
    if (this.#retired && this.isIdle) this.#port.end();
  }

  #expect(milliseconds: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (milliseconds === null) return;
    this.#timer = setTimeout(() => {
      this.#hung = true;
      this.#port.kill();
    }, milliseconds);
  }
}
