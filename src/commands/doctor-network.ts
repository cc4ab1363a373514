/** What doctor asks over the network, and only when a token or a key is set. Neither is ever shown. */
import { z } from "zod";
import type { Check } from "./doctor-checks.ts";

const TIMEOUT_MS = 5_000;

const meSchema = z.object({ result: z.object({ username: z.string() }) });
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

type Reply = { readonly status: number; readonly body: unknown } | { readonly unreachable: string };

async function get(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(url, {
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch (error) {
    return { unreachable: reasonOf(error) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only codes and names: messages may repeat the address, and with it the token. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  if (error instanceof Error && error.name === "TimeoutError") return `no answer in ${TIMEOUT_MS / 1000} s`;
  return error instanceof Error ? error.name : "unknown";
}

/** Asks Telegram who the token belongs to. */
export async function checkToken(
  { token, root }: { token: string; root: string },
  signal: AbortSignal,
): Promise<Check> {
  const name = "Telegram";
  const reply = await get(`${root.replace(/\/+$/, "")}/bot${token}/getMe`, {}, signal);
  if ("unreachable" in reply) {
    const detail = `${root} cannot be reached (${reply.unreachable})`;
    return { name, status: "failed", detail, remedy: "check the network, a proxy, and TELEGRAM_API_ROOT" };
  }
  const me = meSchema.safeParse(reply.body);
  if (reply.status === 200 && me.success) {
    return { name, status: "ok", detail: `the token is that of @${me.data.result.username}`, remedy: null };
  }
  if (reply.status === 401 || reply.status === 404) {
    const detail = "Telegram does not know the token";
    return {
      name,
      status: "failed",
      detail,
      remedy: "ask @BotFather for a new one and put it in TELEGRAM_BOT_TOKEN",
    };
  }
  const detail = `${root} gave HTTP ${reply.status} and not what the Bot API gives`;
  return { name, status: "failed", detail, remedy: "check TELEGRAM_API_ROOT, or try again later" };
}

/** Asks the endpoint for the list of its models. */
export async function checkEndpoint(
  { key, baseUrl, model }: { key: string; baseUrl: string; model: string },
  signal: AbortSignal,
): Promise<Check> {
  const name = "model endpoint";
  const reply = await get(
    `${baseUrl.replace(/\/+$/, "")}/models`,
    { authorization: `Bearer ${key}` },
    signal,
  );
  if ("unreachable" in reply) {
    const detail = `${baseUrl} cannot be reached (${reply.unreachable})`;
    return { name, status: "failed", detail, remedy: "check the network, a proxy, and OPENAI_BASE_URL" };
  }
  if (reply.status === 401 || reply.status === 403) {
    const detail = `${baseUrl} does not accept the key (HTTP ${reply.status})`;
    return { name, status: "failed", detail, remedy: "put a valid one in OPENAI_API_KEY" };
  }
  const models = modelsSchema.safeParse(reply.body);
  if (reply.status !== 200 || !models.success) {
    const detail = `${baseUrl} answers, but gives no list of models (HTTP ${reply.status})`;
    return { name, status: "warning", detail, remedy: "if answers fail, check OPENAI_BASE_URL" };
  }
  if (models.data.data.some(({ id }) => id === model)) {
    return { name, status: "ok", detail: `${baseUrl} has ${model}`, remedy: null };
  }
  const detail = `${baseUrl} does not list ${model}`;
  return { name, status: "warning", detail, remedy: "put one of its models in OPENAI_MODEL" };
}
