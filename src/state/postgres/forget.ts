/** What leaves the state: of one person at once, of everybody when it has outlived its purpose. */
import { EXPECTATION_LIFE_MS } from "../corrections.ts";
import { DRAFT_LIFE_MS } from "../drafts.ts";
import { ANSWER_LIFE_MS, type Forgotten, MEMORY_LIFE_MS, SETTLED_LIFE_MS } from "../state.ts";
import { SUBSCRIPTION_LIFE_MS } from "../subscriptions.ts";
import type { PostgresRows } from "./rows.ts";
import { FORGET_TOKENS } from "./tokens.ts";

/** Deletes what is stored of a person; to be run in a transaction. */
export async function forget(
  rows: PostgresRows,
  { chat, person }: { chat: string; person: string },
): Promise<Forgotten> {
  const theirs = "(conversation = $1 OR right(conversation, length($2) + 1) = ':' || $2)";
  await rows.delete("bot_deliveries", "chat = $1", chat);
  await rows.delete("bot_dead_letters", "chat = $1", chat);
  await rows.delete("bot_pace", "key = $1", chat);
  await rows.delete("bot_expectations", theirs, chat, person);
  await rows.delete("bot_drafts", "chat = $1", chat);
  return {
    conversations: await rows.delete("bot_memory", theirs, chat, person),
    answers: await rows.delete("bot_answers", theirs, chat, person),
    offers: await rows.delete("bot_offers", `chat = $1 OR ${theirs}`, chat, person),
    verdicts: await rows.delete("bot_feedback", "person = $1", person),
    corrections: await rows.delete("bot_corrections", "person = $1", person),
    subscriptions: await rows.delete("bot_subscriptions", "person = $2 OR chat = $1", chat, person),
    admission: (await rows.delete("bot_admitted", "person = $1", person)) > 0,
  };
}

/** Deletes what has outlived its purpose, and has the space of deleted texts used again. */
export async function prune(rows: PostgresRows, now: number): Promise<void> {
  const settled = now - SETTLED_LIFE_MS;
  await rows.delete("bot_updates", "payload IS NULL AND received_at < $1", settled);
  await rows.delete("bot_deliveries", "payload IS NULL AND planned_at < $1", settled);
  await rows.delete("bot_dead_letters", "failed_at < $1", settled);
  await rows.delete("bot_expectations", "since <= $1", now - EXPECTATION_LIFE_MS);
  await rows.delete("bot_drafts", "changed_at <= $1", now - DRAFT_LIFE_MS);
  await rows.delete("bot_subscriptions", "made_at <= $1", now - SUBSCRIPTION_LIFE_MS);
  await rows.delete("bot_memory", "remembered_at <= $1", now - MEMORY_LIFE_MS);
  await rows.delete("bot_offers", "saved_at < $1", now - ANSWER_LIFE_MS);
  await rows.delete(
    "bot_answers",
    "sent_at < $1 AND id NOT IN (SELECT answer FROM bot_feedback)",
    now - ANSWER_LIFE_MS,
  );
  await rows.run(FORGET_TOKENS);
  await rows.run("DELETE FROM bot_moments WHERE until < clock_timestamp()");
  await rows.run(
    `DELETE FROM bot_pace WHERE key <> 'all' AND held_until < clock_timestamp()
     AND coalesce(times[cardinality(times)], '-infinity') < clock_timestamp() - interval '2 minutes'`,
  );
  // Deleted texts stay in their pages until then. It cannot run while another does it, which is as good.
  await rows.run("VACUUM (SKIP_LOCKED) bot_updates, bot_deliveries, bot_turns, bot_memory, bot_offers");
}
