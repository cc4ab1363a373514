/** Polling, rates and faults of the fake Bot API. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { call, outcome, type RawUpdate, takeUpdates } from "./raw.ts";

let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
});
beforeEach(async () => {
  await takeUpdates(telegram);
});
afterAll(async () => {
  expect(await telegram.control("defects")).toEqual([]);
  await telegram.stop();
});

describe("polling", () => {
  it("asks for kinds by name, and remembers which", async () => {
    await call(telegram, "getUpdates", { allowed_updates: ["callback_query"] });
    await telegram.say(1, "أ");
    expect((await call(telegram, "getUpdates")).result).toEqual([]);
    await call(telegram, "getUpdates", { allowed_updates: [] });
    await telegram.say(1, "ب");
    const chat = { id: 1, type: "private" };
    const message_reaction_count = { chat, message_id: 1, date: 1, reactions: [] };
    await telegram.control("push", { update: { message_reaction_count } });
    const { result } = await call(telegram, "getUpdates", { limit: 200 });
    expect((result as RawUpdate[]).map(({ message }) => (message as { text: string }).text)).toEqual(["ب"]);
  });

  it("returns when its time is over, and is not answered when the client has gone", async () => {
    expect((await call(telegram, "getUpdates", { timeout: 1 })).result).toEqual([]);
    const gone = new AbortController();
    const url = `${telegram.url}/bot${telegram.token}/getUpdates?timeout=20`;
    const waiting = fetch(url, { signal: gone.signal }).catch(() => "gone");
    await new Promise((resolve) => setTimeout(resolve, 100));
    gone.abort();
    expect(await waiting).toBe("gone");
    await telegram.say(1, "أ");
    expect((await call(telegram, "getUpdates")).result).toHaveLength(1);
  });

  it("ignores an offset far beyond the last update", async () => {
    await telegram.say(1, "أ");
    const [update] = (await call(telegram, "getUpdates")).result as RawUpdate[];
    await call(telegram, "getUpdates", { offset: (update?.update_id ?? 0) + 1_000 });
    expect((await call(telegram, "getUpdates")).result).toHaveLength(1);
  });
});

describe("rates", () => {
  it("let a burst pass, and then say how long to wait, for that chat alone", async () => {
    await telegram.control("rates", { chat: { count: 2, ms: 3_000 } });
    for (const chat of [1, 2]) await telegram.say(chat, "أ");
    const send = (chat: number) => call(telegram, "sendMessage", { chat_id: chat, text: "ن" });
    expect((await send(1)).ok && (await send(1)).ok).toBe(true);
    const { error_code, description, parameters } = await send(1);
    expect(error_code).toBe(429);
    expect(description).toBe(`Too Many Requests: retry after ${parameters?.retry_after}`);
    expect((await send(2)).ok).toBe(true);
    await telegram.control("rates", { on: false });
    expect((await send(1)).ok).toBe(true);
  });
});

describe("faults", () => {
  it.each([
    ["429", /^429 Too Many Requests: retry after 1/, 0],
    ["500", /^500 Internal Server Error/, 0],
    ["403", /^403 Forbidden/, 0],
    ["409", /^409 Conflict/, 0],
    ["502", /no JSON/, 0],
    ["garbage", /no JSON/, 0],
    ["reset", /broken/, 0],
    ["reset_after", /broken/, 1],
    ["truncate", /broken/, 1],
    ["hang", /gave up/, 0],
    ["hang_after", /gave up/, 1],
    ["slow", /^ok/, 1],
  ])("%s: %s, %i messages arrive", async (kind, expected, messages) => {
    const chat = 3;
    await telegram.say(chat, "أ");
    const before = (await telegram.botMessages(chat)).length;
    await telegram.fault({ method: "sendMessage", kind, ms: 20 });
    const said = await fetch(`${telegram.url}/bot${telegram.token}/sendMessage?chat_id=${chat}&text=x`, {
      signal: AbortSignal.timeout(400),
    })
      .then((response) => response.text())
      .then(
        (text) => {
          if (!text.startsWith("{")) return "no JSON";
          const { ok, error_code, description } = JSON.parse(text);
          return ok ? "ok" : `${error_code} ${description}`;
        },
        (error: Error) => (error.name === "TimeoutError" ? "gave up" : "broken"),
      );
    expect(said).toMatch(expected);
    expect((await telegram.botMessages(chat)).length - before).toBe(messages);
    expect(await outcome(telegram, "sendMessage", { chat_id: chat, text: "x" })).toBe("ok");
  });
});
