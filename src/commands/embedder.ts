import { join } from "node:path";
import { forkPort } from "../embedding/apart/fork.ts";
import type { Apart } from "../embedding/open.ts";
import type { CommandContext } from "./command.ts";

/** What a process that embeds may know of the environment: no token, no key. */
const PASSED = ["PATH", "LD_LIBRARY_PATH", "TMPDIR", "TZ", "LANG"];

/**
 * glibc: few arenas, and what is free goes back to the system (over 1,000 questions and 256 passages 329 MB, without it
 * 486; a question takes as long).
 */
const FRUGAL = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_TRIM_THRESHOLD_: "1048576",
  MALLOC_MMAP_THRESHOLD_: "1048576",
};

/** The embedder of programs that run for long: in a process of its own, whose memory can be given back. */
export function apart({ root, env, stderr }: Pick<CommandContext, "root" | "env" | "stderr">): Apart {
  const program = join(root, "dist", "commands", "embedder-process.js");
  const passed = Object.fromEntries(PASSED.flatMap((key) => (env[key] ? [[key, env[key]]] : [])));
  return {
    start: (name) => forkPort({ program, args: [join(root, "models"), name], env: { ...FRUGAL, ...passed } }),
    onRestart: (line) => void stderr.write(`${line}\n`),
  };
}
