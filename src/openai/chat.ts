/** A chat model that keeps its manners: asks again when told to wait, asks more simply when a server knows less. */
import { setTimeout as sleep } from "node:timers/promises";
import type { TokenBudget } from "./budget.ts";
import {
  type ChatMessage,
  type Completion,
  type CompletionRequest,
  type Endpoint,
  EndpointError,
  type ReplyFormat,
} from "./client.ts";

/** Most tokens of one reply. */
const REPLY_TOKENS = 1_600;
/** Arabic comes to more than one token for two letters in no vocabulary in use. */
const CHARACTERS_PER_TOKEN = 2;
/** How often a request is repeated after 408, 429, 5xx or a broken connection. */
const REPEATS = 2;
/** First wait in milliseconds, doubled each time; half of it is chance, so that callers do not come back together. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8_000;

export interface ChatOptions {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly budget: TokenBudget;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0…1, for the waits between repeats. */
  readonly random?: (() => number) | undefined;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** JSON schema that the reply is to follow, with its name. */
  readonly schema: { readonly name: string; readonly schema: Record<string, unknown> };
  /** Whose budget pays; null for nobody's own. */
  readonly chat: string | null;
  /** Moment, in milliseconds since 1970, after which no repeat begins. */
  readonly until: number;
  readonly signal: AbortSignal;
}

export interface Chat {
  /** The model's reply. Throws EndpointError or BudgetError; an abort comes back as it is. */
  reply(request: ChatRequest): Promise<Completion>;
}

/** What a server is asked for; kept once it has worked. */
interface Manner {
  readonly format: ReplyFormat["type"];
  readonly limit: "max_tokens" | "max_completion_tokens" | null;
  readonly temperature: boolean;
}

const REFUSED_REQUEST: ReadonlySet<number> = new Set([400, 415, 422, 501]);

/** A plainer manner after a request was refused for what it holds; null when there is none. */
function plainer(manner: Manner, { status, said }: EndpointError): Manner | null {
  if (status === null || !REFUSED_REQUEST.has(status)) return null;
  if (manner.temperature && said.includes("temperature")) return { ...manner, temperature: false };
  if (manner.limit !== null && said.includes(manner.limit))
    return { ...manner, limit: manner.limit === "max_tokens" ? "max_completion_tokens" : null };
  if (manner.format === "text") return null;
  return { ...manner, format: manner.format === "json_schema" ? "json_object" : "text" };
}

function isPassing({ status }: EndpointError): boolean {
  return status === null || status === 408 || status === 429 || status >= 500;
}

/** Milliseconds that a header retry-after asks for (seconds or a date); null without one. */
export function retryDelay(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** Opens a model behind an endpoint without asking it anything. */
export function openChat({ endpoint, model, budget, now, random = Math.random }: ChatOptions): Chat {
  let manner: Manner = { format: "json_schema", limit: "max_tokens", temperature: true };

  const ask = async (request: ChatRequest, tried: Manner): Promise<Completion> => {
    const completion = await endpoint.complete(completionRequest(model, request, tried));
    manner = tried;
    return completion;
  };

  const waitAfter = (error: EndpointError, repeat: number): number => {
    const backOff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** repeat) * (0.5 + random() / 2);
    const told = retryDelay(error.retryAfter, now());
    return told === null ? backOff : told + random() * 100;
  };

  const persist = async (request: ChatRequest): Promise<Completion> => {
    let tried = manner;
    for (let repeat = 0; ; ) {
      try {
        return await ask(request, tried);
      } catch (error) {
        if (!(error instanceof EndpointError)) throw error;
        const simpler = plainer(tried, error);
        if (simpler === null) {
          const wait = waitAfter(error, repeat);
          if (!isPassing(error) || repeat >= REPEATS || now() + wait >= request.until) throw error;
          repeat += 1;
          // An abort comes back as the reason that it was given.
          await sleep(wait, undefined, { signal: request.signal }).catch(() =>
            request.signal.throwIfAborted(),
          );
        } else tried = simpler;
      }
    }
  };

  return {
    async reply(request) {
      const characters = request.messages.reduce((sum, { content }) => sum + content.length, 0);
      const settle = await budget.reserve(
        request.chat,
        Math.ceil(characters / CHARACTERS_PER_TOKEN) + REPLY_TOKENS,
      );
      try {
        const completion = await persist(request);
        if (completion.tokens !== null) await settle(completion.tokens);
        return completion;
      } catch (error) {
        // What was refused cost nothing; what ran out of time may have been paid for.
        if (error instanceof EndpointError && error.status !== null) await settle(0);
        throw error;
      }
    },
  };
}

function completionRequest(model: string, request: ChatRequest, manner: Manner): CompletionRequest {
  const { messages, schema, signal } = request;
  return {
    model,
    messages,
    signal,
    format: manner.format === "json_schema" ? { type: "json_schema", ...schema } : { type: manner.format },
    ...(manner.temperature && { temperature: 0 }),
    ...(manner.limit && { limit: { name: manner.limit, tokens: REPLY_TOKENS } }),
  };
}
