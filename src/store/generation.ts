/**
 * The files of an index folder. A generation is a list of segments and what goes with them; no file of it is changed
 * again, and the next generation shares those that are still right. current.json names the generation that counts, and
 * is replaced atomically. Files named building or embedded belong to the build in progress.
 */
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type CheckedFile, fileDamage, fileError, isMissing, replaceFile, syncPath } from "./index-files.ts";
import { manifestSchema } from "./manifest.ts";
import { neighboursSchema } from "./vectors.ts";

const FORMAT = 2;
const CURRENT = "current.json";
const SEGMENT = /^segment-[0-9a-f]{16}\.sqlite$/;
const CATALOGUE = /^catalogue-[0-9a-f]{16}\.json$/;
const NEIGHBOURS = /^neighbours-[0-9a-f]{16}\.hnsw$/;
const LABELS = /^labels-[0-9a-f]{16}\.bin$/;
/** Files of generations, those of former versions too. */
const KEPT = [SEGMENT, CATALOGUE, NEIGHBOURS, LABELS, /^generation-[0-9a-f]{16}\.sqlite$/];
const BUILDING = /^building[.-]/;

const fileSchema = z.object({
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const count = z.number().int().nonnegative();

const segmentSchema = z.object({
  ...fileSchema.shape,
  file: z.string().regex(SEGMENT),
  reports: count,
  passages: count,
  contexts: count,
});

/** A segment with what it must be. */
export type SegmentFile = z.infer<typeof segmentSchema>;

const graphSchema = z.object({
  ...fileSchema.shape,
  file: z.string().regex(NEIGHBOURS),
  ...neighboursSchema.shape,
  /** Hash of the text of each row of the graph. */
  labels: z.object({ ...fileSchema.shape, file: z.string().regex(LABELS) }),
});

/** The cache of neighbours: a graph of the vectors of most passages. */
export type GraphFiles = z.infer<typeof graphSchema>;

const currentSchema = z.object({
  format: z.literal(FORMAT),
  /** In order of report ids. */
  segments: z.array(segmentSchema),
  /** What is known of the files that the reports were read from (report/catalogue.ts). */
  catalogue: z.object({ ...fileSchema.shape, file: z.string().regex(CATALOGUE) }).nullable(),
  /** What shaped the passages beside the code, as a hash; null where that was not told. */
  shaping: z.string().nullable(),
  /** Null for small collections and where it cannot be built. */
  neighbours: graphSchema.nullable(),
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

/** The reports that a build takes up, with their passages. */
export function buildingFile(indexDir: string): string {
  return join(indexDir, "building.sqlite");
}

export function buildingSegmentFile(indexDir: string): string {
  return join(indexDir, "building-segment.sqlite");
}

export function buildingNeighboursFile(indexDir: string): string {
  return join(indexDir, "building.hnsw");
}

/** Small files on their way to their name. */
export function buildingSmallFile(indexDir: string): string {
  return join(indexDir, "building.small");
}

/** The vectors made so far by a build that has not come to its end. */
export function embeddedFile(indexDir: string): string {
  return join(indexDir, "embedded.sqlite");
}

export function lockFile(indexDir: string): string {
  return join(indexDir, "writer.lock");
}

/** Reads current.json. Does not look at the files that it names. */
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

/** Why the graph of neighbours cannot be used with this generation, or null when it can or there is none. */
export async function neighboursDamage(
  indexDir: string,
  { neighbours, manifest }: Pick<Current, "neighbours" | "manifest">,
): Promise<string | null> {
  if (neighbours === null) return null;
  const { dimension, fingerprint } = manifest.embedding;
  if (neighbours.dimension !== dimension || neighbours.model !== fingerprint)
    return `${neighbours.file} belongs to another generation`;
  return (await fileDamage(indexDir, neighbours.labels)) ?? fileDamage(indexDir, neighbours);
}

/** The files that a generation consists of. */
export function filesOf({ segments, catalogue, neighbours }: Omit<Current, "format">): CheckedFile[] {
  return [
    ...segments,
    ...(catalogue === null ? [] : [catalogue]),
    ...(neighbours === null ? [] : [neighbours, neighbours.labels]),
  ];
}

/** Whether two generations are the same but for the time of their building. */
export function isSameGeneration(a: Omit<Current, "format">, b: Omit<Current, "format">): boolean {
  const timeless = ({ segments, catalogue, shaping, neighbours, manifest }: Omit<Current, "format">) =>
    JSON.stringify([
      segments,
      catalogue,
      shaping,
      neighbours,
      manifestSchema.parse({ ...manifest, builtAt: "" }),
    ]);
  return timeless(a) === timeless(b);
}

/** Makes a generation the one that counts, once all its files are on the disk, and removes those of former ones. */
export async function switchTo(indexDir: string, generation: Omit<Current, "format">): Promise<Current> {
  try {
    syncPath(indexDir);
    const current: Current = { format: FORMAT, ...generation };
    const checked = { check: checkOf(current), current };
    replaceFile(indexDir, CURRENT, `${JSON.stringify(checked, null, 2)}\n`);
    const kept = new Set(filesOf(current).map(({ file }) => file));
    for (const name of await readdir(indexDir))
      if (!kept.has(name) && KEPT.some((pattern) => pattern.test(name)))
        rmSync(join(indexDir, name), { force: true });
    return current;
  } catch (cause) {
    throw fileError(indexDir, "cannot be written", cause);
  }
}

/** Segments in the folder that no generation counts: what a build killed before its switch, or a lost current.json, left. */
export async function strayFiles(indexDir: string, current: Current | null): Promise<string[]> {
  const kept = new Set(current?.segments.map(({ file }) => file));
  const names = await readdir(indexDir);
  return names
    .filter((name) => SEGMENT.test(name) && !kept.has(name))
    .sort()
    .map((name) => join(indexDir, name));
}

/** Removes what a build in progress has left but for its vectors. */
export async function removeBuilding(indexDir: string): Promise<void> {
  try {
    for (const name of await readdir(indexDir))
      if (BUILDING.test(name)) rmSync(join(indexDir, name), { force: true, recursive: true });
  } catch (cause) {
    throw fileError(indexDir, "cannot be written", cause);
  }
}

/** Removes the vectors that a build in progress has made. */
export function removeEmbedded(indexDir: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"])
    rmSync(embeddedFile(indexDir) + suffix, { force: true, recursive: true });
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
