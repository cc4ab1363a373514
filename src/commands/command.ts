/** What a command is given: everything that reaches in from outside, so that tests can pass their own. */
export interface CommandContext {
  /** The arguments after the command's name. */
  readonly args: readonly string[];
  /** The process's environment over what `.env` holds. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Results only: what other programs read. */
  readonly stdout: Output;
  /** Logs, progress and errors. */
  readonly stderr: Output;
  now(): Date;
  /** Absolute; relative paths among the arguments start here. */
  readonly cwd: string;
  /** Absolute path of the project (data/, models/, index/); relative paths in the configuration start here. */
  readonly root: string;
  /** Aborted by SIGINT or SIGTERM. A second signal, or ten seconds, end the process hard. */
  readonly signal: AbortSignal;
}

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** An option as node:util's parseArgs takes it, with what --help says of it. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** Name of the value in the help, such as DIR. */
  readonly value?: string;
  readonly help: string;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/**
 * One command of the table in main.ts. `run` resolves to the exit code: 0 everything answered (a refusal is
 * an answer), 1 at least one error. What it throws becomes one line on stderr and exit 1; a UsageError exit 2.
 */
export interface Command {
  readonly name: string;
  /** One line without a full stop. */
  readonly summary: string;
  /** How it is called, such as `ask [options] "question"`. */
  readonly usage: string;
  readonly options: CommandOptions;
  run(context: CommandContext): Promise<number>;
}

/** The command was called in a way it does not know. The message says what is wrong; main.ts adds the way to --help. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
