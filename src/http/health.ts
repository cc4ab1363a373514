import type { Route } from "./server.ts";

/** What must be there for questions to be answered, by name. */
export interface Health {
  /** Tells how it stands with a part; `detail` in a word or two, and without anything private. */
  set(part: string, state: { readonly ready: boolean; readonly detail: string }): void;
  readonly ready: boolean;
  parts(): Readonly<Record<string, { readonly ready: boolean; readonly detail: string }>>;
}

/** Not ready until a part was told of, and ready while all are. */
export function makeHealth(): Health {
  const parts = new Map<string, { ready: boolean; detail: string }>();
  return {
    set(part, state) {
      parts.set(part, state);
    },
    get ready() {
      return parts.size > 0 && [...parts.values()].every(({ ready }) => ready);
    },
    parts: () => Object.fromEntries(parts),
  };
}

/**
 * `/healthz`: the process answers (a restart helps when it does not). `/readyz`: the index is open and Telegram is
 * reached; 503 until then, with what is missing.
 */
export function healthRoutes(health: Health): Route[] {
  return [
    { method: "GET", path: "/healthz", handle: () => json({ status: "ok" }, 200) },
    {
      method: "GET",
      path: "/readyz",
      handle: () => {
        const { ready } = health;
        return json({ status: ready ? "ready" : "not ready", parts: health.parts() }, ready ? 200 : 503);
      },
    },
  ];
}

function json(body: unknown, status: number): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}
