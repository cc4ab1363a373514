import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { CallResult, Transport } from "./transport.ts";

/** Why the bot ended. */
export type ExitReason =
  | { readonly kind: "stopped" }
  /** The token is wrong or was revoked. */
  | { readonly kind: "unauthorized"; readonly message: string }
  /** Another program polls with the same token. */
  | { readonly kind: "conflict"; readonly message: string }
  | { readonly kind: "refused"; readonly message: string }
  /** Polling no longer moved (watchdog.ts). */
  | { readonly kind: "stalled"; readonly message: string };

/** Update kinds the bot asks for; others that were queued before may still come and are ignored. */
export const ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

const POLL_SECONDS = 50;
/** A poll that has not returned by then hangs on a dead connection. */
const POLL_TIMEOUT_MS = (POLL_SECONDS + 15) * 1000;
/**
 * Two programs with one token end each other's polls in turn. The newcomer gives up first, within 15 s; whoever has
 * polled before is more patient, and goes on.
 */
const CONFLICTS_OF_NEWCOMER = 3;
const CONFLICTS_OF_INCUMBENT = 5;
const CONFLICT_PAUSE_MS = 2_500;
const CONFLICT_MEMORY_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface PollingOptions {
  /** Kinds of updates that are asked for. */
  readonly kinds?: readonly string[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  log(event: string, details?: Record<string, unknown>): void;
  /** Told before every step how many milliseconds it may take. */
  readonly expectWithin?: ((milliseconds: number) => void) | undefined;
}

/** Storing the updates of one poll. */
const DISPATCH_MS = 60_000;

const updates = z.array(z.looseObject({ update_id: z.number().int() }));

/**
 * Asks for updates until the signal is aborted or Telegram refuses for good. An update is confirmed only after it was
 * dispatched, that is stored; one that could not be stored is asked for again.
 */
export async function poll(options: PollingOptions): Promise<ExitReason> {
  const { transport, signal, log, kinds = ALLOWED_UPDATES } = options;
  const expectWithin = options.expectWithin ?? (() => undefined);
  const clock: Clock = {
    now: () => options.clock.now(),
    sleep(milliseconds, stop) {
      expectWithin(milliseconds);
      return options.clock.sleep(milliseconds, stop);
    },
  };
  let offset = 0;
  let conflicts: number[] = [];
  let incumbent = false;
  let pause = FIRST_PAUSE_MS;
  let offline = false;
  while (!signal.aborted) {
    const payload = { offset, timeout: POLL_SECONDS, allowed_updates: kinds };
    expectWithin(POLL_TIMEOUT_MS);
    const result = await transport.call("getUpdates", payload, { signal, timeout: POLL_TIMEOUT_MS });
    expectWithin(DISPATCH_MS);
    if (result.kind === "aborted") break;
    if (result.kind === "ok") {
      if (offline) log("online");
      offline = false;
      const next = await dispatchAll(result.result, offset, transport);
      const stuck = next.failed;
      offset = next.offset;
      incumbent ||= conflicts.length === 0;
      pause = stuck ? Math.min(pause * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
      if (stuck) await clock.sleep(pause, signal);
      continue;
    }
    const ending = endingOf(result);
    if (ending?.kind === "conflict") {
      const tries = incumbent ? CONFLICTS_OF_INCUMBENT : CONFLICTS_OF_NEWCOMER;
      const now = clock.now();
      conflicts = [...conflicts.filter((at) => at > now - CONFLICT_MEMORY_MS && at <= now), now];
      if (conflicts.length >= tries) return ending;
      log("conflict", { try: conflicts.length, of: tries });
      await clock.sleep(CONFLICT_PAUSE_MS, signal);
      continue;
    }
    if (ending) return ending;
    if (!offline && result.kind !== "wait") log("offline", { reason: reasonOf(result) });
    offline = offline || result.kind !== "wait";
    await clock.sleep(result.kind === "wait" ? result.seconds * 1000 : pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  await confirm(transport, offset);
  return { kind: "stopped" };
}

async function dispatchAll(
  result: unknown,
  offset: number,
  transport: Transport,
): Promise<{ offset: number; failed: boolean }> {
  const parsed = updates.safeParse(result);
  if (!parsed.success) return { offset, failed: true };
  let next = offset;
  for (const update of parsed.data) {
    try {
      await transport.dispatch(update);
    } catch {
      return { offset: next, failed: true };
    }
    next = update.update_id + 1;
  }
  return { offset: next, failed: false };
}

/** Tells Telegram what was taken, so that the next start does not get it again; deduplication covers a failure. */
async function confirm(transport: Transport, offset: number): Promise<void> {
  if (offset === 0) return;
  const payload = { offset, limit: 1, timeout: 0 };
  await transport.call("getUpdates", payload, { signal: new AbortController().signal, timeout: 2_000 });
}

/** The reason to end for good that a call's result holds, or null when waiting may help. */
export function endingOf(result: CallResult): Exclude<ExitReason, { kind: "stopped" | "stalled" }> | null {
  if (result.kind !== "refused") return null;
  const { code, description } = result;
  if (code === 401 || code === 404) {
    return {
      kind: "unauthorized",
      message: `Telegram does not accept the bot token (${code} ${description}): set TELEGRAM_BOT_TOKEN to the token that @BotFather shows, and check TELEGRAM_API_ROOT if it is set.`,
    };
  }
  if (code === 409) {
    return {
      kind: "conflict",
      message: `Another program uses the same bot token (409 ${description}): stop it, or remove its webhook, and start again.`,
    };
  }
  return { kind: "refused", message: `Telegram refused getUpdates (${code} ${description}).` };
}

export function reasonOf(result: CallResult): string {
  return "reason" in result ? result.reason : result.kind;
}
