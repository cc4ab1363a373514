/**
 * Takes updates: checked, stored and queued at once, answered later. In order for each person, people beside each
 * other; the time for an answer is limited, and while it is sought the chat shows that somebody is writing.
 */
import { TOO_MANY } from "../phrases/telegram.ts";
import type { Delivery, State, StoredUpdate } from "../state/state.ts";
import type { Call } from "./call.ts";
import { conversationOf } from "./calls.ts";
import type { Clock } from "./clock.ts";
import type { Deliverer } from "./delivery.ts";
import type { Handling } from "./handle.ts";
import { Lanes } from "./lanes.ts";
import { loggable } from "./loggable.ts";
import { makePersist } from "./persist.ts";
import type { Transport } from "./transport.ts";
import { type BotIdentity, type Inbound, inboundSchema, readUpdate } from "./update.ts";
import { draftsOf, isSlow, laneOf, makeWork, sentence } from "./work.ts";

export interface InboxOptions {
  readonly handling: Handling;
  readonly deliverer: Deliverer;
  readonly transport: Transport;
  readonly state: State;
  readonly clock: Clock;
  readonly me: BotIdentity;
  /** Aborted when the program ends: what is not answered then waits in the state. */
  readonly signal: AbortSignal;
  /** Questions that are worked on at once. */
  readonly concurrency: number;
  /** Milliseconds for one answer. */
  readonly deadline: number;
  log(event: string, details?: Record<string, unknown>): void;
}

export interface Inbox {
  /** Resolves when the update is stored (or known, or not for the bot); rejects when it cannot be stored. */
  accept(raw: unknown): Promise<void>;
  /** Takes up what an earlier run left. */
  resume(): Promise<void>;
  /** Makes calls that were planned outside the answer to an update, in the order of each chat. */
  deliver(deliveries: readonly Delivery[]): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Updates that wait or are worked on. */
  length(): number;
}

/** Questions of one person that may wait. */
export const LONGEST_QUEUE = 10;
const KNOWN_ALBUMS = 100;

export function makeInbox(options: InboxOptions): Inbox {
  const { deliverer, state, clock, me, signal, log } = options;
  const lanes = new Lanes(options.concurrency);
  const persist = makePersist({ clock, signal, log });
  const work = makeWork(options);
  const albums = new Set<string>();
  /** A clock that is set back does not change the order of what was received. */
  let lastReceived = 0;
  const tapsUnderWay = new Set<string>();

  async function accept(raw: unknown): Promise<void> {
    const received = readUpdate(raw, me);
    if (received === null) return;
    const { id, inbound, album } = received;
    // Of an album only what has words, or what comes first, is answered.
    if (album !== null && isKnownAlbum(album) && inbound.kind === "other") return;
    const chat = "origin" in inbound ? inbound.origin.chat : inbound.chat;
    lastReceived = Math.max(lastReceived, clock.now());
    const stored = { id, chat, payload: JSON.stringify(inbound), receivedAt: lastReceived };
    if (await state.accept(stored)) enqueue(stored, inbound);
  }

  function isKnownAlbum(album: string): boolean {
    if (albums.has(album)) return true;
    albums.add(album);
    const [oldest] = albums;
    if (albums.size > KNOWN_ALBUMS && oldest !== undefined) albums.delete(oldest);
    return false;
  }

  function deliver(deliveries: readonly Delivery[]): void {
    const byChat = new Map<string, Delivery[]>();
    for (const delivery of deliveries) {
      const chat = byChat.get(delivery.chat) ?? [];
      chat.push(delivery);
      byChat.set(delivery.chat, chat);
    }
    for (const [chat, its] of byChat) {
      lanes.add(chat, () => deliverer.deliver(its).catch(report("delivery")));
    }
  }

  async function resume(): Promise<void> {
    deliver(await state.undelivered());
    for (const stored of await state.unanswered()) {
      lastReceived = Math.max(lastReceived, stored.receivedAt);
      const inbound = inboundSchema.safeParse(JSON.parse(stored.payload));
      if (inbound.success) enqueue(stored, inbound.data);
      else await state.answered(stored.id, [], clock.now());
    }
  }

  function enqueue(stored: StoredUpdate, inbound: Inbound): void {
    if (inbound.kind !== "tap") {
      add(stored, inbound, () => {});
      return;
    }
    const tap = `${conversationOf(inbound.origin)} ${inbound.origin.message} ${inbound.data}`;
    // A second tap by an impatient thumb asks for nothing new.
    if (tapsUnderWay.has(tap)) {
      drop(stored, inbound);
      return;
    }
    tapsUnderWay.add(tap);
    add(stored, inbound, () => tapsUnderWay.delete(tap));
  }

  function drop(stored: StoredUpdate, inbound: Inbound): void {
    work.acknowledger(inbound)();
    void persist(() => state.answered(stored.id, [], clock.now())).catch(report("update"));
  }

  function add(stored: StoredUpdate, inbound: Inbound, ended: () => void): void {
    const lane = laneOf(stored.chat, inbound);
    const full = lanes.waiting(lane) >= LONGEST_QUEUE && inbound.kind === "text";
    const take = full ? () => finish(stored, sentence(inbound, TOO_MANY)) : () => process(stored, inbound);
    lanes.add(full ? `${lane} full` : lane, () => take().catch(report("update")).finally(ended));
  }

  async function process(stored: StoredUpdate, inbound: Inbound): Promise<void> {
    if (signal.aborted) return;
    const calls = await lanes.withSlot(isSlow(inbound), () => answer(stored, inbound));
    if (calls !== null) await finish(stored, calls);
  }

  async function finish(stored: StoredUpdate, calls: readonly Call[]): Promise<void> {
    const drafts = draftsOf(calls);
    await deliverer.deliver(await persist(() => state.answered(stored.id, drafts, clock.now())));
  }

  /** The calls that answer it, or null when the program ends before they are found. */
  async function answer({ id }: StoredUpdate, inbound: Inbound): Promise<readonly Call[] | null> {
    const worked = await work.answer({ id, inbound });
    if (worked.kind === "failed") report("answer")(worked.error);
    return worked.kind === "ended" ? null : worked.calls;
  }

  function report(stage: string): (error: unknown) => void {
    return (error) => log("failed", { stage, error: loggable(error) });
  }

  return { accept, resume, deliver, idle: () => lanes.idle(), length: () => lanes.length };
}
