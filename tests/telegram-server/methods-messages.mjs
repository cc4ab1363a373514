/** Methods that send, change and delete messages. */
import { checkKeyboard, published } from "./format.mjs";
import { photoSize } from "./photo.mjs";
import { BOT, bad } from "./refusal.mjs";

const ACTIONS = new Set([
  ...["typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"],
  ...["upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"],
]);
const UNCHANGED =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";
const LARGEST_UPLOAD = 50 * 1024 * 1024;

function sendMessage(values, { chats }) {
  const chat = chats.writable(values.chat_id);
  const formatted = chats.format(values.text, values);
  checkKeyboard(values.reply_markup);
  const reply = chats.checkReply(chat, values.reply_parameters);
  const message = chats.add(chat, {
    from: BOT,
    ...formatted,
    ...reply,
    ...chats.place(chat, values, reply),
    ...(values.link_preview_options && { link_preview_options: values.link_preview_options }),
    ...inlineKeyboard(values),
  });
  return published(message);
}

/** Only keyboards under messages stay with them. */
function inlineKeyboard({ reply_markup: markup }) {
  return markup?.inline_keyboard?.length > 0 ? { reply_markup: markup } : {};
}

/** `describe(upload)(file)` gives the fields of the file as a message shows it; the first step refuses. */
function sendFile(field, describe) {
  return (values, { chats }) => {
    const chat = chats.writable(values.chat_id);
    const caption = values.caption === undefined ? null : chats.formatCaption(values.caption, values);
    checkKeyboard(values.reply_markup);
    const reply = chats.checkReply(chat, values.reply_parameters);
    const given = values[field];
    const upload = typeof given === "object" ? given.upload : chats.file(given);
    if (!upload) throw bad("wrong file identifier/HTTP URL specified");
    if (upload.bytes.length === 0) throw bad("file must be non-empty");
    if (upload.bytes.length > LARGEST_UPLOAD) throw bad("file is too big");
    if (typeof given === "string" && upload.kind !== field) throw bad("type of file mismatch");
    const described = describe(upload);
    const fileId = typeof given === "string" ? given : chats.store({ ...upload, kind: field });
    const captioned = caption ? { caption: caption.text, caption_entities: caption.entities } : {};
    const message = chats.add(chat, {
      from: BOT,
      ...described({ file_id: fileId, file_unique_id: `u${fileId}`, file_size: upload.bytes.length }),
      ...captioned,
      ...reply,
      ...chats.place(chat, values, reply),
      ...inlineKeyboard(values),
    });
    return published(message);
  };
}

function own(values, { chats, inlineMessages }) {
  if (values.inline_message_id !== undefined) {
    const message = inlineMessages.get(values.inline_message_id);
    if (!message) throw bad("MESSAGE_ID_INVALID");
    return message;
  }
  if (values.chat_id === undefined) throw bad("chat_id is empty");
  const message = chats.find(chats.writable(values.chat_id), values.message_id);
  if (!message) throw bad("message to edit not found");
  if (message.from.id !== BOT.id) throw bad("message can't be edited");
  return message;
}

/** An edit without a keyboard takes the keyboard away. */
function change(message, fields, values, { chats }) {
  const { reply_markup } = inlineKeyboard(values);
  const shown = (each) =>
    JSON.stringify([
      each.text,
      each.entities,
      each.caption,
      each.caption_entities,
      each.reply_markup ?? null,
    ]);
  if (shown(message) === shown({ ...message, ...fields, reply_markup })) throw bad(UNCHANGED);
  delete message.reply_markup;
  Object.assign(message, fields, reply_markup && { reply_markup }, {
    edit_date: message.date + 1,
    edits: (message.edits ?? 0) + 1,
  });
  chats.notify();
  return values.inline_message_id === undefined ? published(message) : true;
}

export const MESSAGE_METHODS = {
  sendMessage,
  sendDocument: sendFile("document", ({ fileName }) => (file) => ({
    document: { ...file, file_name: fileName, mime_type: "text/plain" },
  })),
  sendPhoto: sendFile("photo", (upload) => {
    const size = photoSize(upload);
    return (file) => ({ photo: [{ ...file, ...size }] });
  }),

  editMessageText(values, bot) {
    const message = own(values, bot);
    if (message.text === undefined) throw bad("there is no text in the message to edit");
    const formatted = bot.chats.format(values.text, values);
    checkKeyboard(values.reply_markup);
    return change(message, formatted, values, bot);
  },

  editMessageCaption(values, bot) {
    const message = own(values, bot);
    if (message.text !== undefined) throw bad("there is no caption in the message to edit");
    const { text, entities } = bot.chats.formatCaption(values.caption ?? "", values);
    checkKeyboard(values.reply_markup);
    return change(message, { caption: text, caption_entities: entities }, values, bot);
  },

  editMessageReplyMarkup(values, bot) {
    const message = own(values, bot);
    checkKeyboard(values.reply_markup);
    return change(message, {}, values, bot);
  },

  deleteMessage(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    const message = chats.find(chat, values.message_id);
    if (!message) throw bad("message to delete not found");
    const isGroup = chat.type !== "private";
    if (isGroup && message.from.id !== BOT.id && chat.status !== "administrator")
      throw bad("message can't be deleted");
    chat.messages.splice(chat.messages.indexOf(message), 1);
    chats.notify();
    return true;
  },

  /** What is not there is passed over. */
  deleteMessages(values, bot) {
    if (values.message_ids.length > 100) throw bad("too many messages to delete");
    for (const message_id of values.message_ids) {
      if (bot.chats.find(bot.chats.writable(values.chat_id), message_id))
        MESSAGE_METHODS.deleteMessage({ chat_id: values.chat_id, message_id }, bot);
    }
    return true;
  },

  copyMessage(values, { chats }) {
    const message = copied(values, chats, "copy");
    const chat = chats.writable(values.chat_id);
    const { text, entities, linked, document, photo, caption, caption_entities } = message;
    const content = { text, entities, linked, document, photo, caption, caption_entities };
    const copy = { from: BOT, ...defined(content), ...inlineKeyboard(values), ...chats.place(chat, values) };
    return { message_id: chats.add(chat, copy).message_id };
  },

  forwardMessage(values, { chats }) {
    const message = copied(values, chats, "forward");
    const chat = chats.writable(values.chat_id);
    const { text, entities, linked, document, photo, caption, caption_entities } = message;
    const content = { text, entities, linked, document, photo, caption, caption_entities };
    const forward_origin = { type: "user", date: message.date, sender_user: message.from };
    return published(
      chats.add(chat, { from: BOT, forward_origin, ...defined(content), ...chats.place(chat, values) }),
    );
  },

  sendChatAction(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    chats.place(chat, values);
    if (!ACTIONS.has(values.action)) throw bad("wrong parameter action in request");
    return true;
  },

  /** Shown for a moment while an answer is written; only in private chats. */
  sendMessageDraft(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    if (chat.type !== "private") throw bad("TEXTDRAFT_PEER_INVALID");
    if (values.draft_id === 0) throw bad("RANDOM_ID_INVALID");
    if (values.text) chats.format(values.text, values);
    return true;
  },

  setMessageReaction(values, { chats }) {
    const message = chats.find(chats.writable(values.chat_id), values.message_id);
    if (!message) throw bad("message to react not found");
    if ((values.reaction?.length ?? 0) > 1) throw bad("REACTIONS_TOO_MANY");
    return true;
  },

  pinChatMessage(values, { chats }) {
    const chat = chats.writable(values.chat_id);
    if (!chats.find(chat, values.message_id)) throw bad("message to pin not found");
    if (chat.type !== "private" && chat.status !== "administrator")
      throw bad("not enough rights to manage pinned messages in the chat");
    return true;
  },
};

function copied({ from_chat_id, message_id }, chats, verb) {
  const message = chats.find(chats.open(Number(from_chat_id)), message_id);
  if (!message) throw bad(`message to ${verb} not found`);
  return message;
}

function defined(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
