/** What stands before every route: the page's own addresses, tokens, and headers that let nothing in from elsewhere. */
import { apiError } from "../api/routes.ts";
import { readBody } from "../http/body.ts";
import type { RateLimit } from "../http/limit.ts";
import type { HttpOptions, Route, RouteContext } from "../http/server.ts";
import * as phrases from "../phrases/web.ts";
import type { WebAccess } from "./access.ts";
import type { Assets } from "./assets.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { page } from "./layout.ts";
import { problemPage } from "./routes.ts";

/** Scripts, styles, fonts and pictures from here only, nothing inline, no frames, no requests by scripts. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

export interface GuardOptions {
  readonly access: WebAccess;
  readonly assets: Assets;
  readonly limit: RateLimit;
  clientOf(request: Request, context: RouteContext): string;
  /** Told of what a route threw. */
  onFailure(error: unknown): void;
}

const isApi = (request: Request): boolean => new URL(request.url).pathname.startsWith("/api/");

const TOKEN_BYTES = 1_024;
/** Open to whoever reaches the address, tokens or not. */
const OPEN = /^\/(?:assets\/|login$|healthz$|readyz$|robots\.txt$)/;

export function webGuard(
  options: GuardOptions,
): Pick<HttpOptions, "guard" | "headers" | "refused" | "failed"> {
  const { access, assets } = options;
  const shown = (text: string, status: number): Response =>
    htmlResponse(page({ ...problemPage(text), assets }), status);
  return {
    headers: SECURITY_HEADERS,
    guard(request) {
      if (!access.knowsHost(request)) return shown(phrases.PROBLEM.wrongHost, 421);
      const { pathname } = new URL(request.url);
      if (OPEN.test(pathname) || access.isAdmitted(request)) return null;
      return isApi(request)
        ? apiError("unauthorized", "a token is needed: Authorization: Bearer …")
        : loginPage(assets, 401, false);
    },
    refused(request, status) {
      if (!access.knowsHost(request)) return shown(phrases.PROBLEM.wrongHost, 421);
      if (!isApi(request)) return shown(phrases.PROBLEM.notFound, status);
      return status === 404
        ? apiError("not_found", "there is nothing at this address: see /api/openapi.json")
        : apiError("not_allowed", "this address does not take this method: see /api/openapi.json");
    },
    failed(error, request) {
      options.onFailure(error);
      if (isApi(request)) return apiError("internal", "it failed: try again");
      return shown(phrases.PROBLEM.failed, 500);
    },
  };
}

/** The page that asks for a token, and what becomes of one. */
export function loginRoutes(options: GuardOptions): Route[] {
  const { access, assets } = options;
  return [
    { method: "GET", path: "/login", handle: () => loginPage(assets, 200, false) },
    {
      method: "POST",
      path: "/login",
      async handle(request, context) {
        if (access.isForeign(request)) return loginPage(assets, 403, false);
        if (!options.limit.take(`login ${options.clientOf(request, context)}`))
          return loginPage(assets, 429, true);
        const token =
          new URLSearchParams((await readBody(request, TOKEN_BYTES)) ?? "").get("token")?.trim() ?? "";
        if (!access.accepts(token)) return loginPage(assets, 401, true);
        return new Response(null, {
          status: 303,
          headers: { location: "/", "set-cookie": access.cookie(token) },
        });
      },
    },
  ];
}

function loginPage(assets: Assets, status: number, wrong: boolean): Response {
  const { heading, label, button, wrong: sentence } = phrases.LOGIN;
  const body: Html = html`<h1>${heading}</h1>${wrong ? html`<p class="caution" role="alert">${sentence}</p>` : NOTHING}
<form class="ask" method="post" action="/login"><label for="token">${label}</label>
<div class="line"><input id="token" name="token" type="password" required autocomplete="current-password" dir="ltr"><button>${button}</button></div></form>`;
  return htmlResponse(page({ title: heading, section: null, body, assets }), status);
}

function htmlResponse(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
