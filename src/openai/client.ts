/** The only importer of openai: what the project asks of an OpenAI-compatible endpoint. */
import OpenAI, { APIConnectionTimeoutError, APIError } from "openai";

export interface EndpointOptions {
  /** Address of the endpoint with its version ("https://api.openai.com/v1"); empty for OpenAI's own. */
  readonly baseUrl?: string | undefined;
  /** Empty for endpoints that ask for none. */
  readonly apiKey?: string | undefined;
  /** Milliseconds for one request; default 60,000. */
  readonly timeout?: number | undefined;
  /** How often a request is repeated after a connection error, 408, 409, 429 or 5xx; default 2. */
  readonly retries?: number | undefined;
}

/** An endpoint did not give what was asked of it. The message ends in the remedy and never holds the key. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";
  /** HTTP status, or null when there was no answer. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export interface EmbeddingRequest {
  readonly model: string;
  readonly texts: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface Endpoint {
  /** Address that answers, without a secret. */
  readonly address: string;
  /** One vector per text, in their order, as the endpoint scales them. Throws EndpointError; an abort comes back as it is. */
  embed(request: EmbeddingRequest): Promise<number[][]>;
}

/** Opens an endpoint without asking it anything. Throws EndpointError for an address that cannot be one. */
export function openEndpoint(options: EndpointOptions): Endpoint {
  const baseURL = options.baseUrl || "https://api.openai.com/v1";
  const address = checkedAddress(baseURL);
  const client = new OpenAI({
    apiKey: options.apiKey || "none",
    baseURL,
    // Otherwise read from the environment, past the configuration.
    organization: null,
    project: null,
    timeout: options.timeout ?? 60_000,
    maxRetries: options.retries ?? 2,
  });
  return {
    address,
    async embed({ model, texts, signal }) {
      const response = await asked(address, signal, () =>
        client.embeddings.create(
          // Asked for floats by name: many compatible servers do not know the client's default, base64.
          { model, input: [...texts], encoding_format: "float" },
          signal ? { signal } : {},
        ),
      );
      return vectorsOf(response, texts.length, address);
    },
  };
}

function vectorsOf(response: OpenAI.CreateEmbeddingResponse, count: number, address: string): number[][] {
  const rows: unknown = response?.data;
  const vectors: number[][] = [];
  for (const row of Array.isArray(rows) ? rows : []) {
    const { index, embedding }: { index?: unknown; embedding?: unknown } = row ?? {};
    const at = typeof index === "number" ? index : vectors.length;
    if (Array.isArray(embedding) && embedding.every(Number.isFinite)) vectors[at] = embedding;
  }
  const complete = vectors.length === count && !vectors.includes(undefined as never);
  if (!complete || vectors.some((vector) => vector.length === 0 || vector.length !== vectors[0]?.length))
    throw new EndpointError(
      `${address} gave no complete list of ${count} vectors; check that the model is an embedding model.`,
      null,
    );
  return vectors;
}

async function asked<T>(
  address: string,
  signal: AbortSignal | undefined,
  request: () => Promise<T>,
): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    signal?.throwIfAborted();
    throw endpointError(address, cause);
  }
}

function endpointError(address: string, cause: unknown): EndpointError {
  const status = cause instanceof APIError && typeof cause.status === "number" ? cause.status : null;
  return new EndpointError(`${address} ${reasonOf(cause, status)}.`, status, { cause });
}

function reasonOf(cause: unknown, status: number | null): string {
  if (status === 401 || status === 403) return `refused the key (HTTP ${status}); check OPENAI_API_KEY`;
  if (status === 404) return "does not know the model or the address (HTTP 404); check both";
  if (status === 429) return "is over its limit (HTTP 429); wait, or raise the account's limit";
  if (status !== null) return `failed (HTTP ${status}); try again later`;
  if (cause instanceof APIConnectionTimeoutError) return "did not answer in time; try again later";
  return "cannot be reached; check OPENAI_BASE_URL and the network";
}

/** The address as messages may show it, without its query. */
function checkedAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new EndpointError("OPENAI_BASE_URL is no http(s) address; give one like https://host/v1.", null);
  if (url.username !== "" || url.password !== "")
    throw new EndpointError(
      "OPENAI_BASE_URL holds a user name or password; give a secret in OPENAI_API_KEY instead.",
      null,
    );
  return `${url.origin}${url.pathname}`.replace(/\/$/, "");
}
