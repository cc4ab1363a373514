/** A long run of the real bot: memory, files and listeners come to rest, and the last questions are answered as fast as the first. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../five-reports.ts";
import { completion, type ScriptedServer, startScriptedServer } from "../openai-server/server.ts";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { shownTo } from "./injections/obedient.ts";
import { compile, type Programs } from "./kills/programs.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";
import { makeRandom } from "./random.ts";
import { type Measure, startSoakBot } from "./soak/bot.ts";

const QUESTIONS = FULL ? Number(process.env.HARNESS_QUESTIONS ?? 5_000) : 40;
const UPDATES = Math.round(QUESTIONS / 10);
/** The process that embeds is killed so often, besides. */
const KILLS = FULL ? 10 : 1;
const AT_ONCE = 4;
const POINTS = 25;
/** Chats that ask in turn; all have been seen after a fifth of a full run. */
const CHATS = 1_000;

const random = makeRandom(SEED);
const questions = ["own.jsonl", "review.jsonl"].flatMap((name) =>
  readFileSync(join(ROOT, "tests/questions", name), "utf8")
    .trim()
    .split("\n")
    .map((line) => String((JSON.parse(line) as { question: string }).question)),
);

/** Words of the reports: a question that was asked before is not embedded again. */
const words = readdirSync(join(ROOT, "data/reports"))
  .filter((name) => name.endsWith(".txt"))
  .flatMap(
    (name) => readFileSync(join(ROOT, "data/reports", name), "utf8").match(/[\u0621-\u064a]{4,}/g) ?? [],
  );
const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
/** A question that was hardly asked before. */
const newQuestion = (): string => `${pick(questions)} ${pick(words)} ${pick(words)} ${pick(words)}`;

let telegram: FakeTelegram;
let model: ScriptedServer;
let programs: Programs;
let folder: string;
beforeAll(async () => {
  programs = compile(["tests/reliability/soak/indexer"]);
  folder = mkdtempSync(join(tmpdir(), "isnad-soak-"));
  cpSync(join(ROOT, "data/reports"), join(folder, "reports"), { recursive: true });
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
  rmSync(folder, { recursive: true, force: true });
});

/** The text of one report grows by a line, and is cut back. */
function changeReport(n: number): void {
  const file = join(folder, "reports", "003_68158fa51ebf8193.txt");
  truncateSync(file, statSync(join(ROOT, "data/reports", "003_68158fa51ebf8193.txt")).size);
  appendFileSync(
    file,
    `\nوقُتل ${10 + (n % 80)} عنصراً في حي الحميدية خلال هذه الاشتباكات بحسب المصدر ذاته.\n`,
  );
}

const p95 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(0.95 * (times.length - 1))] ?? 0;
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
const total = ({ bot, embedder }: Measure): number => bot + embedder;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const WITHOUT_PROC = existsSync("/proc/self/status") ? "" : " (skipped: it reads Linux' /proc)";
it.skipIf(WITHOUT_PROC !== "")(
  `comes to rest${WITHOUT_PROC}`,
  async () => {
    const bot = await startSoakBot({
      ...{ root: ROOT, programs, folder },
      env: {
        ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url, ACCESS: "open" },
        ...{ OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: "sk-soak", OPENAI_MODEL: "m" },
        ...{ OPENAI_DAILY_TOKENS: "900000000000", OPENAI_DAILY_TOKENS_PER_CHAT: "900000000000" },
        ...{ WEB: "off", LOG_LEVEL: "info" },
      },
    });
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
      await telegram.say(chat, newQuestion());
      await telegram.control("wait", { chat, count: before + 1, timeout: 60_000 }).catch(() => {
        unanswered += 1;
      });
      times.push(performance.now() - begun);
      // An answer may have several messages.
      await new Promise((resolve) => setTimeout(resolve, 20));
      counts.set(chat, (await telegram.botMessages(chat)).length);
    };
    let updates = 0;
    let kills = 0;
    /** Updates go on beside the questions, and neither runs ahead of the other. */
    const updating = async (): Promise<void> => {
      while (updates < UPDATES) {
        if (updates >= (asked / QUESTIONS) * UPDATES) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          continue;
        }
        changeReport(updates);
        await bot.update();
        updates += 1;
      }
    };
    const asking = async (): Promise<void> => {
      curve.push(await bot.measure());
      while (asked < QUESTIONS) {
        const round = Promise.all(Array.from({ length: Math.min(AT_ONCE, QUESTIONS - asked) }, ask));
        if (asked >= ((kills + 0.5) / KILLS) * QUESTIONS) {
          kills += 1;
          bot.killEmbedder();
        }
        await round;
        while (updates < (asked / QUESTIONS) * UPDATES - 1)
          await new Promise((resolve) => setTimeout(resolve, 5));
        if (asked < (curve.length / POINTS) * QUESTIONS) continue;
        const at = await bot.measure();
        curve.push(at);
        if (FULL)
          console.log(
            `soak: ${asked} questions, ${updates} updates: bot ${megabytes(at.bot)} MB (heap ${megabytes(at.heap)}), embedder ${megabytes(at.embedder)} MB, ${at.files} files, ${at.handles} handles, ${at.listeners} listeners`,
          );
      }
    };
    await Promise.all([asking(), updating()]);
    const own = bot.lines(/"answered"/).map((line) => Number(/"milliseconds":(\d+)/.exec(line)?.[1]));
    const tenths = Array.from({ length: 10 }, (_, n) => n);
    const p95s = (all: readonly number[]): string =>
      tenths
        .map((n) => Math.round(p95(all.slice((n * all.length) / 10, ((n + 1) * all.length) / 10))))
        .join(" ");
    const fifth = curve[Math.floor(curve.length / 5)];
    const end = curve.at(-1);
    const growth = ((end && fifth ? total(end) / total(fifth) : 1) - 1) * 100;
    /** The mean of the last fifth over that of the second: one point may stand anywhere between two collections of garbage. */
    const share = Math.floor(curve.length / 5);
    const trend =
      (mean(curve.slice(-share).map(total)) / mean(curve.slice(share, 2 * share).map(total)) - 1) * 100;
    const failures = bot.lines(/"failed"/);
    tell("soak", {
      ...{ questions: asked, unanswered, updates, kills, failures: failures.length },
      "the embedder started anew": bot.lines(/^the embedder/).length,
      "MB of the bot": curve.map(({ bot }) => megabytes(bot)).join(" "),
      "MB of the embedder": curve.map(({ embedder }) => megabytes(embedder)).join(" "),
      "growth from a fifth to the end in %": growth.toFixed(1),
      "growth from the second fifth to the last in %": trend.toFixed(1),
      files: `${fifth?.files} then ${end?.files}`,
      handles: `${fifth?.handles} then ${end?.handles}`,
      listeners: `${fifth?.listeners} then ${end?.listeners}`,
      "p95 of each tenth in ms, within the bot": p95s(own),
      "seen from outside": p95s(times),
    });
    expect(await bot.stop()).toBe(0);
    expect(failures).toEqual([]);
    expect(unanswered).toBe(0);
    expect(kills).toBe(KILLS);
    expect(end?.listeners).toBeLessThanOrEqual((fifth?.listeners ?? 0) + 1);
    // A short run is over before memory comes to rest; times are told, and decide nothing.
    if (FULL) expect(growth).toBeLessThanOrEqual(5);
  },
  HARNESS_TIMEOUT,
);
