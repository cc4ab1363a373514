/** Bodies of requests: JSON, urlencoded, multipart. */
import { bad } from "./refusal.mjs";

/** Largest body that Telegram takes: a file of 50 MB and its fields. */
const LARGEST_BODY = 52 * 1024 * 1024;

/** Rejects when the body is too large, after it was read to its end: the client hears the answer. */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  if (size > LARGEST_BODY) throw new Error("too large");
  return Buffer.concat(chunks);
}

/** Parameters by name; `isForm` when they came as strings. Query parameters win over the body. */
export function readFields(url, contentType, body) {
  const query = Object.fromEntries(url.searchParams);
  const hasQuery = Object.keys(query).length > 0;
  if (/^application\/json/.test(contentType) && body.length > 0) {
    return { fields: { ...readJson(body), ...query }, isForm: hasQuery };
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(contentType)?.[1];
  if (boundary) return { fields: { ...readMultipart(body, boundary), ...query }, isForm: true };
  return {
    fields: { ...Object.fromEntries(new URLSearchParams(body.toString("utf8"))), ...query },
    isForm: true,
  };
}

function readJson(body) {
  let fields;
  try {
    fields = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw bad("can't parse JSON object");
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    throw bad("can't parse JSON object: an object is expected");
  return fields;
}

function readMultipart(body, boundary) {
  const fields = {};
  const mark = Buffer.from(`--${boundary}`);
  // The first mark may stand at the very beginning; every later one begins a line.
  const inner = Buffer.from(`\r\n--${boundary}`);
  let at = body.indexOf(mark);
  while (at !== -1) {
    const from = at + mark.length + 2;
    const next = body.indexOf(inner, from - 2);
    if (next === -1) break;
    const part = body.subarray(from, next);
    const split = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, split).toString("utf8");
    const content = part.subarray(split + 4);
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
    const fileName = /filename="?([^";\r\n]*)/i.exec(head)?.[1];
    if (name) {
      fields[name] =
        fileName === undefined
          ? content.toString("utf8")
          : { upload: { fileName, bytes: Buffer.from(content) } };
    }
    at = next + 2;
  }
  // telegraf sends the method's name as a part of the form.
  delete fields.method;
  // "attach://name" stands for the part of that name.
  for (const [name, value] of Object.entries(fields)) {
    const attached = typeof value === "string" ? /^attach:\/\/(.+)$/.exec(value)?.[1] : undefined;
    if (attached && fields[attached]) {
      fields[name] = fields[attached];
      delete fields[attached];
    }
  }
  return fields;
}
