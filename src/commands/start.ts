import { readConfig } from "../config.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import type { Command } from "./command.ts";
import { runBot } from "./telegram.ts";
import { runTerminal } from "./terminal.ts";

export const command: Command = {
  name: "start",
  summary: "Answers in Telegram with TELEGRAM_BOT_TOKEN, without it in a chat in the terminal",
  usage: "npm start -- [--data DIR] [--index DIR]",
  options: COLLECTION_OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, COLLECTION_OPTIONS);
    refusePositionals(positionals);
    const sources = await openCurrentCollection(context, { data: values.data, index: values.index });
    try {
      const { TELEGRAM_BOT_TOKEN: token } = readConfig({ env: context.env, root: context.root });
      return token === null ? await runTerminal(sources, context) : await runBot(sources, token, context);
    } finally {
      await sources.store.close();
      await sources.embedder.close();
    }
  },
};
