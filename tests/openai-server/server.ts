/** An OpenAI-compatible endpoint on loopback that does what a script says, request by request. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({ type: z.string() }).loose().optional(),
  temperature: z.number().optional(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
});

/** What was asked of the endpoint. */
export type CompletionBody = z.infer<typeof requestSchema>;

/** One answer of the endpoint. */
export type Reply =
  | {
      readonly kind: "http";
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Record<string, string>;
    }
  /** The connection breaks after these characters of the body. */
  | { readonly kind: "broken"; readonly body: string }
  /** After these characters of the body nothing more comes. */
  | { readonly kind: "stalled"; readonly body: string }
  /** Nothing comes, for as long as the server lives. */
  | { readonly kind: "silent" };

/** A step of the script; the last one is repeated. */
export type Step = Reply | ((request: CompletionBody) => Reply);

/** A completion that holds this text. */
export function completion(content: string | null, more: { finish?: string; tokens?: number } = {}): Reply {
  const { finish = "stop", tokens } = more;
  return {
    kind: "http",
    status: 200,
    body: {
      id: "chatcmpl-1",
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: finish }],
      ...(tokens !== undefined && { usage: { total_tokens: tokens } }),
    },
  };
}

export function failure(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return { kind: "http", status, headers, body: { error: { message, type: "error" } } };
}

export interface ScriptedServer {
  readonly baseUrl: string;
  /** Every request since the script was set, in order. */
  readonly requests: readonly CompletionBody[];
  /** Sets what the next requests get. */
  play(...steps: readonly Step[]): void;
  close(): Promise<void>;
}

/** Starts the endpoint on a free port. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  let steps: readonly Step[] = [];
  const requests: CompletionBody[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = requestSchema.parse(JSON.parse(await text(request)));
    const step = steps[Math.min(requests.length, steps.length - 1)];
    requests.push(body);
    if (request.url !== "/v1/chat/completions" || step === undefined) {
      response.writeHead(404).end();
      return;
    }
    const reply = typeof step === "function" ? step(body) : step;
    if (reply.kind === "silent") return;
    if (reply.kind === "broken" || reply.kind === "stalled") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100000" });
      response.write(reply.body, () => reply.kind === "broken" && response.destroy());
      return;
    }
    const sent = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers }).end(sent);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    play(...next) {
      steps = next;
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
