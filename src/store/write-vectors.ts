/** The vectors of the reports taken up: those that an earlier build made are taken over, the others are embedded. */
import { EmbeddingError } from "../embedding/embedder.ts";
import type { Database } from "../sqlite/open.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import type { BuildOptions } from "./build.ts";
import { readContextText } from "./contexts.ts";
import { SCHEMA_VERSION } from "./manifest.ts";

/** Texts embedded between two commits: what a killed build may have to embed again. */
const COMMIT = 64;
const WANTED = "SELECT hash FROM main.passages UNION SELECT hash FROM main.contexts";

export interface TakeOptions {
  /** Of the model in use: vectors of another are left. */
  readonly fingerprint: string;
  /** Of the texts taken up, or of all. */
  readonly wanted: "needed" | "all";
}

/** Takes over into the attached `embedded` what vectors a segment has. */
export function takeVectors(database: Database, path: string, { fingerprint, wanted }: TakeOptions): void {
  database.prepare("ATTACH ? AS former").run(path);
  try {
    const made = database.prepare("SELECT schema, fingerprint, dimension FROM former.made").raw().get();
    const [schema, model, dimension] = made as [number, string, number];
    if (schema !== SCHEMA_VERSION || model !== fingerprint) return;
    const width = dimension * Float32Array.BYTES_PER_ELEMENT;
    const filter = wanted === "all" ? "" : `AND hash IN (${WANTED})`;
    const insert = database.prepare("INSERT OR IGNORE INTO embedded.vectors VALUES (?, ?)");
    const select = database.prepare("SELECT bytes FROM former.arrays WHERE name = ?").pluck();
    database.transaction(() => {
      for (const [name, rows] of [
        ["vectors", "SELECT hash, ref AS row FROM former.passages"],
        ["context vectors", "SELECT hash, number AS row FROM former.contexts"],
      ] as const) {
        const missing = `${rows} WHERE hash NOT IN (SELECT hash FROM embedded.vectors) ${filter}`;
        const found = database.prepare(missing).all() as { hash: Buffer; row: number }[];
        if (found.length === 0) continue;
        const bytes = select.get(name) as Buffer;
        for (const { hash, row } of found) insert.run(hash, bytes.subarray(row * width, (row + 1) * width));
      }
    })();
  } finally {
    database.exec("DETACH former");
  }
}

/** Embeds every text taken up that has no vector yet, and drops vectors that none needs. Returns how many it embedded. */
export async function embedMissing(database: Database, options: BuildOptions): Promise<number> {
  const { embedder, onProgress, signal } = options;
  database.exec(`DELETE FROM embedded.vectors WHERE hash NOT IN (${WANTED})`);
  const missing = missingTexts(database);
  const insert = database.prepare("INSERT INTO embedded.vectors VALUES (?, ?)");
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
       FROM texts WHERE texts.hash NOT IN (SELECT hash FROM embedded.vectors)
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
