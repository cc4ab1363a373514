/** A load balancer as stands before workers: passes each request to one of them, and answers 502 when that one is gone. */
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Random } from "../random.ts";

export interface Balancer {
  readonly url: string;
  /** Ports of the workers, living or not. */
  readonly ports: number[];
  close(): void;
}

export async function startBalancer(random: Random): Promise<Balancer> {
  const ports: number[] = [];
  const server = createServer((incoming, outgoing) => {
    const port = ports[random.below(ports.length)] ?? 0;
    const options = { port, host: "127.0.0.1", path: incoming.url, method: incoming.method };
    const passed = send({ ...options, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
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
