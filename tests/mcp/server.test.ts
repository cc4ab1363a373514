/** The MCP server, spoken to in JSON-RPC lines as any client would: https://modelcontextprotocol.io/specification */
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Sources } from "../../src/answer/asked.ts";
import { answerJsonSchema } from "../../src/answer/json.ts";
import { searchResponse } from "../../src/api/schemas.ts";
import { createLog } from "../../src/commands/log.ts";
import { makeService } from "../../src/commands/service.ts";
import { readConfig } from "../../src/config.ts";
import { runMcp } from "../../src/mcp/server.ts";
import { openFiveReports, ROOT } from "../five-reports.ts";

const reply = z.object({ jsonrpc: z.literal("2.0"), id: z.number(), result: z.looseObject({}) });
const toolResult = z.object({
  content: z.array(z.object({ type: z.literal("text"), text: z.string() })),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});

let sources: Sources;
let ended: Promise<void>;
const input = new PassThrough();
const output = new PassThrough();
const waiting = new Map<number, (result: unknown) => void>();
let next = 1;

function request(method: string, params: object): Promise<unknown> {
  const id = next;
  next += 1;
  input.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
  return new Promise((resolve) => waiting.set(id, resolve));
}

async function call(name: string, args: object) {
  return toolResult.parse(await request("tools/call", { name, arguments: args }));
}

beforeAll(async () => {
  sources = await openFiveReports();
  createInterface({ input: output }).on("line", (line) => {
    const { id, result } = reply.parse(JSON.parse(line));
    waiting.get(id)?.(result);
  });
  const config = readConfig({ env: {}, root: ROOT });
  const now = () => new Date();
  const log = createLog({ config, output: new PassThrough().resume(), now: Date.now });
  const service = makeService(config, sources, { context: { now }, operations: { metrics: null }, log });
  const { signal } = new AbortController();
  ended = runMcp({ service, version: "1.2.3", input, output, signal, now: Date.now });
  const client = { name: "test", version: "1" };
  await request("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: client });
  input.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
});
afterAll(async () => {
  input.end();
  await ended;
  await sources.store.close();
  await sources.embedder.close();
});

describe("the MCP server", () => {
  it("offers search, ask and read_source, all of them reading only", async () => {
    const { tools } = z
      .object({ tools: z.array(z.looseObject({ name: z.string(), annotations: z.looseObject({}) })) })
      .parse(await request("tools/list", {}));
    expect(tools.map(({ name }) => name)).toEqual(["search", "ask", "read_source"]);
    for (const { annotations } of tools) expect(annotations.readOnlyHint).toBe(true);
  });

  it("answers with checked citations", async () => {
    const { content, structuredContent } = await call("ask", {
      question: "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟",
    });
    const answer = answerJsonSchema.parse(structuredContent);
    expect(content[0]?.text).toBe(answer.text);
    for (const { report, start, end, quote } of answer.citations) {
      expect((await sources.store.report(report))?.body.slice(start, end)).toBe(quote);
    }
  });

  it("keeps a conversation", async () => {
    const conversation = "a-thread-of-mine";
    await call("ask", { question: "ماذا حدث في حي الحميدية؟", conversation });
    const { structuredContent } = await call("ask", { question: "كم قُتل هناك؟", conversation });
    expect(answerJsonSchema.parse(structuredContent).scope.places.map(({ id }) => id)).toEqual([
      "al-hamidiyah",
    ]);
  });

  it("finds passages, and reads on in their report", async () => {
    const { structuredContent } = await call("search", { query: "مدرسة خديجة الكبرى", limit: 1 });
    const [found] = searchResponse.parse(structuredContent).results;
    const { content } = await call("read_source", { report: found?.report, start: found?.start });
    expect(content[0]?.text.startsWith(found?.text ?? "-")).toBe(true);
  });

  it("says what it does not know, and ends in what to do", async () => {
    const unknown = await call("read_source", { report: "nothing" });
    expect(unknown.isError).toBe(true);
    expect(unknown.content[0]?.text).toMatch(/^no report has this id: /);
    expect((await call("search", { query: "قصف", place: "باريس" })).isError).toBe(true);
    expect((await call("search", { query: "" })).isError).toBe(true);
  });
});
