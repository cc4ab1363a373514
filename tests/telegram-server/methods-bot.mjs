/** Methods about the bot itself, its webhook, its chats and its files. */
import { BOT, bad, person } from "./refusal.mjs";

const LARGEST_DOWNLOAD = 20 * 1024 * 1024;
const COMMANDS = 100;

/** set… and get… of a text by language: name of the field, and its longest length. */
function text(field, longest) {
  const key = (language) => `${field} ${language ?? ""}`;
  return {
    set({ [field]: value = "", language_code }, { texts }) {
      if (value.length > longest) throw bad(`bot ${field.replace("_", " ")} is too long`);
      texts.set(key(language_code), value);
      return true;
    },
    get({ language_code }, { texts }) {
      return { [field]: texts.get(key(language_code)) ?? texts.get(key()) ?? "" };
    },
  };
}

const name = text("name", 64);
const description = text("description", 512);
const shortDescription = text("short_description", 120);

const scopeKey = ({ scope, language_code }) =>
  JSON.stringify([scope ?? { type: "default" }, language_code ?? ""]);

export const BOT_METHODS = {
  getMe: (_, { settings }) => ({
    ...BOT,
    can_join_groups: true,
    can_read_all_group_messages: !settings.privacy,
    supports_inline_queries: settings.inline,
    can_connect_to_business: false,
    has_main_web_app: false,
  }),
  logOut: () => true,
  close: () => true,

  setWebhook: (values, { webhook }) => ({ described: webhook.set(values) }),
  deleteWebhook: ({ drop_pending_updates }, { webhook }) => ({
    described: webhook.set({ drop_pending_updates }),
  }),
  getWebhookInfo: (_, { webhook }) => webhook.info(),

  setMyCommands(values, { commands }) {
    if (values.commands.length > COMMANDS) throw bad("BOT_COMMANDS_TOO_MUCH");
    for (const { command, description: words } of values.commands) {
      if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) throw bad("BOT_COMMAND_INVALID");
      if (words.length < 1 || words.length > 256) throw bad("BOT_COMMAND_DESCRIPTION_INVALID");
    }
    commands.set(scopeKey(values), values.commands);
    return true;
  },
  getMyCommands: (values, { commands }) => commands.get(scopeKey(values)) ?? [],
  deleteMyCommands(values, { commands }) {
    commands.delete(scopeKey(values));
    return true;
  },
  setMyName: name.set,
  getMyName: name.get,
  setMyDescription: description.set,
  getMyDescription: description.get,
  setMyShortDescription: shortDescription.set,
  getMyShortDescription: shortDescription.get,
  setChatMenuButton: () => true,
  getChatMenuButton: () => ({ type: "commands" }),

  getChat({ chat_id }, { chats }) {
    const chat = chats.writable(chat_id);
    const gifts = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"];
    return {
      ...chats.describe(chat),
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: {
        ...Object.fromEntries(gifts.map((gift) => [gift, false])),
        gifts_from_channels: false,
      },
    };
  },
  getChatMember({ chat_id, user_id }, { chats }) {
    const chat = chats.writable(chat_id);
    if (user_id === BOT.id && chat.status === "administrator") return administrator();
    return { status: "member", user: user_id === BOT.id ? BOT : person(user_id) };
  },
  getChatAdministrators({ chat_id }, { chats }) {
    const chat = chats.writable(chat_id);
    if (chat.type === "private") throw bad("there are no administrators in the private chat");
    return chat.status === "administrator" ? [administrator()] : [];
  },
  getChatMemberCount: ({ chat_id }, { chats }) => (chats.writable(chat_id).type === "private" ? 2 : 3),
  leaveChat({ chat_id }, { chats }) {
    const chat = chats.writable(chat_id);
    if (chat.type === "private") throw bad("chat member status can't be changed in private chats");
    chat.status = "left";
    return true;
  },

  getFile({ file_id }, { chats }) {
    const upload = chats.file(file_id);
    if (!upload) throw bad("invalid file_id");
    if (upload.bytes.length > LARGEST_DOWNLOAD) throw bad("file is too big");
    return {
      file_id,
      file_unique_id: `u${file_id}`,
      file_size: upload.bytes.length,
      file_path: `documents/${file_id}`,
    };
  },
};

function administrator() {
  const rights = ["be_edited", "manage_chat", "delete_messages", "manage_video_chats", "restrict_members"];
  const more = [
    "promote_members",
    "change_info",
    "invite_users",
    "post_stories",
    "edit_stories",
    "delete_stories",
  ];
  const can = Object.fromEntries(
    [...rights, ...more].map((right) => [`can_${right}`, right === "manage_chat"]),
  );
  return { status: "administrator", user: BOT, is_anonymous: false, ...can };
}
