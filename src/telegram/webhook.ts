/** Updates by webhook in place of polling: listens, tells Telegram where, and notices when another takes over. */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import { type ExitReason, endingOf, reasonOf } from "./polling.ts";
import type { Transport } from "./transport.ts";
import { openWebhookServer, type WebhookServer } from "./webhook-server.ts";

/** Where updates are delivered, and where they are received. */
export interface WebhookAddress {
  /** Public address, https. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Path on the host; the path of `url` unless a proxy changes it. */
  readonly path?: string | null;
  /** What Telegram sends along; derived from the token when there is none. */
  readonly secret?: string | null;
}

export interface WebhookOptions {
  readonly address: WebhookAddress;
  readonly token: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Kinds of updates to be delivered. */
  readonly kinds: readonly string[];
  log(event: string, details?: Record<string, unknown>): void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const CALL_TIMEOUT_MS = 20_000;
/** Between two looks at what Telegram says of the webhook. */
const LOOK_EVERY_MS = 60_000;

/**
 * Takes deliveries until the signal is aborted or Telegram refuses for good. The webhook stays set when the bot ends:
 * Telegram keeps what comes meanwhile, and a later start by polling removes it.
 */
export async function receive(options: WebhookOptions): Promise<ExitReason> {
  const server = await listen(options);
  if ("ending" in server) return server.ending;
  try {
    return await keepWebhook(options);
  } finally {
    await server.close();
  }
}

/** Takes what is delivered to this process, or says why it cannot listen. */
export async function listen(
  options: WebhookOptions,
): Promise<WebhookServer | { readonly ending: ExitReason }> {
  const { address, transport, log } = options;
  const path = address.path ?? new URL(address.url).pathname;
  try {
    const deliver = (update: unknown) => transport.dispatch(update);
    const server = await openWebhookServer({ ...address, path, secret: secretOf(options), deliver, log });
    log("listening", { host: address.host, port: server.port, path });
    return server;
  } catch (error) {
    return { ending: { kind: "refused", message: cannotListen(address, error) } };
  }
}

/** Tells Telegram where to deliver, and looks whether it stays so. */
export async function keepWebhook(options: WebhookOptions): Promise<ExitReason> {
  return (await announce(options)) ?? (await watch(options));
}

/** The same at every start with this token, and of no use to find it. */
function secretOf({ address, token }: WebhookOptions): string {
  return address.secret ?? createHmac("sha256", token).update("webhook secret").digest("base64url");
}

function cannotListen({ host, port }: WebhookAddress, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The webhook cannot be received at ${host}:${port} (${reason}): free that port, or set WEBHOOK_HOST and WEBHOOK_PORT to others.`;
}

/** Tells Telegram where to deliver, as soon as there is a network; null once it knows. */
async function announce(options: WebhookOptions): Promise<ExitReason | null> {
  const { address, transport, clock, signal, kinds, log } = options;
  const payload = { url: address.url, secret_token: secretOf(options), allowed_updates: kinds };
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const result = await transport.call("setWebhook", payload, { signal, timeout: CALL_TIMEOUT_MS });
    if (result.kind === "aborted") break;
    if (result.kind === "ok") {
      log("webhook_set");
      return null;
    }
    if (result.kind === "refused") {
      if (result.code !== 400) return endingOf(result);
      const message = `Telegram refuses the webhook (${result.description}): set WEBHOOK_URL to an https address of this bot on port 443, 80, 88 or 8443, or leave it empty for polling.`;
      return { kind: "refused", message };
    }
    log("webhook_not_set", { reason: reasonOf(result) });
    await clock.sleep(result.kind === "wait" ? result.seconds * 1000 : pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  return { kind: "stopped" };
}

const webhookInfo = z.looseObject({
  url: z.string(),
  pending_update_count: z.number().catch(0),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});

/** Looks from time to time whether deliveries arrive, and whether they still go here. */
async function watch({ address, transport, clock, signal, log }: WebhookOptions): Promise<ExitReason> {
  // Errors from before this start are old news.
  let lastError = clock.now() / 1000;
  while (!signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal);
    const result = await transport.call("getWebhookInfo", {}, { signal, timeout: CALL_TIMEOUT_MS });
    if (result.kind === "refused") {
      const ending = endingOf(result);
      if (ending?.kind === "unauthorized") return ending;
    }
    const info = result.kind === "ok" ? webhookInfo.safeParse(result.result) : null;
    if (!info?.success) continue;
    const { url, pending_update_count: waiting, last_error_date: at = 0, last_error_message } = info.data;
    if (url !== address.url) {
      const message =
        "Another program uses the same bot token: its webhook has taken the place of this one's. Stop it, and start again.";
      return { kind: "conflict", message };
    }
    if (at > lastError) log("webhook_error", { error: last_error_message, waiting });
    lastError = Math.max(lastError, at);
  }
  return { kind: "stopped" };
}
