/** A model's endpoint that is quick with all questions but one kind, and never writes anything of use. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface LoadModel {
  readonly baseUrl: string;
  /** Requests about the slow question so far. */
  readonly slow: () => number;
  close(): void;
}

/** Replies hold no claims, so that the quotations go out; those to a request with `slowText` take `slowMs`. */
export async function startModel({
  slowText,
  slowMs,
}: {
  slowText: string;
  slowMs: number;
}): Promise<LoadModel> {
  let slow = 0;
  const body = JSON.stringify({
    id: "load",
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content: '{"claims":[]}' }, finish_reason: "stop" }],
  });
  const server = createServer(async (request, response) => {
    const isSlow = (await text(request)).includes(slowText);
    if (isSlow) slow += 1;
    const answer = (): void => {
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    };
    setTimeout(answer, isSlow ? slowMs : 5);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    slow: () => slow,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
