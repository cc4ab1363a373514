/** Telegram Desktop's export of channels (result.json): every post with a text is a report. */
import { z } from "zod";
import { dayInDamascus } from "../../text/damascus.ts";
import type { Item, StatedFields } from "./format.ts";
import { elementSlices } from "./json-slices.ts";
import type { MetaFile } from "./meta-file.ts";

export const TELEGRAM_READER = "telegram/1";

const piece = z.union([z.string(), z.looseObject({ text: z.string() })]);
const messageSchema = z.looseObject({
  id: z.number().int(),
  type: z.string(),
  date: z.string().optional(),
  date_unixtime: z.string().optional(),
  edited_unixtime: z.string().optional(),
  author: z.string().nullish(),
  text: z.union([z.string(), z.array(piece)]).optional(),
});
const chatSchema = z.looseObject({
  name: z.string().nullish(),
  type: z.string(),
  id: z.number().int(),
  messages: z.array(z.unknown()),
});
const exportSchema = z.union([
  chatSchema,
  z.looseObject({ chats: z.looseObject({ list: z.array(chatSchema) }) }),
]);

type Chat = z.infer<typeof chatSchema>;
type Message = z.infer<typeof messageSchema>;

/** Posts as items, and one English line for each thing that was passed over. */
export interface ExportReading {
  readonly items: Iterable<Item>;
  readonly notes: readonly string[];
}

/** The chats of an export, or null when the value is something else. */
export function telegramChats(value: unknown): readonly Chat[] | null {
  const parsed = exportSchema.safeParse(value);
  if (!parsed.success) return null;
  return "chats" in parsed.data && !("messages" in parsed.data)
    ? (parsed.data as { chats: { list: Chat[] } }).chats.list
    : [parsed.data as Chat];
}

/** Older versions write control characters as \x0B, which is no JSON. */
export function repairEscapes(content: string): string {
  return content.replace(/(?<!\\)((?:\\\\)*)\\x([0-9A-F]{2})/g, "$1\\u00$2");
}

/** Reads the channels of an export; `content` is its text, so that each post keeps its own bytes. */
export function readTelegram(chats: readonly Chat[], content: string, meta: MetaFile | null): ExportReading {
  const all = chats.flatMap((chat) => chat.messages.map((message) => ({ chat, message })));
  const slices = elementSlices(content, "messages");
  const notes: string[] = [];
  for (const chat of chats)
    if (!isChannel(chat)) notes.push(`"${chat.name ?? chat.id}" is not a channel and is passed over`);
  const items: Item[] = [];
  let silent = 0;
  for (const [index, { chat, message: raw }] of all.entries()) {
    if (!isChannel(chat)) continue;
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success || parsed.data.type !== "message") continue;
    const body = textOf(parsed.data);
    if (body.trim() === "") {
      silent += 1;
      continue;
    }
    const slice = slices.length === all.length ? slices[index] : undefined;
    items.push({
      where: String(parsed.data.id),
      bytes: Buffer.from(slice ?? JSON.stringify(raw)),
      id: () => `telegram-${channelNumber(chat)}-${parsed.data.id}`,
      extracted: { body, fields: fieldsOf(parsed.data, chat, meta) },
    });
  }
  if (silent > 0) notes.push(`${silent} posts without a text (pictures, parts of albums) are passed over`);
  return { items, notes };
}

function isChannel({ type }: Chat): boolean {
  return type === "public_channel" || type === "private_channel";
}

/** The number as links have it: without the mark -100 of some programs. */
function channelNumber({ id }: Chat): string {
  return String(Math.abs(id)).replace(/^100(?=\d{10}$)/, "");
}

function textOf({ text }: Message): string {
  if (text === undefined || typeof text === "string") return text ?? "";
  return text.map((each) => (typeof each === "string" ? each : each.text)).join("");
}

function fieldsOf(message: Message, chat: Chat, meta: MetaFile | null): StatedFields {
  const at = secondsOf(message.date_unixtime);
  const edited = secondsOf(message.edited_unixtime);
  const base = meta?.username === undefined ? `c/${channelNumber(chat)}` : meta.username;
  return {
    publisher: chat.name ?? null,
    byline: message.author ?? null,
    url: `https://t.me/${base}/${message.id}`,
    published: at === null ? (message.date?.slice(0, 10) ?? null) : dayInDamascus(at * 1000),
    edited_at: edited === null ? [] : [new Date(edited * 1000).toISOString()],
  };
}

function secondsOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,11}$/.test(value) ? Number(value) : null;
}
