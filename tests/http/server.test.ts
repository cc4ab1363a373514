import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { healthRoutes, makeHealth } from "../../src/http/health.ts";
import { type HttpOptions, type HttpServer, openServer } from "../../src/http/server.ts";

const open = new Set<HttpServer>();
afterEach(async () => {
  for (const server of open) await server.close(0);
  open.clear();
});

async function serve(options: Partial<HttpOptions> = {}): Promise<HttpServer & { url: string }> {
  const failed = (): Response => new Response("failed", { status: 500 });
  const server = await openServer({ host: "127.0.0.1", port: 0, routes: [], failed, ...options });
  open.add(server);
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}

describe("a server", () => {
  it("gives routes their parameters, and every response the headers that it lacks", async () => {
    const { url } = await serve({
      headers: { "x-a": "1", "x-b": "2" },
      routes: [
        {
          method: "GET",
          path: "/reports/:id",
          handle: (_, { params, peer }) =>
            new Response(`${params.id} ${peer}`, { headers: { "x-b": "own" } }),
        },
      ],
    });
    const response = await fetch(`${url}/reports/%D8%A3%20b`);
    expect(await response.text()).toBe("أ b 127.0.0.1");
    expect(response.headers.get("x-a")).toBe("1");
    expect(response.headers.get("x-b")).toBe("own");
    const missing = await fetch(`${url}/nothing`);
    expect([missing.status, missing.headers.get("x-a")]).toEqual([404, "1"]);
  });

  it("turns what a route throws into a response, and goes on", async () => {
    const { url } = await serve({
      routes: [
        {
          method: "GET",
          path: "/",
          handle: () => {
            throw new Error("private");
          },
        },
      ],
    });
    for (const _ of [1, 2]) {
      const response = await fetch(url);
      expect([response.status, await response.text()]).toEqual([500, "failed"]);
    }
  });

  it("lets a guard end a request before its route", async () => {
    const { url } = await serve({
      guard: (request) => (request.headers.has("x-key") ? null : new Response("no", { status: 401 })),
      routes: [{ method: "GET", path: "/", handle: () => new Response("in") }],
    });
    expect((await fetch(url)).status).toBe(401);
    expect(await (await fetch(url, { headers: { "x-key": "1" } })).text()).toBe("in");
  });

  it("says in one line which address is taken, and what to do", async () => {
    const first = await serve();
    await expect(serve({ port: first.port })).rejects.toThrow(
      `127.0.0.1:${first.port} is taken by another program: end it, or choose another port`,
    );
  });

  it("ends what is under way at its deadline, and answers it before", async () => {
    const server = await serve({
      routes: [
        {
          method: "GET",
          path: "/slow",
          handle: async () => {
            await new Promise((resolve) => setTimeout(resolve, 100));
            return new Response("done");
          },
        },
      ],
    });
    const slow = fetch(`${server.url}/slow`);
    // A connection that never sends its request does not hold the end up.
    const silent = connect(server.port, "127.0.0.1");
    silent.on("error", () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await server.close(1_000);
    expect(await (await slow).text()).toBe("done");
    silent.destroy();
  });
});

describe("health", () => {
  it("is alive at once, and ready when every part is", async () => {
    const health = makeHealth();
    const { url } = await serve({ routes: healthRoutes(health) });
    const get = async (path: string) => {
      const response = await fetch(url + path);
      return [response.status, await response.json()];
    };
    expect(await get("/healthz")).toEqual([200, { status: "ok" }]);
    expect((await get("/readyz"))[0]).toBe(503);
    health.set("index", { ready: true, detail: "open" });
    health.set("telegram", { ready: false, detail: "connecting" });
    expect(await get("/readyz")).toEqual([
      503,
      {
        status: "not ready",
        parts: {
          index: { ready: true, detail: "open" },
          telegram: { ready: false, detail: "connecting" },
        },
      },
    ]);
    health.set("telegram", { ready: true, detail: "connected" });
    expect((await get("/readyz"))[0]).toBe(200);
  });
});
