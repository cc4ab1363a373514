/**
 * The bot for a long run: bot PROJECT API_ROOT TOKEN FOLDER MODEL_URL. A line "update N" on stdin changes a report, builds
 * the index anew and answers from it on; "measure" prints memory, open handles and listeners.
 */
import { appendFileSync, cpSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Sources } from "../../../src/answer/asked.ts";
import { botSources } from "../../../src/commands/bot-sources.ts";
import { openEmbedder } from "../../../src/embedding/open.ts";
import { readGazetteer } from "../../../src/gazetteer/read.ts";
import { createBudget } from "../../../src/openai/budget.ts";
import { openChat } from "../../../src/openai/chat.ts";
import { openEndpoint } from "../../../src/openai/client.ts";
import { answerQuestion, buildCollection, openCollection } from "../../../src/pipeline.ts";
import { memorySchema } from "../../../src/question/scope.ts";
import { NO_OVERRIDES } from "../../../src/report/overrides.ts";
import { openState } from "../../../src/state/sqlite.ts";
import { runTelegram } from "../../../src/telegram/bot.ts";
import type { Sources as BotSources } from "../../../src/telegram/sources.ts";

const [project = "", apiRoot = "", token = "", folder = "", modelUrl = ""] = process.argv.slice(2);
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const dataDir = join(folder, "reports");
cpSync(join(project, "data/reports"), dataDir, { recursive: true });
const source = {
  ...{ dataDir, indexDir: join(folder, "index"), overrides: NO_OVERRIDES },
  names: await readGazetteer(join(project, "data")),
  embedder: await openEmbedder("", { modelsDir: join(project, "models") }),
};
const quiet = { now: () => new Date().toISOString(), onProblem: () => undefined, onWarning: () => undefined };
await buildCollection(source, quiet);
let current: Sources = await openCollection(source);
let reading: BotSources = botSources(current);

/** The text of one report grows by a line, and is cut back. */
const changed = join(dataDir, "003_68158fa51ebf8193.txt");
const length = statSync(changed).size;
async function update(n: number): Promise<void> {
  truncateSync(changed, length);
  appendFileSync(
    changed,
    `\nوقُتل ${10 + (n % 80)} عنصراً في حي الحميدية خلال هذه الاشتباكات بحسب المصدر ذاته.\n`,
  );
  await buildCollection(source, quiet);
  const before = current;
  current = await openCollection(source);
  reading = botSources(current);
  // Questions under way end with the index that they began with.
  setTimeout(() => void before.store.close(), 2_000);
}

const now = Date.now;
const budget = createBudget({ perDay: 1e15, perChat: 1e15, now });
const endpoint = openEndpoint({ baseUrl: modelUrl, apiKey: "sk-soak" });
const chat = openChat({ endpoint, model: "m", budget, now });
const model = { chat, payer: null, deadline: 20_000, now };
const state = openState(join(folder, "state", "state.sqlite"));
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
createInterface({ input: process.stdin }).on("line", async (line) => {
  const [word, n = "0"] = line.split(" ");
  if (word === "update") {
    await update(Number(n));
    tell(`updated ${n}`);
  }
  if (word === "measure") {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    const handles = process.getActiveResourcesInfo().length;
    tell(`measured ${JSON.stringify({ rss, heap: heapUsed, handles, listeners })}`);
  }
});
await runTelegram({
  token,
  apiRoot,
  async answer({ chat: conversation, text, signal }) {
    const stored = await state.recall(conversation, now());
    const memory = stored === null ? null : memorySchema.parse(JSON.parse(stored));
    const answered = await answerQuestion(
      { text, today: "2026-11-22", memory, signal },
      { ...current, model },
    );
    if (answered.memory) await state.remember(conversation, JSON.stringify(answered.memory), now());
    return answered.answer;
  },
  sources: {
    report: (id) => reading.report(id),
    source: (id) => reading.source(id),
    passageById: (id) => reading.passageById(id),
    reportIds: () => reading.reportIds(),
    told: (id) => reading.told(id),
    covered: () => reading.covered(),
  },
  state,
  access: { mode: "open" },
  examples: [],
  now,
  log: (event, details) => tell(`log ${event} ${JSON.stringify(details ?? {})}`),
  signal: stop.signal,
});
await state.close();
process.exit(0);
