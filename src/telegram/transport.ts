/**
 * The only importer of telegraf, used as an HTTP client with an error handler around our own polling: its polling
 * holds the next batch until the slowest handler ends, confirms updates that were lost to a throw, cannot be stopped
 * while it waits to retry, and leaves a half-open connection unnoticed for 500 s (telegraf 4.16.3, core/network).
 */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Telegraf, TelegramError } from "telegraf";
import { z } from "zod";
import { deadlineWithin } from "./clock.ts";

/** What became of one call. */
export type CallResult =
  | { readonly kind: "ok"; readonly result: unknown }
  /** Telegram said no (400, 401, 403, 404, 409 …): it will say so again. */
  | {
      readonly kind: "refused";
      readonly code: number;
      readonly description: string;
      /** The chat that a group has become. */
      readonly movedTo?: string;
    }
  /** 429: nothing was done; the same call may be made after this time. */
  | { readonly kind: "wait"; readonly seconds: number }
  /** Nothing reached Telegram, or it answered that it could not: the same call may be made again. */
  | { readonly kind: "unsent"; readonly reason: string }
  /** The connection broke, or a gateway gave up, after the call was on its way: it may have been done. */
  | { readonly kind: "unknown"; readonly reason: string }
  | { readonly kind: "aborted" };

export type Payload = Readonly<Record<string, unknown>>;

/** A file to upload: becomes multipart, where telegraf drops every object that is not a string. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the call is given up. */
  readonly timeout?: number;
  readonly upload?: Upload;
}

export interface Transport {
  call(method: string, payload: Payload, options: CallOptions): Promise<CallResult>;
  /** Hands an update to the handler; rejects when the handler threw, after `onError` heard of it. */
  dispatch(update: unknown): Promise<void>;
}

export interface TransportOptions {
  readonly token: string;
  /** Such as https://api.telegram.org; a path and a missing slash at its end are both kept right. */
  readonly apiRoot: string;
  handle(update: unknown): Promise<void>;
  onError(error: unknown): void;
}

const CALL_TIMEOUT_MS = 65_000;

export function openTransport({ token, apiRoot, handle, onError }: TransportOptions): Transport {
  const root = normalizeApiRoot(apiRoot);
  const bot = new Telegraf(token, {
    handlerTimeout: Number.POSITIVE_INFINITY,
    telegram: { apiRoot: root, webhookReply: false },
  });
  // No kept-alive connections: a stale one breaks after the request is written, and then nobody knows its fate.
  // Set here, because telegraf drops the agent it is given for http: addresses.
  const agent = { keepAlive: false };
  bot.telegram.options.agent = root.startsWith("https:") ? new HttpsAgent(agent) : new HttpAgent(agent);
  // Without it telegraf asks getMe before the first update; nothing here reads it.
  bot.botInfo = {
    id: Number(token.split(":")[0]) || 0,
    is_bot: true,
    first_name: "",
    username: "",
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  };
  bot.use((context) => handle(context.update));
  bot.catch((error) => {
    onError(error);
    // Rejecting keeps the update unconfirmed, so that Telegram delivers it again.
    throw error;
  });

  return {
    async call(method, payload, { signal, timeout = CALL_TIMEOUT_MS, upload }) {
      if (signal.aborted) return { kind: "aborted" };
      const deadline = deadlineWithin(signal, timeout);
      try {
        const body = upload ? multipart(payload, upload) : payload;
        const result = await bot.telegram.callApi(method as never, body as never, {
          signal: deadline.signal as never,
        });
        return { kind: "ok", result };
      } catch (error) {
        if (signal.aborted) return { kind: "aborted" };
        if (deadline.expired) return { kind: "unknown", reason: `no answer within ${timeout / 1000} s` };
        return classify(error, token);
      } finally {
        deadline.end();
      }
    },
    async dispatch(update) {
      await bot.handleUpdate(update as never);
    },
  };
}

/** The address with exactly one slash at its end: `new URL("./bot…", root)` would drop the last part without it. */
export function normalizeApiRoot(apiRoot: string): string {
  return `${apiRoot.trim().replace(/\/+$/, "")}/`;
}

function multipart(payload: Payload, { field, name, bytes }: Upload): Payload {
  const flat: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(payload)) {
    flat[key] = typeof value === "object" && value !== null ? JSON.stringify(value) : value;
  }
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { ...flat, [field]: { source, filename: name } };
}

const failedResponse = z.object({
  error_code: z.number(),
  description: z.string().catch(""),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .optional()
    .catch(undefined),
});

/** Errors of the resolver and of connect(): the request was never written. */
const NEVER_REACHED = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function classify(error: unknown, token: string): CallResult {
  if (error instanceof TelegramError) {
    const failed = failedResponse.safeParse(error.response);
    if (!failed.success) return { kind: "unknown", reason: "an answer that is none of the Bot API's" };
    const { error_code: code, description, parameters } = failed.data;
    if (code === 429) return { kind: "wait", seconds: parameters?.retry_after ?? 5 };
    // A gateway's answer says nothing of what the server behind it did.
    if (code === 502 || code === 504) return { kind: "unknown", reason: `${code} ${description}` };
    if (code >= 500) return { kind: "unsent", reason: `${code} ${description}` };
    const moved = parameters?.migrate_to_chat_id;
    return { kind: "refused", code, description, ...(moved !== undefined && { movedTo: String(moved) }) };
  }
  const reason = redact(error instanceof Error ? error.message : String(error), token);
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
  return NEVER_REACHED.has(code ?? "") ? { kind: "unsent", reason } : { kind: "unknown", reason };
}

function redact(text: string, token: string): string {
  return text.replaceAll(token, "[token]").replace(/bot\d+:[\w-]+/g, "bot[token]");
}
