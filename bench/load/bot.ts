/** The real bot as a process of its own, to be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { TOKEN } from "./telegram.ts";

export interface LoadBotOptions {
  /** The project's folder. */
  readonly root: string;
  readonly apiRoot: string;
  readonly indexDir: string;
  readonly stateDir: string;
  /** Address of a model's endpoint; without it answers are quotations. */
  readonly model?: string | undefined;
}

export interface LoadBot {
  /** Ends it at once, wherever it is. */
  kill(): Promise<void>;
  /** Asks it to end; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Resolves once it takes updates. */
export async function startBot({
  root,
  apiRoot,
  indexDir,
  stateDir,
  model,
}: LoadBotOptions): Promise<LoadBot> {
  const child = spawn(process.execPath, [`${root}/dist/main.js`, "start"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: apiRoot,
      INDEX_DIR: indexDir,
      STATE_DIR: stateDir,
      DATA_DIR: `${root}/data/reports`,
      ACCESS: "open",
      LOG_LEVEL: "info",
      WEB: "off",
      OPENAI_API_KEY: model === undefined ? "" : "key-of-the-load",
      OPENAI_DAILY_TOKENS: "900000000",
      OPENAI_DAILY_TOKENS_PER_CHAT: "900000000",
      ...(model !== undefined && { OPENAI_BASE_URL: model }),
    },
  });
  await connected(child);
  return {
    async kill() {
      if (hasEnded(child)) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      if (hasEnded(child)) return child.exitCode;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      return child.exitCode;
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function connected(child: ChildProcess): Promise<void> {
  let log = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      if (log.includes('"connected"')) return;
      log += chunk;
      if (log.includes('"connected"')) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the bot ended with ${code}: ${log.slice(-500)}`)));
  });
}
