/** Updates as Telegram sends them, checked, and reduced to what the bot acts on. */
import { z } from "zod";
import { NOT_TEXT_KINDS, type NotText } from "../phrases/not-text.ts";
import { splitOwner } from "./owner.ts";

/** Where something came from, and so where the answer goes. */
const originSchema = z.object({
  chat: z.string(),
  group: z.boolean(),
  thread: z.number().nullable(),
  user: z.string(),
  /** The message that was sent, or the one whose button was tapped. */
  message: z.number(),
});
export type Origin = z.infer<typeof originSchema>;

/** Whose words a forwarded message holds; persons are not named. */
const forwardSchema = z.object({
  from: z.enum(["channel", "person", "bot"]),
  /** Of the channel or group. */
  name: z.string().nullable(),
  /** When it was written, in seconds since 1970. */
  at: z.number().nullable(),
  /** Where it stands, for a post of a channel. */
  post: z
    .object({ chat: z.string(), username: z.string().nullable(), message: z.number() })
    .nullable()
    .default(null),
});
export type Forward = z.infer<typeof forwardSchema>;

/** A document that was sent. */
const sentFileSchema = z.object({ id: z.string(), name: z.string(), size: z.number().nullable() });

export const inboundSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    origin: originSchema,
    text: z.string(),
    edited: z.boolean(),
    forward: forwardSchema.optional(),
    file: sentFileSchema.optional(),
  }),
  z.object({
    kind: z.literal("other"),
    origin: originSchema,
    content: z.enum(NOT_TEXT_KINDS),
    file: sentFileSchema.optional(),
  }),
  z.object({
    kind: z.literal("tap"),
    origin: originSchema,
    query: z.string(),
    data: z.string(),
    /** Mark of the person under whose message the button stands, in groups. */
    owner: z.string().nullable().default(null),
  }),
  /** The bot was blocked or removed. */
  z.object({ kind: z.literal("left"), chat: z.string() }),
  /** The bot was added to a group. */
  z.object({ kind: z.literal("joined"), chat: z.string() }),
]);
export type Inbound = z.infer<typeof inboundSchema>;

export interface BotIdentity {
  readonly id: number;
  readonly username: string;
}

const chat = z.looseObject({ id: z.number(), type: z.string() });
const user = z.looseObject({ id: z.number(), is_bot: z.boolean().optional() });
const entity = z.looseObject({ type: z.string(), offset: z.number(), length: z.number() });
/** The year 2100: what is later is no date of a post. */
const LATEST_SECOND = 4_102_444_800;
const message = z.looseObject({
  message_id: z.number(),
  chat,
  from: user.optional(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entity).optional(),
  caption_entities: z.array(entity).optional(),
  media_group_id: z.string().optional(),
  via_bot: user.optional(),
  forward_origin: z
    .looseObject({
      type: z.string(),
      date: z.number().int().min(0).max(LATEST_SECOND).optional().catch(undefined),
      sender_user: user.optional(),
      sender_chat: z.looseObject({ title: z.string().optional() }).optional(),
      chat: z
        .looseObject({ id: z.number(), title: z.string().optional(), username: z.string().optional() })
        .optional(),
      message_id: z.number().optional(),
    })
    .optional()
    .catch(undefined),
  document: z
    .looseObject({
      file_id: z.string(),
      file_name: z.string().optional(),
      file_size: z.number().optional(),
    })
    .optional()
    .catch(undefined),
  sender_chat: z.looseObject({ id: z.number() }).optional(),
  is_automatic_forward: z.boolean().optional(),
  reply_to_message: z.looseObject({ from: user.optional() }).optional(),
});
type Message = z.infer<typeof message>;

const member = z.looseObject({ status: z.string() });
const membership = z.looseObject({ chat, old_chat_member: member.optional(), new_chat_member: member });
type Membership = z.infer<typeof membership>;

const update = z.looseObject({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .looseObject({
      id: z.string(),
      from: user,
      data: z.string().optional(),
      message: z
        .looseObject({
          message_id: z.number(),
          chat,
          message_thread_id: z.number().optional(),
          is_topic_message: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
  my_chat_member: membership.optional(),
});

export interface Received {
  readonly id: number;
  readonly inbound: Inbound;
  /** Pictures of one album share it. */
  readonly album: string | null;
}

/** What an update asks of the bot, or null for what is not for it: other kinds, other people's talk in a group. */
export function readUpdate(raw: unknown, me: BotIdentity): Received | null {
  const parsed = update.safeParse(raw);
  if (!parsed.success) return null;
  const { update_id: id, message, edited_message, callback_query, my_chat_member } = parsed.data;
  const written = message ?? edited_message;
  if (written) {
    const inbound = readMessage(written, me, message === undefined);
    return inbound && { id, inbound, album: written.media_group_id ?? null };
  }
  if (callback_query) {
    const { from, message: under } = callback_query;
    if (!under) return null;
    const origin = originOf(under.chat, from.id, under.message_id, topicOf(under));
    const inbound: Inbound = {
      kind: "tap",
      origin,
      query: callback_query.id,
      ...splitOwner(callback_query.data ?? ""),
    };
    return { id, inbound, album: null };
  }
  const changed = my_chat_member && readMembership(my_chat_member);
  return changed ? { id, inbound: changed, album: null } : null;
}

/** Blocked, removed or added to a group; null for a change of rights. */
function readMembership({
  chat,
  old_chat_member: old,
  new_chat_member: renewed,
}: Membership): Inbound | null {
  const isOut = ({ status }: { status: string }) => /^(kicked|left)$/.test(status);
  if (isOut(renewed)) return { kind: "left", chat: String(chat.id) };
  const isNew = old !== undefined && isOut(old) && /group$/.test(chat.type);
  return isNew ? { kind: "joined", chat: String(chat.id) } : null;
}

/** Replies carry a thread id too; only in forum topics does it name where the answer belongs. */
function topicOf({
  is_topic_message,
  message_thread_id,
}: Pick<Message, "is_topic_message" | "message_thread_id">): number | null {
  return is_topic_message ? (message_thread_id ?? null) : null;
}

function originOf(
  where: z.infer<typeof chat>,
  userId: number,
  messageId: number,
  thread: number | null,
): Origin {
  const group = where.type !== "private";
  return { chat: String(where.id), group, thread, user: String(userId), message: messageId };
}

function readMessage(written: Message, me: BotIdentity, edited: boolean): Inbound | null {
  if (!written.from || written.chat.type === "channel") return null;
  // A card of our own inline mode, sent in a person's name: nobody asks anything.
  if (written.via_bot?.id === me.id) return null;
  // Other bots, and posts of a channel that its group shows by itself, ask nothing.
  if ((written.from.is_bot && !written.sender_chat) || written.is_automatic_forward) return null;
  // An administrator who hides writes as the group.
  const author = written.sender_chat?.id ?? written.from.id;
  const origin = originOf(written.chat, author, written.message_id, topicOf(written));
  const text = written.text ?? written.caption;
  const file = fileOf(written);
  if (text !== undefined) {
    const said = origin.group ? addressed(written, text, me) : withoutOwnName(text, me);
    const forward = forwardOf(written, me);
    const about = { ...(forward && { forward }), ...file };
    return said === null ? null : { kind: "text", origin, text: said, edited, ...about };
  }
  const content = contentOf(written);
  if (content === null || origin.group || edited) return null;
  return { kind: "other", origin, content: written.forward_origin ? "forwarded" : content, ...file };
}

function fileOf({ document }: Message) {
  if (!document) return {};
  const { file_id: id, file_name: name = "", file_size: size = null } = document;
  return { file: { id, name, size } };
}

function forwardOf({ forward_origin: from }: Message, me: BotIdentity): Forward | null {
  if (!from) return null;
  const at = from.date ?? null;
  const place = from.chat ?? from.sender_chat;
  const { chat, message_id: message } = from;
  const post =
    from.type === "channel" && chat && message !== undefined
      ? { chat: String(chat.id), username: chat.username ?? null, message }
      : null;
  if (place) return { from: "channel", name: place.title ?? null, at, post };
  return { from: from.sender_user?.id === me.id ? "bot" : "person", name: null, at, post: null };
}

/** The text without the bot's name when it is meant for the bot: a mention, a reply to it, a command. */
function addressed(written: Message, text: string, me: BotIdentity): string | null {
  const command = /^\/([A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?/.exec(text);
  if (command?.[2] && command[2].toLowerCase() !== me.username.toLowerCase()) return null;
  const isReply = written.reply_to_message?.from?.id === me.id;
  if (!command && !isReply && !mention(me).test(text)) return null;
  return withoutOwnName(text, me);
}

function mention(me: BotIdentity): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_.@])@${me.username}(?![A-Za-z0-9_])`, "i");
}

function withoutOwnName(text: string, me: BotIdentity): string {
  if (me.username === "") return text;
  return text.replace(new RegExp(mention(me), "gi"), "").trim();
}

const CONTENT: readonly (readonly [field: string, NotText])[] = [
  ["voice", "voice"],
  ["audio", "audio"],
  ["video_note", "video"],
  ["photo", "photo"],
  ["animation", "video"],
  ["video", "video"],
  ["document", "document"],
  ["venue", "location"],
  ["location", "location"],
  ["sticker", "sticker"],
  ["contact", "contact"],
  ["poll", "poll"],
  ["dice", "sticker"],
  ["story", "story"],
  ["game", "other"],
  ["paid_media", "other"],
  ["checklist", "other"],
];

/** What a person sent instead of text; null for service messages. */
function contentOf(written: Message): NotText | null {
  return CONTENT.find(([field]) => written[field] !== undefined)?.[1] ?? null;
}
