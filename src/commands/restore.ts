import { resolve } from "node:path";
import { readConfig } from "../config.ts";
import { restoreState } from "../state/backup.ts";
import { parseArguments } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";

export const command: Command = {
  name: "restore",
  summary: "Puts a backup in the place of the state, when it is whole; the bot must be stopped",
  usage: "npm run restore -- FOLDER",
  options: {},
  async run(context) {
    const { positionals } = parseArguments(context.args, {});
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw new UsageError("takes the folder of one backup");
    const { STATE_DIR: stateDir, DATABASE_URL: url } = readConfig({ env: context.env, root: context.root });
    if (url !== null)
      throw new UsageError("is for a state in files; with DATABASE_URL put it back with pg_restore");
    const time = context.now().toISOString().replace(/[:.]/g, "-");
    const setAside = `${stateDir.replace(/\/+$/, "")}.before-${time}`;
    const { made, files } = await restoreState({
      backupDir: resolve(context.cwd, folder),
      stateDir,
      setAside,
    });
    context.stdout.write(
      `${stateDir}: ${files.length} files of the backup of ${made}; what was there is in ${setAside}\n`,
    );
    return 0;
  },
};
