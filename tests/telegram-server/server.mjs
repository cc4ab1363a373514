/** A strict Bot API on loopback; see README.md. */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Chats } from "./chats.mjs";
import { CONTROL } from "./control.mjs";
import { applyFault, takeFault } from "./faults.mjs";
import { METHODS } from "./methods.mjs";
import { loadParser } from "./parse.mjs";
import { Queries } from "./queries.mjs";
import { Rates } from "./rates.mjs";
import { Refusal } from "./refusal.mjs";
import { readBody, readFields } from "./request.mjs";
import { loadSchema, readParameters } from "./schema.mjs";
import { UpdateQueue } from "./updates.mjs";
import { Webhook } from "./webhook.mjs";

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
const queue = new UpdateQueue();
const bot = {
  queue,
  chats: new Chats(parser),
  queries: new Queries(),
  webhook: new Webhook(queue, runReply),
  rates: new Rates(),
  commands: new Map(),
  texts: new Map(),
  inlineMessages: new Map(),
  settings: { privacy: true, inline: false },
  calls: [],
  faults: [],
  /** Answers and updates of this server that the description of the Bot API does not allow. */
  defects: [],
  revoked: false,
};
const pushed = queue.push.bind(queue);
queue.push = (update) => {
  noteDefect("update", schema.checkType({ update_id: 1, ...JSON.parse(JSON.stringify(update)) }, "Update"));
  return pushed(update);
};

const server = createServer((request, response) => {
  route(request, response).catch((error) => {
    if (!response.headersSent) failed(response, 500, String(error));
  });
});

async function route(request, response) {
  const url = new URL(request.url, "http://localhost");
  const control = /^\/control\/(\w+)$/.exec(url.pathname);
  if (control) return runControl(response, control[1], await readBody(request));
  const file = /^\/file\/bot([^/]+)\/documents\/(.+)$/.exec(url.pathname);
  if (file) {
    const upload = file[1] === options.token ? bot.chats.file(file[2]) : undefined;
    return upload ? response.end(upload.bytes) : failed(response, 404, "Not Found");
  }
  const body = await readBody(request).catch(() => null);
  if (body === null) return failed(response, 413, "Request Entity Too Large");
  const call = /^\/(?:[\w/]*\/)?bot([^/]+)\/(\w+)$/.exec(decodeURIComponent(url.pathname));
  if (!call) return failed(response, 404, "Not Found");
  if (call[1] !== options.token || bot.revoked) return failed(response, 401, "Unauthorized");
  const method = schema.method(call[2].toLowerCase());
  if (!method) return failed(response, 404, "Not Found");
  try {
    const { fields, isForm } = readFields(url, request.headers["content-type"] ?? "", body);
    return await runMethod({ request, response, method, fields, isForm });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failed(response, error.code, error.description);
  }
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
  const refuse = (code, text, parameters) => failed(response, code, text, parameters, record);
  if (problem) return refuse(400, `Bad Request: ${problem}`);
  const run = async () => {
    const result = await perform(method, values, response);
    record.ok = true;
    return result;
  };
  try {
    const fault = takeFault(bot.faults, method.name, values);
    if (fault) {
      record.fault = fault.kind;
      if (await applyFault(fault, { request, response, run, failed: refuse })) return undefined;
    }
    const result = await run();
    return reply(response, 200, {
      ok: true,
      ...(result?.described ? { result: true, description: result.described } : { result }),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(error.code, error.description, error.parameters);
  }
}

async function perform(method, values, response) {
  if (method.name === "getUpdates") {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const outcome = await bot.queue.get(values, gone.signal);
    if (outcome.code) throw new Refusal(outcome.code, outcome.description);
    return outcome.result;
  }
  const run = METHODS[method.name];
  if (!run) throw new Refusal(501, `this server does not do ${method.name}`);
  bot.rates.take(method.name, values.chat_id);
  const result = await run(values, bot);
  if (!result?.described)
    noteDefect(method.name, schema.checkResult(JSON.parse(JSON.stringify(result)), method));
  return result;
}

/** A call that came as the answer to a delivery: checked and recorded as any other. */
async function runReply(name, fields) {
  const method = schema.method(name.toLowerCase());
  if (!method) return;
  const { values, problem } = readParameters(schema, method, fields, false);
  const record = { method: method.name, values: values ?? fields, at: Date.now(), ok: false, reply: true };
  bot.calls.push(record);
  if (problem) {
    record.description = `Bad Request: ${problem}`;
    return;
  }
  try {
    await perform(method, values);
    record.ok = true;
  } catch (error) {
    record.description = String(error.description ?? error);
  }
}

function noteDefect(what, problem) {
  if (problem) bot.defects.push(`${what}: ${problem}`);
}

function failed(response, code, description, parameters, record) {
  if (record) record.description = description;
  if (parameters?.retry_after) response.setHeader("Retry-After", String(parameters.retry_after));
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
