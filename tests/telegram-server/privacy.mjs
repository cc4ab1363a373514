/** What a bot gets to see of a group: all of it as an administrator or with privacy mode off, otherwise what is meant for it. */
import { published } from "./format.mjs";
import { BOT } from "./refusal.mjs";

export function isVisible(chat, message, { privacy }) {
  if (chat.status === "left" || chat.status === "kicked" || chat.blocked) return false;
  if (chat.type === "private" || !privacy || chat.status === "administrator") return true;
  const text = message.text ?? message.caption ?? "";
  const own = BOT.username.toLowerCase();
  const named = (message.entities ?? message.caption_entities ?? []).some(
    ({ type, offset, length }) =>
      type === "mention" && text.slice(offset + 1, offset + length).toLowerCase() === own,
  );
  const [, addressee] = /^\/\w+(?:@(\w+))?/.exec(text) ?? [];
  const isCommand = text.startsWith("/") && (addressee === undefined || addressee.toLowerCase() === own);
  const isReply = message.reply_to_message?.from?.id === BOT.id;
  return named || isCommand || isReply || message.via_bot?.id === BOT.id || isService(message);
}

function isService(message) {
  return ["new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"].some(
    (field) => message[field] !== undefined,
  );
}

/** The bot gets it, when it is one that it sees. */
export function announce(kind, chat, message, { queue, settings }) {
  if (!isVisible(chat, message, settings)) return null;
  return queue.push({ [kind]: published(message) });
}
