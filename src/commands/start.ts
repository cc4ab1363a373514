import { type Config, readConfig } from "../config.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { COLLECTION_OPTIONS, type CollectionChoice, openCurrentCollection } from "./collection.ts";
import type { Command, CommandContext } from "./command.ts";
import { type Operations, openOperations } from "./operations.ts";
import { runBot } from "./telegram.ts";
import { runTerminal } from "./terminal.ts";

interface Answering {
  readonly context: CommandContext;
  readonly operations: Operations;
  readonly choice: CollectionChoice;
}

async function answerPeople(config: Config, { context, operations, choice }: Answering): Promise<number> {
  const { TELEGRAM_BOT_TOKEN: token } = config;
  const { health, metrics } = operations;
  health.set("index", { ready: false, detail: "opening" });
  if (token !== null) health.set("telegram", { ready: false, detail: "connecting" });
  const sources = await openCurrentCollection(context, { data: choice.data, index: choice.index });
  try {
    health.set("index", { ready: true, detail: "open" });
    metrics?.collection(sources.coverage);
    return token === null
      ? await runTerminal(sources, context)
      : await runBot(sources, { token, operations }, context);
  } finally {
    health.set("index", { ready: false, detail: "closed" });
    await sources.store.close();
    await sources.embedder.close();
  }
}

export const command: Command = {
  name: "start",
  summary: "Answers in Telegram with TELEGRAM_BOT_TOKEN, without it in a chat in the terminal",
  usage: "npm start -- [--data DIR] [--index DIR]",
  options: COLLECTION_OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, COLLECTION_OPTIONS);
    refusePositionals(positionals);
    const config = readConfig({ env: context.env, root: context.root });
    const operations = await openOperations(config, context);
    try {
      return await answerPeople(config, { context, operations, choice: values });
    } finally {
      await operations.close();
    }
  },
};
