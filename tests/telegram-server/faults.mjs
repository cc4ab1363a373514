/** Calls that go wrong on demand. */

export function takeFault(faults, method, values) {
  const matches = (fault) =>
    (fault.method === undefined || fault.method === method) &&
    (fault.chat === undefined || Number(values.chat_id) === fault.chat);
  const index = faults.findIndex(matches);
  if (index === -1) return null;
  const fault = faults[index];
  fault.times -= 1;
  if (fault.times <= 0) faults.splice(index, 1);
  return fault;
}

/** True when the call has been answered (or never will be). `run` does it, `failed(code, text, parameters)` refuses. */
export async function applyFault(fault, { request, response, run, failed }) {
  switch (String(fault.kind)) {
    case "429": {
      const retry_after = fault.retry_after ?? 1;
      failed(429, `Too Many Requests: retry after ${retry_after}`, { retry_after });
      return true;
    }
    case "500":
      failed(500, "Internal Server Error");
      return true;
    case "502":
      response.writeHead(502).end("<html>Bad Gateway</html>");
      return true;
    case "403":
      failed(403, "Forbidden: bot was blocked by the user");
      return true;
    case "409":
      failed(
        409,
        fault.description ??
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
      );
      return true;
    case "parse":
      failed(400, "Bad Request: can't parse entities: Unsupported start tag");
      return true;
    case "garbage":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>captive portal</html>");
      return true;
    case "reset":
      request.socket.destroy();
      return true;
    case "reset_after":
      await run();
      request.socket.destroy();
      return true;
    case "truncate":
      await run();
      response.writeHead(200, { "content-type": "application/json", "content-length": 1_000 });
      response.write('{"ok":true,"result":{"message_id":', () => request.socket.destroy());
      return true;
    // Half-open: the call was read, and no answer ever comes.
    case "hang":
      return true;
    case "hang_after":
      await run();
      return true;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1_000));
      return false;
    default:
      throw new Error(`unknown fault ${fault.kind}`);
  }
}
