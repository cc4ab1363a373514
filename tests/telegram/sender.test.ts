import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { makeSender, type SendJob } from "../../src/telegram/sender.ts";
import type { CallResult, Transport } from "../../src/telegram/transport.ts";
import { VirtualClock } from "./virtual-clock.ts";

interface Sent {
  readonly chat: string;
  readonly text: unknown;
  readonly at: number;
}

/** A sender over a transport that answers as the script says, "ok" when it says nothing. */
function setUp(script: (text: unknown, times: number) => CallResult | undefined = () => undefined) {
  const clock = new VirtualClock();
  const sent: Sent[] = [];
  const times = new Map<unknown, number>();
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const transport: Transport = {
    async call(_, { chat_id, text }) {
      const count = (times.get(text) ?? 0) + 1;
      times.set(text, count);
      const result = script(text, count) ?? { kind: "ok", result: null };
      sent.push({ chat: String(chat_id), text, at: clock.now() });
      return result;
    },
    async dispatch() {},
  };
  const sender = makeSender({ transport, clock, signal: stop.signal, log: () => undefined });
  const send = (chat: string, text: string, fields: Partial<SendJob> = {}) =>
    sender.send({
      chat,
      method: "sendMessage",
      payload: { chat_id: chat, text },
      idempotent: false,
      ...fields,
    });
  return { clock, sent, send, stop };
}

/** The most calls in any stretch of this length. */
function densest(times: readonly number[], milliseconds: number): number {
  return Math.max(
    ...times.map((start) => times.filter((at) => at >= start && at < start + milliseconds).length),
  );
}

describe("the sender", () => {
  it("keeps the order of a chat", async () => {
    const { sent, send } = setUp();
    await Promise.all(["a", "b", "c", "d", "e", "f", "g"].map((text) => send("1", text)));
    expect(sent.map(({ text }) => text)).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  it("sends a chat one message a second in the long run, with a short burst", async () => {
    const { sent, send } = setUp();
    await Promise.all(Array.from({ length: 30 }, (_, index) => send("1", `${index}`)));
    const times = sent.map(({ at }) => at);
    expect(densest(times, 5_000)).toBe(5);
  });

  it("sends a group at most 20 messages a minute", async () => {
    const { sent, send } = setUp();
    await Promise.all(Array.from({ length: 50 }, (_, index) => send("-100", `${index}`)));
    expect(
      densest(
        sent.map(({ at }) => at),
        60_000,
      ),
    ).toBe(20);
  });

  it("sends at most 25 messages a second to all chats together, spread over the second", async () => {
    const { sent, send } = setUp();
    await Promise.all(Array.from({ length: 200 }, (_, index) => send(`${index + 1}`, `${index}`)));
    expect(
      densest(
        sent.map(({ at }) => at),
        1_000,
      ),
    ).toBe(25);
    expect(
      densest(
        sent.map(({ at }) => at),
        200,
      ),
    ).toBe(5);
  });

  it("obeys 429 for that chat alone, and then sends the same message", async () => {
    const { sent, send } = setUp((text, times) =>
      text === "a" && times === 1 ? { kind: "wait", seconds: 30 } : undefined,
    );
    await Promise.all([send("1", "a"), send("1", "b"), send("2", "c"), send("2", "d")]);
    const at = (text: string) => sent.filter((each) => each.text === text).at(-1)?.at ?? 0;
    expect(sent.map(({ text }) => text)).toEqual(["a", "c", "d", "a", "b"]);
    expect(at("a") - at("c")).toBeGreaterThanOrEqual(30_000);
  });

  it("holds everything back when several chats are told to wait", async () => {
    const held = new Set(["a", "b", "c"]);
    const { sent, send } = setUp((text, times) =>
      held.has(String(text)) && times === 1 ? { kind: "wait", seconds: 10 } : undefined,
    );
    await Promise.all(
      [send("1", "a"), send("2", "b"), send("3", "c")].concat(send("4", "d").then(() => send("4", "e"))),
    );
    const at = (text: string) => sent.filter((each) => each.text === text).at(-1)?.at ?? 0;
    expect(at("a")).toBeGreaterThanOrEqual((sent[0]?.at ?? 0) + 10_000);
  });

  it("tries again what never reached Telegram", async () => {
    const { sent, send } = setUp((_, times) =>
      times < 4 ? { kind: "unsent", reason: "ECONNREFUSED" } : undefined,
    );
    expect(await send("1", "a")).toEqual({ kind: "ok", result: null });
    expect(sent).toHaveLength(4);
  });

  it("never repeats a message whose fate is unknown", async () => {
    const { sent, send } = setUp(() => ({ kind: "unknown", reason: "ECONNRESET" }));
    expect(await send("1", "a")).toEqual({ kind: "unknown", reason: "ECONNRESET" });
    expect(sent).toHaveLength(1);
  });

  it("repeats an edit whose fate is unknown: twice is the same as once", async () => {
    const { sent, send } = setUp((_, times) =>
      times < 3 ? { kind: "unknown", reason: "ECONNRESET" } : undefined,
    );
    expect(await send("1", "a", { idempotent: true })).toEqual({ kind: "ok", result: null });
    expect(sent).toHaveLength(3);
  });

  it("gives up what waits when it is stopped", async () => {
    const { sent, send, stop } = setUp(() => ({ kind: "wait", seconds: 1_000 }));
    const result = send("1", "a");
    const next = send("1", "b");
    setImmediate(() => stop.abort());
    expect([await result, await next]).toEqual([{ kind: "aborted" }, { kind: "aborted" }]);
    expect(sent.every(({ text }) => text === "a")).toBe(true);
  });

  it("says when an attempt leaves, and when it is certain to have done nothing", async () => {
    const { send } = setUp((_, times) =>
      times < 3 ? { kind: "unsent", reason: "x" } : times === 3 ? { kind: "wait", seconds: 1 } : undefined,
    );
    const said: string[] = [];
    await send("1", "a", {
      before: async () => void said.push("leaves"),
      undone: async () => void said.push("undone"),
    });
    expect(said.join(" ")).toBe("leaves undone leaves undone leaves undone leaves");
  });
});
