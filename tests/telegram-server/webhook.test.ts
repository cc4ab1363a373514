/** Webhooks of the fake Bot API. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { call, outcome, type RawUpdate } from "./raw.ts";

const HOOK = "https://bot.example/hook";
let telegram: FakeTelegram;
let server: Server | null = null;
beforeEach(async () => {
  telegram = await startTelegram();
  await telegram.control("webhook", { retry: 30 });
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  expect(await telegram.control("defects")).toEqual([]);
  await telegram.stop();
});

interface Received {
  readonly update: RawUpdate;
  readonly headers: IncomingHttpHeaders;
}

/** A webhook that says these statuses in turn, then 200; gives what it received. */
async function listen(statuses: readonly number[] = [], body = ""): Promise<Received[]> {
  const received: Received[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ update: JSON.parse(Buffer.concat(chunks).toString()), headers: request.headers });
    response.writeHead(statuses[received.length - 1] ?? 200).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await telegram.control("webhook", { from: HOOK, to: `http://127.0.0.1:${port}/in` });
  return received;
}

const pending = () => telegram.control<number>("pending");

describe("a webhook", () => {
  it("gets updates in order with its secret, and no one may poll meanwhile", async () => {
    const received = await listen();
    expect(await outcome(telegram, "setWebhook", { url: HOOK, secret_token: "geheim-1" })).toBe("ok");
    for (const text of ["أ", "ب", "ج"]) await telegram.say(1, text);
    await expect.poll(() => received.length).toBe(3);
    expect(received.map(({ update }) => (update.message as { text: string }).text)).toEqual(["أ", "ب", "ج"]);
    expect(received[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": "geheim-1",
    });
    expect(await outcome(telegram, "getUpdates")).toMatch(
      /^409 Conflict: can't use getUpdates method while webhook is active/,
    );
    expect((await call(telegram, "deleteWebhook")).description).toBe("Webhook was deleted");
    expect((await call(telegram, "deleteWebhook")).description).toBe("Webhook is already deleted");
    expect(await outcome(telegram, "getUpdates")).toBe("ok");
  });

  it("gets an update again until it takes it, and the error is told", async () => {
    const received = await listen([500, 403]);
    await call(telegram, "setWebhook", { url: HOOK, max_connections: 2 });
    await telegram.say(1, "أ");
    await telegram.say(1, "ب");
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(2);
    expect((await call(telegram, "getWebhookInfo")).result).toMatchObject({
      url: HOOK,
      max_connections: 2,
      last_error_message: expect.stringMatching(/^Wrong response from the webhook: (500|403)/),
    });
    await expect.poll(pending).toBe(0);
    const texts = received.map(({ update }) => (update.message as { text: string }).text);
    expect(texts).toEqual(["أ", "أ", "أ", "ب"]);
  });

  it("does not hold up one chat behind another", async () => {
    const received = await listen([500, 500, 500]);
    await call(telegram, "setWebhook", { url: HOOK });
    await telegram.control("webhook", { retry: 5_000 });
    await telegram.say(1, "أ");
    await expect.poll(() => received.length).toBe(1);
    await telegram.say(2, "ب");
    await expect.poll(() => received.length).toBe(2);
    expect(await pending()).toBe(2);
  });

  it("keeps what nobody takes, and gives it to the next who polls", async () => {
    await listen();
    await new Promise((resolve) => server?.close(resolve));
    await call(telegram, "setWebhook", { url: HOOK });
    await telegram.say(1, "أ");
    await expect
      .poll(async () => (await call(telegram, "getWebhookInfo")).result)
      .toMatchObject({ pending_update_count: 1, last_error_message: "Connection refused" });
    await call(telegram, "deleteWebhook");
    expect((await call(telegram, "getUpdates")).result).toHaveLength(1);
    await call(telegram, "setWebhook", { url: HOOK, drop_pending_updates: true });
    expect(await pending()).toBe(0);
  });

  it("may answer with a call", async () => {
    await listen([], JSON.stringify({ method: "sendMessage", chat_id: 1, text: "جواب" }));
    await call(telegram, "setWebhook", { url: HOOK });
    await telegram.say(1, "أ");
    expect((await telegram.sent(1, 1))[0]?.text).toBe("جواب");
  });

  it("ends a poll under way", async () => {
    const waiting = outcome(telegram, "getUpdates", { timeout: 20 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await call(telegram, "setWebhook", { url: HOOK });
    expect(await waiting).toBe("409 Conflict: terminated by setWebhook request");
  });

  it.each([
    ["http://bot.example/", {}, /An HTTPS URL must be provided/],
    ["https://bot.example:8080/", {}, /only on ports 80, 88, 443 or 8443/],
    ["https://bot.invalid/", {}, /Failed to resolve host/],
    [HOOK, { secret_token: "ليس كلمة" }, /secret token contains unallowed characters/],
    [HOOK, { secret_token: "x".repeat(257) }, /secret token is too long/],
    [HOOK, { max_connections: 101 }, /max_connections/],
  ])("at %s with %o is refused", async (url, values, expected) => {
    expect(await outcome(telegram, "setWebhook", { url, ...values })).toMatch(expected);
  });
});
