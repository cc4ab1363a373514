/** A long run: memory, handles and listeners come to rest, and the last questions are answered as fast as the first. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../five-reports.ts";
import { completion, type ScriptedServer, startScriptedServer } from "../openai-server/server.ts";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { shownTo } from "./injections/obedient.ts";
import { compile, type Program, type Programs } from "./kills/programs.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";
import { makeRandom } from "./random.ts";

const QUESTIONS = FULL ? Number(process.env.HARNESS_QUESTIONS ?? 5_000) : 40;
const UPDATES = Math.round(QUESTIONS / 10);
const AT_ONCE = 4;
const POINTS = 20;
/** Chats that ask in turn: Telegram takes about a message a second of each. */
const CHATS = 200;

const random = makeRandom(SEED);
const questions = ["own.jsonl", "review.jsonl"].flatMap((name) =>
  readFileSync(join(ROOT, "tests/questions", name), "utf8")
    .trim()
    .split("\n")
    .map((line) => String((JSON.parse(line) as { question: string }).question)),
);

let programs: Programs;
let telegram: FakeTelegram;
let model: ScriptedServer;
beforeAll(async () => {
  programs = compile(["tests/reliability/soak/bot"]);
  telegram = await startTelegram({ plain: true });
  model = await startScriptedServer();
  model.play((request) => {
    const [passage] = shownTo(request).passages;
    const text = (passage?.text ?? "").replace(/\s+/g, " ").trim();
    return completion(
      JSON.stringify({
        claims: [{ text, citations: [{ passage: passage?.id ?? "", quote: passage?.text ?? "" }] }],
      }),
    );
  });
});
afterAll(async () => {
  await telegram.stop();
  await model.close();
  programs.remove();
});

interface Measure {
  readonly rss: number;
  readonly heap: number;
  readonly handles: number;
  readonly listeners: number;
}

/** Writes a line to the bot and waits for the one that answers it. */
async function order(bot: Program, line: string, answer: RegExp): Promise<string> {
  const from = bot.told.length;
  bot.child.stdin?.write(`${line}\n`);
  const answered = (): string | undefined => bot.told.slice(from).find((told) => answer.test(told));
  await expect.poll(answered, { timeout: 60_000, interval: 20 }).toBeDefined();
  return answered() ?? "";
}

async function measure(bot: Program): Promise<Measure> {
  const line = await order(bot, "measure", /^measured /);
  return JSON.parse(line.slice("measured ".length)) as Measure;
}

const p95 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(0.95 * (times.length - 1))] ?? 0;
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

it(
  "comes to rest",
  async () => {
    const args = [ROOT, telegram.url, telegram.token, programs.folder(), model.baseUrl];
    const bot = programs.start("tests/reliability/soak/bot", args);
    await expect
      .poll(() => bot.told.some((line) => line.startsWith("log connected")), {
        timeout: FULL ? 900_000 : 110_000,
      })
      .toBe(true);
    const times: number[] = [];
    const curve: Measure[] = [];
    const counts = new Map<number, number>();
    let asked = 0;
    let unanswered = 0;
    const ask = async (): Promise<void> => {
      const chat = 1_000 + (asked % CHATS);
      asked += 1;
      const before = counts.get(chat) ?? 0;
      const begun = performance.now();
      await telegram.say(chat, questions[random.below(questions.length)] ?? "");
      await telegram.control("wait", { chat, count: before + 1, timeout: 30_000 }).catch(() => {
        unanswered += 1;
      });
      times.push(performance.now() - begun);
      // An answer may have several messages.
      await new Promise((resolve) => setTimeout(resolve, 20));
      counts.set(chat, (await telegram.botMessages(chat)).length);
    };
    let updates = 0;
    curve.push(await measure(bot));
    while (asked < QUESTIONS) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, QUESTIONS - asked) }, ask));
      while (updates < (asked / QUESTIONS) * UPDATES) {
        updates += 1;
        await order(bot, `update ${updates}`, new RegExp(`^updated ${updates}$`));
      }
      if (asked >= (curve.length / POINTS) * QUESTIONS) {
        const at = await measure(bot);
        curve.push(at);
        if (FULL)
          console.log(
            `soak: ${asked} questions, ${updates} updates: ${megabytes(at.rss)} MB, heap ${megabytes(at.heap)} MB, ${at.handles} handles, ${at.listeners} listeners`,
          );
      }
    }
    const tenth = Math.ceil(times.length / 10);
    const first = p95(times.slice(0, tenth));
    const last = p95(times.slice(-tenth));
    const fifth = curve[Math.floor(curve.length / 5)];
    const end = curve.at(-1);
    const growth = ((end?.rss ?? 0) / (fifth?.rss ?? 1) - 1) * 100;
    const failures = bot.told.filter((line) => /^log failed/.test(line));
    tell("soak", {
      ...{ questions: asked, unanswered, updates, failures: failures.length },
      "MB along the way": curve.map(({ rss }) => megabytes(rss)).join(" "),
      "growth after the first fifth in %": growth.toFixed(1),
      handles: `${fifth?.handles} then ${end?.handles}`,
      listeners: `${fifth?.listeners} then ${end?.listeners}`,
      "p95 of the first tenth in ms": Math.round(first),
      "p95 of the last tenth in ms": Math.round(last),
    });
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    expect(failures).toEqual([]);
    expect(unanswered).toBe(0);
    expect(end?.listeners).toBeLessThanOrEqual((fifth?.listeners ?? 0) + 1);
    // A short run is over before memory comes to rest; times are told, and decide nothing.
    if (FULL) expect(growth).toBeLessThanOrEqual(5);
  },
  HARNESS_TIMEOUT,
);
