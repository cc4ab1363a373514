/** Chats, their messages and the taps on buttons under them. */

export class Refusal extends Error {
  constructor(code, description, parameters) {
    super(description);
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

export const bad = (text) => new Refusal(400, `Bad Request: ${text}`);

export const BOT = { id: 4242, is_bot: true, first_name: "Isnad", username: "isnad_test_bot" };
const LONGEST_TEXT = 4096;
const LONGEST_RAW_BYTES = 1 << 15;
const LONGEST_CAPTION = 1024;

export class Chats {
  #chats = new Map();
  #queries = new Map();
  #files = new Map();
  #parser;
  #lastQuery = 0;
  #lastFile = 0;
  #waiters = new Set();
  /** Every text that was accepted, as it was shown, with what Telegram makes a link by itself. */
  shown = [];

  constructor(parser) {
    this.#parser = parser;
  }

  open(id, type = id < 0 ? "supergroup" : "private") {
    let chat = this.#chats.get(id);
    if (!chat) {
      chat = { id, type, messages: [], last: 0, blocked: false, sent: 0 };
      this.#chats.set(id, chat);
    }
    return chat;
  }

  /** A chat that the bot may write to. */
  writable(id) {
    const chat = this.#chats.get(Number(id));
    if (!chat) throw bad("chat not found");
    if (chat.blocked) throw new Refusal(403, "Forbidden: bot was blocked by the user");
    return chat;
  }

  describe(chat) {
    return chat.type === "private"
      ? { id: chat.id, type: "private", first_name: "قارئ" }
      : { id: chat.id, type: chat.type, title: "مجموعة" };
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
    for (const waiter of this.#waiters) waiter();
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

  /** Text and entities, or a refusal in Telegram's words. */
  format(raw, parseMode, { longest = LONGEST_TEXT, isCaption = false } = {}) {
    if (Buffer.byteLength(raw) > LONGEST_RAW_BYTES) throw bad("text is too long");
    if (/\p{Cs}/u.test(raw)) throw bad("strings must be encoded in UTF-8");
    let formatted = { text: raw, entities: [] };
    if (parseMode !== undefined && parseMode !== "") {
      if (!/^html$/i.test(parseMode)) throw bad("unsupported parse_mode");
      formatted = this.#parser.parse(raw);
      if (formatted.problem) throw bad(formatted.problem.replace(/^Can't/, "can't"));
    }
    if (!isCaption && formatted.text.trim() === "") throw bad("message text is empty");
    if (formatted.text.length > longest)
      throw bad(isCaption ? "message caption is too long" : "message is too long");
    const linked = this.#parser.entities(formatted.text);
    this.shown.push({ text: formatted.text, linked });
    return { ...formatted, linked };
  }

  formatCaption(raw, parseMode) {
    return this.format(raw, parseMode, { longest: LONGEST_CAPTION, isCaption: true });
  }

  checkKeyboard(markup) {
    for (const button of markup?.inline_keyboard?.flat() ?? []) {
      if (!button.text) throw bad("text buttons are allowed in reply keyboards only");
      const kinds = Object.keys(button).filter(
        (key) => !["text", "style", "icon_custom_emoji_id"].includes(key),
      );
      if (kinds.length !== 1) throw bad("exactly one optional field must be used in an inline button");
      const { callback_data, url, copy_text } = button;
      if (callback_data !== undefined) {
        const bytes = Buffer.byteLength(callback_data);
        if (bytes < 1 || bytes > 64) throw bad("BUTTON_DATA_INVALID");
      }
      if (url !== undefined && !/^(https?|tg):\/\/\S+$/.test(url)) throw bad("BUTTON_URL_INVALID");
      if (copy_text && (copy_text.text.length < 1 || copy_text.text.length > 256))
        throw bad("BUTTON_COPY_TEXT_INVALID");
    }
  }

  checkReply(chat, reply) {
    if (!reply) return {};
    const target = this.find(chat, reply.message_id);
    if (target) return { reply_to_message: { message_id: target.message_id } };
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

  tap(query) {
    this.#lastQuery += 1;
    const id = String(900_000 + this.#lastQuery);
    this.#queries.set(id, { ...query, answered: null, expired: false });
    return id;
  }

  query(id) {
    return this.#queries.get(id);
  }

  answerQuery({ callback_query_id: id, text, show_alert }) {
    const query = this.#queries.get(id);
    if (!query || query.expired || query.answered) {
      throw bad("query is too old and response timeout expired or query ID is invalid");
    }
    if ((text?.length ?? 0) > 200) throw bad("MESSAGE_TOO_LONG");
    query.answered = { text: text ?? null, alert: show_alert === true };
    this.notify();
  }

  expireQueries() {
    for (const query of this.#queries.values()) query.expired = true;
  }
}
