/** What a vector came from: any difference makes stored vectors stale. */
export interface EmbeddingModel {
  readonly id: string;
  /** Hash of the weights and of prefixes, pooling and cut; for a remote model its name and address. */
  readonly fingerprint: string;
  readonly dimension: number;
}

export type EmbeddedRole = "query" | "passage";

export interface EmbedOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Turns texts into L2-normalised vectors. Prefixes, pooling, sorting by length and batching are its own business. */
export interface Embedder {
  readonly model: EmbeddingModel;
  /** One vector per text, in the order of the texts. A text beyond the model's window is embedded in pieces and averaged, never cut silently. */
  embed(texts: readonly string[], role: EmbeddedRole, options?: EmbedOptions): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The embedding model cannot be used. The message ends in the remedy and never holds a secret. */
export class EmbeddingError extends Error {
  override readonly name = "EmbeddingError";
}
