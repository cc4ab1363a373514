/** Several workers on one PostgreSQL, some killed at random moments: all is answered, in order per chat, nothing twice. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DELIVERY_UNCERTAIN } from "../../src/phrases/telegram.ts";
import { openPostgres } from "../../src/postgres/database.ts";
import type { Postgres } from "../../src/postgres/postgres.ts";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../postgres/server.ts";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { type Balancer, startBalancer } from "./kills/balancer.ts";
import { compile, type Program, type Programs } from "./kills/programs.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";
import { makeRandom } from "./random.ts";

const PROGRAM = "tests/reliability/kills/worker";
const PLAN = FULL
  ? { workers: 4, updates: 2_000, kills: 3, chats: 250, seconds: 60 }
  : { workers: 2, updates: 60, kills: 1, chats: 20, seconds: 2 };
const PATIENCE_MS = FULL ? 400_000 : 60_000;

let programs: Programs;
beforeAll(() => {
  if (serverUrl !== null) programs = compile([PROGRAM]);
});
afterAll(() => programs?.remove());

interface Counts {
  readonly updates: number;
  readonly answered: number;
  readonly "of unknown fate, said": number;
  readonly lost: number;
  readonly doubled: number;
  readonly "out of order": number;
}

describe.skipIf(serverUrl === null)(withPostgres("workers that are killed"), () => {
  let telegram: FakeTelegram;
  let schema: TestSchema;
  let database: Postgres;
  let balancer: Balancer | null = null;
  let running: Program[] = [];
  let random = makeRandom(SEED);

  async function begin({ webhook }: { webhook: boolean }): Promise<void> {
    random = makeRandom(SEED);
    schema = await freshSchema();
    database = await openPostgres({ url: schema.url, connections: 2 });
    telegram = await startTelegram();
    await telegram.control("rates", { on: true });
    balancer = webhook ? await startBalancer(makeRandom(SEED + 1)) : null;
    if (balancer !== null) {
      await telegram.control("webhook", { from: "https://bot.example", to: balancer.url, retry: 200 });
    }
    running = [];
  }

  async function end(): Promise<void> {
    for (const worker of running) worker.child.kill("SIGKILL");
    await Promise.all(running.map(({ ended }) => ended));
    balancer?.close();
    await telegram.stop();
    await database.close();
    await schema.drop();
  }

  /** Starts a worker; resolves when it takes updates. */
  async function startWorker(): Promise<Program> {
    const port = balancer === null ? [] : ["0"];
    const worker = programs.start(PROGRAM, [telegram.url, telegram.token, schema.url, ...port]);
    running.push(worker);
    const sign = balancer === null ? "connected" : "listening";
    await expect
      .poll(() => worker.told.find((line) => line.startsWith(sign)), { timeout: 30_000 })
      .toBeDefined();
    const listening = worker.told.find((line) => line.startsWith("listening "));
    const found = listening === undefined ? null : JSON.parse(listening.slice("listening ".length));
    if (found !== null) balancer?.ports.push(found.port);
    return worker;
  }

  /** What each chat was told: questions by their answers, and how often that an answer may be missing. */
  async function toldIn(chat: number): Promise<{ answers: string[]; notices: number }> {
    const texts = (await telegram.botMessages(chat)).map(({ text }) => withoutDisplayControls(text ?? ""));
    return {
      answers: texts.flatMap((text) => /^جواب: (.*)$/.exec(text)?.[1] ?? []),
      notices: texts.filter((text) => text === DELIVERY_UNCERTAIN).length,
    };
  }

  async function count(asked: ReadonlyMap<number, readonly string[]>): Promise<Counts> {
    const sums = { updates: 0, answered: 0, unknown: 0, lost: 0, doubled: 0, disordered: 0 };
    for (const [chat, questions] of asked) {
      const { answers, notices } = await toldIn(chat);
      const missing = questions.filter((text) => !answers.includes(text)).length;
      const once = [...new Set(answers)];
      sums.updates += questions.length;
      sums.answered += once.length;
      sums.doubled += answers.length - once.length;
      // One sentence is enough for what broke off together.
      sums[notices > 0 ? "unknown" : "lost"] += missing;
      const order = once.map((text) => questions.indexOf(text));
      sums.disordered += order.filter((at, index) => at < (order[index - 1] ?? -1)).length;
    }
    const { updates, answered, unknown, lost, doubled, disordered } = sums;
    return {
      ...{ updates, answered, "of unknown fate, said": unknown, lost, doubled },
      "out of order": disordered,
    };
  }

  /** Asks all questions within some seconds, while workers are killed and not started again. */
  async function ask(): Promise<Map<number, string[]>> {
    const asked = new Map<number, string[]>();
    const order = random.shuffled(
      Array.from({ length: PLAN.updates }, (_, index) => 1 + (index % PLAN.chats)),
    );
    const kills = Array.from({ length: PLAN.kills }, () => random.below(PLAN.updates)).sort((a, b) => a - b);
    const pause = (PLAN.seconds * 1_000) / PLAN.updates;
    for (const [index, chat] of order.entries()) {
      const text = `سؤال ${index}${"ـ".repeat(random.below(4))}`;
      asked.set(chat, [...(asked.get(chat) ?? []), text]);
      await telegram.say(chat, text);
      await new Promise((resolve) => setTimeout(resolve, pause * 2 * random.next()));
      if (kills[0] === index) {
        kills.shift();
        const living = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
        living[random.below(living.length)]?.child.kill("SIGKILL");
      }
    }
    return asked;
  }

  const settled = async (): Promise<boolean> => {
    const [open] = await database.rows<{ n: number }>("SELECT count(*)::integer AS n FROM bot_turns");
    return open?.n === 0 && (await telegram.control<number>("pending")) === 0;
  };

  for (const way of ["webhook", "polling"] as const) {
    it(
      `lose nothing, double nothing and keep the order, by ${way}`,
      async () => {
        await begin({ webhook: way === "webhook" });
        try {
          await Promise.all(Array.from({ length: PLAN.workers }, startWorker));
          const asked = await ask();
          await expect.poll(settled, { timeout: PATIENCE_MS, interval: 200 }).toBe(true);
          const counts = await count(asked);
          const calls = await telegram.calls("sendMessage");
          const refused = calls.filter(({ description }) => description?.includes("Too Many Requests"));
          tell(`workers, by ${way}`, {
            ...{ workers: PLAN.workers, killed: PLAN.kills, ...counts, "refused by rate": refused.length },
          });
          expect(counts).toMatchObject({
            updates: PLAN.updates,
            lost: 0,
            doubled: 0,
            "out of order": 0,
          });
          expect(counts.answered + counts["of unknown fate, said"]).toBe(PLAN.updates);
          const [uncertain] = await database.rows<{ n: number }>(
            "SELECT count(*)::integer AS n FROM bot_deliveries WHERE status = 'uncertain'",
          );
          expect(counts["of unknown fate, said"]).toBeLessThanOrEqual(uncertain?.n ?? 0);
        } finally {
          await end();
        }
      },
      HARNESS_TIMEOUT,
    );
  }
});
