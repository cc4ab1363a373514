import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A message as the fake Bot API keeps it. */
export interface ChatMessage {
  readonly message_id: number;
  readonly from: { readonly id: number; readonly is_bot: boolean };
  readonly text?: string;
  readonly caption?: string;
  readonly entities?: readonly { type: string; offset: number; length: number; url?: string }[];
  /** What Telegram would make a link by itself. */
  readonly linked?: readonly { type: string; text: string }[];
  readonly link_preview_options?: { readonly is_disabled?: boolean };
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly ChatButton[])[] };
  readonly reply_to_message?: { readonly message_id: number };
  readonly message_thread_id?: number;
  readonly document?: { readonly file_id: string; readonly file_name: string; readonly file_size: number };
  readonly photo?: readonly { readonly file_id: string; readonly width: number; readonly height: number }[];
  readonly edits?: number;
}

export interface ChatButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
  readonly copy_text?: { readonly text: string };
}

export interface RecordedCall {
  readonly method: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly at: number;
  readonly ok: boolean;
  readonly description?: string;
  readonly fault?: string;
}

export interface FakeTelegram {
  readonly url: string;
  readonly token: string;
  /** "tdlib" when Telegram's own parser reads the texts; otherwise why not. */
  readonly parser: string;
  control<T = unknown>(name: string, body?: Record<string, unknown>): Promise<T>;
  say(chat: number, text: string, extra?: Record<string, unknown>): Promise<{ message_id: number }>;
  /** Taps the button with this label (or data) and gives what the bot answered to the tap. */
  tap(
    chat: number,
    message: number,
    button: { text?: string; data?: string },
  ): Promise<{ text: string | null } | null>;
  /** The bot's messages in a chat, once there are so many. */
  sent(chat: number, count: number): Promise<ChatMessage[]>;
  botMessages(chat: number): Promise<ChatMessage[]>;
  calls(method?: string): Promise<RecordedCall[]>;
  /** Every text that the bot showed, edits too. */
  shown(): Promise<{ readonly text: string; readonly linked: readonly { type: string; text: string }[] }[]>;
  fault(fault: Record<string, unknown>): Promise<void>;
  file(fileId: string): Promise<Buffer>;
  stop(): Promise<void>;
}

const SERVER = join(import.meta.dirname, "../telegram-server/server.mjs");
const API = join(
  process.env.SHARED_DIR ?? join(import.meta.dirname, "../../../shared"),
  "data/bot-api/bot_api_10.1_api.json",
);

/** What could not be had here; said once in each test file. */
const said = new Set<string>();
function say(reason: string): void {
  if (!said.has(reason)) console.warn(reason);
  said.add(reason);
}

export async function startTelegram(options: { plain?: boolean } = {}): Promise<FakeTelegram> {
  const token = "4242:test-token";
  const published = existsSync(API) && !options.plain;
  const api = published ? ["--api", API] : ["--parser", options.plain ? "plain" : "tdlib"];
  const child = spawn(process.execPath, [SERVER, "--token", token, ...api], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [first] = await new Promise<string[]>((resolve, reject) => {
    createInterface(child.stdout).once("line", (text) => resolve([text]));
    child.once("exit", (code) => reject(new Error(`the fake Bot API ended with ${code}`)));
  });
  const ready: { url: string; parser: string } = JSON.parse(first ?? "{}");
  if (!options.plain && !published)
    say(`parameters are checked against the server's own table: there is no ${API}`);
  if (!options.plain && ready.parser !== "tdlib")
    say(`texts are not read by Telegram's own parser: ${ready.parser}`);

  async function control<T>(name: string, body: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${ready.url}/control/${name}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    const parsed = (await response.json()) as { ok: boolean; result: T; error?: string };
    if (!parsed.ok) throw new Error(`control ${name}: ${parsed.error}`);
    return parsed.result;
  }

  const isBot = (message: ChatMessage) => message.from.is_bot;
  return {
    ...ready,
    token,
    control,
    say: (chat, text, extra = {}) => control("message", { chat, text, ...extra }),
    async tap(chat, message, button) {
      const { query_id } = await control<{ query_id: string }>("tap", {
        chat,
        message_id: message,
        ...button,
      });
      return control("query", { query_id });
    },
    sent: async (chat, count) => (await control<ChatMessage[]>("wait", { chat, count })).filter(isBot),
    botMessages: async (chat) => (await control<ChatMessage[]>("chat", { chat })).filter(isBot),
    calls: (method) => control("calls", method === undefined ? {} : { method }),
    shown: () => control("shown"),
    fault: (fault) => control("fault", fault),
    async file(fileId) {
      const response = await fetch(`${ready.url}/file/bot${token}/documents/${fileId}`);
      return Buffer.from(await response.arrayBuffer());
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}
