/** What goes wrong between the bot and Telegram, and what a reader sees of it. */
import { beforeEach, describe, expect, it } from "vitest";
import { DELIVERY_UNCERTAIN, FAILED, TOO_MANY, TOO_SLOW } from "../../src/phrases/telegram.ts";
import { openMemoryState } from "../../src/state/memory.ts";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import { LONG, scriptedAnswer } from "./collection.ts";
import { newChat, plain, startBot, useBots, useTelegram } from "./harness.ts";
import { expectReadable } from "./readable.ts";
import { type ChatMessage, startTelegram } from "./server.ts";

const telegram = await useTelegram();
const start = useBots(telegram);
let chat = 0;
beforeEach(() => {
  chat = newChat();
});

const MARKET = "ماذا حدث في السوق؟";
const isMarket = (message: ChatMessage) => plain(message).startsWith("حي السوق القديم");

describe("sending", () => {
  it("429 delays that chat alone, and the answer comes once", async () => {
    start();
    await telegram.fault({ method: "sendMessage", kind: "429", retry_after: 2, chat });
    await telegram.say(chat, MARKET);
    await telegram.say(chat + 1, MARKET);
    await telegram.sent(chat, 1);
    const order = (await telegram.calls("sendMessage"))
      .filter(({ ok, values }) => ok && [chat, chat + 1].includes(Number(values.chat_id)))
      .map(({ values }) => values.chat_id);
    expect(order).toEqual([chat + 1, chat]);
  });

  it("500 means that nothing was done: the answer is sent again, and comes once", async () => {
    start();
    await telegram.fault({ method: "sendMessage", kind: "500", chat });
    await telegram.say(chat, MARKET);
    expect((await telegram.sent(chat, 1)).filter(isMarket)).toHaveLength(1);
  });

  it("the word about it is not lost when the bot ends before it could say it", async () => {
    const { state, stop } = start();
    await telegram.fault({ method: "sendMessage", kind: "reset_after", chat });
    await telegram.fault({ method: "sendMessage", kind: "hang", chat });
    await telegram.say(chat, MARKET);
    await expect
      .poll(async () =>
        (await state.undelivered()).map(({ status, payload }) => [status, /isNotice/.test(payload)]),
      )
      .toEqual([["sending", true]]);
    await stop();
    start({ state });
    const messages = await telegram.sent(chat, 2);
    expect(messages.map(plain).at(-1)).toBe(DELIVERY_UNCERTAIN);
    expect(messages.filter(isMarket)).toHaveLength(1);
  });

  it("what was refused with 429 when the bot ended is sent after the next start", async () => {
    const { state, stop } = start();
    await telegram.fault({ method: "sendMessage", kind: "429", retry_after: 1, chat });
    await telegram.say(chat, MARKET);
    await expect
      .poll(async () =>
        (await telegram.calls("sendMessage")).some(
          ({ fault, values }) => fault === "429" && values.chat_id === chat,
        ),
      )
      .toBe(true);
    await expect
      .poll(async () => (await state.undelivered()).map(({ status }) => status))
      .toEqual(["pending"]);
    await stop();
    start({ state });
    expect((await telegram.sent(chat, 1)).filter(isMarket)).toHaveLength(1);
  });

  it.each(["reset_after", "reset", "502"])(
    "%s leaves its fate unknown: no second copy, a word instead",
    async (kind) => {
      start();
      await telegram.fault({ method: "sendMessage", kind, chat });
      await telegram.say(chat, MARKET);
      const arrived = kind === "reset_after" ? 1 : 0;
      const messages = await telegram.sent(chat, arrived + 1);
      expect(messages.filter(isMarket)).toHaveLength(arrived);
      expect(plain(messages.at(-1))).toBe(DELIVERY_UNCERTAIN);
    },
  );

  it("goes out as plain text when Telegram does not take the markup", async () => {
    const { log } = start();
    await telegram.fault({ method: "sendMessage", kind: "parse", chat });
    await telegram.say(chat, MARKET);
    const [message] = await telegram.sent(chat, 1);
    expect(plain(message)).toContain("[1]");
    expect(message?.entities).toEqual([]);
    expect(message?.reply_markup?.inline_keyboard.length).toBeGreaterThan(0);
    expect(log.filter((event) => event.startsWith("markup_refused"))).toHaveLength(1);
  });

  it("stops for a reader who blocked the bot, and goes on for the others", async () => {
    const { state, stop } = start();
    await telegram.say(chat, MARKET);
    await telegram.sent(chat, 1);
    await telegram.control("block", { chat });
    await telegram.say(chat, MARKET);
    await telegram.say(chat + 1, MARKET);
    await telegram.sent(chat + 1, 1);
    await stop();
    expect(await telegram.botMessages(chat)).toHaveLength(1);
    expect(await state.undelivered()).toEqual([]);
    expect(await state.unanswered()).toEqual([]);
  });

  it("an upload that is no longer known at Telegram is made again", async () => {
    const state = openMemoryState();
    start({ state });
    await telegram.say(chat, "/source 3");
    const [, first] = await telegram.sent(chat, 2);
    await telegram.say(chat + 1, "/source 3");
    const [, second] = await telegram.sent(chat + 1, 2);
    expect(second?.document?.file_id).toBe(first?.document?.file_id);
    await state.saveFileId(LONG.sha256, "file-unknown");
    await telegram.say(chat + 2, "/source 3");
    const [, third] = await telegram.sent(chat + 2, 2);
    expect(third?.document?.file_name).toBe("source-002_c3.txt");
  });
});

describe("answering", () => {
  /** Holds every question that says "ببطء" until it is released. */
  function slowly() {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answer: TelegramOptions["answer"] = async (request) => {
      if (request.text.includes("ببطء")) await released;
      return scriptedAnswer(request);
    };
    return { answer, release };
  }

  it("a slow question delays neither other people nor a look at a source", async () => {
    const { answer, release } = slowly();
    start({ answer });
    await telegram.say(chat, MARKET);
    const [first] = await telegram.sent(chat, 1);
    await telegram.say(chat, `${MARKET} ببطء`);
    for (let other = 1; other <= 8; other += 1) await telegram.say(chat + other, MARKET);
    for (let other = 1; other <= 8; other += 1) await telegram.sent(chat + other, 1);
    await telegram.tap(chat, first?.message_id ?? 0, { text: "[1]" });
    await telegram.sent(chat, 2);
    release();
    expect((await telegram.sent(chat, 3)).filter(isMarket)).toHaveLength(2);
  });

  it("a slow question of one member of a group delays no other member", async () => {
    const { answer, release } = slowly();
    start({ answer });
    const group = -100_000 - chat;
    await telegram.say(group, `@isnad_test_bot ${MARKET} ببطء`, { user: 1 });
    const { message_id } = await telegram.say(group, `@isnad_test_bot ${MARKET}`, { user: 2 });
    const [first] = await telegram.sent(group, 1);
    expect(first?.reply_to_message?.message_id).toBe(message_id);
    release();
    await telegram.sent(group, 2);
  });

  it("a button tapped twice by an impatient thumb asks once", async () => {
    const { answer, release } = slowly();
    let asked = 0;
    start({
      examples: [{ label: "مثال", question: `${MARKET} ببطء` }],
      answer(request) {
        asked += 1;
        return answer(request);
      },
    });
    await telegram.say(chat, "/start");
    const [welcome] = await telegram.sent(chat, 1);
    for (const _ of [1, 2, 3]) await telegram.tap(chat, welcome?.message_id ?? 0, { text: "مثال" });
    release();
    // A question behind it in the same lane: when it is answered, the tap is done with.
    await telegram.say(chat, MARKET);
    await telegram.sent(chat, 3);
    expect(asked).toBe(2);
    await telegram.tap(chat, welcome?.message_id ?? 0, { text: "مثال" });
    await telegram.sent(chat, 4);
    expect(asked).toBe(3);
  });

  it("shows that somebody is writing while it takes time", async () => {
    const { answer, release } = slowly();
    start({ answer });
    await telegram.say(chat, `${MARKET} ببطء`);
    await expect
      .poll(
        async () => (await telegram.calls("sendChatAction")).filter(({ values }) => values.chat_id === chat),
        { timeout: 10_000 },
      )
      .toHaveLength(1);
    release();
    await telegram.sent(chat, 1);
  });

  it("keeps the order of one chat", async () => {
    start({
      async answer({ text }) {
        await new Promise((resolve) => setTimeout(resolve, text.length % 3 === 0 ? 30 : 1));
        return { kind: "help", lines: [text], offers: [], scope: { dates: [], places: [] } };
      },
    });
    const texts = ["سؤال أول", "سؤال ثان هنا", "سؤال ثالث", "سؤال رابع هنا"];
    for (const text of texts) await telegram.say(chat, text);
    expect((await telegram.sent(chat, 4)).map(plain)).toEqual(texts);
  });

  it("gives up at its deadline with a sentence, and tells the engine", async () => {
    let aborted = false;
    start({
      deadline: 300,
      answer: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            reject(new Error("aborted"));
          });
        }),
    });
    await telegram.say(chat, MARKET);
    expect(plain((await telegram.sent(chat, 1))[0])).toBe(TOO_SLOW);
    expect(aborted).toBe(true);
  });

  it("a failure gets a sentence without its cause, and the next question its answer", async () => {
    const { log } = start({
      async answer(request) {
        if (request.text.includes("خلل")) throw new Error("secret detail");
        return scriptedAnswer(request);
      },
    });
    await telegram.say(chat, "خلل");
    await telegram.say(chat, MARKET);
    const [first, second] = await telegram.sent(chat, 2);
    expect(plain(first)).toBe(FAILED);
    expect(second && isMarket(second)).toBe(true);
    expect(log.join("\n")).not.toContain("خلل");
  });

  it("refuses politely what no longer fits the queue", async () => {
    const { answer, release } = slowly();
    start({ answer });
    for (let each = 0; each < 12; each += 1) await telegram.say(chat, `${MARKET} ببطء`);
    expect(plain((await telegram.sent(chat, 1))[0])).toBe(TOO_MANY);
    release();
  });
});

describe("starting and ending", () => {
  it("a wrong token ends the bot with what to do", async () => {
    const { ended } = start({ token: "1:wrong" });
    expect(await ended).toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("TELEGRAM_BOT_TOKEN"),
    });
  });

  it("takes up what waited while it was down, and does nothing twice", async () => {
    const state = openMemoryState();
    await telegram.say(chat, MARKET);
    const first = start({ state });
    await telegram.sent(chat, 1);
    await first.stop();
    await telegram.say(chat, "ماذا حدث عند الجسر؟");
    start({ state });
    const messages = await telegram.sent(chat, 2);
    expect(messages.filter(isMarket)).toHaveLength(1);
  });

  it("a question that was cut off by the end of the bot is answered after the next start", async () => {
    const state = openMemoryState();
    let cutOff = false;
    const first = start({
      state,
      answer: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            cutOff = true;
            reject(new Error("aborted"));
          });
        }),
    });
    await telegram.say(chat, MARKET);
    await expect.poll(() => state.unanswered(), { timeout: 10_000 }).toHaveLength(1);
    expect(await first.stop()).toEqual({ kind: "stopped" });
    await expect.poll(() => cutOff).toBe(true);
    expect(await telegram.botMessages(chat)).toEqual([]);
    start({ state });
    expect((await telegram.sent(chat, 1)).filter(isMarket)).toHaveLength(1);
  });

  it("an update that comes twice is answered once", async () => {
    start();
    const { update_id } = await telegram.control<{ update_id: number }>("message", { chat, text: MARKET });
    await telegram.sent(chat, 1);
    const message = {
      message_id: 1,
      date: 1,
      chat: { id: chat, type: "private" },
      from: { id: chat },
      text: MARKET,
    };
    await telegram.control("push", { update: { update_id, message } });
    await telegram.say(chat, "ماذا حدث عند الجسر؟");
    const messages = await telegram.sent(chat, 2);
    expect(messages.filter(isMarket)).toHaveLength(1);
  });

  it("updates of other kinds and shapes are passed over", async () => {
    start();
    for (const update of [
      { poll: {} },
      { message: { message_id: "x" } },
      { channel_post: {} },
      { message: null },
      {},
    ]) {
      await telegram.control("push", { update });
    }
    await telegram.say(chat, MARKET);
    await telegram.sent(chat, 1);
  });

  it("without a network it waits, says so once, and answers when there is one", async () => {
    const { log, stop } = start({ apiRoot: "http://127.0.0.1:9" });
    await expect.poll(() => log, { timeout: 10_000 }).toHaveLength(1);
    expect(log[0]).toContain("waiting for a connection to Telegram");
    expect(await stop()).toEqual({ kind: "stopped" });
  });

  it("the token stands in no line of the log", async () => {
    const { log } = start();
    for (const kind of ["reset", "500", "429"]) await telegram.fault({ method: "sendMessage", kind, chat });
    await telegram.say(chat, MARKET);
    await telegram.sent(chat, 1);
    expect(log.join("\n")).not.toContain(telegram.token);
  });

  it("a token that is revoked in mid-run ends the bot", async () => {
    const other = await startTelegram();
    const { ended } = startBot(other);
    await other.say(chat, MARKET);
    await other.sent(chat, 1);
    await other.control("revoke");
    // The poll that is under way ends with the next update.
    await other.say(chat, MARKET);
    expect(await ended).toMatchObject({ kind: "unauthorized" });
    await expectReadable(other);
    await other.stop();
  });
});
