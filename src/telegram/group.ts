/**
 * A group's manners: what one person turns stays turned for that person, what was opened a moment ago is not opened
 * again, and a bot that may not be in groups says so once and leaves.
 */
import { createHash } from "node:crypto";
import { GROUP_HINT, NO_GROUPS } from "../phrases/groups.ts";
import { type Button, type Call, chatOf } from "./call.ts";
import { decodeTap, type Tap } from "./callback.ts";
import { say } from "./calls.ts";
import { splitOwner } from "./owner.ts";
import type { Inbound, Origin } from "./update.ts";

/** Bytes that Telegram keeps behind a button. */
const LONGEST_DATA = 64;
/** How long the same thing under the same message is not opened twice. */
const OPENED_MS = 60_000;
const OPENED_KEPT = 1_000;

/** What opens as a message of its own; the rest turns pages, or opens nothing. */
const OPENING: readonly Tap["kind"][] = [
  "quotation",
  "text",
  "document",
  "about",
  "offer",
  "day",
  "place",
  "timeline_file",
];

/** 24 bits that tell the members of a group apart. */
function ownerMark({ user }: Origin): string {
  return createHash("sha256").update(`owner ${user}`).digest("base64url").slice(0, 4);
}

/**
 * The calls as a group needs them: buttons know whose they are, and what somebody else's tap would have changed comes
 * as a message of that person's own.
 */
export function groupCalls(
  calls: readonly Call[],
  inbound: Extract<Inbound, { kind: "text" | "other" | "tap" }>,
): Call[] {
  const { origin } = inbound;
  const mark = ownerMark(origin);
  const isGuest = inbound.kind === "tap" && inbound.owner !== null && inbound.owner !== mark;
  return calls.map((call) => {
    if (chatOf(call) !== origin.chat || !("keyboard" in call)) return call;
    const keyboard = call.keyboard.map((row) => row.map((button) => owned(button, mark)));
    if (call.kind !== "edit" || !isGuest) return { ...call, keyboard };
    const { html, plain, answers, chat } = call;
    const to = { chat, thread: origin.thread, replyTo: origin.message };
    return { kind: "message", to, html, plain, keyboard, answers };
  });
}

/** A button without room for the mark can be turned by anybody. */
function owned(button: Button, mark: string): Button {
  if (!("callback_data" in button)) return button;
  const callback_data = `${splitOwner(button.callback_data).data}~${mark}`;
  return Buffer.byteLength(callback_data) > LONGEST_DATA ? button : { ...button, callback_data };
}

/** Says once that it may not be here, and goes. */
export function leaveGroup(origin: Origin): Call[] {
  return [...say(origin, NO_GROUPS), { kind: "leave", chat: origin.chat }];
}

/** The first word in a group that it was added to: how it is asked. */
export function greetGroup(chat: string, bot: string): Call[] {
  return say(placeOf(chat), GROUP_HINT(bot)).map(unbound);
}

export function leaveNewGroup(chat: string): Call[] {
  return leaveGroup(placeOf(chat)).map(unbound);
}

function placeOf(chat: string): Origin {
  return { chat, group: true, thread: null, user: chat, message: 0 };
}

/** Answers no message. */
function unbound(call: Call): Call {
  return call.kind === "message" ? { ...call, to: { ...call.to, replyTo: null } } : call;
}

type InboundTap = Extract<Inbound, { kind: "tap" }>;

/** What was opened in groups a moment ago. */
export interface Openings {
  /** True when the tap opens what stands there already; otherwise it is noted. */
  again(tap: InboundTap, at: { readonly now: number; readonly updateId: number }): boolean | Promise<boolean>;
  /** It came to nothing: the next tap tries again. */
  forget(tap: InboundTap): void | Promise<void>;
}

/** What a tap opens as a message of its own, and how long it is not opened twice; null when it opens none. */
export function openingOf({ origin, data }: InboundTap): { key: string; milliseconds: number } | null {
  const tap = decodeTap(data);
  if (tap === null || !OPENING.includes(tap.kind)) return null;
  return { key: `${origin.chat} ${origin.message} ${data}`, milliseconds: OPENED_MS };
}

/** What one process opened. */
export class Opened implements Openings {
  readonly #at = new Map<string, number>();

  again(tap: InboundTap, { now }: { readonly now: number }): boolean {
    const opening = openingOf(tap);
    if (opening === null) return false;
    const at = this.#at.get(opening.key);
    if (at !== undefined && at > now - opening.milliseconds) return true;
    this.#at.delete(opening.key);
    this.#at.set(opening.key, now);
    const [oldest] = this.#at.keys();
    if (this.#at.size > OPENED_KEPT && oldest !== undefined) this.#at.delete(oldest);
    return false;
  }

  forget(tap: InboundTap): void {
    this.#at.delete(openingOf(tap)?.key ?? "");
  }
}
