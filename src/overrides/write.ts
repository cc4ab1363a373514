/** Writes data/overrides.json: whole or not at all, and nothing in it but what was changed. */
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import type { GazetteerData } from "../gazetteer/gazetteer.ts";
import { type Overrides, OverridesError, parseOverrides } from "../report/overrides.ts";
import { type FormerEntry, formerEntries, own } from "./edit.ts";
import { correctedNames } from "./names.ts";
import { spliceEntries } from "./splice.ts";

export interface EditOptions {
  /** data/overrides.json; made when there is none. */
  readonly file: string;
  /** The lists as they stand under data/ (`readGazetteer`), without corrections: to refuse what a build would refuse. */
  readonly names: GazetteerData;
}

export interface Edited {
  readonly overrides: Overrides;
  /** What `restoreEntries` needs to undo it; empty when nothing changed. */
  readonly former: readonly FormerEntry[];
}

/** Edits of one file wait for each other. */
const waiting = new Map<string, Promise<unknown>>();

/**
 * Applies a change (edit.ts) to the file as it is now. The change is called with the overrides and with the lists as
 * they are corrected so far; it may be called again when another process has written meanwhile.
 * @throws OverridesError for a file that is wrong, a change that a build would refuse, or a folder that cannot be written.
 */
export function editOverrides(
  { file, names }: EditOptions,
  change: (overrides: Overrides, names: GazetteerData) => Overrides,
): Promise<Edited> {
  const before = waiting.get(file) ?? Promise.resolve();
  // The file may be a link to one outside the program's folder: that one is replaced.
  const edited = before.then(async () => edit(await realpath(file).catch(() => file), names, change));
  const settled = edited.catch(() => undefined);
  waiting.set(file, settled);
  void settled.then(() => waiting.get(file) === settled && waiting.delete(file));
  return edited;
}

async function edit(
  file: string,
  names: GazetteerData,
  change: (overrides: Overrides, names: GazetteerData) => Overrides,
): Promise<Edited> {
  for (;;) {
    const text = await textOf(file);
    const before = parseOverrides(text ?? EMPTY, file);
    const after = change(before, correctedNames(names, before));
    const former = formerEntries(before, after);
    if (former.length === 0) return { overrides: before, former };
    const written = spliceEntries(
      text ?? EMPTY,
      former.map(({ section, id }) => ({ section, id, entry: own(after[section] ?? {}, id) ?? null })),
      ["places", "publishers"],
    );
    const overrides = parseOverrides(written, file);
    correctedNames(names, overrides);
    if ((await textOf(file)) !== text) continue;
    replace(file, written);
    return { overrides, former };
  }
}

const EMPTY = '{\n  "reports": {}\n}\n';

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new OverridesError(`${file} cannot be read; make it readable or remove it`, { cause });
  }
}

/** Writes beside the file, to the disk, and puts it in its place: whoever reads sees the former or the new one. */
function replace(file: string, text: string): void {
  const beside = `${file}.${randomBytes(4).toString("hex")}.new`;
  try {
    writeSynced(beside, text);
    renameSync(beside, file);
    syncFolder(dirname(file));
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new OverridesError(`${file} cannot be written; make its folder writable and free some space`, {
      cause,
    });
  }
}

function writeSynced(file: string, text: string): void {
  const handle = openSync(file, "wx", 0o644);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
