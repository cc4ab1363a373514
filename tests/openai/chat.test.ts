import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BudgetError, createBudget } from "../../src/openai/budget.ts";
import { type Chat, openChat, retryDelay } from "../../src/openai/chat.ts";
import { EndpointError, openEndpoint } from "../../src/openai/client.ts";
import { completion, failure, type ScriptedServer, startScriptedServer } from "../openai-server/server.ts";

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const NOW = 1_000;
const PATIENCE = 5_000;

function open(perDay = 1_000_000): Chat {
  const now = () => NOW;
  const endpoint = openEndpoint({ baseUrl: server.baseUrl, apiKey: "sk-secret" });
  const budget = createBudget({ perDay, perChat: perDay, now });
  return openChat({ endpoint, model: "m", budget, now, random: () => 0 });
}

const say = (chat: Chat, more: { until?: number; signal?: AbortSignal } = {}) =>
  chat.reply({
    messages: [{ role: "user", content: "سلام" }],
    schema: { name: "answer", schema: { type: "object" } },
    chat: "a",
    until: NOW + PATIENCE,
    signal: new AbortController().signal,
    ...more,
  });

const formats = () => server.requests.map(({ response_format }) => response_format?.type ?? "text");

describe("a chat model", () => {
  it("is asked for JSON of a schema", async () => {
    server.play(completion("{}", { tokens: 7 }));
    expect(await say(open())).toEqual({ text: "{}", cut: false, tokens: 7 });
    expect(server.requests[0]).toMatchObject({
      model: "m",
      temperature: 0,
      response_format: {
        type: "json_schema",
        json_schema: { name: "answer", strict: true, schema: { type: "object" } },
      },
    });
  });
  it("is asked more simply where the server knows less, and from then on at once", async () => {
    server.play(
      failure(400, "response_format.type json_schema is not supported"),
      failure(400, "unknown field response_format"),
      completion("one"),
    );
    const chat = open();
    expect((await say(chat)).text).toBe("one");
    await say(chat);
    expect(formats()).toEqual(["json_schema", "json_object", "text", "text"]);
  });
  it("is asked without what it does not take: its temperature, the name of its limit", async () => {
    server.play(
      failure(400, "Unsupported value: 'temperature' does not support 0 with this model"),
      failure(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
      completion("one"),
    );
    await say(open());
    const [, , last] = server.requests;
    expect(last?.temperature).toBeUndefined();
    expect(last?.max_tokens).toBeUndefined();
    expect(last?.max_completion_tokens).toBeGreaterThan(0);
    expect(formats()).toEqual(["json_schema", "json_schema", "json_schema"]);
  });
  it("is asked again after as long as it says, and after it failed", async () => {
    server.play(
      failure(429, "slow down", { "retry-after": "0.02" }),
      failure(503, "busy"),
      completion("one"),
    );
    expect((await say(open())).text).toBe("one");
  });
  it("is given up when the wait it asks for is longer than there is time", async () => {
    server.play(failure(429, "slow down", { "retry-after": "60" }));
    await expect(say(open())).rejects.toMatchObject({ name: "EndpointError", status: 429 });
    expect(server.requests).toHaveLength(1);
  });
  it("is given up after three failures", async () => {
    server.play(failure(500, "oops", { "retry-after": "0" }));
    await expect(say(open())).rejects.toMatchObject({ status: 500 });
    expect(server.requests).toHaveLength(3);
  });
  it("is not asked again after it refused the key, and nothing tells the key", async () => {
    server.play(failure(401, "bad key sk-secret"));
    const error = await say(open()).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(EndpointError);
    expect(String(error)).toContain("check OPENAI_API_KEY");
    expect(String(error)).not.toContain("secret");
    expect(server.requests).toHaveLength(1);
  });
  it.each([
    ["no completion", { kind: "http", status: 200, body: { hello: 1 } } as const],
    ["no JSON", { kind: "http", status: 200, body: "<html>" } as const],
    ["a broken connection", { kind: "broken", body: '{"choices": [' } as const],
  ])("that gives %s is asked again", async (_, reply) => {
    server.play(reply, completion("one"));
    expect((await say(open())).text).toBe("one");
  });
  it("ends with its signal, silent or waiting", async () => {
    server.play({ kind: "silent" });
    const reason = new Error("enough");
    const silent = new AbortController();
    const asked = say(open(), { signal: silent.signal });
    setTimeout(() => silent.abort(reason), 20);
    await expect(asked).rejects.toBe(reason);
    server.play(failure(429, "slow down", { "retry-after": "4" }));
    await expect(say(open(), { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
  it("is not asked beyond the budget, which pays what was used", async () => {
    server.play(completion("one", { tokens: 10 }));
    const chat = open(1_700);
    await say(chat);
    await say(chat);
    server.play(completion("one", { tokens: 5_000 }));
    await say(chat);
    await expect(say(chat)).rejects.toBeInstanceOf(BudgetError);
    expect(server.requests).toHaveLength(1);
  });
});

describe("retryDelay", () => {
  it.each([
    [null, null],
    ["", null],
    ["soon", null],
    ["2", 2_000],
    ["0.5", 500],
    ["-3", 0],
    ["Thu, 01 Jan 1970 00:00:11 GMT", 10_000],
  ])("reads %s as %s milliseconds", (header, expected) => {
    expect(retryDelay(header, NOW)).toBe(expected);
  });
});
