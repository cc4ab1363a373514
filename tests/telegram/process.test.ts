/** The bot as a process that is killed, and two of them at once. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DELIVERY_UNCERTAIN } from "../../src/phrases/telegram.ts";
import { plain, useTelegram } from "./harness.ts";

const ROOT = join(import.meta.dirname, "../..");
const CHATS = 40;
const QUESTIONS = 4;

let dist = "";
let folder = "";
const telegram = await useTelegram();

beforeAll(async () => {
  // Inside the project, so that its packages are found.
  mkdirSync(join(ROOT, "node_modules/.cache"), { recursive: true });
  dist = mkdtempSync(join(ROOT, "node_modules/.cache/isnad-process-"));
  folder = mkdtempSync(join(tmpdir(), "isnad-process-"));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const project = join(import.meta.dirname, "tsconfig.process.json");
  // The types are checked elsewhere; here only the code that comes out counts.
  spawnSync(process.execPath, [tsc, "-p", project, "--outDir", dist], { stdio: "ignore" });
});
afterAll(() => {
  rmSync(dist, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

interface BotProcess {
  readonly child: ChildProcess;
  readonly output: { out: string; log: string };
  readonly exit: Promise<number | null>;
}

function startProcess(stateFile: string): BotProcess {
  const script = join(import.meta.dirname, "bot-process.mjs");
  const child = spawn(process.execPath, [script, dist, telegram.url, telegram.token, stateFile]);
  const output = { out: "", log: "" };
  child.stdout.on("data", (chunk) => {
    output.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.log += chunk;
  });
  return { child, output, exit: new Promise((resolve) => child.once("exit", resolve)) };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  await expect.poll(condition, { timeout: 50_000, interval: 50 }).toBe(true);
}

const answersSoFar = async (): Promise<number> => {
  const sent = await telegram.calls("sendMessage");
  return sent.filter(({ ok }) => ok).length;
};

describe("killed three times while 40 people ask", () => {
  it("answers no question twice, and leaves none without an answer or a word", async () => {
    const stateFile = join(folder, "state.sqlite");
    let running = startProcess(stateFile);
    for (let question = 0; question < QUESTIONS; question += 1) {
      for (let chat = 1; chat <= CHATS; chat += 1)
        await telegram.say(chat, `سؤال ${question} من ${chat}${"ـ".repeat(chat % 7)}`);
    }
    for (const answered of [20, 50, 90]) {
      await until(async () => (await answersSoFar()) >= answered);
      running.child.kill("SIGKILL");
      await running.exit;
      running = startProcess(stateFile);
    }
    const chats = Array.from({ length: CHATS }, (_, index) => index + 1);
    // Every question has its answer, or its chat a word that one may be missing.
    await until(async () => {
      const counts = await Promise.all(chats.map(async (chat) => (await telegram.botMessages(chat)).length));
      return counts.every((count) => count >= QUESTIONS);
    });
    running.child.kill("SIGTERM");
    expect(await running.exit).toBe(0);

    for (const chat of chats) {
      const texts = (await telegram.botMessages(chat)).map(plain);
      const answers = texts.filter((text) => text.startsWith("جواب"));
      const words = texts.filter((text) => text === DELIVERY_UNCERTAIN);
      expect(new Set(answers).size, `twice in chat ${chat}`).toBe(answers.length);
      expect(answers.length + words.length, `lost in chat ${chat}`).toBeGreaterThanOrEqual(QUESTIONS);
      const numbers = answers.map((text) => text.split(" ")[2]);
      expect(numbers, `order in chat ${chat}`).toEqual([...numbers].sort());
    }
  });
});

describe("two at once", () => {
  it("one of them ends with one clear line and exit 1, the other goes on", async () => {
    const [first, second] = [
      startProcess(join(folder, "first.sqlite")),
      startProcess(join(folder, "second.sqlite")),
    ];
    const ended = await Promise.race([first.exit.then(() => first), second.exit.then(() => second)]);
    expect(await ended.exit).toBe(1);
    expect(JSON.parse(ended.output.out)).toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("same bot token"),
    });
    const left = ended === first ? second : first;
    await telegram.say(900, "سؤال");
    await telegram.sent(900, 1);
    left.child.kill("SIGTERM");
    expect(await left.exit).toBe(0);
  });
});
