/** The graph of neighbours (HNSW), an index of its own for the vectors of each model. */
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
  await database.rows(
    `CREATE INDEX IF NOT EXISTS ${graphName(model)} ON passage_vectors
     USING hnsw ((vector::halfvec(${embedder.model.dimension})) halfvec_ip_ops) WHERE model = ${model}`,
  );
  onProgress?.("index", 1, 1);
}
