/** The bot behind a webhook, against the fake Bot API. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import type { CallResult, Transport } from "../../src/telegram/transport.ts";
import { receive } from "../../src/telegram/webhook.ts";
import { plain, type RunningBot, startBot } from "./harness.ts";
import { expectReadable } from "./readable.ts";
import { type FakeTelegram, startTelegram } from "./server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const URL_ = "https://bot.example/hook";
let telegram: FakeTelegram;
let bots: RunningBot[] = [];
beforeEach(async () => {
  telegram = await startTelegram();
  await telegram.control("webhook", { retry: 50 });
});
afterEach(async () => {
  for (const bot of bots) await bot.stop();
  bots = [];
  await telegram.stop();
});

/** A bot behind the public address; `secret` null derives one from the token. */
async function start(options: Partial<TelegramOptions> = {}): Promise<RunningBot> {
  const bot = startBot(telegram, {
    webhook: { url: URL_, host: "127.0.0.1", port: 0, path: null, secret: null },
    ...options,
  });
  bots.push(bot);
  if (options.webhook === null) return bot;
  await expect.poll(() => bot.log.find((line) => line.startsWith("listening"))).toBeDefined();
  const line = bot.log.find((each) => each.startsWith("listening")) ?? "";
  const { port } = JSON.parse(line.slice("listening ".length));
  await telegram.control("webhook", { from: "https://bot.example", to: `http://127.0.0.1:${port}` });
  return bot;
}

const info = async (): Promise<{ url: string }> => {
  const response = await fetch(`${telegram.url}/bot${telegram.token}/getWebhookInfo`);
  return ((await response.json()) as { result: { url: string } }).result;
};

describe("behind a webhook", () => {
  it("answers questions and taps, in order for each person", async () => {
    await start();
    await expect.poll(async () => (await info()).url).toBe(URL_);
    await telegram.say(1, "ماذا حدث في السوق؟");
    await telegram.say(1, "ماذا حدث عند الجسر؟");
    await telegram.say(2, "/start");
    const [market, bridge] = await telegram.sent(1, 2);
    expect(plain(market)).toContain("حي السوق القديم");
    expect(plain(bridge)).toContain("السبت 28 تشرين الأول 2017");
    await telegram.sent(2, 1);
    expect(await telegram.tap(1, market?.message_id ?? 0, { text: "[1]" })).toEqual({
      text: null,
      alert: false,
    });
    const [set] = await telegram.calls("setWebhook");
    expect(set?.values).toMatchObject({
      secret_token: expect.stringMatching(/^[\w-]{43}$/),
      allowed_updates: expect.arrayContaining(["message", "callback_query"]),
    });
    expect(set?.values.secret_token).not.toContain(telegram.token.split(":")[1]);
    await expectReadable(telegram);
  });

  it("answers once, however often an update is delivered", async () => {
    const bot = await start();
    await telegram.say(3, "ماذا حدث في السوق؟");
    await telegram.sent(3, 1);
    const [{ update_id }] = (await telegram.control("deliveries")) as [{ update_id: number }];
    const message = {
      message_id: 1,
      date: 1,
      chat: { id: 3, type: "private" },
      from: { id: 3, is_bot: false, first_name: "ق" },
      text: "ماذا حدث في السوق؟",
    };
    await telegram.control("push", { update: { update_id, message } });
    await expect.poll(() => telegram.control("pending")).toBe(0);
    await bot.stop();
    expect(await telegram.botMessages(3)).toHaveLength(1);
  });

  it("an update that comes while it stops waits in the state, and is answered after the next start", async () => {
    const first = await start({
      answer: (request) =>
        new Promise((_, reject) =>
          request.signal.addEventListener("abort", () => reject(new Error("stopped"))),
        ),
      drain: 100,
    });
    await telegram.say(4, "ماذا حدث في السوق؟");
    await expect.poll(() => telegram.control("pending")).toBe(0);
    expect(await first.stop()).toEqual({ kind: "stopped" });
    // Telegram goes on delivering; nobody is there.
    await telegram.say(4, "ماذا حدث عند الجسر؟");
    await start({ state: first.state });
    const answers = await telegram.sent(4, 2);
    expect(answers.map(plain)).toEqual([
      expect.stringContaining("حي السوق القديم"),
      expect.stringContaining("السبت 28 تشرين الأول 2017"),
    ]);
  });

  it("goes back to polling without losing what waits", async () => {
    const bot = await start();
    await telegram.say(5, "/help");
    await telegram.sent(5, 1);
    await bot.stop();
    expect((await info()).url).toBe(URL_);
    await telegram.say(5, "ماذا حدث في السوق؟");
    await start({ webhook: null });
    expect(plain((await telegram.sent(5, 2)).at(-1))).toContain("حي السوق القديم");
    expect((await info()).url).toBe("");
  });

  it("waits for a network, and says why it cannot be set up", async () => {
    await telegram.fault({ method: "setWebhook", kind: "500" });
    await start();
    await expect.poll(async () => (await info()).url, { timeout: 5_000 }).toBe(URL_);
    const bot = await start({ webhook: { url: "https://bot.example:99/", host: "127.0.0.1", port: 0 } });
    expect(await bot.ended).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("WEBHOOK_URL"),
    });
    const taken = await start();
    const [port] = taken.log.flatMap((line) => /"port":(\d+)/.exec(line)?.[1] ?? []);
    const late = startBot(telegram, { webhook: { url: URL_, host: "127.0.0.1", port: Number(port) } });
    expect(await late.ended).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("WEBHOOK_PORT"),
    });
  });
});

describe("the watch on the webhook", () => {
  /** Runs it against these answers of getWebhookInfo. */
  async function watching(script: readonly CallResult[]) {
    const stop = new AbortController();
    const log: string[] = [];
    let looks = 0;
    const transport: Transport = {
      async call(method) {
        if (method === "setWebhook") return { kind: "ok", result: true };
        const result = script[looks];
        looks += 1;
        if (result) return result;
        stop.abort();
        return { kind: "aborted" };
      },
      dispatch: async () => {},
    };
    const ending = await receive({
      address: { url: URL_, host: "127.0.0.1", port: 0 },
      token: "1:x",
      transport,
      clock: new VirtualClock(),
      signal: stop.signal,
      kinds: [],
      log: (event, details) => log.push(`${event} ${JSON.stringify(details ?? {})}`),
    });
    return { ending, log };
  }
  const look = (fields: Record<string, unknown> = {}): CallResult => ({
    kind: "ok",
    result: { url: URL_, pending_update_count: 0, ...fields },
  });

  it("tells of deliveries that fail, each error once, and goes on", async () => {
    const failed = look({ last_error_date: 2_000, last_error_message: "Connection refused" });
    const { ending, log } = await watching([look(), failed, failed, { kind: "unsent", reason: "…" }, look()]);
    expect(ending).toEqual({ kind: "stopped" });
    expect(log.filter((line) => line.startsWith("webhook_error"))).toEqual([
      'webhook_error {"error":"Connection refused","waiting":0}',
    ]);
  });

  it.each(["", "https://other.example/"])(
    "ends when another program has put %j in its place",
    async (url) => {
      const { ending } = await watching([look(), look({ url })]);
      expect(ending).toMatchObject({ kind: "conflict", message: expect.stringContaining("same bot token") });
    },
  );

  it("ends when the token is revoked", async () => {
    const { ending } = await watching([{ kind: "refused", code: 401, description: "Unauthorized" }]);
    expect(ending).toMatchObject({ kind: "unauthorized" });
  });
});
