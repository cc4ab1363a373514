/** The HTTP API: JSON in, JSON out, by the schemas of schemas.ts. */
import { z } from "zod";
import { answerJson } from "../answer/json.ts";
import { readBody } from "../http/body.ts";
import type { RateLimit } from "../http/limit.ts";
import type { Route, RouteContext } from "../http/server.ts";
import { openApiDocument } from "./openapi.ts";
import { askRequest, type ErrorCode, reportListRequest, searchRequest, timelineRequest } from "./schemas.ts";
import {
  reportJson,
  reportListJson,
  type Service,
  searchPassages,
  timelineJson,
  UnknownName,
} from "./service.ts";

export interface ApiOptions {
  readonly service: Service;
  readonly limit: RateLimit;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  clientOf(request: Request, context: RouteContext): string;
  /** Whether a page of another site sent it. */
  isForeign(request: Request): boolean;
}

const BODY_BYTES = 64 * 1024;
const DEADLINE_MS = 60_000;

const STATUS: Readonly<Record<ErrorCode, number>> = {
  bad_input: 400,
  unauthorized: 401,
  foreign: 403,
  not_found: 404,
  not_allowed: 405,
  too_large: 413,
  too_many: 429,
  internal: 500,
};

export function apiError(code: ErrorCode, message: string): Response {
  const headers = code === "too_many" ? { "retry-after": "60" } : undefined;
  return json({ error: { code, message } }, STATUS[code], headers);
}

export function apiRoutes(options: ApiOptions): Route[] {
  const { service } = options;
  /** Requests that cost work are counted; what they throw because of their input is said. */
  const counted =
    (handle: Route["handle"]): Route["handle"] =>
    async (request, context) => {
      if (!options.limit.take(options.clientOf(request, context))) {
        return apiError("too_many", "too many requests in a minute: wait, and ask again");
      }
      try {
        return await handle(request, context);
      } catch (error) {
        if (error instanceof UnknownName) return apiError("not_found", error.message);
        throw error;
      }
    };
  const get = (path: string, handle: Route["handle"]): Route => ({ method: "GET", path, handle });

  async function ask(request: Request): Promise<Response> {
    if (options.isForeign(request))
      return apiError("foreign", "requests from pages of other sites are refused");
    const text = await readBody(request, BODY_BYTES);
    if (text === null) return apiError("too_large", `at most ${BODY_BYTES} bytes`);
    const parsed = askRequest.safeParse(parseJson(text));
    if (!parsed.success) return badInput(parsed.error);
    const begun = options.now();
    const { question, conversation } = parsed.data;
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)]);
    const thread = conversation === undefined ? null : `api ${conversation}`;
    const answer = await service.ask({ channel: "api", conversation: thread, text: question, signal });
    return json(answerJson(answer, { id: null, milliseconds: options.now() - begun }));
  }

  return [
    { method: "POST", path: "/api/ask", handle: counted(ask) },
    get(
      "/api/search",
      counted(async (request) => {
        const parsed = searchRequest.safeParse(queryOf(request));
        if (!parsed.success) return badInput(parsed.error);
        return json(await searchPassages({ ...parsed.data, signal: request.signal }, service));
      }),
    ),
    get(
      "/api/timeline",
      counted(async (request) => {
        const parsed = timelineRequest.safeParse(queryOf(request));
        return parsed.success ? json(await timelineJson(parsed.data, service)) : badInput(parsed.error);
      }),
    ),
    get(
      "/api/reports",
      counted(async (request) => {
        const parsed = reportListRequest.safeParse(queryOf(request));
        if (!parsed.success) return badInput(parsed.error);
        return json(await reportListJson(parsed.data, service.sources.store));
      }),
    ),
    get(
      "/api/reports/:id",
      counted(async (_, { params }) => {
        const report = await service.sources.store.report(params.id ?? "");
        return report
          ? json(reportJson(report))
          : apiError("not_found", "no report has this id: see /api/reports");
      }),
    ),
    get("/api/openapi.json", () => json(openApiDocument())),
  ];
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which fields are wrong and why; never what they held. */
function badInput(error: z.ZodError): Response {
  const { formErrors, fieldErrors } = z.flattenError(error);
  const fields = Object.entries(fieldErrors).map(([name, reasons]) => `${name}: ${String(reasons)}`);
  return apiError("bad_input", [...formErrors, ...fields].join("; "));
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}
