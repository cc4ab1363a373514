import { join, resolve } from "node:path";
import { readConfig } from "../config.ts";
import { backupState } from "../state/backup.ts";
import { parseArguments } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";

export const command: Command = {
  name: "backup",
  summary: "Copies the state into a folder that restore takes; the bot may go on meanwhile",
  usage: "npm run backup -- [FOLDER]   (default: backups/ and the time)",
  options: {},
  async run(context) {
    const { positionals } = parseArguments(context.args, {});
    if (positionals.length > 1) throw new UsageError("takes one folder");
    const { STATE_DIR: stateDir, DATABASE_URL: url } = readConfig({ env: context.env, root: context.root });
    if (url !== null) throw new UsageError("is for a state in files; with DATABASE_URL save it with pg_dump");
    const made = context.now().toISOString();
    const backupDir = resolve(
      context.cwd,
      positionals[0] ?? join(context.root, "backups", made.replace(/[:.]/g, "-")),
    );
    const { files } = await backupState({ stateDir, backupDir, made });
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    context.stdout.write(`${backupDir}: ${files.length} files, ${bytes} bytes, read back and checked\n`);
    return 0;
  },
};
