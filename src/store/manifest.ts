import { z } from "zod";

/** Raise when the tables of a generation or their meaning change, and when `indexedText` or the contexts do. */
export const SCHEMA_VERSION = 7;

/** Everything that shaped an index. Any difference from what the program would write makes the index stale. */
export const manifestSchema = z.object({
  schemaVersion: z.number().int(),
  chunkerVersion: z.number().int(),
  normalizerVersion: z.number().int(),
  annotatorVersion: z.number().int(),
  embedding: z.object({ id: z.string(), fingerprint: z.string(), dimension: z.number().int() }),
  /** sha256 over the sorted (report id, sha256) pairs, the overrides and the gazetteer. */
  corpus: z.string(),
  reports: z.number().int(),
  passages: z.number().int(),
  /** ISO time of the commit of this generation. */
  builtAt: z.string(),
  /** ISO time of the first generation with just these reports; null where it is not known. */
  changedAt: z.string().nullable().default(null),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The versions of the code that shapes passages. */
export type Versions = Pick<Manifest, "chunkerVersion" | "normalizerVersion" | "annotatorVersion">;

/** What the program would write into a manifest, apart from the results. */
export type ExpectedManifest = Omit<
  Manifest,
  "schemaVersion" | "reports" | "passages" | "builtAt" | "changedAt"
>;

const VERSIONS = {
  schemaVersion: "the store's schema",
  chunkerVersion: "the chunker",
  normalizerVersion: "the normaliser",
  annotatorVersion: "the annotator",
} as const;

/** Reason of an index that is made by this program, from something else. */
export const CORPUS_CHANGED = "the reports, the overrides or the gazetteer have changed";

/** Why an index with this manifest is stale, in a few English words, or null when it is current. */
export function staleReason(found: Manifest, expected: ExpectedManifest): string | null {
  const wanted = { ...expected, schemaVersion: SCHEMA_VERSION };
  for (const [key, name] of Object.entries(VERSIONS) as [keyof typeof VERSIONS, string][])
    if (found[key] !== wanted[key]) return `${name} is of version ${wanted[key]}, the index of ${found[key]}`;
  const { id, fingerprint, dimension } = found.embedding;
  if (id !== expected.embedding.id)
    return `the embedding model is ${expected.embedding.id}, the index holds ${id}`;
  if (fingerprint !== expected.embedding.fingerprint || dimension !== expected.embedding.dimension)
    return `the embedding model ${id} has changed`;
  if (found.corpus !== expected.corpus) return CORPUS_CHANGED;
  return null;
}
