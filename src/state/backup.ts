/**
 * A copy of the state that can be put back: a folder with every file of the state and backup.json, which names each
 * with its size and sha256. SQLite files are copied by SQLite itself, while the bot goes on.
 * https://www.sqlite.org/backup.html
 */
import { createHash } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { DatabaseError, guarded, openDatabase, quickCheck } from "../sqlite/open.ts";
import { StateError } from "./state.ts";

const MANIFEST = "backup.json";
const FORMAT = 1;

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  made: z.string(),
  files: z.array(
    z.object({
      name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
      bytes: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Copies the state of a folder into a new one, reads it back and checks it. `made` is an ISO time. Throws StateError. */
export async function backupState(paths: {
  readonly stateDir: string;
  readonly backupDir: string;
  readonly made: string;
}): Promise<BackupManifest> {
  const { stateDir, backupDir, made } = paths;
  const names = await stateFiles(stateDir);
  if (names.length === 0) throw new StateError(`${stateDir} holds no state to back up: check STATE_DIR.`);
  if (existsSync(backupDir)) throw new StateError(`${backupDir} is there already: name another folder.`);
  const unfinished = `${backupDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const files: BackupManifest["files"] = [];
  for (const name of names) {
    const copy = join(unfinished, name);
    await copyState(join(stateDir, name), copy);
    files.push({ name, ...(await fingerprint(copy)) });
  }
  const manifest = { format: FORMAT, made, files } as const;
  await writeDurably(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncFolder(unfinished);
  await rename(unfinished, backupDir);
  await syncFolder(dirname(backupDir));
  return { ...manifest, files };
}

/**
 * Puts a backup in the place of the state. What was there is kept in `setAside`. Nothing is touched unless every file
 * of the backup is whole and no other program has the state open. Throws StateError.
 */
export async function restoreState(paths: {
  readonly backupDir: string;
  readonly stateDir: string;
  /** A folder that is not there yet. */
  readonly setAside: string;
}): Promise<BackupManifest> {
  const { backupDir, stateDir, setAside } = paths;
  const manifest = await readManifest(backupDir);
  for (const { name, bytes, sha256 } of manifest.files) {
    const found = await fingerprint(join(backupDir, name)).catch(() => null);
    if (found?.bytes !== bytes || found.sha256 !== sha256) {
      throw new StateError(`${join(backupDir, name)} is not what was backed up: use another backup.`);
    }
    if (isDatabase(name)) checkDatabase(join(backupDir, name));
  }
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  for (const name of await stateFiles(stateDir)) if (isDatabase(name)) refuseInUse(join(stateDir, name));
  const incoming = `${stateDir.replace(/\/+$/, "")}.incoming`;
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { mode: 0o700 });
  for (const { name } of manifest.files) {
    await copyFile(join(backupDir, name), join(incoming, name), constants.COPYFILE_EXCL);
    await syncFile(join(incoming, name), 0o600);
  }
  for (const name of await readdir(stateDir)) {
    if (!manifest.files.some((file) => file.name === name) && !isStateFile(name)) {
      await copyFile(join(stateDir, name), join(incoming, name));
    }
  }
  await syncFolder(incoming);
  await rename(stateDir, setAside);
  await rename(incoming, stateDir);
  await syncFolder(dirname(stateDir));
  return manifest;
}

const isDatabase = (name: string): boolean => name.endsWith(".sqlite");

/** Journals belong to their database and are no files of their own; the README is the project's. */
const isStateFile = (name: string): boolean =>
  !/^(?:\.|README)|\.lock$|\.damaged-\d+|-(?:wal|shm|journal)$/.test(name);

async function stateFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && isStateFile(entry.name))
    .map(({ name }) => name)
    .sort();
}

async function copyState(from: string, to: string): Promise<void> {
  await writeFile(to, "", { mode: 0o600 });
  if (!isDatabase(from)) {
    await copyFile(from, to);
  } else {
    const database = openDatabase({ file: from, durability: "process" });
    try {
      await database.backup(to);
    } finally {
      database.close();
    }
    closeJournal(to);
    checkDatabase(to);
  }
  await syncFile(to, 0o600);
}

function checkDatabase(file: string): void {
  const database = openDatabase({ file, readOnly: true });
  const problem = quickCheck(database);
  database.close();
  if (problem !== null) {
    throw new StateError(`${basename(file)} is damaged (${problem}): use another backup.`);
  }
}

/** Brings the journal into the file and removes it. Throws DatabaseError ("busy") while another program has it open. */
function closeJournal(file: string): void {
  const database = openDatabase({ file, durability: "process", busyTimeout: 0 });
  try {
    guarded(file, () => {
      database.pragma("locking_mode = EXCLUSIVE");
      database.pragma("journal_mode = DELETE");
    });
  } finally {
    database.close();
  }
}

/** Throws when another program has the file open. A damaged one is nobody's, and a reason to restore. */
function refuseInUse(file: string): void {
  try {
    closeJournal(file);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.problem !== "busy") return;
    throw new StateError(`${file} is in use: stop the bot, then restore.`, { cause: error });
  }
}

async function readManifest(backupDir: string): Promise<BackupManifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(backupDir, MANIFEST), "utf8")));
  } catch (error) {
    throw new StateError(`${backupDir} is no backup (its ${MANIFEST} cannot be read): name another folder.`, {
      cause: error,
    });
  }
}

async function fingerprint(file: string): Promise<{ bytes: number; sha256: string }> {
  const content = await readFile(file);
  return { bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
}

async function writeDurably(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  await syncFile(file, 0o600);
}

async function syncFile(file: string, mode: number): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
