import type { Sources } from "../answer/asked.ts";
import { type Config, ConfigError, readConfig } from "../config.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { keptCurrent, type Upkeep } from "./background.ts";
import {
  COLLECTION_OPTIONS,
  type CollectionChoice,
  collectionHistory,
  configuredEmbedder,
  openCurrentCollection,
} from "./collection.ts";
import type { Command, CommandContext } from "./command.ts";
import { apart } from "./embedder.ts";
import { collectSooner } from "./heap.ts";
import { createLog } from "./log.ts";
import { type Operations, openOperations } from "./operations.ts";
import { runBot } from "./telegram.ts";
import { runTerminal } from "./terminal.ts";
import { loadWeb, openWeb } from "./web.ts";
import { sayReady, startsWorkers, superviseWorkers, withWordToStop } from "./workers.ts";

/** Where people are answered besides the web page; "nowhere" waits for the signal. */
type Talk = "telegram" | "terminal" | "nowhere";

interface Serving {
  readonly context: CommandContext;
  readonly choice: CollectionChoice;
  readonly talk: Talk;
  /** Whether the folder of the reports is followed. */
  readonly watch?: boolean | undefined;
}

const OPTIONS = {
  watch: { type: "boolean", help: "follow the folder of the reports and take up what changes" },
  ...COLLECTION_OPTIONS,
} as const;

/** Answers until the talk or the program ends. Resolves to the exit code. */
export async function serve(
  config: Config,
  { context, choice, talk, watch = false }: Serving,
): Promise<number> {
  collectSooner();
  const operations = await openOperations(config, context);
  const { health, metrics } = operations;
  health.set("index", { ready: false, detail: "opening" });
  if (talk === "telegram") health.set("telegram", { ready: false, detail: "connecting" });
  const parts = config.WEB === "on" ? loadWeb(context) : null;
  // Its failure is told where it is waited for.
  parts?.catch(() => undefined);
  try {
    const embedder = configuredEmbedder(context, apart(context));
    const first = await openCurrentCollection(context, choice, embedder);
    sayReady();
    health.set("index", { ready: true, detail: "open" });
    metrics?.collection(first.coverage);
    const onSwitch = (now: Sources): void => metrics?.collection(now.coverage);
    return await keptCurrent(first, { context, choice, watch, onSwitch }, async (sources, upkeep) => {
      const log = createLog({ config, output: context.stderr, now: () => context.now().getTime() });
      const history = collectionHistory(context, choice);
      const web = parts && (await openWeb(config, sources, { context, operations, log, parts, history }));
      try {
        if (talk === "nowhere" && web === null) return 1;
        return await answerPeople(sources, { context, choice, config, operations, talk, upkeep });
      } finally {
        await web?.close();
      }
    });
  } finally {
    await operations.close();
  }
}

async function answerPeople(
  sources: Sources,
  given: Pick<Serving, "context" | "choice" | "talk"> & {
    config: Config;
    operations: Operations;
    upkeep: Upkeep;
  },
): Promise<number> {
  const { context, choice, config, operations, talk, upkeep } = given;
  const { TELEGRAM_BOT_TOKEN: token } = config;
  if (talk === "telegram" && token !== null)
    return runBot(sources, { token, operations, choice, upkeep }, context);
  if (talk === "terminal") return runTerminal(sources, context);
  const { signal } = context;
  if (!signal.aborted) {
    // Nothing else may keep the process alive: the page does.
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  return 0;
}

/** Several workers share what only a server can hold. */
function checkWorkers({ WORKERS: count, DATABASE_URL: url, TELEGRAM_BOT_TOKEN: token }: Config): void {
  if (count === 1 || (url !== null && token !== null)) return;
  const missing = url === null ? "DATABASE_URL" : "TELEGRAM_BOT_TOKEN";
  throw new ConfigError(`WORKERS holds "${count}"; more than one needs ${missing}`);
}

export const command: Command = {
  name: "start",
  summary: "Answers in Telegram with TELEGRAM_BOT_TOKEN, without it in the terminal; and on the web page",
  usage: "npm start -- [--watch] [--data DIR] [--index DIR]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const config = readConfig({ env: context.env, root: context.root });
    checkWorkers(config);
    if (startsWorkers(config)) return superviseWorkers(config, context);
    const talk = config.TELEGRAM_BOT_TOKEN === null ? "terminal" : "telegram";
    const choice = { data: values.data, index: values.index };
    return serve(config, { context: withWordToStop(context), choice, talk, watch: values.watch });
  },
};
