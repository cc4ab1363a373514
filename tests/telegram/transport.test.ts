import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { normalizeApiRoot, openTransport, type Transport } from "../../src/telegram/transport.ts";

const TOKEN = "4242:secret-token";
const SIGNAL = new AbortController().signal;
let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A transport to a server that answers like this. */
async function against(
  listener: RequestListener,
  path = "",
): Promise<{ transport: Transport; errors: unknown[] }> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as AddressInfo;
  const errors: unknown[] = [];
  const transport = openTransport({
    token: TOKEN,
    apiRoot: `http://127.0.0.1:${port}${path}`,
    handle: async (update) => {
      if (JSON.stringify(update).includes("bad")) throw new Error("not stored");
    },
    onError: (error) => errors.push(error),
  });
  return { transport, errors };
}

const answering =
  (status: number, body: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };

describe("a call", () => {
  it.each([
    [200, '{"ok":true,"result":{"message_id":1}}', { kind: "ok", result: { message_id: 1 } }],
    [
      400,
      '{"ok":false,"error_code":400,"description":"Bad Request: x"}',
      { kind: "refused", code: 400, description: "Bad Request: x" },
    ],
    [
      401,
      '{"ok":false,"error_code":401,"description":"Unauthorized"}',
      { kind: "refused", code: 401, description: "Unauthorized" },
    ],
    [
      429,
      '{"ok":false,"error_code":429,"description":"…","parameters":{"retry_after":7}}',
      { kind: "wait", seconds: 7 },
    ],
    [429, '{"ok":false,"error_code":429,"description":"…"}', { kind: "wait", seconds: 5 }],
    [
      500,
      '{"ok":false,"error_code":500,"description":"…"}',
      { kind: "unsent", reason: "500 Internal Server Error" },
    ],
    [502, "<html>", { kind: "unknown", reason: "502 Bad Gateway" }],
    [504, "<html>", { kind: "unknown", reason: "504 Gateway Timeout" }],
    [200, "<html>a portal</html>", { kind: "unknown", reason: expect.any(String) }],
    [200, "null", { kind: "unknown", reason: expect.any(String) }],
    [200, '{"ok":false}', { kind: "unknown", reason: expect.any(String) }],
  ])("answered with %i %s is known for what it is", async (status, body, expected) => {
    const { transport } = await against(answering(status, body));
    expect(await transport.call("sendMessage", { chat_id: 1, text: "س" }, { signal: SIGNAL })).toEqual(
      expected,
    );
  });

  it("that reached nobody is unsent, one that broke is unknown", async () => {
    const nobody = openTransport({
      token: TOKEN,
      apiRoot: "http://127.0.0.1:9",
      handle: async () => {},
      onError: () => {},
    });
    expect(await nobody.call("getMe", {}, { signal: SIGNAL })).toMatchObject({ kind: "unsent" });
    const { transport } = await against((request) => request.socket.destroy());
    expect(await transport.call("getMe", {}, { signal: SIGNAL })).toMatchObject({ kind: "unknown" });
  });

  it("ends at its time limit and when it is stopped", async () => {
    const { transport } = await against(() => {});
    expect(await transport.call("getMe", {}, { signal: SIGNAL, timeout: 50 })).toMatchObject({
      kind: "unknown",
    });
    const stop = new AbortController();
    const call = transport.call("getMe", {}, { signal: stop.signal });
    stop.abort();
    expect(await call).toEqual({ kind: "aborted" });
    expect(await transport.call("getMe", {}, { signal: stop.signal })).toEqual({ kind: "aborted" });
  });

  it("never tells the token", async () => {
    const { transport } = await against((request) => request.socket.destroy());
    const nobody = openTransport({
      token: TOKEN,
      apiRoot: "http://127.0.0.1:9",
      handle: async () => {},
      onError: () => {},
    });
    for (const each of [transport, nobody]) {
      expect(JSON.stringify(await each.call("getMe", {}, { signal: SIGNAL }))).not.toContain("secret-token");
    }
  });

  it("sends a file with objects as JSON beside it, and the bytes as they are", async () => {
    const bytes = Buffer.from("\ufeffنص كما ورد\r\n");
    let body = Buffer.alloc(0);
    const { transport } = await against(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      body = Buffer.concat(chunks);
      response.end('{"ok":true,"result":true}');
    });
    const payload = { chat_id: 1, caption: "ملف", reply_parameters: { message_id: 5 } };
    const upload = { field: "document", name: "source-1.txt", bytes };
    await transport.call("sendDocument", payload, { signal: SIGNAL, upload });
    expect(body.toString("utf8")).toContain('{"message_id":5}');
    expect(body.toString("utf8")).toContain('filename="source-1.txt"');
    expect(body.includes(bytes)).toBe(true);
  });
});

describe("the address of the API", () => {
  it.each([
    ["https://api.telegram.org", "https://api.telegram.org/"],
    ["http://localhost:8081/", "http://localhost:8081/"],
    [" http://proxy.example/telegram ", "http://proxy.example/telegram/"],
  ])("%s ends in one slash", (given, expected) => {
    expect(normalizeApiRoot(given)).toBe(expected);
  });

  it("keeps a path", async () => {
    let path: string | undefined;
    const { transport } = await against((request, response) => {
      path = request.url;
      response.end('{"ok":true,"result":true}');
    }, "/telegram");
    await transport.call("getMe", {}, { signal: SIGNAL });
    expect(path).toBe(`/telegram/bot${TOKEN}/getMe`);
  });
});

describe("an update", () => {
  it("that cannot be taken is reported and stays unconfirmed", async () => {
    const { transport, errors } = await against(() => {});
    await transport.dispatch({ update_id: 1, message: { text: "good" } });
    await expect(transport.dispatch({ update_id: 2, message: { text: "bad" } })).rejects.toThrow(
      "not stored",
    );
    expect(errors).toHaveLength(1);
  });
});
