import { readConfig } from "../config.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { COLLECTION_OPTIONS } from "./collection.ts";
import type { Command } from "./command.ts";
import { serve } from "./start.ts";

export const command: Command = {
  name: "web",
  summary: "Serves the web page only, until it is stopped",
  usage: "npm run web -- [--data DIR] [--index DIR]",
  options: COLLECTION_OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, COLLECTION_OPTIONS);
    refusePositionals(positionals);
    const config = readConfig({ env: { ...context.env, WEB: "on" }, root: context.root });
    return serve(config, { context, choice: values, talk: "nowhere" });
  },
};
