/** Views as calls to be made in a chat. */
import type { Report } from "../report/report.ts";
import type { State } from "../state/state.ts";
import type { Address, Call, Keyboard } from "./call.ts";
import { personKey } from "./callback.ts";
import { ours, paragraph, type Rendered, renderBlocks } from "./markup.ts";
import type { Span } from "./paragraphs.ts";
import type { Origin } from "./update.ts";
import { documentOf, textViews, type View } from "./viewer.ts";

/** One person's thread of questions: the private chat, or the person in a group. */
export function conversationOf({ chat, group, user }: Origin): string {
  return group ? `${chat}:${personKey(user)}` : chat;
}

export function addressOf({ chat, group, thread, message }: Origin): Address {
  return { chat, thread, replyTo: group ? message : null };
}

export function messageCall(
  origin: Origin,
  { html, plain }: Rendered,
  options: { keyboard: Keyboard; answers?: number | null },
): Call {
  const keyboard = options.keyboard.map((row) => [...row]);
  return { kind: "message", to: addressOf(origin), html, plain, keyboard, answers: options.answers ?? null };
}

export function say(origin: Origin, text: string): Call[] {
  return [messageCall(origin, renderBlocks([paragraph(ours(text))]), { keyboard: [] })];
}

export function viewCalls(origin: Origin, views: readonly View[]): Call[] {
  return views.map(({ message, keyboard }) => messageCall(origin, message, { keyboard }));
}

export function editCall({ chat, message }: Origin, view: View): Call {
  const { html, plain } = view.message;
  const keyboard = view.keyboard.map((row) => [...row]);
  return { kind: "edit", chat, message, html, plain, keyboard, answers: null };
}

export function textCalls(origin: Origin, report: Report, quotations: readonly Span[] = []): Call[] {
  const { views, document } = textViews(report, quotations);
  return [...viewCalls(origin, views), ...(document ? [documentCall(origin, report)] : [])];
}

export function documentCall(origin: Origin, report: Report): Call {
  const { fileName, caption } = documentOf(report);
  const { html, plain } = caption;
  return {
    kind: "document",
    to: addressOf(origin),
    report: report.id,
    sha256: report.sha256,
    fileName,
    html,
    plain,
  };
}

/** The calls that turn the messages of an earlier answer into the new one. */
export async function inPlaceOfOld(
  calls: readonly Call[],
  { chat, message }: Origin,
  state: State,
): Promise<Call[]> {
  const old = await state.repliesTo(chat, message);
  const renewed = calls.map((call, index): Call => {
    const before = old[index];
    if (before === undefined || call.kind !== "message") return call;
    const { html, plain, keyboard } = call;
    return { kind: "edit", chat, message: before, html, plain, keyboard, answers: message };
  });
  const left = old.slice(calls.length);
  return [...renewed, ...left.map((each): Call => ({ kind: "delete", chat, message: each }))];
}
