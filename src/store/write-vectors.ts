/** The vectors of a generation: those that an earlier build made are taken over, the others are embedded. */
import { EmbeddingError } from "../embedding/embedder.ts";
import type { Database } from "../sqlite/open.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import type { BuildOptions } from "./build.ts";
import { readContextText } from "./contexts.ts";
import { buildingNeighboursFile } from "./generation.ts";
import { readMatrix } from "./scan.ts";
import { PASSAGE_VECTORS } from "./tables.ts";
import { buildNeighbours, type NeighboursDescription } from "./vectors.ts";
import type { PassOptions } from "./write.ts";

/** Texts embedded between two commits: what a killed build may have to embed again. */
const COMMIT = 64;

/** Takes over the vectors of unchanged texts from the attached `former` generation, when the model is the same. */
export function reuseVectors(database: Database, fingerprint: string): void {
  const former: unknown = database.prepare("SELECT fingerprint FROM former.vector_model").pluck().get();
  if (former !== fingerprint) return;
  database.exec(`
    INSERT OR IGNORE INTO vectors SELECT hash, vector FROM former.vectors
    WHERE hash IN (SELECT hash FROM main.passages UNION SELECT hash FROM main.contexts)`);
}

/** Embeds every text that has no vector yet, and drops vectors that no passage needs. Returns how many it embedded. */
export async function embedMissing(database: Database, options: BuildOptions): Promise<number> {
  const { embedder, onProgress, signal } = options;
  database.exec(
    "DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM passages UNION SELECT hash FROM contexts)",
  );
  const missing = missingTexts(database);
  const insert = database.prepare("INSERT INTO vectors VALUES (?, ?)");
  onProgress?.("embed", 0, missing.length);
  for (let start = 0; start < missing.length; start += COMMIT) {
    signal?.throwIfAborted();
    const batch = missing.slice(start, start + COMMIT);
    const texts = batch.map(({ first, last }) => withoutVowelSigns(readContextText(database, first, last)));
    const vectors = await embedder.embed(texts, "passage", { signal });
    database.transaction(() => {
      batch.forEach(({ hash }, i) => {
        insert.run(hash, vectorBytes(vectors[i], embedder.model.id, embedder.model.dimension));
      });
    })();
    onProgress?.("embed", start + batch.length, missing.length);
  }
  return missing.length;
}

export interface NeighboursOptions
  extends PassOptions,
    Pick<BuildOptions, "indexDir" | "embedder" | "onWarning"> {}

/** Builds the cache of neighbours; null, with a warning, where hnswlib-node cannot be used. */
export async function writeNeighbours(
  database: Database,
  passages: number,
  { indexDir, embedder, onWarning, onProgress, signal }: NeighboursOptions,
): Promise<NeighboursDescription | null> {
  const { dimension, fingerprint } = embedder.model;
  const stored = database.prepare(PASSAGE_VECTORS).iterate() as Iterable<{ ref: number; vector: Uint8Array }>;
  const matrix = readMatrix(stored, passages, dimension);
  const file = buildingNeighboursFile(indexDir);
  const problem = await buildNeighbours({ matrix, file, onProgress, signal });
  onProgress(passages);
  if (problem === null) return { dimension, count: passages, metric: "ip", model: fingerprint };
  onWarning?.(
    `hnswlib-node cannot be used (${problem}); every passage is compared instead, which is exact and slower.`,
  );
  return null;
}

interface MissingText {
  readonly hash: Buffer;
  /** The refs whose text it is: one passage, or the passages of a context. */
  readonly first: number;
  readonly last: number;
}

/** Each text once, the longest first: equal lengths share a batch, and the time left is never underestimated. */
function missingTexts(database: Database): MissingText[] {
  return database
    .prepare(
      `WITH texts AS (
         SELECT hash, ref AS first, ref AS last FROM passages UNION ALL SELECT hash, first, last FROM contexts)
       SELECT texts.hash, min(first) AS first, last,
         (SELECT sum(length(record)) FROM passages WHERE ref BETWEEN first AND last) AS size
       FROM texts WHERE texts.hash NOT IN (SELECT hash FROM vectors)
       GROUP BY texts.hash ORDER BY size DESC, first`,
    )
    .all() as MissingText[];
}

function vectorBytes(vector: Float32Array | undefined, model: string, dimension: number): Buffer {
  if (vector?.length !== dimension || !vector.every(Number.isFinite))
    throw new EmbeddingError(
      `The embedding model ${model} gave no vector of ${dimension} finite numbers; check it with npm run doctor.`,
    );
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
