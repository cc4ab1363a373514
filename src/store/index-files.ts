/** Files of an index folder: hashed, named by their hash, written through to the disk; errors that name them. */
import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseError } from "../sqlite/open.ts";
import { StoreError } from "./store.ts";

/** A file with what it must be. */
export interface CheckedFile {
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Why a file of the index is not what it should be, or null when every byte is. Throws StoreError for an unreadable folder. */
export async function fileDamage(
  indexDir: string,
  { file, bytes, sha256 }: CheckedFile,
): Promise<string | null> {
  const path = join(indexDir, file);
  try {
    const { size } = await stat(path);
    if (size !== bytes) return `${file} has ${size} bytes instead of ${bytes}`;
    return (await hashFile(path)) === sha256 ? null : `${file} is damaged (its sha256 differs)`;
  } catch (cause) {
    if (isMissing(cause)) return `${file} is missing`;
    throw fileError(path, "cannot be read", cause);
  }
}

/** Whether a file is the one whose hash its name holds a part of. */
export async function isNamedByHash(path: string): Promise<boolean> {
  const [, part] = /-([0-9a-f]{16})\.[a-z]+$/.exec(path) ?? [];
  return part !== undefined && (await hashFile(path)).startsWith(part);
}

/** Gives a finished file its last name, which holds a part of its hash. Throws StoreError. */
export async function settleFile(
  indexDir: string,
  path: string,
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
): Promise<CheckedFile> {
  try {
    syncPath(path);
    const sha256 = await hashFile(path);
    const { size } = await stat(path);
    const file = `${prefix}${sha256.slice(0, 16)}${suffix}`;
    renameSync(path, join(indexDir, file));
    return { file, bytes: size, sha256 };
  } catch (cause) {
    throw fileError(path, "cannot be written", cause);
  }
}

/** Replaces a small file so that a reader, or a kill at any moment, sees the old or the new one, never a part. */
export function replaceFile(directory: string, name: string, text: string): void {
  const temporary = join(directory, `${name}.new`);
  const handle = openSync(temporary, "w");
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, join(directory, name));
  syncPath(directory);
}

export function syncPath(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export async function makeIndexFolder(indexDir: string): Promise<void> {
  try {
    await mkdir(indexDir, { recursive: true });
  } catch (cause) {
    throw fileError(indexDir, "cannot be made", cause);
  }
}

/** The error as StoreError that names the path and ends in the remedy. */
export function fileError(path: string, what: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  // A DatabaseError has a remedy of its own; one is enough.
  const inner = cause instanceof DatabaseError ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new StoreError(`${path} ${what} (${reason}); ${remedyFor(cause)}.`, { cause });
}

function remedyFor(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const problem = cause instanceof DatabaseError ? cause.problem : null;
  if (problem === "disk") return "free some disk space, or check that the disk is sound, and try again";
  if (code === "ENOSPC" || code === "EDQUOT" || problem === "full")
    return "free some disk space and try again";
  return "check that the folder exists and that this user may write in it, or set INDEX_DIR to another";
}

export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
