import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { CommandContext } from "../../src/commands/command.ts";
import { noteLogged } from "../logged.ts";

export const PROJECT_ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls what takes a context with one of its own: nothing of the process's reaches it. */
export async function call(
  run: (context: CommandContext) => Promise<number>,
  given: Partial<Pick<CommandContext, "args" | "env" | "cwd" | "root" | "signal" | "now">> & {
    stdin?: string;
  },
): Promise<Called> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const code = await run({
    args: [],
    env: {},
    now: () => new Date("2026-01-02T03:04:05Z"),
    cwd: PROJECT_ROOT,
    root: PROJECT_ROOT,
    signal: new AbortController().signal,
    ...given,
    stdin: Readable.from([Buffer.from(given.stdin ?? "")]),
    stdout,
    stderr,
  });
  stdout.end();
  stderr.end();
  const [out, error] = await written;
  noteLogged(error);
  return { code, stdout: out, stderr: error };
}
