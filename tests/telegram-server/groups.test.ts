/** Groups as the fake Bot API has them: who sees what, topics, membership, the move to a supergroup. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { call, outcome, takeUpdates } from "./raw.ts";

const GROUP = -3001;
const FORUM = -3002;
let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(async () => {
  expect(await telegram.control("defects")).toEqual([]);
  await telegram.stop();
});

const texts = async () =>
  (await takeUpdates(telegram)).map(({ message }) => (message as { text?: string } | undefined)?.text);
const send = (chat: number, values: Record<string, unknown> = {}) =>
  outcome(telegram, "sendMessage", { chat_id: chat, text: "ن", ...values });

describe("privacy mode", () => {
  it("shows the bot what is meant for it only", async () => {
    const { message_id } = await telegram.say(GROUP, "/start", { user: 1 });
    const { result } = await call(telegram, "sendMessage", { chat_id: GROUP, text: "ن" });
    const answer = (result as { message_id: number }).message_id;
    await telegram.say(GROUP, "كلام", { user: 1 });
    await telegram.say(GROUP, "كلام لإنسان", { user: 1, reply_to: message_id });
    await telegram.say(GROUP, "سؤال للبوت", { user: 1, reply_to: answer });
    await telegram.say(GROUP, "يا @isnad_test_bot", { user: 1 });
    await telegram.say(GROUP, "يا @isnad_test_bot_2", { user: 1 });
    await telegram.say(GROUP, "/help@another_bot", { user: 1 });
    await telegram.say(GROUP, "/help@Isnad_Test_Bot", { user: 1 });
    expect(await texts()).toEqual(["/start", "سؤال للبوت", "يا @isnad_test_bot", "/help@Isnad_Test_Bot"]);
  });

  it("does not bind an administrator, and can be turned off", async () => {
    await telegram.control("member", { chat: GROUP, status: "administrator" });
    await telegram.say(GROUP, "كلام أول", { user: 1 });
    await telegram.control("member", { chat: GROUP, status: "member" });
    await telegram.say(GROUP, "كلام ثان", { user: 1 });
    await telegram.control("settings", { privacy: false });
    await telegram.say(GROUP, "كلام ثالث", { user: 1 });
    expect((await call(telegram, "getMe")).result).toMatchObject({ can_read_all_group_messages: true });
    await telegram.control("settings", { privacy: true });
    expect((await texts()).filter(Boolean)).toEqual(["كلام أول", "كلام ثالث"]);
  });
});

describe("a forum", () => {
  it("has topics that are open, closed or gone, and its messages say where they stand", async () => {
    for (const [thread, state] of [
      [5, "open"],
      [6, "closed"],
      [7, "deleted"],
    ]) {
      await telegram.control("topic", { chat: FORUM, thread, state });
    }
    const { result } = await call(telegram, "sendMessage", {
      chat_id: FORUM,
      text: "ن",
      message_thread_id: 5,
    });
    expect(result).toMatchObject({ message_thread_id: 5, is_topic_message: true, chat: { is_forum: true } });
    expect(await send(FORUM, { message_thread_id: 6 })).toBe("400 Bad Request: TOPIC_CLOSED");
    expect(await send(FORUM, { message_thread_id: 7 })).toBe("400 Bad Request: message thread not found");
    expect(await send(FORUM, { message_thread_id: 8 })).toBe("400 Bad Request: message thread not found");
  });

  it("is no plain group: there a reply has a thread that is no topic", async () => {
    const { message_id } = await telegram.say(GROUP, "/start", { user: 1 });
    const { result } = await call(telegram, "sendMessage", {
      chat_id: GROUP,
      text: "ن",
      reply_parameters: { message_id },
    });
    expect(result).toMatchObject({ message_thread_id: message_id });
    expect(result).not.toHaveProperty("is_topic_message");
    expect(await send(GROUP, { message_thread_id: message_id })).toBe(
      "400 Bad Request: message thread not found",
    );
  });
});

describe("membership", () => {
  it.each([
    ["kicked", "403 Forbidden: bot was kicked from the supergroup chat"],
    ["left", "403 Forbidden: bot is not a member of the supergroup chat"],
    ["restricted", "400 Bad Request: not enough rights to send text messages to the chat"],
    ["member", "ok"],
  ])("%s: %s", async (status, expected) => {
    await takeUpdates(telegram);
    await telegram.control("member", { chat: -3003, status });
    expect(await send(-3003)).toBe(expected);
    const [update] = await takeUpdates(telegram);
    expect(update?.my_chat_member).toMatchObject({ new_chat_member: { status } });
  });

  it("ends when the bot leaves", async () => {
    await telegram.say(-3004, "/start", { user: 1 });
    expect(await outcome(telegram, "leaveChat", { chat_id: -3004 })).toBe("ok");
    expect(await send(-3004)).toMatch(/^403/);
  });

  it("moves with a group that becomes a supergroup, whose old address names the new one", async () => {
    await telegram.say(-31, "/start", { user: 1, type: "group" });
    await takeUpdates(telegram);
    await telegram.control("migrate", { chat: -31, to: -1_000_031 });
    expect(await call(telegram, "sendMessage", { chat_id: -31, text: "ن" })).toMatchObject({
      error_code: 400,
      description: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: -1_000_031 },
    });
    expect(await send(-1_000_031)).toBe("ok");
    const updates = await takeUpdates(telegram);
    expect(updates.map(({ message }) => message)).toMatchObject([
      { chat: { id: -31, type: "group" }, migrate_to_chat_id: -1_000_031 },
      { chat: { id: -1_000_031, type: "supergroup" }, migrate_from_chat_id: -31 },
    ]);
  });
});
