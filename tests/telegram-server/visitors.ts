/** Bots that are not ours, each written with a library of its own: they all do the same on a visit. */
import { spawn, spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Bot as GrammyBot, InputFile as GrammyFile, InlineKeyboard, webhookCallback } from "grammy";
import { Bot, InlineKeyboardBuilder, InputFile } from "node-telegram-bot-api";
import { createWebhookServer } from "node-telegram-bot-api/node";
import type { FakeTelegram } from "../telegram/server.ts";

/** Started bots end with this. */
export type Stop = () => Promise<void>;
export interface Visitor {
  readonly name: string;
  start(telegram: FakeTelegram): Promise<Stop>;
}

const SECRET = "secret_of-tests";
/** One white pixel. */
export const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);
const CARD = {
  type: "article",
  id: "1",
  title: "بطاقة",
  input_message_content: { message_text: "خبر" },
} as const;
const KINDS = ["message", "edited_message", "callback_query", "inline_query"] as const;

/** /start brings a button; a tap on it a toast, an edit, a file and a photo; an edited message a word; a query a card. */
function grammyBot({ url, token }: FakeTelegram): GrammyBot {
  const bot = new GrammyBot(token, { client: { apiRoot: url } });
  bot.command("start", (context) =>
    context.reply("<b>أهلاً</b>", {
      parse_mode: "HTML",
      reply_markup: new InlineKeyboard().text("زر", "tapped"),
    }),
  );
  bot.callbackQuery("tapped", async (context) => {
    await context.answerCallbackQuery({ text: "نعم" });
    await context.editMessageText("بعد الضغط");
    await context.replyWithDocument(new GrammyFile(Buffer.from("نص"), "source.txt"), { caption: "ملف" });
    await context.replyWithPhoto(new GrammyFile(PHOTO, "map.png"), { caption: "صورة" });
  });
  bot.on("edited_message:text", (context) => context.reply(`صُحّح: ${context.editedMessage.text}`));
  bot.on("inline_query", (context) =>
    context.answerInlineQuery([CARD], { cache_time: 0, is_personal: true }),
  );
  return bot;
}

function otherBot({ url, token }: FakeTelegram): Bot {
  const bot = new Bot(token, { apiRoot: url });
  bot.command("start", (context) =>
    context.reply("<b>أهلاً</b>", {
      parse_mode: "HTML",
      reply_markup: new InlineKeyboardBuilder().text("زر", "tapped").build(),
    }),
  );
  bot.on("callback_query", async ({ api, callbackQuery: query, ...context }) => {
    await api.answerCallbackQuery({ callback_query_id: query?.id ?? "", text: "نعم" });
    const chat_id = query?.message?.chat.id ?? 0;
    await api.editMessageText({ chat_id, message_id: query?.message?.message_id ?? 0, text: "بعد الضغط" });
    const document = new InputFile(Buffer.from("نص"), { filename: "source.txt" });
    await api.sendDocument({ chat_id, document, caption: "ملف" });
    const photo = new InputFile(PHOTO, { filename: "map.png" });
    await api.sendPhoto({ chat_id, photo, caption: "صورة" });
    return context;
  });
  bot.on("edited_message", async ({ api, update }) => {
    if (!("edited_message" in update)) return;
    const { chat, text } = update.edited_message;
    await api.sendMessage({ chat_id: chat.id, text: `صُحّح: ${text}` });
  });
  bot.on("inline_query", async ({ api, update }) => {
    if (!("inline_query" in update)) return;
    const { id: inline_query_id } = update.inline_query;
    await api.answerInlineQuery({ inline_query_id, results: [CARD], cache_time: 0, is_personal: true });
  });
  return bot;
}

/** Listens behind a public address of the fake Bot API; gives that address. */
async function publish(telegram: FakeTelegram, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = "https://bot.example/";
  await telegram.control("webhook", { from: url, to: `http://127.0.0.1:${port}/`, retry: 50 });
  return url;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export const VISITORS: readonly Visitor[] = [
  {
    name: "grammY, polling",
    async start(telegram) {
      const bot = grammyBot(telegram);
      const running = bot.start({ allowed_updates: KINDS });
      return async () => {
        await bot.stop();
        await running;
      };
    },
  },
  {
    name: "grammY, webhook",
    async start(telegram) {
      const bot = grammyBot(telegram);
      await bot.init();
      const server = createServer(webhookCallback(bot, "http", { secretToken: SECRET }));
      const url = await publish(telegram, server);
      await bot.api.setWebhook(url, { secret_token: SECRET, allowed_updates: KINDS });
      return async () => {
        await bot.api.deleteWebhook();
        await closed(server);
      };
    },
  },
  {
    name: "node-telegram-bot-api, polling",
    async start(telegram) {
      const bot = otherBot(telegram);
      const running = bot.startPolling(undefined, { allowedUpdates: [...KINDS], timeout: 5 });
      return async () => {
        bot.stop();
        await running;
      };
    },
  },
  {
    name: "node-telegram-bot-api, webhook",
    async start(telegram) {
      const bot = otherBot(telegram);
      const server = createWebhookServer(bot, { secretToken: SECRET });
      const url = await publish(telegram, server);
      await bot.api.setWebhook({ url, secret_token: SECRET, allowed_updates: [...KINDS] });
      return async () => {
        await bot.api.deleteWebhook({});
        await closed(server);
      };
    },
  },
];

const PYTHON = process.env.PYTHON ?? "python3";

/** The same bot in Python, or why it cannot be had here. */
export function pythonVisitor(): Visitor | { readonly reason: string } {
  const found = spawnSync(PYTHON, ["-c", "import telegram; print(telegram.__version__)"], {
    encoding: "utf8",
  });
  if (found.status !== 0)
    return { reason: `no python-telegram-bot for ${PYTHON}: pip install python-telegram-bot, or set PYTHON` };
  return {
    name: `python-telegram-bot ${found.stdout.trim()}, polling`,
    async start({ url, token }) {
      const child = spawn(PYTHON, [join(import.meta.dirname, "visitor.py"), url, token]);
      await new Promise<void>((resolve, reject) => {
        createInterface(child.stdout).once("line", () => resolve());
        child.stderr.on("data", (chunk) => process.stderr.write(chunk));
        child.once("exit", (code) => reject(new Error(`visitor.py ended with ${code}`)));
      });
      return () =>
        new Promise((resolve) => {
          child.once("exit", () => resolve());
          child.kill("SIGINT");
        });
    },
  };
}
