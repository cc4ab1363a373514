/** The bot as people run it: its own process, the real index of the five reports, the fake Bot API. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFiveReports, ROOT } from "../five-reports.ts";
import type { FakeTelegram } from "./server.ts";

export interface BotRun {
  /** Ends it in order; resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Compiles what has changed, builds the index, and starts `isnad start` with these settings. */
export async function runBotProcess(
  telegram: FakeTelegram,
  settings: Readonly<Record<string, string>>,
): Promise<BotRun> {
  const ready = spawnSync(process.execPath, [join(ROOT, "scripts/ready.mjs")], { encoding: "utf8" });
  if (ready.status !== 0) throw new Error(`scripts/ready.mjs: ${ready.stderr}`);
  const folder = mkdtempSync(join(tmpdir(), "isnad-run-"));
  const indexDir = join(folder, "index");
  const sources = await openFiveReports(indexDir);
  await sources.store.close();
  await sources.embedder.close();
  const env = {
    PATH: process.env.PATH,
    TZ: "UTC",
    LOG_LEVEL: "warn",
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    INDEX_DIR: indexDir,
    STATE_DIR: join(folder, "state"),
    ...settings,
  };
  const child = spawn(process.execPath, [join(ROOT, "dist/main.js"), "start"], {
    cwd: folder,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exit = exitOf(child);
  return {
    async stop() {
      child.kill("SIGTERM");
      const code = await exit;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}
