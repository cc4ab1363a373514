/** Vectors from an OpenAI-compatible embeddings endpoint. */
import { createHash } from "node:crypto";
import { EndpointError, type EndpointOptions, openEndpoint } from "../openai/client.ts";
import { cleanForEmbedding } from "./clean.ts";
import { type EmbeddedRole, type Embedder, EmbeddingError } from "./embedder.ts";
import { prefixesFor } from "./model-folder.ts";
import { evenPieces, meanOfPieces, type Weighted } from "./vectors.ts";

/** Texts in one request. */
const BATCH = 64;

/**
 * Most code points of a text sent as one. Endpoints do not tell their window and some cut silently; this many
 * Arabic letters stay within 512 tokens of the vocabularies in use, so that longer texts go in pieces.
 */
const PIECE = 1_000;

export interface RemoteEmbedderOptions {
  readonly endpoint: EndpointOptions;
  /** The endpoint's name of the model. */
  readonly model: string;
  readonly signal?: AbortSignal | undefined;
}

/** Opens a model behind an endpoint; asks it once for a vector, to know its dimension. Throws EmbeddingError. */
export async function openRemoteEmbedder(options: RemoteEmbedderOptions): Promise<Embedder> {
  const { model } = options;
  const endpoint = await named(model, async () => openEndpoint(options.endpoint));
  const request = (texts: readonly string[], signal: AbortSignal | undefined): Promise<number[][]> =>
    named(model, () => endpoint.embed({ model, texts, signal }));
  const prefixes = prefixesFor(model);
  const probe = await request(["سلام"], options.signal);
  const dimension = probe[0]?.length ?? 0;
  const shaping = JSON.stringify(["openai", endpoint.address, model, prefixes, PIECE]);
  return {
    model: {
      id: `openai:${model}`,
      fingerprint: createHash("sha256").update(shaping).digest("hex"),
      dimension,
    },
    async embed(texts, role, { signal } = {}) {
      const pieces = texts.flatMap((text, index) => cut(text, prefixes, role, index));
      const found: Weighted[][] = texts.map(() => []);
      for (let start = 0; start < pieces.length; start += BATCH) {
        signal?.throwIfAborted();
        const batch = pieces.slice(start, start + BATCH);
        const sent = batch.map((piece) => piece.sent);
        const vectors = await request(sent, signal);
        batch.forEach((piece, i) => {
          const vector = Float32Array.from(vectors[i] ?? []);
          if (vector.length !== dimension) throw changedDimension(model, dimension, vector.length);
          found[piece.text]?.push({ vector, weight: piece.sent.length });
        });
      }
      return found.map(meanOfPieces);
    },
    close: () => Promise.resolve(),
  };
}

interface Piece {
  readonly text: number;
  readonly sent: string;
}

function cut(
  text: string,
  prefixes: Readonly<Record<EmbeddedRole, string>>,
  role: EmbeddedRole,
  index: number,
): Piece[] {
  // Endpoints refuse an empty text.
  const characters = [...(cleanForEmbedding(text).trim() || "-")];
  return evenPieces(characters, PIECE).map((piece) => ({
    text: index,
    sent: prefixes[role] + piece.join(""),
  }));
}

async function named<T>(model: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof EndpointError)) throw cause;
    throw new EmbeddingError(`The embedding model openai:${model} cannot be used: ${cause.message}`, {
      cause,
    });
  }
}

function changedDimension(model: string, expected: number, found: number): EmbeddingError {
  return new EmbeddingError(
    `openai:${model} gave a vector of ${found} numbers after one of ${expected}; check the endpoint.`,
  );
}
