/** A first build that is killed: how much of it the next one takes over, and whether both end as one that nobody killed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../src/sqlite/open.ts";
import { readCurrent } from "../src/store/generation.ts";

export interface Killed {
  /** Vectors that stood on the disk when it was killed. */
  readonly made: number;
  /** Seconds from its start to the kill. */
  readonly seconds: number;
}

/** Starts a program and kills it (SIGKILL) as soon as so many vectors of its build are on the disk. */
export async function killedAt(
  least: number,
  { args, indexDir, cwd }: { args: readonly string[]; indexDir: string; cwd: string },
): Promise<Killed> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...args], { cwd, stdio: "ignore" });
  let ended = false;
  child.once("exit", () => (ended = true));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (ended) throw new Error("the build ended before it could be killed");
    if (vectorsMade(indexDir) >= least) break;
  }
  child.kill("SIGKILL");
  if (!ended) await once(child, "exit");
  return { made: vectorsMade(indexDir), seconds: (performance.now() - begun) / 1000 };
}

function vectorsMade(indexDir: string): number {
  const file = join(indexDir, "embedded.sqlite");
  if (!existsSync(file)) return 0;
  try {
    const database = openDatabase({ file, readOnly: true });
    try {
      return Number(database.prepare("SELECT count(*) FROM vectors").pluck().get());
    } finally {
      database.close();
    }
  } catch {
    // It is being made.
    return 0;
  }
}

/** Whether two indexes hold the same, byte by byte but for their order of reading: names hold hashes. */
export async function areSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map(readCurrent));
  return (
    a?.state === "present" &&
    b?.state === "present" &&
    JSON.stringify(a.current.segments) === JSON.stringify(b.current.segments)
  );
}
