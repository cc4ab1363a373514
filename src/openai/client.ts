/** The only importer of openai: what the project asks of an OpenAI-compatible endpoint. */
import OpenAI, { APIConnectionTimeoutError, APIError } from "openai";
import { z } from "zod";

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
  /** The header retry-after as the endpoint sent it, retry-after-ms in seconds. */
  readonly retryAfter: string | null;
  /** What the endpoint said itself: never shown, it may repeat what was sent. */
  readonly said: string;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    const cause = options?.cause instanceof APIError ? options.cause : null;
    const milliseconds = Number.parseFloat(cause?.headers?.get("retry-after-ms") ?? "");
    this.retryAfter = Number.isFinite(milliseconds)
      ? String(milliseconds / 1000)
      : (cause?.headers?.get("retry-after") ?? null);
    this.said = cause?.message ?? "";
  }
}

export interface EmbeddingRequest {
  readonly model: string;
  readonly texts: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** What is asked for: JSON of a schema, any JSON object, or text. Servers differ in what they take. */
export type ReplyFormat =
  | { readonly type: "json_schema"; readonly name: string; readonly schema: Record<string, unknown> }
  | { readonly type: "json_object" }
  | { readonly type: "text" };

export interface CompletionRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly format: ReplyFormat;
  readonly temperature?: number | undefined;
  /** Most tokens of the reply, under the name that the server knows it by. */
  readonly limit?:
    | { readonly name: "max_tokens" | "max_completion_tokens"; readonly tokens: number }
    | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Completion {
  readonly text: string;
  /** Whether the reply was cut at its limit. */
  readonly cut: boolean;
  /** Tokens of request and reply, or null when the endpoint does not tell. */
  readonly tokens: number | null;
}

export interface Endpoint {
  /** Address that answers, without a secret. */
  readonly address: string;
  /** One vector per text, in their order, as the endpoint scales them. Throws EndpointError; an abort comes back as it is. */
  embed(request: EmbeddingRequest): Promise<number[][]>;
  /** One completion, asked for once: repeating it is the caller's. Throws EndpointError; an abort comes back as it is. */
  complete(request: CompletionRequest): Promise<Completion>;
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
    async complete({ signal, ...request }) {
      const response = await asked(address, signal, () =>
        client.chat.completions.create(completionBody(request), { ...(signal && { signal }), maxRetries: 0 }),
      );
      return completionOf(response, address);
    },
  };
}

function completionBody(
  request: Omit<CompletionRequest, "signal">,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const { model, messages, format, temperature, limit } = request;
  const body = {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature !== undefined && { temperature }),
    ...(limit && { [limit.name]: limit.tokens }),
  };
  if (format.type === "text") return body;
  if (format.type === "json_object") return { ...body, response_format: { type: "json_object" } };
  const { name, schema } = format;
  return { ...body, response_format: { type: "json_schema", json_schema: { name, schema, strict: true } } };
}

const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ total_tokens: z.number().nonnegative() }).nullish().catch(null),
});

function completionOf(response: unknown, address: string): Completion {
  const parsed = completionSchema.safeParse(response);
  const choice = parsed.data?.choices[0];
  if (!choice)
    throw new EndpointError(`${address} gave no completion; check that it serves chat completions.`, null, {
      cause: parsed.error,
    });
  return {
    text: choice.message.content ?? "",
    cut: choice.finish_reason === "length",
    tokens: parsed.data?.usage?.total_tokens ?? null,
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
