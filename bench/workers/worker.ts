/**
 * The bot with the real index as one worker, or alone with its state in a file:
 * worker API_ROOT TOKEN INDEX_DIR STATE free|telegram, where STATE is an address of PostgreSQL or a folder, and "free"
 * sends without Telegram's rates.
 */
import { join } from "node:path";
import { botSources } from "../../src/commands/bot-sources.ts";
import { openBotState } from "../../src/commands/bot-state.ts";
import { openEmbedder } from "../../src/embedding/open.ts";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { answerQuestion, openCollection } from "../../src/pipeline.ts";
import { readOverrides } from "../../src/report/overrides.ts";
import { runTelegram } from "../../src/telegram/bot.ts";
import { ROOT } from "../results.ts";

const [apiRoot = "", token = "", indexDir = "", where = "", rates = ""] = process.argv.slice(2);
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
const sources = await openCollection({
  dataDir: join(ROOT, "data", "reports"),
  indexDir,
  names: await readGazetteer(join(ROOT, "data")),
  overrides: await readOverrides(join(ROOT, "data", "overrides.json")),
  embedder: await openEmbedder("", { modelsDir: join(ROOT, "models") }),
});
const inDatabase = where.startsWith("postgres");
const bot = await openBotState({ DATABASE_URL: inDatabase ? where : null, STATE_DIR: where }, (line) =>
  process.stderr.write(`${line}\n`),
);
const unlimited = { take: async () => ({ wait: 0, taken: true }), hold: async () => undefined };
const { member } = bot;
const ending = await runTelegram({
  token,
  apiRoot,
  async answer({ text, signal }) {
    const request = { text, today: "2026-01-01", memory: null, signal };
    return (await answerQuestion(request, sources)).answer;
  },
  sources: botSources(sources),
  state: bot.state,
  member:
    member === null || rates === "telegram"
      ? member
      : {
          worker: member.worker,
          state: member.state,
          queue: member.queue,
          pace: unlimited,
          expelled: member.expelled,
          lead: (work) => member.lead(work),
          alone: (name, work) => member.alone(name, work),
          onWork: (wake) => member.onWork(wake),
          leave: () => member.leave(),
        },
  access: { mode: "open" },
  examples: [],
  now: Date.now,
  log: (event) => process.stdout.write(`${event}\n`),
  signal: stop.signal,
});
await bot.close();
process.exit(ending.kind === "stopped" ? 0 : 1);
