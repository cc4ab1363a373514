import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { openEmbedder } from "../../src/embedding/open.ts";
import { embedderContract } from "../contract/embedder.ts";
import { FakeEmbedder } from "../fakes.ts";

interface Asked {
  readonly model: string;
  readonly input: readonly string[];
}

/** How the endpoint behaves, by the model that is asked for. */
const MODELS: Readonly<Record<string, (vectors: number[][]) => { status: number; body: unknown }>> = {
  good: (vectors) => ok(vectors.map((embedding, index) => ({ index, embedding }))),
  reversed: (vectors) => ok(vectors.map((embedding, index) => ({ index, embedding })).reverse()),
  short: (vectors) => ok(vectors.slice(1).map((embedding, index) => ({ index, embedding }))),
  broken: (vectors) => ok(vectors.map((_, index) => ({ index, embedding: [null, 1] }))),
  odd: () => ({ status: 200, body: "surprise" }),
  locked: () => ({ status: 401, body: { error: { message: "bad key sk-secret" } } }),
  absent: () => ({ status: 404, body: { error: { message: "no such model" } } }),
  failing: () => ({ status: 500, body: { error: { message: "oops" } } }),
};

function ok(data: readonly unknown[]): { status: number; body: unknown } {
  return { status: 200, body: { object: "list", data } };
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

const asked: Asked[] = [];
let server: Server;
let baseUrl: string;

beforeAll(async () => {
  const fake = new FakeEmbedder();
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    asked.push(body);
    const vectors = await fake.embed(body.input, "passage");
    const reply = MODELS[body.model]?.(vectors.map((vector) => [...vector])) ?? { status: 404, body: {} };
    response.writeHead(reply.status, { "content-type": "application/json" });
    response.end(JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const open = (model: string): Promise<Embedder> =>
  openEmbedder(`openai:${model}`, {
    modelsDir: "/nowhere",
    endpoint: { baseUrl, apiKey: "sk-secret", retries: 0 },
  });

embedderContract("an endpoint", () => open("good"));
embedderContract("an endpoint that answers out of order", () => open("reversed"));

describe("an embeddings endpoint", () => {
  it.each([
    ["short", "gave no complete list of 1 vectors"],
    ["broken", "gave no complete list of 1 vectors"],
    ["odd", "gave no complete list of 1 vectors"],
    ["locked", "refused the key (HTTP 401); check OPENAI_API_KEY"],
    ["absent", "does not know the model or the address (HTTP 404)"],
    ["failing", "failed (HTTP 500); try again later"],
  ])("that is %s is refused with the remedy and without a secret", async (model, message) => {
    const error = await open(model).then(
      () => new Error("nothing was refused"),
      (cause: Error) => cause,
    );
    expect(error.message).toContain(`openai:${model}`);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("secret");
  });

  it("that cannot be reached is refused with the remedy", async () => {
    const endpoint = { baseUrl: "http://127.0.0.1:9/v1", retries: 0 };
    await expect(openEmbedder("openai:good", { modelsDir: "/nowhere", endpoint })).rejects.toThrow(
      "cannot be reached; check OPENAI_BASE_URL and the network",
    );
  });

  it.each([
    ["http://user:secret@127.0.0.1/v1", "holds a user name or password; give a secret in OPENAI_API_KEY"],
    ["localhost:8080", "is no http(s) address"],
    ["not an address", "is no http(s) address"],
  ])("at %s is refused with the remedy", async (address, message) => {
    const error = await openEmbedder("openai:good", {
      modelsDir: "/nowhere",
      endpoint: { baseUrl: address },
    }).then(
      () => new Error("nothing was refused"),
      (cause: Error) => cause,
    );
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("user:secret");
  });

  it("is sent a long text whole, in pieces", async () => {
    const embedder = await open("good");
    const text = Array.from({ length: 500 }, (_, i) => `كلمة${i}`).join(" ");
    asked.length = 0;
    const [vector] = await embedder.embed([text], "passage");
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    const sent = asked.flatMap(({ input }) => input);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.join("")).toBe(text);
  });

  it("has another fingerprint for another model", async () => {
    const [one, other] = [await open("good"), await open("reversed")];
    expect(one.model.fingerprint).not.toBe(other.model.fingerprint);
  });
});
