/** A strict Bot API on loopback; see README.md. */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Chats, Refusal } from "./chats.mjs";
import { CONTROL } from "./control.mjs";
import { METHODS } from "./methods.mjs";
import { loadParser } from "./parse.mjs";
import { readBody, readFields } from "./request.mjs";
import { loadSchema, readParameters } from "./schema.mjs";
import { UpdateQueue } from "./updates.mjs";

const { values: options } = parseArgs({
  options: {
    token: { type: "string", default: "4242:test-token" },
    port: { type: "string", default: "0" },
    api: { type: "string" },
    parser: { type: "string", default: "tdlib" },
  },
});

const parser = loadParser(options.parser);
const schema = loadSchema(options.api);
const bot = {
  queue: new UpdateQueue(),
  chats: new Chats(parser),
  commands: new Map(),
  calls: [],
  faults: [],
  revoked: false,
};

const server = createServer((request, response) => {
  route(request, response).catch((error) => {
    if (!response.headersSent)
      reply(response, 500, { ok: false, error_code: 500, description: String(error) });
  });
});

async function route(request, response) {
  const url = new URL(request.url, "http://localhost");
  const body = await readBody(request);
  const control = /^\/control\/(\w+)$/.exec(url.pathname);
  if (control) return runControl(response, control[1], body);
  const file = /^\/file\/bot([^/]+)\/documents\/(.+)$/.exec(url.pathname);
  if (file) {
    const upload = file[1] === options.token ? bot.chats.file(file[2]) : undefined;
    return upload ? response.end(upload.bytes) : failed(response, 404, "Not Found");
  }
  const call = /^\/(?:[\w/]*\/)?bot([^/]+)\/(\w+)$/.exec(decodeURIComponent(url.pathname));
  if (!call) return failed(response, 404, "Not Found");
  if (call[1] !== options.token || bot.revoked) return failed(response, 401, "Unauthorized");
  const method = schema.method(call[2].toLowerCase());
  if (!method) return failed(response, 404, "Not Found");
  const { fields, isForm } = readFields(url, request.headers["content-type"] ?? "", body);
  return runMethod({ request, response, method, fields, isForm });
}

async function runControl(response, name, body) {
  try {
    const result = await CONTROL[name](body.length ? JSON.parse(body.toString("utf8")) : {}, bot);
    reply(response, 200, { ok: true, result: result ?? null });
  } catch (error) {
    reply(response, 400, { ok: false, error: String(error.message ?? error) });
  }
}

async function runMethod({ request, response, method, fields, isForm }) {
  const { values, problem } = readParameters(schema, method, fields, isForm);
  const record = { method: method.name, values: values ?? fields, at: Date.now(), ok: false };
  if (method.name !== "getUpdates") bot.calls.push(record);
  if (problem) return failed(response, 400, `Bad Request: ${problem}`, undefined, record);
  const fault = takeFault(method.name, values);
  if (fault) {
    record.fault = fault.kind;
    const done = await applyFault(fault, {
      request,
      response,
      record,
      run: () => perform(method, values, response),
    });
    if (done) return undefined;
  }
  try {
    const result = await perform(method, values, response);
    if (result?.code) return failed(response, result.code, result.description, undefined, record);
    record.ok = true;
    return reply(response, 200, { ok: true, result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failed(response, error.code, error.description, error.parameters, record);
  }
}

async function perform(method, values, response) {
  if (method.name === "getUpdates") {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const outcome = await bot.queue.get(values, gone.signal);
    return outcome.code ? outcome : outcome.result;
  }
  const run = METHODS[method.name];
  if (!run) throw new Refusal(501, `this server does not do ${method.name}`);
  return run(values, bot);
}

function takeFault(method, values) {
  const matches = (fault) =>
    (fault.method === undefined || fault.method === method) &&
    (fault.chat === undefined || Number(values.chat_id) === fault.chat);
  const index = bot.faults.findIndex(matches);
  if (index === -1) return null;
  const fault = bot.faults[index];
  fault.times -= 1;
  if (fault.times <= 0) bot.faults.splice(index, 1);
  return fault;
}

/** True when the call has been answered (or never will be). */
async function applyFault(fault, { request, response, record, run }) {
  switch (String(fault.kind)) {
    case "429": {
      const retry_after = fault.retry_after ?? 1;
      response.setHeader("Retry-After", String(retry_after));
      failed(response, 429, `Too Many Requests: retry after ${retry_after}`, { retry_after }, record);
      return true;
    }
    case "500":
      failed(response, 500, "Internal Server Error", undefined, record);
      return true;
    case "502":
      response.writeHead(502).end("<html>Bad Gateway</html>");
      return true;
    case "403":
      failed(response, 403, "Forbidden: bot was blocked by the user", undefined, record);
      return true;
    case "parse":
      failed(response, 400, "Bad Request: can't parse entities: Unsupported start tag", undefined, record);
      return true;
    case "reset":
      request.socket.destroy();
      return true;
    case "reset_after":
      await run();
      record.ok = true;
      request.socket.destroy();
      return true;
    case "hang":
      return true;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1_000));
      return false;
    default:
      throw new Error(`unknown fault ${fault.kind}`);
  }
}

function failed(response, code, description, parameters, record) {
  if (record) record.description = description;
  reply(response, code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });
}

function reply(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

server.listen(Number(options.port), "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  process.stdout.write(`${JSON.stringify({ url, parser: parser.name, schema: schema.name })}\n`);
});
process.on("SIGTERM", () => process.exit(0));
// Ends with the test that started it.
process.stdin.on("close", () => process.exit(0)).resume();
