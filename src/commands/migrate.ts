import { readConfig } from "../config.ts";
import { openPostgres } from "../postgres/database.ts";
import { migrate } from "../postgres/migrate.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";

export const command: Command = {
  name: "migrate",
  summary: "Prepares the PostgreSQL database in DATABASE_URL, or brings it up to date",
  usage: "npm run migrate",
  options: {},
  async run(context) {
    const { positionals } = parseArguments(context.args, {});
    refusePositionals(positionals);
    const { DATABASE_URL: url } = readConfig({ env: context.env, root: context.root });
    if (url === null) throw new UsageError("needs DATABASE_URL; without it files are used, which need none");
    const database = await openPostgres({ url, connections: 2 });
    try {
      const done = await migrate(database);
      const what = done.length === 0 ? "nothing to do" : `${done.join(", ")} done`;
      context.stdout.write(`${database.shown}, schema ${database.schema}: ${what}\n`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
