/** The Bot API as plain HTTP, for tests of the fake server itself. */
import type { FakeTelegram } from "../telegram/server.ts";

export interface RawAnswer {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

export function call(
  { url, token }: FakeTelegram,
  method: string,
  values: Record<string, unknown> = {},
): Promise<RawAnswer> {
  return fetch(`${url}/bot${token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(values),
  }).then((response) => response.json() as Promise<RawAnswer>);
}

/** "400 Bad Request: …", or "ok". */
export async function outcome(
  telegram: FakeTelegram,
  method: string,
  values: Record<string, unknown> = {},
): Promise<string> {
  const { ok, error_code, description } = await call(telegram, method, values);
  return ok ? "ok" : `${error_code} ${description}`;
}

export interface RawUpdate {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** All updates that wait, confirmed. */
export async function takeUpdates(telegram: FakeTelegram): Promise<RawUpdate[]> {
  const { result } = await call(telegram, "getUpdates");
  const updates = result as RawUpdate[];
  const last = updates.at(-1);
  if (last) await call(telegram, "getUpdates", { offset: last.update_id + 1 });
  return updates;
}
