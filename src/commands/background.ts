/** What goes on beside the answers: the index that others build is followed, and with --watch the folder of reports. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { readConfig } from "../config.ts";
import { openCollection } from "../pipeline.ts";
import { watchIndexAt } from "../store/anywhere.ts";
import { type CollectionChoice, collectionFolders, collectionSource } from "./collection.ts";
import type { CommandContext } from "./command.ts";
import { followIndex, liveSources } from "./live.ts";
import { watchFolder } from "./watch.ts";

export interface BackgroundOptions {
  readonly context: CommandContext;
  readonly choice: CollectionChoice;
  /** Whether the folder of the reports is followed too. */
  readonly watch: boolean;
  readonly onSwitch: (sources: Sources) => void;
}

/** Answers from `first` and from whatever takes its place while `work` goes on; closes all of it at the end. */
export async function keptCurrent<T>(
  first: Sources,
  { context, choice, watch, onSwitch }: BackgroundOptions,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const config = readConfig({ env: context.env, root: context.root });
  const place = collectionFolders(choice, config, context.cwd);
  const say = (message: string): void => void context.stderr.write(`${message}\n`);
  const live = liveSources(first);
  const ending = new AbortController();
  const { signal } = ending;
  const index = await watchIndexAt(place);
  const following = followIndex({
    index,
    live,
    open: async () =>
      openCollection(await collectionSource(context, choice, first.embedder), {
        onWarning: say,
        former: { ...live.sources },
      }),
    onSwitch: (sources) => {
      onSwitch(sources);
      say(`the index has changed: answers come from ${sources.reportIds.length} reports now`);
    },
    onProblem: (message) => say(`the new index cannot be used, the former one stays: ${message}`),
    signal,
  });
  const watching = watch
    ? watchFolder({
        dir: place.dataDir,
        update: () => runIndex(place, { context, signal, quick: true }),
        settle: (stop) => runIndex(place, { context, signal: stop, quick: false }),
        onProblem: (message) => say(`the reports cannot be taken up: ${message}`),
        signal,
      })
    : Promise.resolve();
  try {
    return await work(live.sources);
  } finally {
    ending.abort();
    await Promise.all([following, watching]);
    await index.close();
    await live.close();
    await first.embedder.close();
  }
}

/** Builds in a process of its own, so that answers go on meanwhile. */
async function runIndex(
  { dataDir, indexDir, database }: ReturnType<typeof collectionFolders>,
  {
    context,
    signal,
    quick,
  }: { readonly context: CommandContext; readonly signal: AbortSignal; readonly quick: boolean },
): Promise<void> {
  const program = join(context.root, "dist", "main.js");
  const where = database ? [] : ["--index", indexDir];
  const args = [program, "index", "--data", dataDir, ...where, ...(quick ? ["--quick"] : [])];
  const { cwd, env, stderr } = context;
  const child = spawn(process.execPath, args, { cwd, env, signal, stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.pipe(stderr, { end: false });
  await once(child, "close").catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
