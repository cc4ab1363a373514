/** Inline mode from a person's side: asking, looking at the cards, choosing one. */

import { published } from "./format.mjs";
import { announce } from "./privacy.mjs";
import { BOT, person } from "./refusal.mjs";

const LONGEST_QUERY = 256;

export const INLINE_CONTROL = {
  /** A person types `@bot query`; what Telegram has kept is answered without the bot. */
  inline({ user, query, offset = "", chat_type = "sender" }, { queries, queue, settings }) {
    if (!settings.inline) throw new Error("inline mode is off: control settings {inline: true}");
    const asked = { query: query.slice(0, LONGEST_QUERY), offset, user };
    const id = queries.ask("inline", asked);
    const kept = queries.keptAnswer(asked);
    if (kept) {
      queries.find(id).answered = kept;
      return { query_id: id, kept: true };
    }
    const inline_query = { id, from: person(user), query: asked.query, offset, chat_type };
    return { query_id: id, kept: false, update_id: queue.push({ inline_query }) };
  },

  /** The person chooses a card: its message is sent in the person's name to `chat`, where the bot need not be. */
  choose({ user, query_id, result_id, chat: id, feedback = false }, bot) {
    const { chats, queries, queue } = bot;
    const { query, answered } = queries.find(query_id);
    const result = answered?.results.find((each) => each.id === result_id);
    if (!result?.message) throw new Error(`no card ${result_id} with a text was offered`);
    const { reply_markup } = result;
    const message = {
      from: person(user),
      via_bot: BOT,
      ...result.message,
      ...(reply_markup && { reply_markup }),
    };
    // The chat of two people, unknown to the bot.
    const chat = id === undefined ? null : chats.open(id);
    const sent = chat ? chats.add(chat, message) : { message_id: 1, date: 1_700_000_000, ...message };
    const update_id = chat ? announce("message", chat, sent, bot) : null;
    const inline_message_id = reply_markup ? `inline-${bot.inlineMessages.size + 1}` : undefined;
    if (inline_message_id) bot.inlineMessages.set(inline_message_id, sent);
    if (feedback) {
      const chosen_inline_result = { result_id, from: person(user), query, inline_message_id };
      queue.push({ chosen_inline_result });
    }
    return { ...published(sent), inline_message_id, update_id };
  },

  /** A tap on a button under a message that was sent by inline mode. */
  tap_inline({ user, inline_message_id, data }, { queries, queue }) {
    const queryId = queries.ask("tap", {});
    const callback_query = { id: queryId, from: person(user), inline_message_id, chat_instance: "1", data };
    return { query_id: queryId, update_id: queue.push({ callback_query }) };
  },
};
