import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { followIndex, liveSources, pause } from "../../src/commands/live.ts";
import { watchFolder } from "../../src/commands/watch.ts";
import { watchFiles } from "../../src/store/watch.ts";

let dir: string;
let stop: AbortController;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "live-"));
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await rm(dir, { recursive: true, force: true });
});

/** A collection that can be told from others by its ids. */
function collection(id: string, closed: string[] = []): Sources {
  return { reportIds: [id], store: { close: async () => void closed.push(id) } } as unknown as Sources;
}

const until = async (holds: () => boolean) => {
  for (let waited = 0; !holds() && waited < 400; waited += 1) await pause(25, new AbortController().signal);
  expect(holds()).toBe(true);
};

describe("a collection that is replaced while it answers", () => {
  it("gives the newest to the next question and leaves a question under way its own", async () => {
    const closed: string[] = [];
    const live = liveSources(collection("old", closed));
    const underWay = { ...live.sources };
    live.replace(collection("new", closed));
    expect(live.sources.reportIds).toEqual(["new"]);
    expect(underWay.reportIds).toEqual(["old"]);
    expect(closed).toEqual([]);
    await live.close();
    expect(closed.sort()).toEqual(["new", "old"]);
  });

  it("follows an index that another process builds, and stays where the new one cannot be opened", async () => {
    const live = liveSources(collection("0"));
    const problems: string[] = [];
    let opened = 0;
    const following = followIndex({
      index: watchFiles(dir),
      live,
      open: async () => {
        opened += 1;
        if (opened === 1) throw new Error("damaged");
        return collection(String(opened));
      },
      onSwitch: () => undefined,
      onProblem: (message) => problems.push(message),
      signal: stop.signal,
      every: 10,
    });
    await pause(50, stop.signal);
    await writeFile(join(dir, "current.json"), "1");
    await until(() => problems.length === 1);
    expect(live.sources.reportIds).toEqual(["0"]);
    await writeFile(join(dir, "current.json"), "2");
    await until(() => live.sources.reportIds[0] === "2");
    stop.abort();
    await following;
    await live.close();
  });
});

describe("a folder that is followed", () => {
  it.each([
    ["is taken up at once when files have changed since the last update", async () => true],
    [
      "is taken up at once when nobody can tell whether they have",
      () => Promise.reject(new Error("no disk")),
    ],
  ])("%s", async (_, isBehind) => {
    const updates: string[] = [];
    const watching = watchFolder({
      ...{ dir, isBehind, signal: stop.signal, rest: 10, every: 60_000 },
      update: async () => updates.push("update") > 0,
      onProblem: () => undefined,
    });
    await until(() => updates.length === 1);
    await pause(100, stop.signal);
    expect(updates).toHaveLength(1);
    stop.abort();
    await watching;
  });

  it("is looked at again while it cannot be taken up yet", async () => {
    let asked = 0;
    const watching = watchFolder({
      ...{ dir, isBehind: async () => true, signal: stop.signal, rest: 10, every: 20 },
      update: async () => ++asked === 3,
      onProblem: () => undefined,
    });
    await until(() => asked === 3);
    await pause(100, stop.signal);
    expect(asked).toBe(3);
    stop.abort();
    await watching;
  });

  it("is taken up once its files are at rest, again after a failure, and not without a change", async () => {
    const updates: string[] = [];
    const problems: string[] = [];
    const watching = watchFolder({
      dir,
      update: async () => {
        updates.push("update");
        if (updates.length === 1) throw new Error("full disk");
        return true;
      },
      onProblem: (message) => problems.push(message),
      signal: stop.signal,
      rest: 150,
      every: 50,
    });
    await pause(100, stop.signal);
    for (let piece = 0; piece < 6; piece += 1) {
      await appendFile(join(dir, "half.txt"), "نص ");
      await pause(60, stop.signal);
    }
    expect(updates).toEqual([]);
    await until(() => updates.length === 1);
    expect(problems).toEqual(["full disk"]);
    await pause(300, stop.signal);
    expect(updates).toHaveLength(1);
    await rm(join(dir, "half.txt"));
    await until(() => updates.length === 2);
    stop.abort();
    await watching;
  });
});
