/** What tests do: control name -> (body, bot) => answer; see README.md. */
import { FILE_CONTROL } from "./control-files.mjs";
import { GROUP_CONTROL } from "./control-groups.mjs";
import { INLINE_CONTROL } from "./control-inline.mjs";
import { published } from "./format.mjs";
import { announce } from "./privacy.mjs";
import { TELEGRAM_RATES } from "./rates.mjs";
import { person } from "./refusal.mjs";

const PEOPLE = {
  message({ chat: id, user = id, text, type, reply_to, entities, ...extra }, bot) {
    const { chats } = bot;
    const chat = chats.open(id, type);
    if (chat.type !== "private") chats.known.add(user);
    if (extra.is_topic_message && !chat.topics.has(extra.message_thread_id)) {
      chat.forum = true;
      chat.topics.set(extra.message_thread_id, "open");
    }
    const reply = chats.checkReply(chat, reply_to === undefined ? undefined : { message_id: reply_to });
    const fields = {
      from: person(user),
      ...(text !== undefined && { text, entities: entities ?? chats.entitiesOf(text) }),
      ...(extra.caption !== undefined && { caption_entities: chats.entitiesOf(extra.caption) }),
      ...reply,
      ...chats.place(chat, {}, reply),
      ...extra,
    };
    const message = chats.add(chat, fields);
    return { update_id: announce("message", chat, message, bot), message_id: message.message_id };
  },

  edit({ chat: id, message_id, text }, bot) {
    const chat = bot.chats.open(id);
    const message = bot.chats.find(chat, message_id);
    Object.assign(message, {
      text,
      entities: bot.chats.entitiesOf(text),
      edit_date: message.date + 1,
    });
    return { update_id: announce("edited_message", chat, message, bot) };
  },

  /** A post of a channel (or a message of a person, or of one who hides) is forwarded to the bot. */
  forward({ chat, user = chat, text, date = 1_509_235_200, channel, from, hidden }, bot) {
    const origin = channel
      ? { type: "channel", chat: { type: "channel", ...channel }, message_id: channel.message_id ?? 1 }
      : from
        ? { type: "user", sender_user: person(from) }
        : { type: "hidden_user", sender_user_name: hidden ?? "مخفي" };
    if (origin.chat) delete origin.chat.message_id;
    return PEOPLE.message({ chat, user, text, forward_origin: { date, ...origin } }, bot);
  },

  tap({ chat: id, user = id, message_id, data, text }, { chats, queries, queue }) {
    const message = chats.find(chats.open(id), message_id);
    const buttons = message?.reply_markup?.inline_keyboard?.flat() ?? [];
    const plain = (label) => label.replace(/[\u200f\u2068\u2069]/g, "");
    const button = buttons.find((each) => (data ? each.callback_data === data : plain(each.text) === text));
    if (!button?.callback_data)
      throw new Error(`no such button under message ${message_id}: ${data ?? text}`);
    const queryId = queries.ask("tap", { chat: id });
    const callback_query = {
      id: queryId,
      from: person(user),
      message: published(message),
      chat_instance: String(id),
      data: button.callback_data,
    };
    return { query_id: queryId, update_id: queue.push({ callback_query }) };
  },

  /** A tap on a button of a message that is no longer known. */
  tap_raw({ chat: id, user = id, message_id, data }, { chats, queries, queue }) {
    const queryId = queries.ask("tap", { chat: id });
    const message = { message_id, chat: chats.describe(chats.open(id)), date: 0 };
    const callback_query = { id: queryId, from: person(user), message, chat_instance: String(id), data };
    return { query_id: queryId, update_id: queue.push({ callback_query }) };
  },

  async query({ query_id, wait = 5_000 }, { chats, queries }) {
    const query = queries.find(query_id);
    await chats.waitFor(() => query.answered !== null, wait);
    return query.answered;
  },

  expire(_, { queries }) {
    queries.expireAll();
    return true;
  },
};

const LOOKS = {
  chat: ({ chat }, { chats }) => chats.open(chat).messages,

  async wait({ chat: id, count, timeout = 15_000 }, { chats }) {
    const chat = chats.open(id);
    const reached = await chats.waitFor(() => chat.sent >= count, timeout);
    if (!reached) throw new Error(`${chat.sent} of ${count} messages in chat ${id} after ${timeout} ms`);
    return chat.messages;
  },

  /** As wait, for the number of edits of one message. */
  async wait_edit({ chat: id, message_id, edits = 1, timeout = 15_000 }, { chats }) {
    const chat = chats.open(id);
    const reached = await chats.waitFor(() => (chats.find(chat, message_id)?.edits ?? 0) >= edits, timeout);
    if (!reached) throw new Error(`message ${message_id} was not edited ${edits} times in ${timeout} ms`);
    return chats.find(chat, message_id);
  },

  shown: (_, { chats }) => chats.shown,
  calls: ({ method }, { calls }) => calls.filter((call) => method === undefined || call.method === method),
  commands: (_, { commands }) => Object.fromEntries(commands),
  defects: (_, { defects }) => defects,
  pending: (_, { queue }) => queue.length,
  deliveries: (_, { webhook }) => webhook.deliveries,
};

const FAULTS = {
  push: ({ update }, { queue }) => ({ update_id: queue.push(update) }),

  fault(fault, { faults }) {
    faults.push({ times: 1, ...fault });
    return true;
  },

  revoke(_, bot) {
    bot.revoked = true;
    return true;
  },

  /** `privacy`, `inline` (modes of the bot), `query_life` (ms). */
  settings({ query_life, ...given }, bot) {
    if (query_life !== undefined) bot.queries.life = query_life;
    Object.assign(bot.settings, given);
    return bot.settings;
  },

  /** Telegram's own rates with `on`, or those given; none with `on: false`. */
  rates({ on = true, ...limits }, bot) {
    bot.rates.limits = on ? { ...TELEGRAM_RATES, ...limits } : null;
    return true;
  },

  /** What stands behind public addresses, and how patient the deliveries are: {from, to}, {retry, timeout} in ms. */
  webhook({ from, to, retry, timeout }, { webhook }) {
    if (from !== undefined) webhook.routes.set(from, to);
    if (retry !== undefined) webhook.retry = retry;
    if (timeout !== undefined) webhook.timeout = timeout;
    return true;
  },
};

export const CONTROL = {
  ...PEOPLE,
  ...FILE_CONTROL,
  ...GROUP_CONTROL,
  ...INLINE_CONTROL,
  ...LOOKS,
  ...FAULTS,
};
