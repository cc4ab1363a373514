/** A disk that is full or read-only, and a clock that jumps: a clear line, a safe state, and on it goes. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openState } from "../../src/state/sqlite.ts";
import { buildStore } from "../../src/store/build.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Clock } from "../../src/telegram/clock.ts";
import { makeSender } from "../../src/telegram/sender.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "../store/samples.ts";
import { startBot } from "../telegram/harness.ts";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";

/** A file system of its own in memory, of so many kilobytes, or why there is none. */
function mountSmall(kilobytes: number): { folder: string; reason: string | null } {
  const folder = mkdtempSync(join(tmpdir(), "isnad-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder], { stdio: "ignore" });
    return { folder, reason: null };
  } catch {
    return { folder, reason: "no file system can be mounted here" };
  }
}

const disk = mountSmall(2048);
const filler = join(disk.folder, "filler");
const fill = (): void => {
  for (const size of [1 << 16, 1 << 12, 256])
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
    } catch {}
};
const free = (): void => rmSync(filler, { force: true });
afterEach(free);
const remount = (mode: "ro" | "rw"): void => {
  execFileSync("mount", ["-o", `remount,${mode}`, disk.folder]);
};
if (disk.reason !== null) console.warn(`full and read-only disks are not tried: ${disk.reason}`);
afterAll(() => {
  if (disk.reason === null) execFileSync("umount", ["-l", disk.folder]);
  rmSync(disk.folder, { recursive: true, force: true });
});

function build(indexDir: string, texts: number) {
  const body = Array.from({ length: texts }, (_, n) => `جملة رقم ${n} عن الحميدية في 2017-10-29`).join("\n");
  return buildStore({
    indexDir,
    reports: [sampleReport("000_a", body)],
    passagesOf: samplePassages,
    embedder: new FakeEmbedder(),
    versions: SAMPLE_VERSIONS,
    corpus: `of ${texts}`,
    now: () => "2026-01-01T00:00:00.000Z",
  });
}

async function passagesIn(indexDir: string): Promise<number> {
  const store = await openStore({ indexDir });
  const refs = await store.select({});
  expect(await store.passages(refs)).toHaveLength(refs.length);
  await store.close();
  return refs.length;
}

describe.skipIf(disk.reason !== null)("on a full disk", () => {
  it("a build says so with the remedy, the old index answers on, and the next build succeeds", async () => {
    const indexDir = join(disk.folder, "index");
    await build(indexDir, 20);
    fill();
    await expect(build(indexDir, 400)).rejects.toThrow(/free some disk space.* try again\.$/);
    expect(await passagesIn(indexDir)).toBe(20);
    free();
    await build(indexDir, 40);
    expect(await passagesIn(indexDir)).toBe(40);
    rmSync(indexDir, { recursive: true });
  });

  it("an update is not acknowledged, and what was stored before is there when there is room again", async () => {
    const file = join(disk.folder, "state", "state.sqlite");
    const state = openState(file);
    const payload = JSON.stringify("ـ".repeat(3_000));
    let accepted = 0;
    fill();
    for (let id = 1; id <= 200; id += 1) {
      const stored = await state.accept({ id, chat: "7", payload, receivedAt: id }).then(
        () => true,
        (error: Error) => {
          expect(error.message).toMatch(/free some space.* try again\.$/);
          return false;
        },
      );
      if (!stored) break;
      accepted = id;
    }
    expect(accepted).toBeLessThan(200);
    free();
    expect(await state.accept({ id: 999, chat: "7", payload, receivedAt: 999 })).toBe(true);
    expect(await state.unanswered()).toHaveLength(accepted + 1);
    await state.close();
    rmSync(join(disk.folder, "state"), { recursive: true });
  });
});

describe.skipIf(disk.reason !== null)("on a read-only disk", () => {
  it("a build and a state say so with the remedy, and the index can be asked", async () => {
    const indexDir = join(disk.folder, "index");
    await build(indexDir, 20);
    mkdirSync(join(disk.folder, "state"));
    remount("ro");
    await expect(build(indexDir, 21)).rejects.toThrow(/may write in it, or set INDEX_DIR to another\.$/);
    expect(() => openState(join(disk.folder, "state", "state.sqlite"))).toThrow(/Check STATE_DIR\.$/);
    expect(await passagesIn(indexDir)).toBe(20);
    remount("rw");
    await build(indexDir, 21);
    expect(await passagesIn(indexDir)).toBe(21);
    rmSync(indexDir, { recursive: true });
  });
});

describe.skipIf(disk.reason !== null)("a bot whose disk fills up", () => {
  let telegram: FakeTelegram;
  beforeAll(async () => {
    telegram = await startTelegram();
  });
  afterAll(() => telegram.stop());

  it("answers each question once when there is room again, whenever it was asked", async () => {
    const state = openState(join(disk.folder, "bot", "state.sqlite"));
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bot = startBot(telegram, {
      state,
      async answer({ text }) {
        if (text === "قبل") await released;
        return { kind: "help", lines: [`جواب: ${text}`], offers: [], scope: { dates: [], places: [] } };
      },
    });
    await telegram.say(1, "قبل");
    await expect.poll(async () => (await state.unanswered()).length).toBe(1);
    fill();
    release();
    await telegram.say(2, `أثناء ${"ـ".repeat(2_000)}`);
    await expect.poll(() => bot.log.join("\n")).toMatch(/state not written, waiting .*(?:full|disk)/);
    free();
    expect(await telegram.sent(1, 1)).toHaveLength(1);
    expect(await telegram.sent(2, 1)).toHaveLength(1);
    await bot.stop();
    expect(await telegram.botMessages(1)).toHaveLength(1);
    expect(await telegram.botMessages(2)).toHaveLength(1);
    expect(await state.undelivered()).toEqual([]);
    await state.close();
  });
});

describe("a clock that is set back", () => {
  it.each([3_600_000, 86_400_000])("by %i ms holds no message back longer than its limit", async (jump) => {
    let now = 1_700_000_000_000;
    const slept: number[] = [];
    const clock: Clock = {
      now: () => now,
      async sleep(milliseconds) {
        slept.push(milliseconds);
        now += milliseconds;
      },
    };
    let told = 0;
    const sender = makeSender({
      clock,
      signal: new AbortController().signal,
      log: () => undefined,
      transport: {
        async call() {
          told += 1;
          return told === 3 ? { kind: "wait", seconds: 2 } : { kind: "ok", result: {} };
        },
        dispatch: async () => undefined,
      },
    });
    const send = () => sender.send({ chat: "1", method: "sendMessage", payload: {}, idempotent: false });
    for (let n = 0; n < 4; n += 1) await send();
    now -= jump;
    for (let n = 0; n < 8; n += 1) expect(await send()).toMatchObject({ kind: "ok" });
    expect(Math.max(...slept)).toBeLessThanOrEqual(5_000);
  });
});
