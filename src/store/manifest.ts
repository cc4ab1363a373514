import { z } from "zod";

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
});

export type Manifest = z.infer<typeof manifestSchema>;
