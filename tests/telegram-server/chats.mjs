/** Chats with their messages, topics and files: who may write there, and what stands there now. */
import { Formatter } from "./format.mjs";
import { BOT, bad, forbidden } from "./refusal.mjs";

export class Chats extends Formatter {
  #chats = new Map();
  #files = new Map();
  #lastFile = 0;
  #waiters = new Set();
  /** People seen in groups, to whom the bot may not write first. */
  known = new Set();

  open(id, type = id < 0 ? "supergroup" : "private") {
    let chat = this.#chats.get(id);
    if (!chat) {
      chat = { id, type, messages: [], last: 0, sent: 0, blocked: false, forum: false, topics: new Map() };
      // What the bot is there, as ChatMember calls it, and whether it sees all that is said.
      Object.assign(chat, { status: "member", seesAll: false, migratedTo: null });
      this.#chats.set(id, chat);
    }
    return chat;
  }

  /** A chat that the bot may write to. */
  writable(id) {
    const chat = this.#chats.get(Number(id));
    if (!chat) {
      if (this.known.has(Number(id))) throw forbidden("bot can't initiate conversation with a user");
      throw bad("chat not found");
    }
    if (chat.migratedTo !== null)
      throw bad("group chat was upgraded to a supergroup chat", { migrate_to_chat_id: chat.migratedTo });
    if (chat.blocked === "deactivated") throw forbidden("user is deactivated");
    if (chat.blocked) throw forbidden("bot was blocked by the user");
    const kind = chat.type === "group" ? "group" : chat.type;
    if (chat.status === "kicked") throw forbidden(`bot was kicked from the ${kind} chat`);
    if (chat.status === "left") throw forbidden(`bot is not a member of the ${kind} chat`);
    if (chat.status === "restricted") throw bad("not enough rights to send text messages to the chat");
    return chat;
  }

  describe(chat) {
    return chat.type === "private"
      ? { id: chat.id, type: "private", first_name: "قارئ" }
      : { id: chat.id, type: chat.type, title: "مجموعة", ...(chat.forum && { is_forum: true }) };
  }

  add(chat, fields) {
    chat.last += 1;
    const message = {
      message_id: chat.last,
      date: 1_700_000_000 + chat.last,
      chat: this.describe(chat),
      ...fields,
    };
    chat.messages.push(message);
    if (message.from?.id === BOT.id) chat.sent += 1;
    this.notify();
    return message;
  }

  find(chat, messageId) {
    return chat.messages.find((message) => message.message_id === messageId);
  }

  async waitFor(condition, milliseconds) {
    const end = Date.now() + milliseconds;
    while (!condition()) {
      const left = end - Date.now();
      if (left <= 0) return false;
      await new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.#waiters.delete(done);
          resolve();
        };
        const timer = setTimeout(done, left);
        this.#waiters.add(done);
      });
    }
    return true;
  }

  notify() {
    for (const waiter of this.#waiters) waiter();
  }

  /** The topic or the thread of replies in which a message goes, as fields of the message. */
  place(chat, { message_thread_id: thread }, reply) {
    if (thread === undefined) {
      const target = reply?.reply_to_message;
      if (!target || chat.type !== "supergroup") return {};
      if (chat.forum && !target.is_topic_message) return {};
      const root = target.message_thread_id ?? target.message_id;
      return { message_thread_id: root, ...(chat.forum && { is_topic_message: true }) };
    }
    const topic = chat.topics.get(thread);
    if (topic === undefined || topic === "deleted") throw bad("message thread not found");
    if (topic === "closed" && chat.status !== "administrator") throw bad("TOPIC_CLOSED");
    return { message_thread_id: thread, is_topic_message: true };
  }

  checkReply(chat, reply) {
    if (!reply) return {};
    const target = this.find(chat, reply.message_id);
    if (target) {
      if (reply.quote !== undefined && !(target.text ?? target.caption ?? "").includes(reply.quote))
        throw bad("QUOTE_TEXT_INVALID");
      const { reply_to_message: _, ...shown } = target;
      return { reply_to_message: shown };
    }
    if (!reply.allow_sending_without_reply) throw bad("message to be replied not found");
    return {};
  }

  /** Files by id; the same upload gets a new id each time. */
  store(upload) {
    this.#lastFile += 1;
    const id = `file-${this.#lastFile}`;
    this.#files.set(id, upload);
    return id;
  }

  file(id) {
    return this.#files.get(id);
  }
}
