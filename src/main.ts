import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { helpText, wantsHelp } from "./commands/arguments.ts";
import { type Command, type CommandContext, UsageError } from "./commands/command.ts";
import { readEnvironment } from "./commands/environment.ts";
import { exitCodeOf, failureLine } from "./commands/failure.ts";

type CommandModule = { readonly command: Command };

/** The table of commands. Each module is loaded when it is called, so that a command starts with what it needs. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  start: () => import("./commands/start.ts"),
  web: () => import("./commands/web-only.ts"),
  mcp: () => import("./commands/mcp.ts"),
  index: () => import("./commands/index.ts"),
  ask: () => import("./commands/ask.ts"),
  timeline: () => import("./commands/timeline.ts"),
  source: () => import("./commands/source.ts"),
  explain: () => import("./commands/explain.ts"),
  check: () => import("./commands/check.ts"),
  preview: () => import("./commands/preview.ts"),
  export: () => import("./commands/export.ts"),
  verify: () => import("./commands/verify.ts"),
  withdraw: () => import("./commands/withdraw.ts"),
  doctor: () => import("./commands/doctor.ts"),
  feedback: () => import("./commands/feedback.ts"),
  queue: () => import("./commands/queue.ts"),
  backup: () => import("./commands/backup.ts"),
  restore: () => import("./commands/restore.ts"),
  migrate: () => import("./commands/migrate.ts"),
  eval: () => import("./commands/eval.ts"),
  "eval-robust": () => import("./commands/eval-robust.ts"),
  "bench-retrieval": () => import("./commands/bench-retrieval.ts"),
};

const HELP_HINT = "--help shows how it is called";

export type CommandTable = typeof COMMANDS;

/** Runs the command that the first argument names. Resolves to the exit code; never rejects. */
export async function runMain(context: CommandContext, table: CommandTable = COMMANDS): Promise<number> {
  const [name, ...args] = context.args;
  if (name === undefined || (wantsHelp([name]) && args.length === 0) || name === "help") {
    const output = name === undefined ? context.stderr : context.stdout;
    output.write(await overview(table));
    return name === undefined ? 2 : 0;
  }
  try {
    const load = Object.hasOwn(table, name) ? table[name] : undefined;
    if (load === undefined) {
      throw new UsageError(`is no command; there are ${Object.keys(table).join(", ")}`);
    }
    const { command } = await load();
    if (wantsHelp(args)) {
      context.stdout.write(helpText(command));
      return 0;
    }
    return await command.run({ ...context, args });
  } catch (error) {
    return reportFailure(context, name, error);
  }
}

function reportFailure(context: CommandContext, name: string, error: unknown): number {
  const hint = error instanceof UsageError ? ` (${HELP_HINT})` : "";
  context.stderr.write(`isnad ${name}: ${failureLine(error)}${hint}\n`);
  if (context.env.LOG_LEVEL === "debug" && error instanceof Error) context.stderr.write(`${error.stack}\n`);
  return exitCodeOf(error);
}

async function overview(table: CommandTable): Promise<string> {
  const rows: string[] = [];
  for (const [name, load] of Object.entries(table)) {
    const { command } = await load();
    rows.push(`  ${name.padEnd(18)}${command.summary}`);
  }
  return `Cited answers in Arabic about a collection of reports\n\n${rows.join("\n")}\n\nEach has --help.\n`;
}

/** How long a command may take to end by itself after a signal. */
const GRACE_MS = 10_000;

/** The exit code that shells give to a process ended by a signal. */
const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143 } as const;

async function main(): Promise<void> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const controller = new AbortController();
  let signalled: keyof typeof SIGNAL_EXIT | null = null;
  const onSignal = (signal: keyof typeof SIGNAL_EXIT): void => {
    if (signalled !== null) process.exit(SIGNAL_EXIT[signal]);
    signalled = signal;
    controller.abort(new Error(`stopped by ${signal}`));
    setTimeout(() => process.exit(SIGNAL_EXIT[signal]), GRACE_MS).unref();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.stdout.on("error", exitOnClosedPipe);
  process.stderr.on("error", exitOnClosedPipe);
  const code = await runMain({
    args: process.argv.slice(2),
    env: readEnvironment(root, process.env),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    cwd: process.cwd(),
    root,
    signal: controller.signal,
  });
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  process.exit(signalled !== null && code !== 0 ? SIGNAL_EXIT[signalled] : code);
}

/** A reader that closed the pipe (`ask … | head -1`) wants no more, which is no error. */
function exitOnClosedPipe(error: NodeJS.ErrnoException): void {
  process.exit(error.code === "EPIPE" ? 0 : 1);
}

const entry = process.argv[1];
if (entry !== undefined && realpathSync(entry) === fileURLToPath(import.meta.url)) await main();
