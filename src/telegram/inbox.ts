/**
 * Takes updates: checked, stored and queued at once, answered later. In order for each person, people beside each
 * other; the time for an answer is limited, and while it is sought the chat shows that somebody is writing.
 */
import { FAILED, TOO_MANY, TOO_SLOW } from "../phrases/telegram.ts";
import type { Delivery, State, StoredUpdate } from "../state/state.ts";
import { type Call, chatOf } from "./call.ts";
import { decodeTap } from "./callback.ts";
import { conversationOf } from "./calls.ts";
import { type Clock, deadlineWithin } from "./clock.ts";
import type { Deliverer } from "./delivery.ts";
import { type Handling, handle } from "./handle.ts";
import { Lanes } from "./lanes.ts";
import { loggable } from "./loggable.ts";
import { ours, paragraph, renderBlocks } from "./markup.ts";
import { makePersist } from "./persist.ts";
import type { Transport } from "./transport.ts";
import { type BotIdentity, type Inbound, inboundSchema, type Origin, readUpdate } from "./update.ts";

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
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Updates that wait or are worked on. */
  length(): number;
}

/** Questions of one person that may wait. */
const LONGEST_QUEUE = 10;
const TYPING_AFTER_MS = 400;
const TYPING_EVERY_MS = 4_000;
const KNOWN_ALBUMS = 100;

export function makeInbox(options: InboxOptions): Inbox {
  const { handling, deliverer, transport, state, clock, me, signal, log } = options;
  const lanes = new Lanes(options.concurrency);
  const persist = makePersist({ clock, signal, log });
  const albums = new Set<string>();
  /** A clock that is set back does not change the order of what was received. */
  let lastReceived = 0;
  const tapsUnderWay = new Set<string>();

  async function accept(raw: unknown): Promise<void> {
    const received = readUpdate(raw, me);
    if (received === null) return;
    const { id, inbound, album } = received;
    if (album !== null && inbound.kind === "other" && isKnownAlbum(album)) return;
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

  async function resume(): Promise<void> {
    const byChat = new Map<string, Delivery[]>();
    for (const delivery of await state.undelivered()) {
      const chat = byChat.get(delivery.chat) ?? [];
      chat.push(delivery);
      byChat.set(delivery.chat, chat);
    }
    for (const [chat, deliveries] of byChat) {
      lanes.add(chat, () => deliverer.deliver(deliveries).catch(report("delivery")));
    }
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
    acknowledger(inbound)();
    void persist(() => state.answered(stored.id, [], clock.now())).catch(report("update"));
  }

  function add(stored: StoredUpdate, inbound: Inbound, ended: () => void): void {
    const lane = laneOf(stored.chat, inbound);
    const full = lanes.waiting(lane) >= LONGEST_QUEUE && inbound.kind === "text";
    const work = full ? () => finish(stored, sentence(inbound, TOO_MANY)) : () => process(stored, inbound);
    lanes.add(full ? `${lane} full` : lane, () => work().catch(report("update")).finally(ended));
  }

  async function process(stored: StoredUpdate, inbound: Inbound): Promise<void> {
    if (signal.aborted) return;
    const calls = await lanes.withSlot(isSlow(inbound), () => work(stored, inbound));
    if (calls !== null) await finish(stored, calls);
  }

  async function finish(stored: StoredUpdate, calls: readonly Call[]): Promise<void> {
    const drafts = calls.map((call) => ({
      chat: chatOf(call),
      question: "answers" in call ? call.answers : null,
      payload: JSON.stringify(call),
    }));
    await deliverer.deliver(await persist(() => state.answered(stored.id, drafts, clock.now())));
  }

  /** The calls that answer it, or null when the program ends before they are found. */
  async function work(stored: StoredUpdate, inbound: Inbound): Promise<Call[] | null> {
    if (signal.aborted) return null;
    const deadline = deadlineWithin(signal, options.deadline);
    const acknowledge = acknowledger(inbound);
    if (inbound.kind === "text" || inbound.kind === "tap") void showTyping(inbound.origin, deadline.signal);
    try {
      const job = { updateId: stored.id, inbound, signal: deadline.signal, acknowledge };
      return await Promise.race([handle(job, handling), rejectOn(deadline.signal)]);
    } catch (error) {
      if (signal.aborted) return null;
      if (deadline.expired) return sentence(inbound, TOO_SLOW);
      report("answer")(error);
      return sentence(inbound, FAILED);
    } finally {
      deadline.end();
      if (!signal.aborted) acknowledge();
    }
  }

  /** Answers a tap once, at once, and without waiting: a late answer is refused and does no harm. */
  function acknowledger(inbound: Inbound): (toast?: string) => void {
    let open = inbound.kind === "tap";
    return (toast) => {
      if (!open || inbound.kind !== "tap") return;
      open = false;
      const payload = { callback_query_id: inbound.query, ...(toast !== undefined && { text: toast }) };
      void transport.call("answerCallbackQuery", payload, { signal, timeout: 10_000 });
    };
  }

  async function showTyping({ chat, thread }: Origin, stop: AbortSignal): Promise<void> {
    const payload = {
      chat_id: Number(chat),
      action: "typing",
      ...(thread !== null && { message_thread_id: thread }),
    };
    await clock.sleep(TYPING_AFTER_MS, stop);
    while (!stop.aborted) {
      await transport.call("sendChatAction", payload, { signal: stop, timeout: TYPING_EVERY_MS });
      await clock.sleep(TYPING_EVERY_MS, stop);
    }
  }

  function report(stage: string): (error: unknown) => void {
    return (error) => log("failed", { stage, error: loggable(error) });
  }

  return { accept, resume, idle: () => lanes.idle(), length: () => lanes.length };
}

/** One lane for each person; looking at a source never waits behind a question that is being answered. */
function laneOf(chat: string, inbound: Inbound): string {
  if (!("origin" in inbound)) return chat;
  const conversation = conversationOf(inbound.origin);
  return isSlow(inbound) || inbound.kind !== "tap" ? conversation : `${conversation} taps`;
}

function isSlow(inbound: Inbound): boolean {
  if (inbound.kind !== "tap") return inbound.kind === "text";
  return ["offer", "day", "place", "command"].includes(decodeTap(inbound.data)?.kind ?? "");
}

function sentence(inbound: Inbound, text: string): Call[] {
  if (!("origin" in inbound)) return [];
  const { chat, group, thread, message } = inbound.origin;
  const { html, plain } = renderBlocks([paragraph(ours(text))]);
  return [
    {
      kind: "message",
      to: { chat, thread, replyTo: group ? message : null },
      html,
      plain,
      keyboard: [],
      answers: null,
    },
  ];
}

function rejectOn(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const rejected = () => reject(new Error("aborted"));
    if (stop.aborted) rejected();
    stop.addEventListener("abort", rejected, { once: true });
  });
}
