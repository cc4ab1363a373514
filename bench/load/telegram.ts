/** The fake Bot API as a process of its own, and what the load does with it over HTTP. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export const TOKEN = "4242:load-token";

/** A call that the bot made. */
export interface BotCall {
  readonly method: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970, when it came. */
  readonly at: number;
  readonly ok: boolean;
  readonly description?: string;
}

export interface LoadTelegram {
  readonly url: string;
  control<T>(name: string, body?: Readonly<Record<string, unknown>>): Promise<T>;
  /** A person asks. */
  say(chat: number, text: string): Promise<void>;
  /** Texts of the bot in a chat, in order, without display controls. */
  texts(chat: number): Promise<string[]>;
  calls(method: string): Promise<BotCall[]>;
  stop(): void;
}

/** `root` is the project's folder. Texts are read by the server's own parser: Telegram's is for tests of texts. */
export async function startTelegram(root: string): Promise<LoadTelegram> {
  const server = `${root}/tests/telegram-server/server.mjs`;
  const child = spawn(process.execPath, [server, "--token", TOKEN, "--parser", "plain"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ready = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the fake Bot API ended with ${code}`)));
  });
  const { url }: { url: string } = JSON.parse(ready);

  async function control<T>(name: string, body: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const response = await fetch(`${url}/control/${name}`, { method: "POST", body: JSON.stringify(body) });
    const { ok, result, error } = (await response.json()) as { ok: boolean; result: T; error?: string };
    if (!ok) throw new Error(`control ${name}: ${error}`);
    return result;
  }

  return {
    url,
    control,
    say: async (chat, text) => {
      await control("message", { chat, text });
    },
    async texts(chat) {
      const messages = await control<{ from: { is_bot: boolean }; text?: string }[]>("chat", { chat });
      return messages.filter(({ from }) => from.is_bot).map(({ text = "" }) => shown(text));
    },
    calls: (method) => control("calls", { method }),
    stop: () => child.kill(),
  };
}

/** Without what steers the direction of display. */
function shown(text: string): string {
  return text.replace(/[\u200e\u200f\u2066-\u2069]/g, "");
}
