import { join } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { type Config, readConfig } from "../config.ts";
import { readGazetteer } from "../gazetteer/read.ts";
import { offers } from "../phrases/answer.ts";
import { answerQuestion } from "../pipeline.ts";
import { type Memory, memorySchema } from "../question/scope.ts";
import type { State } from "../state/state.ts";
import type { Access } from "../telegram/access.ts";
import { runTelegram } from "../telegram/bot.ts";
import type { InlineAnswering } from "../telegram/inline.ts";
import type { News } from "../telegram/news.ts";
import type { WebhookAddress } from "../telegram/webhook.ts";
import type { Upkeep } from "./background.ts";
import { botLibrary } from "./bot-library.ts";
import { botNews } from "./bot-news.ts";
import { botSources } from "./bot-sources.ts";
import { openBotState } from "./bot-state.ts";
import { type CollectionChoice, collectionFolders, collectionHistory } from "./collection.ts";
import type { CommandContext } from "./command.ts";
import { answeredExamples } from "./examples.ts";
import { createLog } from "./log.ts";
import { openModel } from "./model.ts";
import { type Operations, observed } from "./operations.ts";
import { todayInDamascus } from "./today.ts";

/** What an event of the bot says of its connection. */
const CONNECTION: Readonly<Record<string, { ready: boolean; detail: string }>> = {
  connected: { ready: true, detail: "connected" },
  online: { ready: true, detail: "connected" },
  offline: { ready: false, detail: "no connection" },
  conflict: { ready: false, detail: "another program polls" },
  stalled: { ready: false, detail: "polling stalled" },
};

/** What an event says of the queue that workers share. */
const QUEUE: Readonly<Record<string, { ready: boolean; detail: string }>> = {
  queue_away: { ready: false, detail: "no database" },
  queue_back: { ready: true, detail: "shared" },
};

async function recall(state: State, chat: string, now: number): Promise<Memory | null> {
  const stored = await state.recall(chat, now);
  if (stored === null) return null;
  const parsed = memorySchema.safeParse(JSON.parse(stored));
  return parsed.success ? parsed.data : null;
}

function accessOf({ ACCESS: mode, ALLOWED_IDS, ADMIN_IDS, INVITE_CODE: code }: Config): Access {
  const ids = [...ALLOWED_IDS, ...ADMIN_IDS].map(String);
  return mode === "invite" ? { mode, ids, code } : mode === "allow" ? { mode, ids } : { mode };
}

function inlineAnswering(sources: Sources, context: CommandContext): InlineAnswering {
  return {
    opening: offers.coverage.question,
    async answer({ text, signal }) {
      const today = todayInDamascus(context.now());
      const { answer } = await answerQuestion({ text, today, memory: null, signal }, { ...sources });
      return answer;
    },
  };
}

function webhookOf(config: Config): WebhookAddress | null {
  const { WEBHOOK_URL: url, WEBHOOK_HOST: host, WEBHOOK_PORT: port } = config;
  if (url === null) return null;
  return { url, host, port, path: config.WEBHOOK_PATH, secret: config.WEBHOOK_SECRET };
}

/** Where others open the web page: Telegram takes addresses with https only. */
function pageOf({ WEB, PUBLIC_URL }: Config): string | null {
  return WEB === "on" && PUBLIC_URL?.startsWith("https:") ? PUBLIC_URL : null;
}

interface BotParts {
  readonly token: string;
  readonly operations: Operations;
  readonly choice: CollectionChoice;
  readonly upkeep: Upkeep;
}

/** Where admins add and correct reports. */
function libraryOf(
  sources: Sources,
  news: News,
  { context, choice, upkeep }: BotParts & { context: CommandContext },
) {
  const config = readConfig({ env: context.env, root: context.root });
  const projectData = join(context.root, "data");
  return botLibrary({
    ...{ context, sources, news, ...upkeep },
    dataDir: collectionFolders(choice, config, context.cwd).dataDir,
    overridesFile: join(projectData, "overrides.json"),
    names: () => readGazetteer(projectData),
    today: () => todayInDamascus(context.now()),
  });
}

/** Runs the Telegram bot until it is stopped. Resolves to the exit code: 1 when Telegram refuses for good, said in one line. */
export async function runBot(
  sources: Sources,
  { token, operations, choice, upkeep }: BotParts,
  context: CommandContext,
): Promise<number> {
  const config = readConfig({ env: context.env, root: context.root });
  const now = (): number => context.now().getTime();
  const log = createLog({ config, output: context.stderr, now });
  const { metrics, health } = operations;
  const model = openModel(config, {
    now,
    budget: operations.budget,
    onWritten: (event) => {
      log.info(event, "written");
      metrics?.model(event);
    },
  });
  const bot = await openBotState(config, (line) => log.warn(line));
  const { state, member } = bot;
  const news = botNews(sources, () => todayInDamascus(context.now()));
  try {
    const ending = await runTelegram({
      token,
      apiRoot: config.TELEGRAM_API_ROOT,
      answer: async ({ chat, text, signal }) => {
        const memory = await recall(state, chat, now());
        const request = { text, today: todayInDamascus(context.now()), memory, signal };
        const answered = await observed(operations, { channel: "telegram", now, log }, () =>
          answerQuestion(request, { ...sources, model: model(chat) }),
        );
        if (answered.memory) await state.remember(chat, JSON.stringify(answered.memory), now());
        return answered.answer;
      },
      sources: botSources(
        sources,
        { root: context.root, today: () => todayInDamascus(context.now()) },
        collectionHistory(context, choice),
      ),
      news,
      library: libraryOf(sources, news, { token, operations, choice, upkeep, context }),
      page: pageOf(config),
      state,
      member,
      access: accessOf(config),
      webhook: webhookOf(config),
      groups: config.GROUPS === "on",
      inline: config.INLINE === "on" ? inlineAnswering(sources, context) : null,
      examples: await answeredExamples(sources, todayInDamascus(context.now())),
      operator: {
        name: config.OPERATOR_NAME,
        contact: config.OPERATOR_CONTACT,
        model: config.OPENAI_API_KEY !== null,
      },
      admins: config.ADMIN_IDS.map(String),
      now,
      log: (event, details) => {
        log.info(details ?? {}, event);
        metrics?.telegram(event);
        const connection = CONNECTION[event];
        if (connection) health.set("telegram", connection);
        const queue = QUEUE[event];
        if (queue) health.set("queue", queue);
      },
      onQueue: (length) => metrics?.watchQueue(length),
      signal: context.signal,
    });
    if (ending.kind === "stopped") return 0;
    context.stderr.write(`isnad start: ${ending.message}\n`);
    return 1;
  } finally {
    await bot.close();
  }
}
