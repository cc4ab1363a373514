/** What happens to chats: blocking, membership, topics, a group that becomes a supergroup. */
import { announce } from "./privacy.mjs";
import { BOT, person } from "./refusal.mjs";

const member = (status) => ({
  user: BOT,
  status,
  ...(status === "kicked" && { until_date: 0 }),
  ...(status === "restricted" && restrictions()),
});

function restrictions() {
  const rights = ["send_messages", "send_audios", "send_documents", "send_photos", "send_videos"];
  const more = [
    "send_video_notes",
    "send_voice_notes",
    "send_polls",
    "send_other_messages",
    "react_to_messages",
  ];
  const last = [
    "add_web_page_previews",
    "edit_tag",
    "change_info",
    "invite_users",
    "pin_messages",
    "manage_topics",
  ];
  const can = [...rights, ...more, ...last].map((right) => [`can_${right}`, false]);
  return { is_member: true, until_date: 0, ...Object.fromEntries(can) };
}

function memberUpdate(chat, user, status, { chats, queue }) {
  const old = chat.blocked ? "kicked" : chat.status;
  const my_chat_member = {
    chat: chats.describe(chat),
    from: person(user),
    date: 1_700_000_000,
    old_chat_member: member(old === "administrator" ? "member" : old),
    new_chat_member: member(status),
  };
  return { update_id: queue.push({ my_chat_member }) };
}

export const GROUP_CONTROL = {
  block({ chat: id }, bot) {
    const chat = bot.chats.open(id);
    const update = memberUpdate(chat, id, "kicked", bot);
    chat.blocked = true;
    return update;
  },
  unblock({ chat: id }, bot) {
    const chat = bot.chats.open(id);
    const update = memberUpdate(chat, id, "member", bot);
    chat.blocked = false;
    return update;
  },
  /** The account is gone: nothing is said, only writing fails. */
  deactivate({ chat }, { chats }) {
    chats.open(chat).blocked = "deactivated";
    return true;
  },

  /** The bot's place in a group changes: member, administrator, restricted, left, kicked. */
  member({ chat: id, user = 1, status, type }, bot) {
    const chat = bot.chats.open(id, type);
    // An administrator is described by many rights that no test here needs.
    const update = status === "administrator" ? {} : memberUpdate(chat, user, status, bot);
    chat.status = status;
    return update;
  },

  /** A topic of a forum: open, closed, deleted. */
  topic({ chat: id, thread, state = "open" }, { chats }) {
    const chat = chats.open(id);
    chat.forum = true;
    chat.topics.set(thread, state);
    return true;
  },

  /** A basic group becomes the supergroup `to`. */
  migrate({ chat: id, to, user = 1 }, bot) {
    const { chats } = bot;
    const [old, renewed] = [chats.open(id, "group"), chats.open(to, "supergroup")];
    const out = chats.add(old, { from: person(user), migrate_to_chat_id: to });
    const into = chats.add(renewed, { from: person(user), migrate_from_chat_id: id });
    const updates = [announce("message", old, out, bot), announce("message", renewed, into, bot)];
    old.migratedTo = to;
    return { updates };
  },
};
