import { join } from "node:path";
import { ConfigError, readConfig } from "../config.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import type { Command, CommandContext } from "./command.ts";
import {
  type Check,
  checkData,
  checkDisk,
  checkIndex,
  checkModel,
  checkNode,
  checkPackages,
  checkPort,
  checkState,
} from "./doctor-checks.ts";
import { checkDatabase } from "./doctor-database.ts";
import { checkEndpoint, checkToken } from "./doctor-network.ts";
import { checkQueue } from "./doctor-queue.ts";

const OPTIONS = { json: { type: "boolean", help: "one JSON object on stdout" } } as const;

const SIGNS: Readonly<Record<Check["status"], string>> = { ok: "✓", warning: "!", failed: "✗" };

export const command: Command = {
  name: "doctor",
  summary: "Checks the installation and says what to do",
  usage: "npm run doctor -- [--json]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const checks: Check[] = [];
    for await (const check of examine(context)) {
      checks.push(check);
      if (!values.json) context.stdout.write(lineOf(check));
    }
    const ok = checks.every(({ status }) => status !== "failed");
    if (values.json) context.stdout.write(`${JSON.stringify({ ok, checks })}\n`);
    else context.stdout.write(ok ? "Everything needed is there.\n" : "Something needed is missing: see ✗.\n");
    return ok ? 0 : 1;
  },
};

/** All checks in order. What needs the configuration is left out when the configuration is wrong. */
async function* examine(context: CommandContext): AsyncGenerator<Check> {
  yield checkNode(process.versions.node);
  yield* await checkPackages();
  yield await checkModel(join(context.root, "models"));
  let config: ReturnType<typeof readConfig>;
  try {
    config = readConfig({ env: context.env, root: context.root });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    yield {
      name: "configuration",
      status: "failed",
      detail: error.message,
      remedy: "correct it in the environment or in .env",
    };
    return;
  }
  yield { name: "configuration", status: "ok", detail: "every setting is well formed", remedy: null };
  yield await checkData(config.DATA_DIR);
  if (config.DATABASE_URL !== null) yield await checkDatabase(config.DATABASE_URL);
  yield await checkIndex(context);
  yield await checkState(config.STATE_DIR);
  if (config.DATABASE_URL !== null) yield await checkQueue(config.DATABASE_URL, context.now().getTime());
  yield await checkDisk(config.INDEX_DIR);
  const { METRICS_HOST: host, METRICS_PORT: port } = config;
  if (port !== null) yield await checkPort("METRICS_PORT", { host, port });
  if (config.WEB === "on") {
    yield await checkPort("HTTP_PORT", { host: config.HTTP_HOST, port: config.HTTP_PORT });
  }
  if (config.TELEGRAM_BOT_TOKEN !== null) {
    yield await checkToken(
      { token: config.TELEGRAM_BOT_TOKEN, root: config.TELEGRAM_API_ROOT },
      context.signal,
    );
  }
  if (config.OPENAI_API_KEY !== null) {
    const { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = config;
    yield await checkEndpoint({ key, baseUrl, model }, context.signal);
  }
}

function lineOf({ name, status, detail, remedy }: Check): string {
  return `${SIGNS[status]} ${name}: ${detail}${remedy === null ? "" : ` → ${remedy}`}\n`;
}
