/** The graph of neighbours (HNSW), an index of its own for the vectors of each model. */
import { PostgresError } from "../../postgres/error.ts";
import type { Postgres } from "../../postgres/postgres.ts";
import type { BuildOptions } from "../build.ts";
import { NEIGHBOURS_FROM } from "../vectors.ts";

/** Name of the graph of neighbours of a model's vectors. */
export function graphName(model: number): string {
  return `passage_vectors_near_${model}`;
}

/** Makes the graph of neighbours once there are so many passages that comparing with each would be slow. */
export async function makeGraph(
  database: Postgres,
  {
    model,
    passages,
    embedder,
    neighboursFrom = NEIGHBOURS_FROM,
    onProgress,
  }: Pick<BuildOptions, "embedder" | "neighboursFrom" | "onProgress"> & {
    readonly model: number;
    readonly passages: number;
  },
): Promise<void> {
  if (passages < neighboursFrom) return;
  onProgress?.("index", 0, 1);
  const { dimension } = embedder.model;
  const session = await database.session();
  try {
    await session.rows(`SET maintenance_work_mem = '${memoryFor(passages, dimension)}MB'`);
    const create = `CREATE INDEX IF NOT EXISTS ${graphName(model)} ON passage_vectors
       USING hnsw ((vector::halfvec(${dimension})) halfvec_ip_ops) WHERE model = ${model}`;
    try {
      await session.rows(create);
    } catch (error) {
      if (!isFull(error)) throw error;
      await session.rows("SET max_parallel_maintenance_workers = 0");
      await session.rows(create);
    }
    await session.rows("RESET maintenance_work_mem");
    await session.rows("RESET max_parallel_maintenance_workers");
  } finally {
    session.release();
  }
  onProgress?.("index", 1, 1);
}

/** "Could not resize shared memory segment": all that parallel workers share is taken at once, 64 MB at most in a container. */
function isFull(error: unknown): boolean {
  return error instanceof PostgresError && error.code === "53100";
}

const MEGABYTE = 2 ** 20;
/** Of a vector in the graph beside its numbers: links to neighbours and headers (docs/SCALE.md has the whole). */
const LINKS = 700;
/** More than the graph was measured to take: with too little it is made on the disk. Parallel workers take all of it at once. */
const SPARE = 1.25;

/**
 * Megabytes in which the graph of so many vectors is made at once: with less it is made on the disk, many times slower.
 * Whoever asks it must hold it in memory anyway.
 */
export function memoryFor(vectors: number, dimension: number): number {
  return Math.max(1_024, Math.ceil((vectors * (2 * dimension + LINKS) * SPARE) / MEGABYTE));
}
