/** The only importer of hono: serves routes over HTTP and ends in order. */
import type { Server } from "node:http";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";

/** What a route is given; the rest stands in the web-standard `request`. */
export interface RouteContext {
  readonly params: Readonly<Record<string, string>>;
  /** Address of the connection's other end: a proxy, when there is one. */
  readonly peer: string;
}

export interface Route {
  readonly method: "GET" | "POST";
  /** As Hono takes it: `/api/reports/:id`. */
  readonly path: string;
  handle(request: Request, context: RouteContext): Response | Promise<Response>;
}

export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** Looked at before every route: a response ends the request there. */
  readonly guard?: ((request: Request, context: RouteContext) => Response | null) | undefined;
  /** Added to every response that does not set them itself. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What is said of an unknown address (404), and of a method that a known one does not take (405). */
  readonly refused?: ((request: Request, status: 404 | 405) => Response) | undefined;
  /** What is said when a route throws; told of the error itself. */
  readonly failed: (error: unknown, request: Request) => Response;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no more requests; those under way get so many milliseconds. */
  close(deadline: number): Promise<void>;
}

/** A server cannot listen. The message names the address and ends in the remedy. */
export class HttpError extends Error {
  override readonly name = "HttpError";
}

/** Milliseconds for the head of a request, and for all of it: a slow sender must not hold a connection. */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;

/** Resolves once it listens. Throws HttpError when the address is taken or not allowed. */
export function openServer(options: HttpOptions): Promise<HttpServer> {
  const app = makeApp(options);
  const { host, port } = options;
  const tuning = { headersTimeout: HEAD_MS, requestTimeout: REQUEST_MS, maxHeaderSize: 16_384 };
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions: tuning }, (address) => {
      server.off("error", refused);
      resolve({ port: address.port, close: (deadline) => closeServer(server, deadline) });
    });
    const refused = (error: NodeJS.ErrnoException): void => reject(listenError(error, options));
    server.once("error", refused);
  });
}

interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

function makeApp({ routes, guard, headers = {}, refused = refusal, failed }: HttpOptions): Hono {
  const app = new Hono();
  const complete = (response: Response): Response => {
    const whole = new Response(response.body, response);
    for (const [name, value] of Object.entries(headers)) {
      if (!whole.headers.has(name)) whole.headers.set(name, value);
    }
    return whole;
  };
  for (const { method, path, handle } of routes) {
    app.on(method, path, async ({ req, env }) => {
      const bindings: NodeBindings = env ?? {};
      const context = { params: req.param(), peer: bindings.incoming?.socket?.remoteAddress ?? "" };
      return complete(guard?.(req.raw, context) ?? (await handle(req.raw, context)));
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.all(path, ({ req }) => {
      const response = complete(refused(req.raw, 405));
      response.headers.set("allow", allowed.join(", "));
      return response;
    });
  }
  app.notFound(({ req }) => complete(refused(req.raw, 404)));
  app.onError((error, { req }) => complete(failed(error, req.raw)));
  return app;
}

function refusal(_: Request, status: 404 | 405): Response {
  return new Response(status === 404 ? "not found\n" : "method not allowed\n", { status });
}

function closeServer(server: ServerType, deadline: number): Promise<void> {
  const http = server as Server;
  return new Promise((resolve) => {
    const cut = setTimeout(() => http.closeAllConnections(), deadline);
    http.close(() => {
      clearTimeout(cut);
      resolve();
    });
    http.closeIdleConnections();
  });
}

function listenError(error: NodeJS.ErrnoException, { host, port }: HttpOptions): HttpError {
  const address = `${host}:${port}`;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `${address} is taken by another program: end it, or choose another port`,
    EACCES: `${address} may not be used by this user: choose a port from 1024 on`,
    EADDRNOTAVAIL: `${host} is no address of this machine`,
  };
  return new HttpError(reasons[error.code ?? ""] ?? `${address} cannot be used (${error.message})`, {
    cause: error,
  });
}
