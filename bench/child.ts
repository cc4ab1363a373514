/** The command line as a process of its own, timed from its start. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface Timed {
  /** Milliseconds from the start of the process to the first output that `until` accepts. */
  readonly milliseconds: number;
  readonly child: ChildProcess;
  /** Everything written to standard output so far. */
  readonly output: string;
}

export interface Call {
  readonly command: readonly [program: string, ...args: string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly input?: string | undefined;
  /** Whether the output holds what is waited for. */
  readonly until: (output: string) => boolean;
}

/** Starts a process, gives it its input, and waits until its output is as wanted. The process goes on. */
export async function timeToOutput({ command, cwd, env, input, until }: Call): Promise<Timed> {
  const [program, ...args] = command;
  const begun = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.write(input ?? "");
  let output = "";
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      if (until(output)) resolve({ milliseconds: performance.now() - begun, child, output });
    });
    child.once("error", reject);
    child.once("close", (code) => {
      reject(new Error(`${command.join(" ")} ended with ${code} before its output: ${errors.slice(-500)}`));
    });
  });
}

/** Ends the input of a process and waits for its end. */
export async function finish(child: ChildProcess): Promise<void> {
  const closed = child.exitCode === null ? once(child, "close") : null;
  child.stdin?.end();
  await closed;
}

/** Resident memory of a process now and at its most, in MB; null where the system does not tell (not Linux). */
export function residentMemory(child: ChildProcess): { now: number; peak: number } | null {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    const megabytes = (key: string): number =>
      Number(new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
    return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
  } catch {
    return null;
  }
}
