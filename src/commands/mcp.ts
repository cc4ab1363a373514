import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readConfig } from "../config.ts";
import { runMcp } from "../mcp/server.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { COLLECTION_OPTIONS, configuredEmbedder, openCurrentCollection } from "./collection.ts";
import type { Command } from "./command.ts";
import { apart } from "./embedder.ts";
import { collectSooner } from "./heap.ts";
import { createLog } from "./log.ts";
import { makeService } from "./service.ts";

const manifest = z.object({ version: z.string() });

export const command: Command = {
  name: "mcp",
  summary: "Serves search, ask and read_source to other assistants by the Model Context Protocol, over stdio",
  usage: "npm run -s mcp -- [--data DIR] [--index DIR]",
  options: COLLECTION_OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, COLLECTION_OPTIONS);
    refusePositionals(positionals);
    const config = readConfig({ env: context.env, root: context.root });
    const { version } = manifest.parse(
      JSON.parse(await readFile(join(context.root, "package.json"), "utf8")),
    );
    collectSooner();
    const embedder = configuredEmbedder(context, apart(context));
    const sources = await openCurrentCollection(context, values, embedder);
    const now = (): number => context.now().getTime();
    try {
      const log = createLog({ config, output: context.stderr, now });
      const service = makeService(config, sources, { context, operations: { metrics: null }, log });
      const { stdin: input, stdout: output, signal } = context;
      await runMcp({ service, version, input, output, signal, now });
      return 0;
    } finally {
      await sources.store.close();
      await sources.embedder.close();
    }
  },
};
