/** Inline mode: cards, quickly, for those who may ask, each with a text that stands by itself. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import {
  cite,
  citedAnswer,
  makeSources,
  NEWS,
  OFFERED,
  QUOTE_ENTRY,
  QUOTE_KILLED,
  SECOND,
  scriptedAnswer,
} from "./collection.ts";
import { plain, useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const telegram = await useTelegram();
const startBot = useBots(telegram);
let lastUser = 7_000;
let user = 0;
beforeEach(async () => {
  await telegram.control("settings", { inline: true });
  lastUser += 10;
  user = lastUser;
});

interface InlineAnswer {
  readonly results: readonly {
    readonly id: string;
    readonly title: string;
    readonly description?: string;
    readonly reply_markup: {
      readonly inline_keyboard: readonly (readonly { text: string; url: string }[])[];
    };
  }[];
  readonly button: { readonly text: string; readonly start_parameter: string };
  readonly is_personal: boolean;
  readonly cache_time: number;
}

function start(
  options: Partial<TelegramOptions> = {},
  answer: (request: { text: string; signal: AbortSignal }) => Promise<Answer> = scriptedAnswer,
): string[] {
  const asked: string[] = [];
  startBot({
    inline: {
      opening: "ما الذي تغطيه التقارير؟",
      answer(request) {
        asked.push(request.text);
        return answer(request);
      },
    },
    ...options,
  });
  return asked;
}

const type = (query: string, from = user, offset = "") =>
  telegram.control<{ query_id: string; kept: boolean }>("inline", { user: from, query, offset });
const answerTo = (query_id: string, wait = 5_000) =>
  telegram.control<InlineAnswer | null>("query", { query_id, wait });

async function ask(query: string): Promise<{ id: string; answer: InlineAnswer }> {
  const { query_id } = await type(query);
  const answer = await answerTo(query_id);
  if (!answer) throw new Error(`no answer to ${query}`);
  return { id: query_id, answer };
}

const choose = (query_id: string, result_id: string, chat?: number) =>
  telegram.control<ChatMessage>("choose", { user, query_id, result_id, ...(chat !== undefined && { chat }) });

describe("a question in another chat", () => {
  it("gives the whole answer, then each quotation, with publisher, event day and publication day", async () => {
    start();
    const { id, answer } = await ask("ماذا حدث في السوق؟");
    expect(answer.results.map(({ title }) => withoutDisplayControls(title))).toEqual([
      "حي السوق القديم · الأحد 29 تشرين الأول 2017",
      "وكالة النهر · الأحد 29 تشرين الأول 2017",
      "وكالة النهر · الأحد 29 تشرين الأول 2017",
    ]);
    const whole = plain(await choose(id, "1"));
    for (const words of [QUOTE_ENTRY, QUOTE_KILLED, "وكالة النهر", "29 تشرين الأول 2017", "المصادر"])
      expect(whole).toContain(words);
    const second = plain(await choose(id, "3"));
    expect(second).toContain(`«${QUOTE_KILLED}»`);
    expect(second).not.toContain(QUOTE_ENTRY);
    expect(second).toMatch(/وكالة النهر .*29 تشرين الأول 2017/);
    expect(answer.is_personal).toBe(true);
    expect(answer.button.start_parameter).toMatch(/^[\w-]{1,64}$/);
  });

  it("the button of a card opens its quotation in the chat with the bot", async () => {
    start();
    const { answer } = await ask("ماذا حدث في السوق؟");
    const url = answer.results[2]?.reply_markup.inline_keyboard[0]?.[0]?.url ?? "";
    const payload = /^https:\/\/t\.me\/isnad_test_bot\?start=([\w-]{1,64})$/.exec(url)?.[1];
    await telegram.say(user, `/start ${payload}`);
    expect(plain((await telegram.sent(user, 1))[0])).toContain(QUOTE_KILLED);
  });

  it("a quotation by itself is not put under another source's figure", async () => {
    const quotes = [cite(1, NEWS, QUOTE_KILLED), cite(2, SECOND, "قصفت الطائرات جسراً على النهر يوم السبت")];
    start({}, async () => citedAnswer("12 مقاتلاً، بحسب وكالة النهر", quotes));
    const { id } = await ask("كم قُتل؟");
    expect(plain(await choose(id, "1"))).toContain("12 مقاتلاً، بحسب وكالة النهر");
    expect(plain(await choose(id, "3"))).not.toContain("12 مقاتلاً");
  });

  it("that the reports do not answer gives a card that says what they hold", async () => {
    start();
    const { id, answer } = await ask("من فاز بكأس العالم؟");
    expect(answer.results).toHaveLength(1);
    const text = plain(await choose(id, "1"));
    expect(text).toContain("لا تذكر التقارير");
    expect(text).toContain("أبرز أيام التقارير");
  });

  it("for a source's text gives a card that opens it; an unclear one its choices", async () => {
    start({}, async (request) =>
      request.text === "أي حي؟"
        ? {
            kind: "clarification",
            lines: ["أي حي تقصد؟"],
            choices: [{ label: "حي السوق", question: "السوق؟" }],
            offers: [],
            scope: { dates: [], places: [] },
          }
        : scriptedAnswer(request),
    );
    const { answer } = await ask("نص المصدر 1");
    expect(answer.results[0]?.reply_markup.inline_keyboard[0]?.[0]?.url).toMatch(/\?start=s[\w-]{8}$/);
    const { id } = await ask("أي حي؟");
    expect(plain(await choose(id, "1"))).toBe("أي حي تقصد؟\n\n• حي السوق");
  });

  it("before anything is typed says what the collection holds; there is no second page", async () => {
    const asked = start();
    await ask(" ");
    expect(asked).toEqual(["ما الذي تغطيه التقارير؟"]);
    const { query_id } = await type("ماذا حدث في السوق؟", user, "2");
    expect((await answerTo(query_id))?.results).toEqual([]);
  });

  it("is answered from memory when it was asked before, by anybody", async () => {
    const asked = start();
    await ask("ماذا حدث في السوق؟");
    expect((await type("ماذا حدث في السوق؟")).kept).toBe(true);
    user += 1;
    const { kept, query_id } = await type("ماذا  حدث في السوق");
    expect(kept).toBe(false);
    expect((await answerTo(query_id))?.results).toHaveLength(3);
    expect(asked).toEqual(["ماذا حدث في السوق؟"]);
  });

  it("is not answered from memory once a report that it quotes has changed or gone", async () => {
    const sources = makeSources();
    let isWithdrawn = false;
    const report = async (id: string) => (isWithdrawn ? null : sources.report(id));
    const asked = start({ sources: { ...sources, report } });
    await ask("ماذا حدث في السوق؟");
    isWithdrawn = true;
    user += 1;
    await ask("ماذا حدث في السوق؟");
    expect(asked).toHaveLength(2);
  });

  it("while it is typed only its last form is answered", async () => {
    const asked = start();
    const queries = [];
    for (const text of ["ماذا", "ماذا حدث", "ماذا حدث في السوق؟"]) queries.push(await type(text));
    const last = await answerTo(queries.at(-1)?.query_id ?? "");
    expect(last?.results).toHaveLength(3);
    expect(asked).toEqual(["ماذا حدث في السوق؟"]);
    expect(await answerTo(queries[0]?.query_id ?? "", 50)).toBeNull();
  });

  it("that fails, or is answered too late, does no harm to the next", async () => {
    start({}, async (request) => {
      if (request.text === "خلل") throw new Error("broken");
      return scriptedAnswer(request);
    });
    expect((await ask("خلل")).answer.button.text).toContain("لم يكتمل");
    const { query_id } = await type("ماذا حدث عند الجسر؟");
    await telegram.control("expire");
    expect(await answerTo(query_id, 600)).toBeNull();
    expect((await ask(OFFERED)).answer.results).toHaveLength(1);
  });

  it("leaves nothing behind: neither in the state nor in the log", async () => {
    const secret = "هل في السوق أحد من عائلتي؟";
    const bot = startBot({ inline: { opening: "ما الذي تغطيه التقارير؟", answer: scriptedAnswer } });
    await ask(secret);
    expect(await bot.state.unanswered()).toEqual([]);
    expect(bot.log.join("\n")).not.toContain("عائلتي");
  });

  it("needs the right to ask", async () => {
    const asked = start({ access: { mode: "allow", ids: [String(user + 1)] } });
    const { answer } = await ask("ماذا حدث في السوق؟");
    expect(answer.results).toEqual([]);
    expect(answer.button.text).toContain("مخصص لأشخاص");
    expect(answer.cache_time).toBeLessThanOrEqual(10);
    expect(asked).toEqual([]);
    user += 1;
    expect((await ask("ماذا حدث في السوق؟")).answer.results).toHaveLength(3);
  });

  it("can be switched off: the bot does not ask for such updates", async () => {
    startBot({ inline: null });
    await telegram.say(user, "/help");
    await telegram.sent(user, 1);
    const { query_id } = await type("ماذا حدث في السوق؟");
    expect(await answerTo(query_id, 300)).toBeNull();
    expect(await telegram.control("pending")).toBe(0);
  });
});

describe("a card that was sent", () => {
  it("is no question to the bot, neither in its own chat nor in a group", async () => {
    start();
    // Once it has an answer, the bot is known to ask for inline queries.
    await telegram.say(user, "/privacy");
    await telegram.sent(user, 1);
    const { id } = await ask("ماذا حدث في السوق؟");
    for (const chat of [user, -7_001]) await choose(id, "1", chat);
    await telegram.say(user, "/privacy");
    const messages = await telegram.sent(user, 2);
    expect(plain(messages[1])).toBe(plain(messages[0]));
    expect(await telegram.botMessages(-7_001)).toEqual([]);
  });
});
