/**
 * A load balancer as stands before workers: each request goes to one of them, to another when that one takes no
 * connection; what broke off on the way is answered 502, since the worker may have stored it.
 */
import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Random } from "../random.ts";

export interface Balancer {
  readonly url: string;
  /** Ports of the workers, living or not. */
  readonly ports: number[];
  close(): void;
}

export async function startBalancer(random: Random): Promise<Balancer> {
  const ports: number[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    for (const port of random.shuffled(ports)) {
      const status = await pass(incoming, body, port);
      if (status === null) continue;
      outgoing.writeHead(status).end();
      return;
    }
    outgoing.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ports,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The status that the worker answers, 502 when it breaks off, null when it takes no connection. */
function pass({ url, method, headers }: IncomingMessage, body: Buffer, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const passed = send({ host: "127.0.0.1", port, path: url, method, headers }, (answer) => {
      answer.resume();
      answer.on("close", () => resolve(answer.complete ? (answer.statusCode ?? 502) : 502));
    });
    passed.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED" ? null : 502));
    passed.end(body);
  });
}
