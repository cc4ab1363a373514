/**
 * Reads what Telegram delivers to the webhook. An own reader: telegraf's joins the chunks of a body as strings (which
 * breaks Arabic letters that are split between two), has no limit of size, and hangs on the JSON `null`
 * (telegraf 4.16.3, core/network/webhook.js).
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

export interface WebhookServerOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Such as /hook: deliveries elsewhere are not found. */
  readonly path: string;
  /** What Telegram sends with every delivery. */
  readonly secret: string;
  /** Resolves once the update is stored: only then is the delivery confirmed. */
  deliver(update: unknown): Promise<void>;
  log(event: string, details?: Record<string, unknown>): void;
  /** Milliseconds in which a whole request must be there; default 10,000. */
  readonly patience?: number;
}

export interface WebhookServer {
  readonly port: number;
  /** Takes no more; resolves when what was under way is answered, after two seconds at the latest. */
  close(): Promise<void>;
}

/** An update has a few kilobytes; a text of 4,096 characters with all its entities stays far below this. */
const LARGEST_BODY = 1 << 20;
const CLOSING_MS = 2_000;
const PATIENCE_MS = 10_000;
/** Telegram opens at most 100 connections. */
const MOST_CONNECTIONS = 256;

const updateShape = z.looseObject({ update_id: z.number().int() });

/** What a delivery is answered with. */
type Verdict =
  | { readonly kind: "update"; readonly update: unknown }
  | { readonly kind: "refused"; readonly status: number; readonly reason: string };

const refused = (status: number, reason: string): Verdict => ({ kind: "refused", status, reason });

/** Rejects when the address cannot be listened at. */
export async function openWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const patience = options.patience ?? PATIENCE_MS;
  const limits = {
    requestTimeout: patience,
    headersTimeout: Math.min(patience, 5_000),
    connectionsCheckingInterval: Math.min(patience / 2, 1_000),
    keepAliveTimeout: 75_000,
    maxHeaderSize: 16_384,
  };
  let refusals = 0;
  const onRefused = (status: number, reason: string) => {
    refusals += 1;
    // The first, the second, the fourth and so on: whoever knocks all day does not fill the log.
    if (Number.isInteger(Math.log2(refusals)))
      options.log("delivery_refused", { status, reason, times: refusals });
  };
  const server = createServer(limits, (request, response) => {
    take(request, response, { ...options, onRefused }).catch(() => response.destroy());
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  server.on("error", (error) => options.log("webhook_server", { error: error.message }));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebhookServerOptions & { onRefused(status: number, reason: string): void },
): Promise<void> {
  const verdict = headVerdict(request, options) ?? (await readUpdate(request));
  if (verdict.kind === "refused") {
    options.onRefused(verdict.status, verdict.reason);
    // What is left of the body is not waited for; the connection ends with the answer.
    response.setHeader("Connection", "close");
    if (verdict.status === 405) response.setHeader("Allow", "POST");
    response.writeHead(verdict.status).end();
    return;
  }
  try {
    await options.deliver(verdict.update);
    response.writeHead(200).end();
  } catch {
    // Not stored: Telegram delivers it again.
    response.writeHead(500).end();
  }
}

/** What can be refused before the body is read; null when it may be read. */
function headVerdict(request: IncomingMessage, { path, secret }: WebhookServerOptions): Verdict | null {
  const { method, url = "", headers } = request;
  if (url.split("?")[0] !== path) return refused(404, "another path");
  if (method !== "POST") return refused(405, "another method");
  if (!isSecret(headers["x-telegram-bot-api-secret-token"], secret)) return refused(403, "another secret");
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) return refused(415, "no JSON");
  if (headers["content-encoding"] !== undefined) return refused(415, "an encoded body");
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY) return refused(413, "too large");
  return null;
}

/** Compared in constant time: fingerprints have one length. */
function isSecret(given: string | readonly string[] | undefined, secret: string): boolean {
  return typeof given === "string" && timingSafeEqual(fingerprint(given), fingerprint(secret));
}

function fingerprint(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function readUpdate(request: IncomingMessage): Promise<Verdict> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > LARGEST_BODY) return refused(413, "too large");
    chunks.push(bytes);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refused(400, "broken JSON");
  }
  const update = updateShape.safeParse(value);
  return update.success ? { kind: "update", update: update.data } : refused(400, "no update");
}
