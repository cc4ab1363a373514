import { describe, expect, it } from "vitest";
import { poll } from "../../src/telegram/polling.ts";
import type { CallResult, Payload, Transport } from "../../src/telegram/transport.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Polls through these results, then is stopped. */
async function through(
  script: readonly CallResult[],
  dispatch: (update: unknown) => Promise<void> = async () => {},
) {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const polls: { payload: Payload; at: number }[] = [];
  const log: string[] = [];
  const transport: Transport = {
    async call(_, payload) {
      if (payload.limit === 1) return { kind: "ok", result: [] };
      const result = script[polls.length];
      if (!result) {
        stop.abort();
        return { kind: "aborted" };
      }
      polls.push({ payload, at: clock.now() });
      return result;
    },
    dispatch,
  };
  const ending = await poll({ transport, clock, signal: stop.signal, log: (event) => log.push(event) });
  return { ending, polls, log };
}

const ok = (...ids: number[]): CallResult => ({
  kind: "ok",
  result: ids.map((update_id) => ({ update_id })),
});
const refused = (code: number): CallResult => ({ kind: "refused", code, description: "…" });
const offline: CallResult = { kind: "unsent", reason: "ENOTFOUND" };

describe("polling", () => {
  it("confirms updates once they were taken, and asks only for the kinds it handles", async () => {
    const { polls, ending } = await through([ok(5, 6), ok(), ok(7)]);
    expect(polls.map(({ payload }) => payload.offset)).toEqual([0, 7, 7]);
    expect(polls[0]?.payload.allowed_updates).toEqual([
      "message",
      "edited_message",
      "callback_query",
      "my_chat_member",
    ]);
    expect(ending).toEqual({ kind: "stopped" });
  });

  it("asks again for an update that could not be stored", async () => {
    let tries = 0;
    const { polls } = await through([ok(5, 6, 7), ok(6, 7), ok()], async (update) => {
      if ((update as { update_id: number }).update_id !== 6) return;
      tries += 1;
      if (tries === 1) throw new Error("disk full");
    });
    expect(polls.map(({ payload }) => payload.offset)).toEqual([0, 6, 8]);
  });

  it("ends at a third conflict when it is the newcomer, within 15 seconds", async () => {
    const { ending, polls, log } = await through([refused(409), refused(409), refused(409), ok()]);
    expect(ending).toMatchObject({ kind: "conflict", message: expect.stringContaining("same bot token") });
    expect((polls[2]?.at ?? 0) - (polls[0]?.at ?? 0)).toBeLessThanOrEqual(15_000);
    expect(log).toEqual(["conflict", "conflict"]);
  });

  it("is more patient when it was there first, and still ends within 15 seconds", async () => {
    const { ending, polls } = await through([ok(), ...Array.from({ length: 9 }, () => refused(409))]);
    expect(ending).toMatchObject({ kind: "conflict" });
    expect(polls).toHaveLength(6);
    expect((polls[5]?.at ?? 0) - (polls[1]?.at ?? 0)).toBeLessThanOrEqual(15_000);
  });

  it("is not fooled by updates that reach it between two conflicts", async () => {
    const { ending } = await through([refused(409), ok(5), refused(409), ok(6), refused(409), ok()]);
    expect(ending).toMatchObject({ kind: "conflict" });
  });

  it("forgets conflicts after a minute", async () => {
    const minute: CallResult = { kind: "wait", seconds: 61 };
    const { ending } = await through([refused(409), refused(409), minute, refused(409), refused(409), ok()]);
    expect(ending).toEqual({ kind: "stopped" });
  });

  it.each([401, 404])("ends at %i: the token is not accepted", async (code) => {
    const { ending } = await through([ok(), refused(code)]);
    expect(ending).toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("TELEGRAM_BOT_TOKEN"),
    });
  });

  it("waits without a network, longer each time, and says so once", async () => {
    const { ending, polls, log } = await through([offline, offline, offline, offline, ok(), offline, ok()]);
    expect(ending).toEqual({ kind: "stopped" });
    expect(log).toEqual(["offline", "online", "offline", "online"]);
    const gaps = polls.slice(1).map(({ at }, index) => at - (polls[index]?.at ?? 0));
    expect(gaps.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it("waits as long as Telegram says", async () => {
    const { polls } = await through([{ kind: "wait", seconds: 17 }, ok()]);
    expect((polls[1]?.at ?? 0) - (polls[0]?.at ?? 0)).toBe(17_000);
  });

  it("survives an answer that is no list of updates", async () => {
    const { ending } = await through([
      { kind: "ok", result: { strange: true } },
      { kind: "ok", result: null },
      ok(),
    ]);
    expect(ending).toEqual({ kind: "stopped" });
  });
});

it("says before every step how long it may take, waits that Telegram asks for included", async () => {
  const expected: number[] = [];
  const stop = new AbortController();
  const script: CallResult[] = [ok(5), { kind: "wait", seconds: 400 }];
  const transport: Transport = {
    async call() {
      const result = script.shift();
      if (result) return result;
      stop.abort();
      return { kind: "aborted" };
    },
    dispatch: async () => {},
  };
  await poll({
    transport,
    clock: new VirtualClock(),
    signal: stop.signal,
    log: () => undefined,
    expectWithin: (milliseconds) => expected.push(milliseconds),
  });
  expect(expected.slice(0, 5)).toEqual([65_000, 60_000, 65_000, 60_000, 400_000]);
});
