import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeWatchdog } from "../../src/telegram/watchdog.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether the watchdog has given up by now. */
async function hasStalled(stalled: Promise<unknown>): Promise<boolean> {
  return (await Promise.race([stalled.then(() => true), Promise.resolve().then(() => false)])) as boolean;
}

describe("the watchdog", () => {
  it("gives up when a step takes longer than was expected of it, and says so in one line", async () => {
    const watchdog = makeWatchdog(1_000);
    watchdog.expectWithin(65_000);
    await vi.advanceTimersByTimeAsync(65_500);
    expect(await hasStalled(watchdog.stalled)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await watchdog.stalled).toEqual({
      kind: "stalled",
      message: "Polling has not moved for 66 s: the program ends, so that it can be started anew.",
    });
  });

  it("is content as long as one step follows the other", async () => {
    const watchdog = makeWatchdog(1_000);
    for (let step = 0; step < 100; step += 1) {
      watchdog.expectWithin(5_000);
      await vi.advanceTimersByTimeAsync(5_900);
    }
    expect(await hasStalled(watchdog.stalled)).toBe(false);
  });

  it("watches nothing once it is stopped", async () => {
    const watchdog = makeWatchdog(1_000);
    watchdog.expectWithin(1_000);
    watchdog.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await hasStalled(watchdog.stalled)).toBe(false);
  });
});
