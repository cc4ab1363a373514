/** One update, from what it asks to the calls that answer it: within a time limit, while the chat shows that somebody writes. */
import { FAILED, TOO_SLOW } from "../phrases/telegram.ts";
import type { DeliveryDraft } from "../state/state.ts";
import { type Call, chatOf } from "./call.ts";
import { decodeTap } from "./callback.ts";
import { conversationOf } from "./calls.ts";
import { type Clock, deadlineWithin } from "./clock.ts";
import { type Handling, handle } from "./handle.ts";
import { ours, paragraph, renderBlocks } from "./markup.ts";
import type { Transport } from "./transport.ts";
import type { Inbound, Origin } from "./update.ts";

export interface WorkOptions {
  readonly handling: Handling;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Aborted when the program ends. */
  readonly signal: AbortSignal;
  /** Milliseconds for one answer. */
  readonly deadline: number;
}

/** What came of an update: calls to be made, nothing because the program ends, or an error with the words for it. */
export type Worked =
  | { readonly kind: "calls"; readonly calls: readonly Call[] }
  | { readonly kind: "ended" }
  | { readonly kind: "failed"; readonly error: unknown; readonly calls: readonly Call[] };

export interface Work {
  answer(update: { readonly id: number; readonly inbound: Inbound }): Promise<Worked>;
  /** Answers a tap once, at once, and without waiting: a late answer is refused and does no harm. */
  acknowledger(inbound: Inbound): (toast?: string) => void;
}

const TYPING_AFTER_MS = 400;
const TYPING_EVERY_MS = 4_000;

export function makeWork({ handling, transport, clock, signal, deadline: limit }: WorkOptions): Work {
  async function answer({ id, inbound }: { id: number; inbound: Inbound }): Promise<Worked> {
    if (signal.aborted) return { kind: "ended" };
    const deadline = deadlineWithin(signal, limit);
    const acknowledge = acknowledger(inbound);
    if (inbound.kind === "text" || inbound.kind === "tap") void showTyping(inbound.origin, deadline.signal);
    try {
      const job = { updateId: id, inbound, signal: deadline.signal, acknowledge };
      const calls = await Promise.race([handle(job, handling), rejectOn(deadline.signal)]);
      return { kind: "calls", calls };
    } catch (error) {
      if (signal.aborted) return { kind: "ended" };
      if (deadline.expired) return { kind: "calls", calls: sentence(inbound, TOO_SLOW) };
      return { kind: "failed", error, calls: sentence(inbound, FAILED) };
    } finally {
      deadline.end();
      if (!signal.aborted) acknowledge();
    }
  }

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

  return { answer, acknowledger };
}

/** One lane for each person; looking at a source never waits behind a question that is being answered. */
export function laneOf(chat: string, inbound: Inbound): string {
  if (!("origin" in inbound)) return chat;
  const conversation = conversationOf(inbound.origin);
  return isSlow(inbound) || inbound.kind !== "tap" ? conversation : `${conversation} taps`;
}

/** Whether it is a question, which may take a while. */
export function isSlow(inbound: Inbound): boolean {
  if (inbound.kind !== "tap") return inbound.kind === "text";
  return ["offer", "day", "place", "command"].includes(decodeTap(inbound.data)?.kind ?? "");
}

/** One sentence of the bot, as the call that says it. */
export function sentence(inbound: Inbound, text: string): Call[] {
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

/** The calls as the state keeps them. */
export function draftsOf(calls: readonly Call[]): DeliveryDraft[] {
  return calls.map((call) => ({
    chat: chatOf(call),
    question: "answers" in call ? call.answers : null,
    payload: JSON.stringify(call),
  }));
}
