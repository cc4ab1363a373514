/** Groups: when the bot speaks, to whom, where, and what two people may do with one message. */
import { beforeEach, describe, expect, it } from "vitest";
import { DELIVERY_UNCERTAIN } from "../../src/phrases/telegram.ts";
import { scriptedAnswer } from "./collection.ts";
import { boldText, labels, plain, useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const telegram = await useTelegram();
const startBot = useBots(telegram);
let lastGroup = -8_000;
let group = 0;
beforeEach(async () => {
  await telegram.control("settings", { privacy: true });
  lastGroup -= 1;
  group = lastGroup;
});

const MARKET = "@isnad_test_bot ماذا حدث في السوق؟";
const say = (text: string, user = 1, extra: Record<string, unknown> = {}) =>
  telegram.say(group, text, { user, ...extra });
const tap = async (user: number, message: ChatMessage | undefined, text: string) => {
  const body = { chat: group, user, message_id: message?.message_id ?? 0, text };
  const { query_id } = await telegram.control<{ query_id: string }>("tap", body);
  return telegram.control<{ text: string | null } | null>("query", { query_id });
};
const last = async (count: number) => (await telegram.sent(group, count)).at(-1);
/** Proves that nothing was sent before: a marked question, and its answer as the next message. */
async function expectSilenceSoFar(sent: number): Promise<void> {
  await say("@isnad_test_bot ماذا حدث عند الجسر؟", 99);
  const messages = await telegram.sent(group, sent + 1);
  expect(messages).toHaveLength(sent + 1);
  expect(plain(messages.at(-1))).toContain("السبت 28 تشرين الأول 2017");
}

describe("what is meant for the bot", () => {
  it("is a mention, a reply to it and a command, with privacy mode and without", async () => {
    startBot();
    for (const [round, privacy] of [true, false].entries()) {
      await telegram.control("settings", { privacy });
      const before = round * 4;
      await say("ماذا حدث في السوق؟");
      await say("راسل isnad_test_bot@example.org أو @isnad_test_bot_2 عن السوق");
      await say("/help@another_bot");
      await say("/unknown");
      await say(MARKET);
      const answer = await last(before + 1);
      await say("وماذا عن الجسر؟", 2, { reply_to: answer?.message_id });
      expect(plain(await last(before + 2))).toContain("السبت 28 تشرين الأول 2017");
      await say("/privacy@isnad_test_bot", 2);
      await last(before + 3);
      await expectSilenceSoFar(before + 3);
    }
  });

  it("is not what other bots say, nor what a channel posts, but what an administrator who hides asks", async () => {
    await telegram.control("settings", { privacy: false });
    const asked: string[] = [];
    startBot({
      answer(request) {
        asked.push(request.chat);
        return scriptedAnswer(request);
      },
    });
    const bot = { id: 55, is_bot: true, first_name: "بوت" };
    await say(MARKET, 55, { from: bot });
    const channel = { id: -1_000_777, type: "channel", title: "قناة" };
    const service = { id: 777_000, is_bot: false, first_name: "Telegram" };
    await say(MARKET, 1, { from: service, sender_chat: channel, is_automatic_forward: true });
    const anonymous = { id: 1_087_968_824, is_bot: true, first_name: "Group" };
    const self = { id: group, type: "supergroup", title: "مجموعة" };
    await say(MARKET, 1, { from: anonymous, sender_chat: self });
    expect(plain(await last(1))).toContain("حي السوق القديم");
    expect(asked).toHaveLength(1);
  });

  it("is answered in its topic, whose closing is no silence; a tap too", async () => {
    startBot();
    await telegram.control("topic", { chat: group, thread: 7 });
    await say(MARKET, 1, { message_thread_id: 7, is_topic_message: true });
    const answer = await last(1);
    expect(answer).toMatchObject({ message_thread_id: 7, is_topic_message: true });
    await tap(2, answer, "[1]");
    expect(await last(2)).toMatchObject({ message_thread_id: 7 });
    await telegram.control("topic", { chat: group, thread: 7, state: "closed" });
    await tap(3, answer, "[2]");
    expect(await last(3)).not.toHaveProperty("message_thread_id", 7);
    const refused = (await telegram.calls()).filter(({ ok, values }) => !ok && values.chat_id === group);
    for (const { description } of refused) expect(description).toMatch(/TOPIC_CLOSED/);
    await telegram.control("topic", { chat: group, thread: 7, state: "open" });
  });
});

describe("one message and two people", () => {
  it("a source that one person turns stays turned for that person; another gets a copy to turn", async () => {
    startBot();
    await say(MARKET, 1);
    const answer = await last(1);
    await tap(1, answer, "[1]");
    const source = await last(2);
    expect(plain(source)).toContain("الفقرة 2 من 4");
    await tap(2, source, "التالية ◀");
    const copy = await last(3);
    expect(plain(copy)).toContain("الفقرة 3 من 4");
    expect(copy?.reply_to_message?.message_id).toBe(source?.message_id);
    await tap(1, source, "▶ السابقة");
    const turned = await telegram.control<ChatMessage>("wait_edit", {
      chat: group,
      message_id: source?.message_id,
    });
    expect(plain(turned)).toContain("الفقرة 1 من 4");
    await tap(2, copy, "التالية ◀");
    const theirs = await telegram.control<ChatMessage>("wait_edit", {
      chat: group,
      message_id: copy?.message_id,
    });
    expect(plain(theirs)).toContain("الفقرة 4 من 4");
    expect(await telegram.botMessages(group)).toHaveLength(3);
  });

  it("anybody may open a citation; what was opened a moment ago is not opened again", async () => {
    startBot();
    await say(MARKET, 1);
    const answer = await last(1);
    await tap(2, answer, "[2]");
    expect(boldText(await last(2))[0]).toBeDefined();
    expect((await tap(3, answer, "[2]"))?.text).toContain("فُتح هنا");
    await tap(3, answer, "[1]");
    await last(3);
    await expectSilenceSoFar(3);
  });

  it("verdicts are each person's own", async () => {
    const { state } = startBot();
    await say(MARKET, 1);
    const answer = await last(1);
    await tap(1, answer, "👍");
    await tap(2, answer, "👎");
    expect((await state.feedback()).map(({ verdict }) => verdict).sort()).toEqual(["bad", "good"]);
  });

  it("every button fits Telegram's 64 bytes, with the mark of its person", async () => {
    startBot();
    await say(MARKET, 1);
    await tap(1, await last(1), "[1]");
    await say("/reports@isnad_test_bot", 1);
    const messages = await telegram.sent(group, 3);
    const data = messages.flatMap(
      (message) =>
        message.reply_markup?.inline_keyboard.flat().flatMap((button) => button.callback_data ?? []) ?? [],
    );
    expect(data.length).toBeGreaterThan(8);
    for (const each of data) {
      expect(Buffer.byteLength(each)).toBeLessThanOrEqual(64);
      expect(each).toMatch(/~[\w-]{4}$/);
    }
    expect(labels(messages[0])).toContain("[1]");
  });
});

describe("the bot's place in a group", () => {
  it("says once how it is asked when it is added", async () => {
    startBot();
    await telegram.control("member", { chat: group, status: "left" });
    await telegram.control("member", { chat: group, status: "member" });
    expect(plain(await last(1))).toContain("اذكر @isnad_test_bot");
    await telegram.control("member", { chat: group, status: "restricted" });
    await telegram.control("member", { chat: group, status: "member" });
    await expectSilenceSoFar(1);
  });

  it("where groups are off it says so, and leaves", async () => {
    startBot({ groups: false });
    await telegram.control("member", { chat: group, status: "left" });
    await telegram.control("member", { chat: group, status: "member" });
    expect(plain(await last(1))).toContain("لا أعمل في المجموعات");
    await expect.poll(async () => (await telegram.calls("leaveChat")).length).toBe(1);
    lastGroup -= 1;
    group = lastGroup;
    await say(MARKET, 1);
    expect(plain(await last(1))).toContain("محادثة خاصة");
    await expect.poll(async () => (await telegram.calls("leaveChat")).length).toBe(2);
    await telegram.say(5, "ماذا حدث في السوق؟");
    expect(plain((await telegram.sent(5, 1))[0])).toContain("حي السوق القديم");
  });

  it("a group that is not on the list is not spoken to, except to those who are", async () => {
    startBot({ access: { mode: "allow", ids: ["1"] } });
    await telegram.control("member", { chat: group, status: "left" });
    await telegram.control("member", { chat: group, status: "member" });
    await say(MARKET, 2);
    await say(MARKET, 1);
    const [only, ...others] = await telegram.sent(group, 1);
    expect(plain(only)).toContain("حي السوق القديم");
    expect(others).toEqual([]);
  });

  it("removed in mid-answer it lets go, and comes back without the old answers", async () => {
    let answer = () => {};
    const bot = startBot({
      answer: async (request) => {
        if (request.text.includes("السوق")) await new Promise<void>((resolve) => (answer = resolve));
        return scriptedAnswer(request);
      },
    });
    await say(MARKET, 1);
    await expect.poll(async () => (await bot.state.unanswered()).length).toBe(1);
    await telegram.control("member", { chat: group, status: "kicked" });
    await expect.poll(() => telegram.control("pending")).toBe(0);
    answer();
    await expect.poll(async () => (await bot.state.unanswered()).length).toBe(0);
    await expect.poll(async () => (await bot.state.undelivered()).length).toBe(0);
    await telegram.control("member", { chat: group, status: "member" });
    expect(plain(await last(1))).toContain("اذكر @isnad_test_bot");
  });

  it("may not write: nothing breaks, and what comes later is answered", async () => {
    const bot = startBot();
    await telegram.control("member", { chat: group, status: "restricted" });
    await say(MARKET, 1);
    await expect.poll(() => bot.log.some((line) => line.includes("not enough rights"))).toBe(true);
    await telegram.control("member", { chat: group, status: "member" });
    await expectSilenceSoFar(0);
  });

  it("follows a group that becomes a supergroup", async () => {
    let answer = () => {};
    const bot = startBot({
      answer: async (request) => {
        await new Promise<void>((resolve) => (answer = resolve));
        return scriptedAnswer(request);
      },
    });
    await telegram.say(group, MARKET, { user: 1, type: "group" });
    await expect.poll(async () => (await bot.state.unanswered()).length).toBe(1);
    const renewed = group - 1_000_000;
    await telegram.control("migrate", { chat: group, to: renewed });
    answer();
    const [moved] = await telegram.sent(renewed, 1);
    expect(plain(moved)).toContain("حي السوق القديم");
    expect(plain(moved)).not.toBe(DELIVERY_UNCERTAIN);
    expect(bot.log.some((line) => line.startsWith("group_moved"))).toBe(true);
  });
});
