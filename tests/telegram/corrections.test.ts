/** What people say against a report, or testify: to the operator, apart from the sources. */
import { beforeEach, describe, expect, it } from "vitest";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import { scriptedAnswer } from "./collection.ts";
import { AT_ONCE, labels, newChat, plain, useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const ADMIN = 9_000;
const TESTIMONY = "كنت في السوق يومها، وكان عدد القتلى تسعة.";
const telegram = await useTelegram();
const startAny = useBots(telegram);
let chat = 0;
let asked: string[] = [];
beforeEach(async () => {
  chat = newChat();
  asked = [];
});

const answer: TelegramOptions["answer"] = (request) => {
  asked.push(request.text);
  return scriptedAnswer(request);
};
const start = (options: Partial<TelegramOptions> = {}) =>
  startAny({ admins: [String(ADMIN)], answer, pace: AT_ONCE, ...options });

async function say(text: string, count: number): Promise<ChatMessage | undefined> {
  await telegram.say(chat, text);
  return (await telegram.sent(chat, count)).at(-1);
}

/** The admin has written to the bot, as Telegram demands before a bot may write. */
async function greetAdmin(): Promise<number> {
  await telegram.say(ADMIN, "/start");
  const before = (await telegram.botMessages(ADMIN)).length;
  return (await telegram.sent(ADMIN, before + 1)).length;
}

describe("a correction", () => {
  it("is asked for, goes to the admins without a name, and is kept apart; it is never a question", async () => {
    const { state } = start();
    const greeted = await greetAdmin();
    await say("ماذا حدث في السوق؟", 1);
    const prompt = await say("/correct", 2);
    expect(plain(prompt)).toContain("في رسالتك التالية");
    expect(labels(prompt)).toEqual(["إلغاء"]);
    expect(plain(await say(TESTIMONY, 3))).toContain("سُلّم ما كتبته");
    const told = plain((await telegram.sent(ADMIN, greeted + 1)).at(-1));
    expect(told).toContain(TESTIMONY);
    expect(told).toContain("000_a1");
    expect(told).not.toContain(String(chat));
    expect(await state.corrections.list()).toMatchObject([{ text: TESTIMONY, reports: ["000_a1"] }]);
    expect(asked).toEqual(["ماذا حدث في السوق؟"]);
    await say("ماذا حدث عند الجسر؟", 4);
    expect(asked).toHaveLength(2);
  });

  it.each(["التقرير نفسه غلطان", "عندي شهادة", "تصحيح", "هالخبر مو صحيح"])(
    "is asked for after: %s",
    async (words) => {
      start();
      expect(plain(await say(words, 1))).toContain("في رسالتك التالية");
      expect(asked).toEqual([]);
    },
  );

  it("that says all in the complaint itself is sent as it is, at a tap", async () => {
    const { state } = start();
    const words = "التقرير نفسه غلطان، القتلى كانوا تسعة ولم يكونوا اثني عشر";
    const prompt = await say(words, 1);
    await telegram.tap(chat, prompt?.message_id ?? 0, { text: "أرسل رسالتي هذه" });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("سُلّم");
    expect((await state.corrections.list()).map(({ text }) => text)).toEqual([words]);
    await say("/help", 3);
    await telegram.tap(chat, prompt?.message_id ?? 0, { text: "أرسل رسالتي هذه" });
    expect(plain((await telegram.sent(chat, 4)).at(-1))).toContain("لم يعد النص محفوظاً");
  });

  it("can be called off, by a button, a command, or by asking something else", async () => {
    const { state } = start();
    const prompt = await say("/correct", 1);
    await telegram.tap(chat, prompt?.message_id ?? 0, { text: "إلغاء" });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("لم يُرسل شيء");
    expect(plain(await say("ماذا حدث في السوق", 3))).toContain("حي السوق القديم");
    await say("/correct", 4);
    expect(plain(await say("/cancel", 5))).toContain("لم يُرسل شيء");
    await say("/correct", 6);
    await say("/help", 7);
    expect(plain(await say("ماذا حدث في السوق", 8))).toContain("حي السوق القديم");
    expect(await state.corrections.list()).toEqual([]);
  });

  it("that looks like a question goes to nobody before its writer says so", async () => {
    const { state } = start();
    await say("/correct", 1);
    const which = await say("ماذا حدث في السوق؟", 2);
    expect(labels(which)).toEqual(["أرسلها إلى من يدير البوت", "أجب عنها", "إلغاء"]);
    expect(await state.corrections.list()).toEqual([]);
    expect(asked).toEqual([]);
    await telegram.tap(chat, which?.message_id ?? 0, { text: "أجب عنها" });
    expect(plain((await telegram.sent(chat, 3)).at(-1))).toContain("حي السوق القديم");
    await say("/correct", 4);
    const again = await say("ماذا حدث في السوق؟", 5);
    await telegram.tap(chat, again?.message_id ?? 0, { text: "أرسلها إلى من يدير البوت" });
    await telegram.sent(chat, 6);
    expect(await state.corrections.list()).toHaveLength(1);
  });

  it("that is edited afterwards is not taken for a question", async () => {
    start();
    await say("/correct", 1);
    const { message_id } = await telegram.say(chat, TESTIMONY);
    await telegram.sent(chat, 2);
    await telegram.control("edit", { chat, message_id, text: `${TESTIMONY} بل عشرة.` });
    expect(plain((await telegram.sent(chat, 3)).at(-1))).toContain("قبل التعديل");
    expect(asked).toEqual([]);
  });

  it("is not written before a group", async () => {
    const { state } = start();
    const group = -50_000 - chat;
    await telegram.say(group, "/correct", { user: chat });
    const [hint] = await telegram.sent(group, 1);
    expect(hint?.reply_markup?.inline_keyboard.flat()[0]?.url).toBe(
      "https://t.me/isnad_test_bot?start=correct",
    );
    expect(plain(await say("/start correct", 1))).toContain("في رسالتك التالية");
    expect(await state.corrections.isExpected(String(group), Date.now())).toBe(false);
  });

  it("is text: anything else gets a sentence and is still waited for", async () => {
    const { state } = start();
    await say("/correct", 1);
    await telegram.control("message", { chat, voice: { file_id: "v" } });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("أنقل النص وحده");
    await say(TESTIMONY, 3);
    expect(await state.corrections.list()).toHaveLength(1);
  });

  it("is kept for the operator where no admin is named, and /forget deletes it", async () => {
    const { state } = start({ admins: [] });
    await say("/correct", 1);
    expect(plain(await say(TESTIMONY, 2))).toContain("سُلّم");
    expect(plain(await say("/forget", 3))).toContain("تصحيح واحد");
    expect(await state.corrections.list()).toEqual([]);
  });
});
