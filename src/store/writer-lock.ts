/** One writer per index. */
import { type Lock, takeLock } from "../sqlite/lock.ts";
import { lockFile } from "./generation.ts";
import { fileError } from "./index-files.ts";
import { StoreError } from "./store.ts";

/** Takes the lock of an index folder for this process. Throws StoreError when another writer holds it. */
export function lockWriter(indexDir: string): Lock {
  let taken: ReturnType<typeof takeLock>;
  try {
    taken = takeLock(lockFile(indexDir));
  } catch (cause) {
    throw fileError(indexDir, "cannot be written", cause);
  }
  if ("release" in taken) return taken;
  const holder = taken.holder === null ? "" : ` (pid ${taken.holder})`;
  throw new StoreError(`${indexDir} is being built by another process${holder}; wait until that has ended.`);
}
