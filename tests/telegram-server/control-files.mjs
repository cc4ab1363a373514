/** A person sends a file. */
import { announce } from "./privacy.mjs";
import { person } from "./refusal.mjs";

export const FILE_CONTROL = {
  /** `base64` are its bytes; `size` is what Telegram says of its size, when that is to be something else. */
  upload({ chat: id, user = id, name, base64 = "", size, caption, ...extra }, bot) {
    const { chats } = bot;
    const chat = chats.open(id);
    const bytes = Buffer.from(base64, "base64");
    const fileId = chats.store({ fileName: name, bytes });
    const document = {
      ...{ file_id: fileId, file_unique_id: `u${fileId}`, file_size: size ?? bytes.length },
      ...(name !== undefined && { file_name: name }),
    };
    const described = caption === undefined ? {} : { caption, caption_entities: chats.entitiesOf(caption) };
    const message = chats.add(chat, { from: person(user), document, ...described, ...extra });
    return {
      update_id: announce("message", chat, message, bot),
      message_id: message.message_id,
      file_id: fileId,
    };
  },
};
