/** What each method does. */
import { BOT, bad } from "./chats.mjs";

const ACTIONS = new Set(["typing", "upload_document", "upload_photo", "find_location"]);
const UNCHANGED =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

/** method name -> (parameters, bot) => result; throws a Refusal. */
export const METHODS = {
  getMe: () => ({
    ...BOT,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),

  deleteWebhook({ drop_pending_updates }, { queue }) {
    queue.webhook = "";
    if (drop_pending_updates) queue.drop();
    return true;
  },
  setWebhook({ url }, { queue }) {
    if (url !== "" && !url.startsWith("https://"))
      throw bad("bad webhook: An HTTPS URL must be provided for webhook");
    queue.webhook = url;
    return true;
  },
  getWebhookInfo: (_, { queue }) => ({
    url: queue.webhook,
    has_custom_certificate: false,
    pending_update_count: queue.length,
  }),

  sendMessage(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    const formatted = chats.format(values.text, values.parse_mode);
    chats.checkKeyboard(values.reply_markup);
    const reply = chats.checkReply(chat, values.reply_parameters);
    return chats.add(chat, {
      from: BOT,
      ...formatted,
      ...reply,
      ...thread(values),
      ...(values.link_preview_options && { link_preview_options: values.link_preview_options }),
      ...(values.reply_markup && { reply_markup: values.reply_markup }),
    });
  },

  sendDocument(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    const caption =
      values.caption === undefined ? null : chats.formatCaption(values.caption, values.parse_mode);
    chats.checkKeyboard(values.reply_markup);
    const reply = chats.checkReply(chat, values.reply_parameters);
    const { upload } =
      typeof values.document === "object" ? values.document : { upload: chats.file(values.document) };
    if (!upload) throw bad("wrong file identifier/HTTP URL specified");
    if (upload.bytes.length === 0) throw bad("file must be non-empty");
    const fileId = typeof values.document === "string" ? values.document : chats.store(upload);
    const document = {
      file_id: fileId,
      file_unique_id: `u${fileId}`,
      file_name: upload.fileName,
      file_size: upload.bytes.length,
    };
    const described = caption ? { caption: caption.text, caption_entities: caption.entities } : {};
    return chats.add(chat, { from: BOT, document, ...described, ...reply, ...thread(values) });
  },

  editMessageText(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    const message = chats.find(chat, values.message_id);
    if (!message) throw bad("message to edit not found");
    if (message.from.id !== BOT.id) throw bad("message can't be edited");
    const formatted = chats.format(values.text, values.parse_mode);
    chats.checkKeyboard(values.reply_markup);
    const shown = ({ text, entities, reply_markup }) =>
      JSON.stringify([text, entities, reply_markup ?? null]);
    const renewed = { ...formatted, reply_markup: values.reply_markup };
    if (shown(message) === shown(renewed)) throw bad(UNCHANGED);
    // An edit without a keyboard takes the keyboard away.
    delete message.reply_markup;
    Object.assign(message, formatted, values.reply_markup && { reply_markup: values.reply_markup }, {
      edit_date: message.date + 1,
      edits: (message.edits ?? 0) + 1,
    });
    chats.notify();
    return message;
  },

  editMessageReplyMarkup(values, { chats }) {
    const message = chats.find(chats.writable(values.chat_id), values.message_id);
    if (!message) throw bad("message to edit not found");
    chats.checkKeyboard(values.reply_markup);
    if (JSON.stringify(message.reply_markup) === JSON.stringify(values.reply_markup)) throw bad(UNCHANGED);
    message.reply_markup = values.reply_markup;
    return message;
  },

  deleteMessage(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    const message = chats.find(chat, values.message_id);
    if (!message) throw bad("message to delete not found");
    chat.messages.splice(chat.messages.indexOf(message), 1);
    chats.notify();
    return true;
  },

  sendChatAction(values, { chats }) {
    chats.writable(values.chat_id);
    if (!ACTIONS.has(values.action)) throw bad("wrong parameter action in request");
    return true;
  },

  answerCallbackQuery(values, { chats }) {
    chats.answerQuery(values);
    return true;
  },

  setMyCommands({ commands, language_code }, bot) {
    if (commands.length > 100) throw bad("BOT_COMMANDS_TOO_MUCH");
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad("BOT_COMMAND_INVALID");
      if (description.length < 1 || description.length > 256) throw bad("BOT_COMMAND_DESCRIPTION_INVALID");
    }
    bot.commands.set(language_code ?? "", commands);
    return true;
  },
  getMyCommands: ({ language_code }, bot) => bot.commands.get(language_code ?? "") ?? [],
  setMyDescription: () => true,
  setMyShortDescription: () => true,
  getChat: ({ chat_id }, { chats }) => chats.describe(chats.writable(chat_id)),
  getFile({ file_id }, { chats }) {
    const upload = chats.file(file_id);
    if (!upload) throw bad("invalid file_id");
    return {
      file_id,
      file_unique_id: `u${file_id}`,
      file_size: upload.bytes.length,
      file_path: `documents/${file_id}`,
    };
  },
};

function thread({ message_thread_id }) {
  return message_thread_id === undefined ? {} : { message_thread_id, is_topic_message: true };
}
