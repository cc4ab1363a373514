/** The reader of deliveries: what it takes, what it refuses, and what it survives. */
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWebhookServer, type WebhookServer } from "../../src/telegram/webhook-server.ts";

const SECRET = "secret_of-tests";
const UPDATE = { update_id: 7, message: { text: "قصف مدفعي على حي العُرفي" } };

let server: WebhookServer;
let delivered: unknown[] = [];
let log: string[] = [];
let store: (update: unknown) => Promise<void> = async () => {};

beforeEach(async () => {
  delivered = [];
  log = [];
  store = async () => {};
  server = await openWebhookServer({
    host: "127.0.0.1",
    port: 0,
    path: "/hook",
    secret: SECRET,
    patience: 400,
    async deliver(update) {
      await store(update);
      delivered.push(update);
    },
    log: (event, details) => log.push(`${event} ${JSON.stringify(details)}`),
  });
});
afterEach(() => server.close());

interface Delivery {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

async function post({ path = "/hook", method = "POST", headers = {}, body }: Delivery = {}): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": SECRET,
      ...headers,
    },
    ...(method === "POST" && { body: body ?? JSON.stringify(UPDATE) }),
  });
  await response.arrayBuffer();
  return response.status;
}

const HEAD = (length: number) =>
  [
    "POST /hook HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/json",
    `X-Telegram-Bot-Api-Secret-Token: ${SECRET}`,
    `Content-Length: ${length}`,
    "",
    "",
  ].join("\r\n");

/** What comes back on a plain connection, until it ends or so many answers are there. */
function talk(run: (socket: Socket) => Promise<void>, answers = 1): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(server.port, "127.0.0.1", () => void run(socket));
    socket.setNoDelay(true);
    const end = () => {
      socket.destroy();
      resolve(heard);
    };
    socket.on("data", (chunk) => {
      heard += chunk;
      if (heard.split("HTTP/1.1 ").length > answers) end();
    });
    socket.on("close", end).on("error", () => {});
  });
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("a delivery", () => {
  it("is confirmed only after it was stored, and once more when it could not be", async () => {
    let stored = () => {};
    store = () => new Promise((resolve) => (stored = resolve));
    const status = post();
    await pause(50);
    expect(await Promise.race([status, pause(20).then(() => "not yet")])).toBe("not yet");
    stored();
    expect(await status).toBe(200);
    store = () => Promise.reject(new Error("disk full"));
    expect(await post()).toBe(500);
    expect(delivered).toEqual([UPDATE]);
  });

  it("arrives whole wherever its body is split, also inside a letter", async () => {
    const body = Buffer.from(JSON.stringify(UPDATE));
    await Promise.all(
      Array.from({ length: body.length - 1 }, async (_, index) => {
        const at = index + 1;
        const heard = await talk(async (socket) => {
          socket.write(HEAD(body.length));
          socket.write(body.subarray(0, at));
          await pause(5);
          socket.write(body.subarray(at));
        });
        expect(heard).toMatch(/^HTTP\/1\.1 200/);
      }),
    );
    expect(delivered).toHaveLength(body.length - 1);
    for (const update of delivered) expect(update).toEqual(UPDATE);
  });

  it.each([
    ["to another path", { path: "/" }, 404],
    ["by another method", { method: "GET" }, 405],
    ["without the secret", { headers: { "x-telegram-bot-api-secret-token": "" } }, 403],
    ["with another secret", { headers: { "x-telegram-bot-api-secret-token": `${SECRET}x` } }, 403],
    ["that is a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["that is nearly JSON", { headers: { "content-type": "application/jsonp" } }, 415],
    ["that is compressed", { headers: { "content-encoding": "gzip" } }, 415],
    ["of nothing", { body: "" }, 400],
    ["of null", { body: "null" }, 400],
    ["of a list", { body: "[]" }, 400],
    ["without a number", { body: "{}" }, 400],
    ["with a number that is none", { body: '{"update_id":"7"}' }, 400],
    ["of broken JSON", { body: '{"update_id":7' }, 400],
    ["of bytes that are no UTF-8", { body: new Uint8Array([0x7b, 0xff, 0x7d]) }, 400],
    ["of more than a mebibyte", { body: JSON.stringify({ ...UPDATE, x: "x".repeat(1 << 20) }) }, 413],
  ] satisfies [string, Delivery, number][])("%s is refused", async (_, delivery, status) => {
    // Too large a body is not waited for: its sender may find the connection closed.
    const answer = await post(delivery).catch(() => "closed");
    expect(status === 413 ? [413, "closed"] : [status]).toContain(answer);
    expect(delivered).toEqual([]);
    expect(await post()).toBe(200);
  });

  it("of 20 MB is not read, with or without its length said before", async () => {
    const chunk = Buffer.alloc(1 << 16, 0x20);
    const heard = await talk(async (socket) => {
      socket.write(HEAD(20 * 1024 * 1024));
    });
    expect(heard).toMatch(/^HTTP\/1\.1 413/);
    let written = 0;
    const chunked = await talk(async (socket) => {
      socket.write(HEAD(0).replace("Content-Length: 0", "Transfer-Encoding: chunked"));
      while (!socket.destroyed && socket.writable && written < 20 * 1024 * 1024) {
        socket.write(`${chunk.length.toString(16)}\r\n`);
        socket.write(chunk);
        written += chunk.length;
        socket.write("\r\n");
        await pause(0);
      }
    });
    expect(chunked === "" || chunked.startsWith("HTTP/1.1 413")).toBe(true);
    expect(written).toBeLessThan(20 * 1024 * 1024);
    expect(await post()).toBe(200);
  });

  it("that takes too long is given up, while others go through", async () => {
    const slow = talk(async (socket) => {
      socket.write(HEAD(1_000));
      while (!socket.destroyed && socket.writable) {
        socket.write(" ");
        await pause(40);
      }
    });
    const mute = talk(async () => {});
    expect(await post()).toBe(200);
    expect(await slow).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect(await mute).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect(delivered).toHaveLength(1);
  });

  it("may break off", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.write(`${HEAD(1_000)}{"update`);
    await pause(20);
    socket.destroy();
    expect(await post()).toBe(200);
  });
});

it("refusals are logged without a secret, and not each of a thousand", async () => {
  const headers = { "x-telegram-bot-api-secret-token": "guessed-secret" };
  for (let time = 0; time < 20; time += 1) await post({ headers });
  expect(log).toHaveLength(5);
  expect(log[0]).toContain("another secret");
  for (const line of log) expect(line).not.toMatch(/guessed-secret|secret_of/);
});

it("closing waits for what is under way and takes nothing more", async () => {
  store = () => pause(100).then(() => {});
  const status = post();
  await pause(30);
  const closed = server.close();
  await expect(post()).rejects.toThrow();
  expect(await status).toBe(200);
  await closed;
});
