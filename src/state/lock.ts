/** One bot per state: a second one would deliver what the first is delivering. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Lock, takeLock } from "../sqlite/lock.ts";
import { StateError } from "./state.ts";

/** Takes the state folder for this process; makes it when it is missing. Throws StateError when another bot has it. */
export function lockState(stateDir: string): Lock {
  let taken: ReturnType<typeof takeLock>;
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    taken = takeLock(join(stateDir, "bot.lock"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StateError(`The state folder ${stateDir} cannot be used (${reason}) Check STATE_DIR.`, {
      cause,
    });
  }
  if ("release" in taken) return taken;
  const holder = taken.holder === null ? "" : ` (pid ${taken.holder})`;
  throw new StateError(
    `Another bot${holder} uses the state in ${stateDir}: stop it, or set STATE_DIR to another folder.`,
  );
}
