/** What goes on beside the answers: the index that others build is followed, and with --watch the folder of reports. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Sources } from "../answer/asked.ts";
import { readConfig } from "../config.ts";
import { expectedManifest, openCollection } from "../pipeline.ts";
import { readOverrides } from "../report/overrides.ts";
import { watchIndexAt } from "../store/anywhere.ts";
import type { BuildStage } from "../store/build.ts";
import { type CollectionChoice, collectionFolders, collectionSource } from "./collection.ts";
import type { CommandContext } from "./command.ts";
import { lackOf, lackRemedy, type UnderWay } from "./holding.ts";
import { followIndex, liveSources } from "./live.ts";
import { STAGES } from "./progress.ts";
import { Settling } from "./settle.ts";
import { watchFolder } from "./watch.ts";

/** What those who change the collection ask of it. */
export interface Upkeep {
  /** Brings the index up to date in a process of its own, one after the other; tells of its stages. */
  update(onStage?: (stage: BuildStage) => void): Promise<void>;
  /** Whether the newest index is the one that answers. */
  isCurrent(): Promise<boolean>;
  /** Whether this machine has all from which the index was made: an update from elsewhere would take out what is not there. */
  holdsFolder(underWay: UnderWay): Promise<boolean>;
}

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
  work: (sources: Sources, upkeep: Upkeep) => Promise<T>,
): Promise<T> {
  const config = readConfig({ env: context.env, root: context.root });
  const place = collectionFolders(choice, config, context.cwd);
  const say = (message: string): void => void context.stderr.write(`${message}\n`);
  const live = liveSources(first);
  const ending = new AbortController();
  const { signal } = ending;
  const index = await watchIndexAt(place);
  let answering = await index.current();
  let opening = answering;
  let saidLack: string | null = null;
  const lackHere = async (underWay?: UnderWay): Promise<string | null> => {
    const overrides = await readOverrides(join(context.root, "data", "overrides.json"));
    return lackOf({ place, overrides, underWay });
  };
  /** Said once, until it is another. */
  const tell = (lack: string | null): void => {
    if (lack !== null && lack !== saidLack) say(`nothing is taken up here: ${lack}; ${lackRemedy}`);
    saidLack = lack;
  };
  /** Files of one machine have an index of their own: only of a shared one something may lie elsewhere. */
  const lackOfShared = async (): Promise<string | null> => (place.database ? lackHere() : null);
  let turn: Promise<void> = Promise.resolve();
  /** One after the other: only one process at a time writes the index. */
  const inTurn = (run: IndexRun): Promise<void> => {
    const done = turn.then(() => runIndex(place, { context, ...run }));
    turn = done.catch(() => undefined);
    return done;
  };
  // What an update leaves for later is done when none has come for a minute.
  const settling = new Settling({
    settle: async (stop) => {
      if ((await lackOfShared()) === null) await inTurn({ signal: stop, quick: false });
    },
    onProblem: (message) => say(`the index cannot be looked through: ${message}`),
  });
  const update: Upkeep["update"] = (onStage) =>
    settling.change(() => inTurn({ signal, quick: true, onStage }));
  const following = followIndex({
    index,
    live,
    open: async () => {
      opening = await index.current();
      return openCollection(await collectionSource(context, choice, first.embedder), {
        onWarning: say,
        former: { ...live.sources },
      });
    },
    onSwitch: (sources) => {
      answering = opening;
      onSwitch(sources);
      say(`the index has changed: answers come from ${sources.reportIds.length} reports now`);
    },
    onProblem: (message) => say(`the new index cannot be used, the former one stays: ${message}`),
    signal,
  });
  const onProblem = (message: string): void => say(`the reports cannot be taken up: ${message}`);
  // A first build may take an hour: what was placed meanwhile is taken up too, and what a former follower left.
  const isBehind = async (former: boolean): Promise<boolean> => {
    if (former) return true;
    // Of a shared index files may lie on another machine: their lack is no change.
    const lack = await lackOfShared();
    tell(lack);
    if (lack !== null) return false;
    const { corpus } = await expectedManifest(await collectionSource(context, choice, first.embedder));
    return corpus !== live.sources.store.manifest.corpus;
  };
  let lacked: string | null = null;
  /** What an admin takes out is out of the index soon: only what is lacking at the next look too is told. */
  const takeUp = async (): Promise<boolean> => {
    await turn;
    const lack = await lackOfShared();
    if (lack === null) await update();
    else if (lack === lacked) tell(lack);
    lacked = lack;
    return lack === null;
  };
  // Of several workers one follows the folder: two would write the same index.
  const follow = (stop: AbortSignal, former: boolean): Promise<void> =>
    watchFolder({
      ...{ dir: place.dataDir, update: takeUp, onProblem, signal: stop },
      isBehind: () => isBehind(former),
    });
  const watching = watch ? index.alone(follow, signal) : Promise.resolve();
  try {
    return await work(live.sources, {
      update,
      isCurrent: async () => (await index.current()) === answering,
      async holdsFolder(underWay) {
        const lack = await lackHere(underWay);
        tell(lack);
        return lack === null;
      },
    });
  } finally {
    ending.abort();
    await settling.stop();
    await Promise.all([following, watching]);
    await index.close();
    await live.close();
    await first.embedder.close();
  }
}

interface IndexRun {
  readonly signal: AbortSignal;
  readonly quick: boolean;
  readonly onStage?: ((stage: BuildStage) => void) | undefined;
}

/** Lines with which a build tells that a stage begins (progress.ts). */
const STAGE_LINES = Object.entries(STAGES) as [BuildStage, string][];

/** Builds in a process of its own, so that answers go on meanwhile. Rejects when no index came of it. */
async function runIndex(
  { dataDir, indexDir, database }: ReturnType<typeof collectionFolders>,
  { context, signal, quick, onStage = () => undefined }: IndexRun & { readonly context: CommandContext },
): Promise<void> {
  const program = join(context.root, "dist", "main.js");
  const where = database ? [] : ["--index", indexDir];
  const args = [program, "index", "--data", dataDir, ...where, ...(quick ? ["--quick"] : [])];
  const { cwd, env, stderr } = context;
  const child = spawn(process.execPath, args, { cwd, env, signal, stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.pipe(stderr, { end: false });
  let isReady = false;
  createInterface(child.stderr).on("line", (text) => {
    const stage = STAGE_LINES.find(([, words]) => text.startsWith(words))?.[0];
    if (stage !== undefined) onStage(stage);
    // Files that cannot be read give another exit code, and an index all the same.
    isReady ||= text.startsWith("index ready");
  });
  await once(child, "close").catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (!isReady && !signal.aborted) throw new Error("the index was not brought up to date; its lines say why");
}
