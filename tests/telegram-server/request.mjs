/** Bodies of requests: JSON, urlencoded, multipart. */

export async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Parameters by name; `isForm` when they came as strings. Query parameters win over the body. */
export function readFields(url, contentType, body) {
  const query = Object.fromEntries(url.searchParams);
  const hasQuery = Object.keys(query).length > 0;
  if (/^application\/json/.test(contentType) && body.length > 0) {
    return { fields: { ...JSON.parse(body.toString("utf8")), ...query }, isForm: hasQuery };
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(contentType)?.[1];
  if (boundary) return { fields: { ...readMultipart(body, boundary), ...query }, isForm: true };
  return {
    fields: { ...Object.fromEntries(new URLSearchParams(body.toString("utf8"))), ...query },
    isForm: true,
  };
}

function readMultipart(body, boundary) {
  const fields = {};
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at !== -1) {
    const next = body.indexOf(mark, at + mark.length);
    if (next === -1) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, split).toString("utf8");
    const content = part.subarray(split + 4);
    const name = /name="([^"]*)"/.exec(head)?.[1];
    const fileName = /filename="?([^";\r\n]*)/.exec(head)?.[1];
    if (name) {
      fields[name] =
        fileName === undefined
          ? content.toString("utf8")
          : { upload: { fileName, bytes: Buffer.from(content) } };
    }
    at = next;
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
