/** The web page over the five reports, as `npm start` serves it, on a free port. */
import { PassThrough, Readable } from "node:stream";
import type { Sources } from "../../src/answer/asked.ts";
import type { Service } from "../../src/api/service.ts";
import type { CommandContext } from "../../src/commands/command.ts";
import { createLog } from "../../src/commands/log.ts";
import { loadWeb, openWeb } from "../../src/commands/web.ts";
import { readConfig } from "../../src/config.ts";
import { makeHealth } from "../../src/http/health.ts";
import { openMetrics } from "../../src/metrics/metrics.ts";
import { ROOT } from "../five-reports.ts";

export interface ServedPage {
  /** The address on this machine; null when there is no page. */
  readonly url: string | null;
  /** What was written to stderr so far. */
  readonly said: string[];
  readonly metrics: ReturnType<typeof openMetrics>;
  close(): Promise<void>;
}

/** Settings as in the environment; HTTP_PORT is a free one unless it is given. */
export async function servePage(
  sources: Sources,
  env: Record<string, string> = {},
  history?: Service["history"],
): Promise<ServedPage> {
  const config = readConfig({ env: { HTTP_PORT: "0", ...env }, root: ROOT });
  const stderr = new PassThrough({ encoding: "utf8" });
  const said: string[] = [];
  stderr.on("data", (text: string) => said.push(text));
  const context: CommandContext = {
    args: [],
    env,
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr,
    now: () => new Date(),
    cwd: ROOT,
    root: ROOT,
    signal: new AbortController().signal,
  };
  const metrics = openMetrics();
  const operations = { health: makeHealth(), metrics, close: async () => undefined };
  const log = createLog({ config, output: stderr, now: Date.now });
  const page = await openWeb(config, sources, { context, operations, log, parts: loadWeb(context), history });
  await new Promise((resolve) => setImmediate(resolve));
  return {
    url: page === null ? null : `http://127.0.0.1:${page.port}`,
    said,
    metrics,
    close: async () => page?.close(),
  };
}
