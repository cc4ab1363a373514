import { parseArguments, refusePositionals } from "./arguments.ts";
import { buildWithProgress, COLLECTION_OPTIONS, collectionSource } from "./collection.ts";
import type { Command } from "./command.ts";

const OPTIONS = {
  ...COLLECTION_OPTIONS,
  check: { type: "boolean", help: "read every file, also those whose size and times are as they were" },
  quick: {
    type: "boolean",
    help: "leave the search for damage and the linking of neighbours to a later run (a running bot does so)",
  },
} as const;

export const command: Command = {
  name: "index",
  summary: "Builds or updates the index; unchanged reports are skipped",
  usage: "npm run index -- [--check] [--quick] [--data DIR] [--index DIR]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const choice = { data: values.data, index: values.index };
    const how = { checkFiles: values.check, quick: values.quick };
    const source = await collectionSource(context, choice);
    try {
      const problems = await buildWithProgress(source, context, choice, how);
      if (problems > 0)
        context.stderr.write(`${problems} files could not be read; each is named above with its remedy\n`);
      return problems > 0 ? 1 : 0;
    } finally {
      await source.embedder.close();
    }
  },
};
