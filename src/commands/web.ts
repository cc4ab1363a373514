import { join } from "node:path";
import type { Sources } from "../answer/asked.ts";
import type { Service } from "../api/service.ts";
import type { Config } from "../config.ts";
import { healthRoutes } from "../http/health.ts";
import { makeRateLimit } from "../http/limit.ts";
import { isLoopback, makeAccess } from "../web/access.ts";
import type { GuardOptions } from "../web/guard.ts";
import type { CommandContext } from "./command.ts";
import { failureLine } from "./failure.ts";
import type { Log } from "./log.ts";
import type { Operations } from "./operations.ts";
import { makeService } from "./service.ts";

export interface WebPage {
  /** Where a person opens it. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The modules and files of the page. */
type WebParts = Awaited<ReturnType<typeof loadWeb>>;

interface WebContext {
  readonly context: CommandContext;
  /** Begun by `loadWeb` while the collection was opened. */
  readonly parts: Promise<WebParts>;
  readonly operations: Operations;
  readonly log: Log;
  /** When a report came, changed or went. */
  readonly history?: Service["history"] | undefined;
}

/** Milliseconds that requests under way get when the program ends. */
const CLOSE_MS = 3_000;

/** Begins to load what the page needs; called early, so that no start waits for it. */
export async function loadWeb({ root }: Pick<CommandContext, "root">) {
  const [{ openServer }, assets, { webRoutes }, { loginRoutes, webGuard }, { apiRoutes }] = await Promise.all(
    [
      import("../http/server.ts"),
      import("../web/assets.ts").then(({ loadAssets }) => loadAssets(join(root, "web"))),
      import("../web/routes.ts"),
      import("../web/guard.ts"),
      import("../api/routes.ts"),
    ],
  );
  return { openServer, assets, webRoutes, loginRoutes, webGuard, apiRoutes };
}

/** Serves the web page. A port that is taken, or access that is not set up, is one line and no end. */
export async function openWeb(config: Config, sources: Sources, given: WebContext): Promise<WebPage | null> {
  const { stderr } = given.context;
  const problem = accessProblem(config);
  if (problem !== null) {
    stderr.write(`no web page: ${problem}\n`);
    return null;
  }
  try {
    return await serveWeb(config, sources, given);
  } catch (error) {
    stderr.write(`no web page: ${failureLine(error)} (HTTP_PORT; WEB=off leaves it out)\n`);
    return null;
  }
}

/** Why others must not be let in yet, or null. */
function accessProblem({ ACCESS, HTTP_HOST, HTTP_TOKENS, PUBLIC_URL }: Config): string | null {
  const isOpened = PUBLIC_URL !== null || !isLoopback(HTTP_HOST);
  if (!isOpened || ACCESS === "open" || HTTP_TOKENS.length > 0) return null;
  return `ACCESS is ${ACCESS}, and others could reach it: put the tokens that let them in into HTTP_TOKENS`;
}

async function serveWeb(config: Config, sources: Sources, given: WebContext): Promise<WebPage> {
  const { openServer, assets, webRoutes, loginRoutes, webGuard, apiRoutes } = await given.parts;
  const { context, log } = given;
  const { HTTP_HOST: host, HTTP_PORT: port, HTTP_TOKENS: tokens, PUBLIC_URL: publicUrl } = config;
  const now = (): number => context.now().getTime();
  const access = makeAccess({ tokens, publicUrl, host });
  const limit = makeRateLimit({ perMinute: config.HTTP_RATE, now });
  const clientOf: GuardOptions["clientOf"] = (request, { peer }) => {
    // Behind a proxy the last entry is what the proxy itself saw.
    const forwarded = publicUrl === null ? undefined : request.headers.get("x-forwarded-for");
    return forwarded?.split(",").at(-1)?.trim() || peer;
  };
  const onFailure = (error: unknown): void => log.error({ error: failureLine(error) }, "page failed");
  const guard = { access, assets, limit, clientOf, onFailure };
  const service = makeService(config, sources, given);
  const server = await openServer({
    host,
    port,
    ...webGuard(guard),
    routes: [
      ...healthRoutes(given.operations.health),
      ...loginRoutes(guard),
      ...webRoutes({ service, access, assets, limit, clientOf }),
      ...apiRoutes({ service, limit, clientOf, now, isForeign: access.isForeign }),
    ],
  });
  const shownHost = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = publicUrl ?? `http://${shownHost.includes(":") ? `[${shownHost}]` : shownHost}:${server.port}`;
  context.stderr.write(`web page: ${url}\n`);
  return { url, port: server.port, close: () => server.close(CLOSE_MS) };
}
