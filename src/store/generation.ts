/**
 * The files of an index folder. A generation is one SQLite file that is never changed again; current.json names
 * the one that counts, and is replaced atomically. building.sqlite is the generation being built.
 */
import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DatabaseError } from "../sqlite/open.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { StoreError } from "./store.ts";
import { type NeighboursDescription, neighboursSchema } from "./vectors.ts";

const FORMAT = 1;
const CURRENT = "current.json";
const GENERATION = /^generation-[0-9a-f]{16}\.sqlite$/;
const NEIGHBOURS = /^neighbours-[0-9a-f]{16}\.hnsw$/;

const fileSchema = z.object({
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const currentSchema = z.object({
  format: z.literal(FORMAT),
  ...fileSchema.shape,
  file: z.string().regex(GENERATION),
  /** The cache of neighbours (vectors.ts); null for small collections and where it cannot be built. */
  neighbours: z
    .object({ ...fileSchema.shape, file: z.string().regex(NEIGHBOURS), ...neighboursSchema.shape })
    .nullable(),
  manifest: manifestSchema,
});

export type Current = z.infer<typeof currentSchema>;

/** The file holds its own hash: a flipped digit of a count is no other index. */
const checkedSchema = z.object({ check: z.string(), current: currentSchema });

/** What current.json says: a generation, nothing yet, or something that cannot be trusted. */
export type CurrentState =
  | { readonly state: "present"; readonly current: Current }
  | { readonly state: "missing" }
  | { readonly state: "damaged"; readonly reason: string };

export function buildingFile(indexDir: string): string {
  return join(indexDir, "building.sqlite");
}

export function buildingNeighboursFile(indexDir: string): string {
  return join(indexDir, "building.hnsw");
}

export function lockFile(indexDir: string): string {
  return join(indexDir, "writer.lock");
}

/** Reads current.json. Does not look at the generation itself. */
export async function readCurrent(indexDir: string): Promise<CurrentState> {
  const path = join(indexDir, CURRENT);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return { state: "missing" };
    throw fileError(path, "cannot be read", cause);
  }
  const parsed = checkedSchema.safeParse(parseJson(text));
  return parsed.success && parsed.data.check === checkOf(parsed.data.current)
    ? { state: "present", current: parsed.data.current }
    : { state: "damaged", reason: `${CURRENT} is damaged or of another version` };
}

/** A file with what it must be. */
type CheckedFile = Pick<Current, "file" | "bytes" | "sha256">;

/** Why a file of the index is not what current.json says, or null when every byte is. */
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

/** Why the neighbours cannot be used with this generation, or null when they can or there are none. */
export async function neighboursDamage(indexDir: string, current: Current): Promise<string | null> {
  const { neighbours, manifest } = current;
  if (neighbours === null) return null;
  const { dimension, fingerprint } = manifest.embedding;
  const fits =
    neighbours.dimension === dimension &&
    neighbours.count === manifest.passages &&
    neighbours.model === fingerprint;
  return fits ? fileDamage(indexDir, neighbours) : `${neighbours.file} belongs to another generation`;
}

/** Makes the closed building.sqlite the current generation, with building.hnsw if `neighbours`, and removes the former ones. */
export async function switchTo(
  indexDir: string,
  manifest: Manifest,
  neighbours: NeighboursDescription | null,
): Promise<void> {
  try {
    const generation = await settle(indexDir, buildingFile(indexDir), "generation-", ".sqlite");
    const settled =
      neighbours && (await settle(indexDir, buildingNeighboursFile(indexDir), "neighbours-", ".hnsw"));
    syncPath(indexDir);
    const current: Current = {
      format: FORMAT,
      ...generation,
      neighbours: settled && neighbours && { ...settled, ...neighbours },
      manifest,
    };
    const checked = { check: checkOf(current), current };
    replaceFile(indexDir, CURRENT, `${JSON.stringify(checked, null, 2)}\n`);
    for (const name of await readdir(indexDir))
      if ((GENERATION.test(name) || NEIGHBOURS.test(name)) && name !== current.file && name !== settled?.file)
        rmSync(join(indexDir, name), { force: true });
  } catch (cause) {
    throw fileError(indexDir, "cannot be written", cause);
  }
}

/** Gives a finished file its last name, which holds a part of its hash. */
async function settle(indexDir: string, path: string, prefix: string, suffix: string): Promise<CheckedFile> {
  syncPath(path);
  const sha256 = await hashFile(path);
  const { size } = await stat(path);
  const file = `${prefix}${sha256.slice(0, 16)}${suffix}`;
  renameSync(path, join(indexDir, file));
  return { file, bytes: size, sha256 };
}

export async function makeIndexFolder(indexDir: string): Promise<void> {
  try {
    await mkdir(indexDir, { recursive: true });
  } catch (cause) {
    throw fileError(indexDir, "cannot be made", cause);
  }
}

/**
 * Before a build: what a build killed just before its switch left becomes building.sqlite again, so that its
 * vectors are not lost; other leavings go.
 */
export async function adoptLeavings(indexDir: string): Promise<void> {
  try {
    const state = await readCurrent(indexDir);
    const kept = state.state === "present" ? state.current.file : null;
    const building = buildingFile(indexDir);
    rmSync(buildingNeighboursFile(indexDir), { force: true });
    for (const name of (await readdir(indexDir)).sort()) {
      if (!GENERATION.test(name) || name === kept) continue;
      if (await isThere(building)) rmSync(join(indexDir, name), { force: true });
      else renameSync(join(indexDir, name), building);
    }
  } catch (cause) {
    throw fileError(indexDir, "cannot be written", cause);
  }
}

export function removeBuilding(indexDir: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"])
    rmSync(buildingFile(indexDir) + suffix, { force: true, recursive: true });
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

/** Replaces a small file so that a reader, or a kill at any moment, sees the old or the new one, never a part. */
function replaceFile(directory: string, name: string, text: string): void {
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

function syncPath(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

/** Read back through the schema, so that the order of the keys is always the same. */
function checkOf(current: Current): string {
  return createHash("sha256")
    .update(JSON.stringify(currentSchema.parse(current)))
    .digest("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
