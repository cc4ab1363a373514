/** The real bot, and a program that brings its index up to date, as processes of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Programs } from "../kills/programs.ts";

export interface SoakOptions {
  /** The project's folder, compiled. */
  readonly root: string;
  /** With tests/reliability/soak/indexer. */
  readonly programs: Programs;
  /** Reports, index and state stand in it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Measure {
  /** Resident memory in bytes, of the bot and of the process that embeds for it. */
  readonly bot: number;
  readonly embedder: number;
  /** Files and sockets that the bot has open. */
  readonly files: number;
  readonly heap: number;
  readonly handles: number;
  readonly listeners: number;
}

export interface SoakBot {
  /** Lines of its log that match. */
  lines(pattern: RegExp): readonly string[];
  /** Builds the index; resolves when the bot answers from it. */
  update(): Promise<void>;
  measure(): Promise<Measure>;
  /** Kills the process that embeds. */
  killEmbedder(): void;
  stop(): Promise<number | null>;
}

/** Resolves once it takes updates. */
export async function startSoakBot({ root, programs, folder, env }: SoakOptions): Promise<SoakBot> {
  const probed = join(folder, "probed");
  const program = join(root, "dist/main.js");
  const [dataDir, indexDir] = [join(folder, "reports"), join(folder, "index")];
  const log: string[] = [];
  const until = (holds: () => boolean): Promise<void> => patience(holds, () => log.slice(-5).join("\n"));
  const set = { DATA_DIR: dataDir, INDEX_DIR: indexDir, STATE_DIR: join(folder, "state"), ...env };
  const indexer = programs.start("tests/reliability/soak/indexer", [root, dataDir, indexDir]);
  const index = async (): Promise<void> => {
    const before = indexer.told.length;
    indexer.child.stdin?.write("build\n");
    await until(() => indexer.told.length > before);
    if (indexer.told.at(-1) !== "built") throw new Error(indexer.told.at(-1));
  };
  await index();
  const probe = `--import=${join(import.meta.dirname, "probe.mjs")}`;
  // As `npm start` and the unit do.
  const bot = spawn(process.execPath, ["--max-semi-space-size=4", program, "start"], {
    env: { ...process.env, ...set, SOAK_PROBE: probed, NODE_OPTIONS: probe },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let rest = "";
  bot.stderr?.on("data", (chunk) => {
    const told = `${rest}${chunk}`.split("\n");
    rest = told.pop() ?? "";
    log.push(...told);
  });
  const lines = (pattern: RegExp): string[] => log.filter((line) => pattern.test(line));
  await until(() => lines(/"connected"/).length > 0 || bot.exitCode !== null);
  return {
    lines,
    async update() {
      const before = lines(/the index has changed/).length;
      await index();
      await until(() => lines(/the index has changed/).length > before);
    },
    async measure() {
      const count = (): number => (existsSync(probed) ? readFileSync(probed, "utf8").split("\n").length : 0);
      const before = count();
      bot.kill("SIGUSR2");
      await until(() => count() > before);
      const own = JSON.parse(readFileSync(probed, "utf8").trim().split("\n").at(-1) ?? "");
      // One that was killed just now is replaced in a moment.
      await until(() => childrenOf(bot).length > 0);
      const embedder = childrenOf(bot).reduce((sum, pid) => sum + resident(pid), 0);
      const files = readdirSync(`/proc/${bot.pid}/fd`).length;
      return { ...own, bot: resident(bot.pid ?? 0), embedder, files };
    },
    killEmbedder() {
      for (const pid of childrenOf(bot)) process.kill(pid, "SIGKILL");
    },
    async stop() {
      const ended = once(bot, "exit");
      bot.kill("SIGTERM");
      indexer.child.stdin?.end();
      const [code] = await ended;
      return code;
    },
  };
}

async function patience(holds: () => boolean, log: () => string): Promise<void> {
  for (let waited = 0; !holds(); waited += 1) {
    if (waited > 6_000) throw new Error(`waited in vain; the bot's last lines:\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function childrenOf({ pid }: ChildProcess): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return listed.split(" ").filter(Boolean).map(Number);
}

function resident(pid: number): number {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}
