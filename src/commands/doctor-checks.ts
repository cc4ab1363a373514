/** What doctor examines on this machine. A check never throws; what is wrong is in what it returns. */
import { access, constants, readdir, stat, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { BUNDLED_MODEL, BUNDLED_MODEL_FILES } from "../embedding/bundled-model.ts";
import { readModelFolder } from "../embedding/model-folder.ts";
import { inspectCollection } from "../pipeline.ts";
import { openDatabase, quickCheck } from "../sqlite/open.ts";
import { collectionSource } from "./collection.ts";
import type { CommandContext } from "./command.ts";
import { failureLine } from "./failure.ts";

export interface Check {
  readonly name: string;
  /** failed: something does not work without it. warning: it works, but not as it could. */
  readonly status: "ok" | "warning" | "failed";
  readonly detail: string;
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

const OLDEST_NODE = [20, 19] as const;
const REINSTALL =
  "delete node_modules and run npm test, which installs it anew (needs python3, make and g++)";
const MEGABYTE = 1_048_576;
/** An index of the bundled reports takes a few megabytes, one of 10,000 reports some hundreds. */
const LITTLE_SPACE = 1024 * MEGABYTE;
const NO_SPACE = 100 * MEGABYTE;

const ok = (name: string, detail: string): Check => ({ name, status: "ok", detail, remedy: null });

async function checked(name: string, remedy: string, examine: () => Promise<Check>): Promise<Check> {
  try {
    return await examine();
  } catch (error) {
    return { name, status: "failed", detail: failureLine(error), remedy };
  }
}

/** Whether a version of Node such as "20.19.0" is new enough. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok("Node", version);
  const detail = `this is Node ${version}, and ${OLDEST_NODE.join(".")} or newer is needed`;
  return { name: "Node", status: "failed", detail, remedy: "install a newer one from https://nodejs.org" };
}

/** The packages with native code: each is loaded, which is what fails when it was not built for this system. */
export async function checkPackages(): Promise<Check[]> {
  const require = createRequire(import.meta.url);
  const loaded = (name: string, load: () => void): Promise<Check> =>
    checked(name, REINSTALL, async () => {
      load();
      return ok(name, "loads");
    });
  const hnswlib = await loaded("hnswlib-node", () => require("hnswlib-node"));
  return [
    await loaded("better-sqlite3", () => openDatabase({ file: ":memory:" }).close()),
    await loaded("onnxruntime-node", () => require("onnxruntime-node")),
    hnswlib.status === "ok"
      ? hnswlib
      : {
          ...hnswlib,
          status: "warning",
          detail: "does not load; every search is an exact scan, slower from 20,000 passages on",
        },
  ];
}

/** The files of the bundled model against their sha256. */
export function checkModel(modelsDir: string): Promise<Check> {
  return checked("model", "git checkout -- models", async () => {
    await readModelFolder({ modelDir: join(modelsDir, BUNDLED_MODEL), expected: BUNDLED_MODEL_FILES });
    return ok("model", `${BUNDLED_MODEL}, ${Object.keys(BUNDLED_MODEL_FILES).length} files unchanged`);
  });
}

export function checkData(dataDir: string): Promise<Check> {
  const remedy = "put the reports there, or name their folder in DATA_DIR";
  return checked("reports", remedy, async () => {
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("."));
    if (files.length > 0) return ok("reports", `${files.length} files in ${dataDir}`);
    return { name: "reports", status: "failed", detail: `${dataDir} holds no file`, remedy };
  });
}

/** The default index. One that is missing, stale or damaged is a warning: the next start builds it. */
export function checkIndex(context: CommandContext): Promise<Check> {
  return checked("index", "mend what it says, then run npm run index", async () => {
    const source = await collectionSource(context, {});
    try {
      const state = await inspectCollection(source);
      if (!source.database) await checkWritable(source.indexDir);
      if (state.state === "current") {
        return ok("index", `${state.manifest.reports} reports, ${state.manifest.passages} passages, current`);
      }
      const detail = `${state.state}: ${state.reason}`;
      return {
        name: "index",
        status: "warning",
        detail,
        remedy: "npm run index, or the next npm start, builds it",
      };
    } finally {
      await source.embedder.close();
    }
  });
}

/** The folder of state: writable, and what is in it readable by its owner only. */
export function checkState(stateDir: string): Promise<Check> {
  const remedy = "make the folder writable for the bot, or name another in STATE_DIR";
  return checked("state", remedy, async () => {
    await checkWritable(stateDir);
    const entries = await readdir(stateDir, { withFileTypes: true }).catch(() => []);
    const open: string[] = [];
    for (const entry of entries) {
      if (!entry.isFile() || /^(?:\.|README)/.test(entry.name)) continue;
      const { mode } = await stat(join(stateDir, entry.name));
      if ((mode & 0o077) !== 0) open.push(entry.name);
    }
    const databases = entries.filter(({ name }) => name.endsWith(".sqlite")).map(({ name }) => name);
    for (const name of databases) {
      const problem = damageOf(join(stateDir, name));
      if (problem === null) continue;
      const detail = `${join(stateDir, name)} is damaged: ${problem}`;
      return { name: "state", status: "failed", detail, remedy: "npm run restore -- FOLDER (of a backup)" };
    }
    if (open.length === 0 || process.platform === "win32") return ok("state", `${stateDir} is writable`);
    const detail = `others can read ${open.join(", ")} in ${stateDir}`;
    return { name: "state", status: "warning", detail, remedy: `chmod 600 ${join(stateDir, "*")}` };
  });
}

function damageOf(file: string): string | null {
  try {
    const database = openDatabase({ file, readOnly: true });
    try {
      return quickCheck(database);
    } finally {
      database.close();
    }
  } catch (error) {
    return failureLine(error);
  }
}

/** A port that is taken is a warning: it may be the bot itself that runs. */
export function checkPort(setting: string, { host, port }: { host: string; port: number }): Promise<Check> {
  return checked(setting, "choose another port or address", async () => {
    const free = await new Promise<boolean>((resolve, reject) => {
      const server = createServer();
      server.once("error", (error: NodeJS.ErrnoException) =>
        error.code === "EADDRINUSE" ? resolve(false) : reject(error),
      );
      server.listen(port, host, () => server.close(() => resolve(true)));
    });
    if (free) return ok(setting, `${host}:${port} is free`);
    const detail = `${host}:${port} is taken`;
    return { name: setting, status: "warning", detail, remedy: "fine if the bot runs; else choose another" };
  });
}

export function checkDisk(folder: string): Promise<Check> {
  return checked("disk", "check the folder in INDEX_DIR", async () => {
    const { bavail, bsize } = await statfs(await nearestFolder(folder));
    const free = bavail * bsize;
    const detail = `${Math.floor(free / MEGABYTE).toLocaleString("en")} MB free`;
    if (free >= LITTLE_SPACE) return ok("disk", detail);
    const status = free < NO_SPACE ? "failed" : "warning";
    return { name: "disk", status, detail, remedy: "free some space: an index of many reports needs 1 GB" };
  });
}

async function checkWritable(folder: string): Promise<void> {
  await access(await nearestFolder(folder), constants.W_OK);
}

/** The folder itself, or the nearest one above it that is there. */
async function nearestFolder(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) return path;
    if (found !== null) throw new Error(`${path} is a file where a folder is needed`);
    if (path === dirname(path)) throw new Error(`there is no folder above ${folder}`);
  }
}
