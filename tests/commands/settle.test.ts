/** What an update leaves for later is done when nothing has changed for a while, and never stands in the way of a change. */
import { describe, expect, it } from "vitest";
import { Settling } from "../../src/commands/settle.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Notes what happens; a settling goes on until it is stopped or `finish` is called. */
function noted(after: number) {
  const said: string[] = [];
  let finish = (_: Error | null): void => undefined;
  const settling = new Settling({
    after,
    onProblem: (message) => said.push(`problem: ${message}`),
    settle: async (signal) => {
      said.push("settles");
      const error = await new Promise<Error | null>((resolve) => {
        finish = resolve;
        signal.addEventListener("abort", () => resolve(new Error("aborted")), { once: true });
      });
      said.push(signal.aborted ? "stopped" : "settled");
      if (error) throw error;
    },
  });
  const until = async (word: string): Promise<void> => {
    for (let tries = 0; !said.includes(word) && tries < 500; tries += 1) await pause(10);
    expect(said).toContain(word);
  };
  return { said, settling, until, finish: (error: Error | null = null) => finish(error) };
}

const change = (name: string, said: string[]) => async () => void said.push(name);

describe("what can wait", () => {
  it("begins after the changes, once for all of them, and not again without another", async () => {
    const { said, settling, until, finish } = noted(30);
    await Promise.all(["a", "b"].map((name) => settling.change(change(name, said))));
    await until("settles");
    finish();
    await until("settled");
    await pause(100);
    expect(said).toEqual(["a", "b", "settles", "settled"]);
  });

  it("is stopped before the next change is made, and begins again after it", async () => {
    const { said, settling, until, finish } = noted(30);
    await settling.change(change("a", said));
    await until("settles");
    await settling.change(change("b", said));
    expect(said).toEqual(["a", "settles", "stopped", "b"]);
    await pause(60);
    finish();
    await until("settled");
    expect(said.slice(4)).toEqual(["settles", "settled"]);
  });

  it("does not begin while a change is under way", async () => {
    const { said, settling } = noted(20);
    const slow = settling.change(() => pause(150).then(change("slow", said)));
    await settling.change(change("quick", said));
    await slow;
    expect(said).toEqual(["quick", "slow"]);
    await settling.stop();
    await pause(60);
    expect(said).toEqual(["quick", "slow"]);
  });

  it("tells what it could not do; a change that fails tells whoever made it", async () => {
    const { settling, until, finish } = noted(20);
    await expect(settling.change(() => Promise.reject(new Error("full disk")))).rejects.toThrow("full disk");
    await until("settles");
    finish(new Error("no room"));
    await until("problem: no room");
  });
});
