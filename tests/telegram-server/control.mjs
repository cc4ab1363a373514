/** What tests do: be the people, look at the chats, cause faults. */
import { BOT } from "./chats.mjs";

const person = (id) => ({ id, is_bot: false, first_name: "قارئ", language_code: "ar" });

/** control name -> (body, bot) => answer. */
export const CONTROL = {
  message({ chat: id, user = id, text, type, ...extra }, { chats, queue }) {
    const chat = chats.open(id, type);
    const fields = {
      from: person(user),
      ...(text !== undefined && { text, entities: entitiesOf(text) }),
      ...extra,
    };
    const message = chats.add(chat, fields);
    return { update_id: queue.push({ message }), message_id: message.message_id };
  },

  edit({ chat: id, message_id, text }, { chats, queue }) {
    const message = chats.find(chats.open(id), message_id);
    Object.assign(message, { text, entities: entitiesOf(text), edit_date: message.date + 1 });
    return { update_id: queue.push({ edited_message: message }) };
  },

  tap({ chat: id, user = id, message_id, data, text }, { chats, queue }) {
    const message = chats.find(chats.open(id), message_id);
    const buttons = message?.reply_markup?.inline_keyboard?.flat() ?? [];
    const plain = (label) => label.replace(/[\u200f\u2068\u2069]/g, "");
    const button = buttons.find((each) => (data ? each.callback_data === data : plain(each.text) === text));
    if (!button?.callback_data)
      throw new Error(`no such button under message ${message_id}: ${data ?? text}`);
    const queryId = chats.tap({ chat: id });
    const callback_query = {
      id: queryId,
      from: person(user),
      message,
      chat_instance: String(id),
      data: button.callback_data,
    };
    return { query_id: queryId, update_id: queue.push({ callback_query }) };
  },

  /** A tap on a button of a message that is no longer known. */
  tap_raw({ chat: id, user = id, message_id, data }, { chats, queue }) {
    const queryId = chats.tap({ chat: id });
    const message = { message_id, chat: chats.describe(chats.open(id)), date: 0 };
    const callback_query = { id: queryId, from: person(user), message, chat_instance: String(id), data };
    return { query_id: queryId, update_id: queue.push({ callback_query }) };
  },

  async query({ query_id, wait = 5_000 }, { chats }) {
    const query = chats.query(query_id);
    await chats.waitFor(() => query.answered !== null, wait);
    return query.answered;
  },

  expire(_, { chats }) {
    chats.expireQueries();
    return true;
  },

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

  push: ({ update }, { queue }) => ({ update_id: queue.push(update) }),

  block({ chat }, { chats, queue }) {
    const open = chats.open(chat);
    open.blocked = true;
    const member = (status) => ({ user: BOT, status });
    const my_chat_member = {
      chat: chats.describe(open),
      from: person(chat),
      date: 1_700_000_000,
      old_chat_member: member("member"),
      new_chat_member: member("kicked"),
    };
    return { update_id: queue.push({ my_chat_member }) };
  },
  unblock({ chat }, { chats }) {
    chats.open(chat).blocked = false;
    return true;
  },

  fault(fault, { faults }) {
    faults.push({ times: 1, ...fault });
    return true;
  },

  revoke(_, bot) {
    bot.revoked = true;
    return true;
  },

  pending: (_, { queue }) => queue.length,
};

/** Entities as Telegram finds them in what people write: commands and mentions. */
function entitiesOf(text) {
  return [
    ...text.matchAll(/(?<![\p{L}\p{N}_/@])(?:\/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?|@[A-Za-z0-9_]+)/gu),
  ].map((match) => ({
    type: match[0].startsWith("/") ? "bot_command" : "mention",
    offset: match.index,
    length: match[0].length,
  }));
}
