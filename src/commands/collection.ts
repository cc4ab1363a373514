import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { type Config, readConfig } from "../config.ts";
import { copyGroupsOf } from "../copies/copies.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { type Apart, openEmbedder } from "../embedding/open.ts";
import { readGazetteer } from "../gazetteer/read.ts";
import { readHistory, readLedger, updateLedger } from "../ledger/file.ts";
import type { Ledger, LedgerEntry } from "../ledger/ledger.ts";
import { correctedNames } from "../overrides/names.ts";
import {
  type BuildEvents,
  buildCollection,
  type CollectionSource,
  inspectCollection,
  openCollection,
} from "../pipeline.ts";
import { readAddress } from "../postgres/address.ts";
import { readOverrides } from "../report/overrides.ts";
import { type IndexPlace, placeName, storedHeadsAt, storedReportsAt } from "../store/anywhere.ts";
import { CORPUS_CHANGED } from "../store/manifest.ts";
import { StoreError } from "../store/store.ts";
import type { CommandContext } from "./command.ts";
import { lackOf, lackRemedy } from "./holding.ts";
import { createProgress } from "./progress.ts";

/** Options that every command about a collection takes. */
export const COLLECTION_OPTIONS = {
  data: { type: "string", value: "DIR", help: "folder of the reports (default: DATA_DIR)" },
  index: {
    type: "string",
    value: "DIR",
    help: "folder of the index (default: INDEX_DIR, or one of its own for another --data)",
  },
} as const;

export interface CollectionChoice {
  readonly data?: string | undefined;
  readonly index?: string | undefined;
}

/**
 * Folders of a collection: another --data without --index gets an index of its own, never the default one. With
 * DATABASE_URL the index stands in PostgreSQL, that of another --data in a schema beside; --index names files anyhow.
 */
export function collectionFolders(
  choice: CollectionChoice,
  config: Config,
  cwd: string,
): IndexPlace & { dataDir: string } {
  const dataDir = choice.data === undefined ? config.DATA_DIR : resolve(cwd, choice.data);
  if (choice.index !== undefined) return { dataDir, indexDir: resolve(cwd, choice.index) };
  const { DATABASE_URL: url, DATABASE_GRACE: grace } = config;
  const schema = url === null ? "" : readAddress(url).schema;
  if (dataDir === config.DATA_DIR) {
    const database = url === null ? undefined : { url, schema, own: false, grace };
    return { dataDir, indexDir: config.INDEX_DIR, database };
  }
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const database = url === null ? undefined : { url, schema: `${schema}_${name}`, own: true, grace };
  return { dataDir, indexDir: join(config.INDEX_DIR, "by-data", name), database };
}

/** The file of the collection's history: in the state folder, or beside an index that was named. */
export function ledgerFile(context: CommandContext, choice: CollectionChoice): string {
  const config = readConfig({ env: context.env, root: context.root });
  const { dataDir, indexDir } = collectionFolders(choice, config, context.cwd);
  const usual = collectionFolders({ data: dataDir }, config, context.cwd).indexDir;
  if (indexDir !== usual) return join(indexDir, "history.jsonl");
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return join(config.STATE_DIR, "collections", `${name}.jsonl`);
}

/** What is written down of when reports came, changed and went. */
export function collectionLedger(context: CommandContext, choice: CollectionChoice): Promise<Ledger> {
  return readLedger(ledgerFile(context, choice));
}

/** What befell a report, by its id, the earliest first. */
export function collectionHistory(
  context: CommandContext,
  choice: CollectionChoice,
): (id: string) => Promise<LedgerEntry[]> {
  const file = ledgerFile(context, choice);
  return (id) => readHistory(file, id);
}

/** Writes down what has come, changed and gone. A history that cannot be written costs a line, not the answer. */
async function keepHistory(
  place: IndexPlace,
  context: CommandContext,
  choice: CollectionChoice,
): Promise<void> {
  const file = ledgerFile(context, choice);
  try {
    await updateLedger(file, await storedReportsAt(place), context.now().toISOString());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.stderr.write(`the history of the collection cannot be written (${why}); make ${file} writable\n`);
  }
}

/** Opens the embedder of the configuration; `apart` runs a local model in a process of its own. Throws EmbeddingError. */
export function configuredEmbedder(context: CommandContext, apart?: Apart): Promise<Embedder> {
  const config = readConfig({ env: context.env, root: context.root });
  return openEmbedder(config.EMBEDDING_MODEL ?? "", {
    modelsDir: join(context.root, "models"),
    endpoint: { apiKey: config.OPENAI_API_KEY ?? undefined, baseUrl: config.OPENAI_BASE_URL },
    signal: context.signal,
    apart,
  });
}

/** Reads what a collection is made from: configuration, gazetteer, overrides, and the embedder unless one is given. */
export async function collectionSource(
  context: CommandContext,
  choice: CollectionChoice,
  opened?: Embedder | Promise<Embedder>,
): Promise<CollectionSource> {
  const config = readConfig({ env: context.env, root: context.root });
  const projectData = join(context.root, "data");
  const [names, overrides, embedder] = await Promise.all([
    readGazetteer(projectData),
    readOverrides(join(projectData, "overrides.json")),
    opened ?? configuredEmbedder(context),
  ]);
  return {
    ...collectionFolders(choice, config, context.cwd),
    names: correctedNames(names, overrides),
    overrides,
    embedder,
  };
}

/** Builds the index and tells of it on stderr; without a choice (a made-up collection) it keeps no history. Resolves to the number of files that could not be read. */
export async function buildWithProgress(
  source: CollectionSource,
  context: CommandContext,
  choice: CollectionChoice | null,
  how: Pick<BuildEvents, "checkFiles" | "quick"> = {},
): Promise<number> {
  const progress = createProgress(context.stderr);
  try {
    const summary = await buildCollection(source, {
      now: () => context.now().toISOString(),
      onProblem: ({ file, reason }) => progress.line(`${file} ${reason}`),
      onWarning: progress.line,
      onProgress: progress.update,
      signal: context.signal,
      ...how,
    });
    progress.end();
    if (choice !== null) await keepHistory(source, context, choice);
    const { added, changed, removed, unchanged, passages, embedded } = summary;
    context.stderr.write(
      `index ready: ${added} reports added, ${changed} changed, ${removed} removed, ${unchanged} unchanged; ${passages} passages, ${embedded} embedded now\n`,
    );
    if (how.quick !== true) await tellCopies(summary.read, source, context);
    return summary.problems.length;
  } finally {
    progress.end();
  }
}

/** Which of the reports read now are one text with another: they are cited together and counted once. */
async function tellCopies(
  read: readonly string[],
  place: IndexPlace,
  context: CommandContext,
): Promise<void> {
  if (read.length === 0) return;
  const groups = await copyGroupsOf(read, { heads: () => storedHeadsAt(place) });
  if (groups.length === 0) return;
  const shown = groups.slice(0, GROUPS_SHOWN).map((members) => `  ${members.join(" = ")}\n`);
  const more = groups.length > shown.length ? `  and ${groups.length - shown.length} more\n` : "";
  const reports = groups.reduce((sum, members) => sum + members.length, 0);
  context.stderr.write(
    `published more than once, cited together and counted once: ${groups.length} of the texts read now (${reports} reports)\n${shown.join("")}${more}`,
  );
}

const GROUPS_SHOWN = 10;

/** The collection, its index built first when it is missing, stale or damaged; with the embedder that is given, or one of its own. */
export async function openCurrentCollection(
  context: CommandContext,
  choice: CollectionChoice,
  embedder?: Embedder | Promise<Embedder>,
): Promise<Sources> {
  const source = await collectionSource(context, choice, embedder);
  const state = await inspectCollection(source);
  const lack = source.database && state.state === "stale" ? await lackOf({ place: source, ...source }) : null;
  if (lack !== null) {
    const found = `the index in ${placeName(source)} is ${state.state}`;
    if (state.state === "stale" && state.reason !== CORPUS_CHANGED)
      throw new StoreError(`${found} (${state.reason}), and ${lack}; ${lackRemedy}`);
    context.stderr.write(`${found}, and is used as it is: ${lack}; ${lackRemedy}\n`);
  } else if (state.state !== "current") {
    context.stderr.write(
      `the index in ${placeName(source)} is ${state.state} (${state.reason}): building it\n`,
    );
    await buildWithProgress(source, context, choice);
  }
  const checked = state.state === "current" ? state.checked : [];
  return openCollection(source, { onWarning: (message) => context.stderr.write(`${message}\n`), checked });
}
