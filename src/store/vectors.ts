/**
 * The only importer of hnswlib-node: approximate neighbours for collections where the exact scan is slow. The file
 * is a cache beside a generation; hnswlib crashes the process on damaged files, so that its bytes are checked
 * against current.json before they are read.
 */
import { setImmediate as breathe } from "node:timers/promises";
import type { HierarchicalNSW } from "hnswlib-node";
import { z } from "zod";
import { checkQuery } from "./scan.ts";

/** From this many passages on, neighbours are built: below, the exact scan takes less than 10 ms. */
export const NEIGHBOURS_FROM = 20_000;

const LINKS = 16;
const EFFORT_OF_BUILD = 200;
/** Candidates looked at in a search: recall 0.995 or more of the nearest ten (docs/retrieval.md has the figures). */
const LEAST_EFFORT = 600;
const EFFORT_PER_RESULT = 8;
/** Vectors between two looks at the signal and the event loop. */
const STEP = 256;

/** What a graph is. */
export const neighboursSchema = z.object({
  dimension: z.number().int(),
  /** Rows, those that were blanked too. */
  count: z.number().int(),
  metric: z.literal("ip"),
  /** Fingerprint of the embedding model. */
  model: z.string(),
});

export type NeighboursDescription = z.infer<typeof neighboursSchema>;

export interface Graph {
  readonly rows: number;
  /** Rows nearest to a vector. Approximate: a near row may be missing. */
  search(query: Float32Array, limit: number): number[];
}

export interface GraphFile {
  readonly file: string;
  readonly dimension: number;
  readonly rows: number;
}

export interface BuildNeighboursOptions extends GraphFile {
  /** One for each row, in order. */
  readonly vectors: Iterable<Float32Array>;
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Library = { readonly HierarchicalNSW: typeof HierarchicalNSW };

/** The library, or the reason why it cannot be used here. */
async function loadLibrary(): Promise<Library | { readonly reason: string }> {
  try {
    const module = await import("hnswlib-node");
    return module.default;
  } catch (cause) {
    return { reason: reasonOf(cause) };
  }
}

/** Builds a graph into a file. Gives the reason when that cannot be done here, else null. */
export async function buildNeighbours(options: BuildNeighboursOptions): Promise<string | null> {
  const { vectors, dimension, rows, onProgress, signal } = options;
  const library = await loadLibrary();
  if ("reason" in library) return library.reason;
  const graph = new library.HierarchicalNSW("ip", dimension);
  graph.initIndex({ maxElements: rows, m: LINKS, efConstruction: EFFORT_OF_BUILD });
  let row = 0;
  for (const vector of vectors) {
    if (row % STEP === 0) {
      await breathe();
      signal?.throwIfAborted();
      onProgress?.(row);
    }
    graph.addPoint(Array.from(vector), row);
    row += 1;
  }
  return written(library, graph, options);
}

/** Writes a graph anew to another file, these rows overwritten by zeros. Gives the reason when that cannot be done here, else null. */
export async function blankNeighbours(
  from: GraphFile,
  { to, blank }: { readonly to: string; readonly blank: readonly number[] },
): Promise<string | null> {
  const library = await loadLibrary();
  if ("reason" in library) return library.reason;
  const read = readGraph(library, from);
  if ("reason" in read) return read.reason;
  const zeros = new Array<number>(from.dimension).fill(0);
  for (const row of blank) read.graph.addPoint(zeros, row);
  return written(library, read.graph, { ...from, file: to });
}

/** Writes a graph. hnswlib does not tell when the disk is full, so that the file is read back. */
function written(library: Library, graph: HierarchicalNSW, target: GraphFile): string | null {
  try {
    graph.writeIndexSync(target.file);
  } catch (cause) {
    return reasonOf(cause);
  }
  const read = readGraph(library, target);
  return "reason" in read ? read.reason : null;
}

function readGraph(
  library: Library,
  { file, dimension, rows }: GraphFile,
): { readonly graph: HierarchicalNSW } | { readonly reason: string } {
  try {
    const graph = new library.HierarchicalNSW("ip", dimension);
    graph.readIndexSync(file);
    const count = graph.getCurrentCount();
    return count === rows ? { graph } : { reason: `it holds ${count} vectors, not ${rows}` };
  } catch (cause) {
    return { reason: reasonOf(cause) };
  }
}

/** The first line of an error's message. */
function reasonOf(cause: unknown): string {
  const [line = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  return line;
}

/** Reads a file that has been checked byte by byte. Gives the reason when it cannot be used. */
export async function openGraph(described: GraphFile): Promise<Graph | { readonly reason: string }> {
  const library = await loadLibrary();
  if ("reason" in library) return library;
  const read = readGraph(library, described);
  if ("reason" in read) return read;
  const { graph } = read;
  const { rows, dimension } = described;
  return {
    rows,
    search(query, limit) {
      checkQuery(query, dimension);
      const wanted = Math.min(limit, rows);
      if (wanted <= 0) return [];
      graph.setEf(Math.max(LEAST_EFFORT, EFFORT_PER_RESULT * wanted));
      return graph.searchKnn(Array.from(query), wanted).neighbors;
    },
  };
}
