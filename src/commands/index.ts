import { parseArguments, refusePositionals } from "./arguments.ts";
import { buildWithProgress, COLLECTION_OPTIONS, collectionSource } from "./collection.ts";
import type { Command } from "./command.ts";

export const command: Command = {
  name: "index",
  summary: "Builds or updates the index; unchanged reports are skipped",
  usage: "npm run index -- [--data DIR] [--index DIR]",
  options: COLLECTION_OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, COLLECTION_OPTIONS);
    refusePositionals(positionals);
    const choice = { data: values.data, index: values.index };
    const source = await collectionSource(context, choice);
    try {
      const problems = await buildWithProgress(source, context, choice);
      if (problems > 0)
        context.stderr.write(`${problems} files could not be read; each is named above with its remedy\n`);
      return problems > 0 ? 1 : 0;
    } finally {
      await source.embedder.close();
    }
  },
};
