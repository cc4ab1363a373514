/** Alerts: asked for in several ways, told once with the quotation of the new report, ended, forgotten. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openMemoryState } from "../../src/state/memory.ts";
import { openState } from "../../src/state/sqlite.ts";
import type { Delivery, State } from "../../src/state/state.ts";
import { MOST_SUBSCRIPTIONS, SUBSCRIPTION_LIFE_MS } from "../../src/state/subscriptions.ts";
import { lastDigest, makeAnnouncer } from "../../src/telegram/announce.ts";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import { personKey } from "../../src/telegram/callback.ts";
import { AT_ONCE, labels, newChat, plain, type RunningBot, useBots, useTelegram } from "./harness.ts";
import { type GrowingCollection, growingCollection } from "./news.ts";
import type { ChatMessage } from "./server.ts";

const OLD = "قصفت الطائرات حي الحميدية في دير الزور يوم 12 أيلول 2017 وقُتل ثلاثة مدنيين.";
const NEW =
  "أفاد ناشطون بأن قذائف سقطت على حي الحويقة في مدينة دير الزور يوم 3 تشرين الأول 2017.\n\nوجُرح خمسة أشخاص في الحي.";
const QUOTE = "أفاد ناشطون بأن قذائف سقطت على حي الحويقة في مدينة دير الزور يوم 3 تشرين الأول 2017.";

const telegram = await useTelegram();
const start = useBots(telegram);
let chat = 0;
let collection: GrowingCollection;
let isChanged = false;
beforeEach(async () => {
  chat = newChat();
  collection ??= await growingCollection({ "000.txt": OLD });
});
afterEach(async () => {
  if (isChanged) {
    const files = Object.fromEntries(readdirSync(collection.folder).map((name) => [name, null]));
    await collection.change({ ...files, "000.txt": OLD });
  }
  isChanged = false;
});
afterAll(() => collection.close());

async function change(...given: Parameters<GrowingCollection["change"]>): Promise<void> {
  isChanged = true;
  await collection.change(...given);
}

function run(options: Partial<TelegramOptions> = {}): RunningBot {
  return start({
    news: collection.news,
    sources: collection.sources,
    lookEvery: 20,
    pace: AT_ONCE,
    ...options,
  });
}

async function say(text: string, count: number): Promise<ChatMessage | undefined> {
  await telegram.say(chat, text);
  return (await telegram.sent(chat, count)).at(-1);
}

describe("an alert", () => {
  it("asked for in words tells of a new report with its quotation, and of nothing that was there", async () => {
    run();
    const added = await say("أخبرني بكل جديد عن الحويقة", 1);
    expect(plain(added)).toContain("سأخبرك بكل تقرير جديد عن: حي الحويقة");
    expect(labels(added)).toEqual(["إنهاء التنبيه", "كل صباح"]);
    await change({ "001.txt": NEW });
    const told = (await telegram.sent(chat, 2)).at(-1);
    expect(plain(told)).toMatch(/^جديد في التقارير عن: حي الحويقة/);
    expect(plain(told)).toContain(`«${QUOTE}» [1]`);
    expect(labels(told)).toEqual(expect.arrayContaining(["[1]", "الاقتباس خاطئ", "إنهاء التنبيه"]));
    await telegram.tap(chat, told?.message_id ?? 0, { text: "[1]" });
    expect(plain((await telegram.sent(chat, 3)).at(-1))).toContain(QUOTE);
  });

  it("stands under an answer, and is made by a tap", async () => {
    run({
      answer: async () => ({
        ...{ kind: "refusal", reason: "no_event_in_place", lines: ["لا خبر."], offers: [] },
        scope: { dates: [], places: [{ id: "syr.dez.hawiqa", name: "الحويقة" }] },
      }),
    });
    const answer = await say("ماذا جرى في الحويقة؟", 1);
    await telegram.tap(chat, answer?.message_id ?? 0, { text: "نبّهني بالجديد" });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("سأخبرك بكل تقرير جديد عن:");
  });

  it.each([
    ["/alerts النظام السوري", "قوات النظام"],
    ["/alerts 3 تشرين الأول 2017", "الثلاثاء 3 تشرين الأول 2017"],
    ["/alerts «سقطت على»", "عبارة «سقطت على»"],
    ["/alerts قصف الجسور", "عبارة «قصف الجسور»"],
    ["/alerts في حي الحويقة «قذائف»", "حي الحويقة"],
    ["/alerts ؟", "لم أفهم عمّ تريد التنبيه"],
    ["أخبرني بكل جديد", "لا تنبيهات لديك الآن"],
    ["/alerts", "لا تنبيهات لديك الآن"],
    ["تنبيهاتي", "اكتب مثلاً"],
  ])("%s is answered with: %s", async (text, answer) => {
    run();
    expect(plain(await say(text, 1))).toContain(answer);
  });

  it("is listed, told once a day, and ended from the list", async () => {
    const { state } = run();
    await say("/alerts حي الحويقة", 1);
    expect(plain(await say("/alerts حي الحويقة", 2))).toContain("لديك هذا التنبيه من قبل");
    await say("/alerts «قذائف»", 3);
    const list = await say("/alerts", 4);
    expect(plain(list)).toContain("لديك تنبيهان من 10 على الأكثر:");
    expect(plain(list)).toMatch(/1\. حي الحويقة.* · فور وصوله\n2\. عبارة «قذائف» · فور وصوله/);
    const toast = await telegram.tap(chat, list?.message_id ?? 0, { text: "اجعل 2 كل صباح" });
    expect(toast?.text).toContain("سيصلك الجديد كل صباح");
    const waiting = { chat, message_id: list?.message_id };
    expect(plain(await telegram.control<ChatMessage>("wait_edit", waiting))).toContain("«قذائف» · كل صباح");
    await telegram.tap(chat, list?.message_id ?? 0, { text: "إنهاء 1" });
    await telegram.control("wait_edit", { ...waiting, edits: 2 });
    expect(await state.subscriptions.of(personKey(String(chat)))).toHaveLength(1);
    await telegram.tap(chat, list?.message_id ?? 0, { text: "إنهاء 1" });
    expect(plain(await telegram.control<ChatMessage>("wait_edit", { ...waiting, edits: 3 }))).toContain(
      "لا تنبيهات لديك",
    );
  });

  it("is nobody else's to end, and has no place in a group", async () => {
    const { state } = run();
    const added = await say("/alerts حي الحويقة", 1);
    const data = added?.reply_markup?.inline_keyboard.flat().find(({ text }) => text.includes("إنهاء"));
    await telegram.control("tap_raw", { chat: chat + 1, message_id: 5, data: data?.callback_data });
    const group = -2000 - chat;
    await telegram.say(group, "/alerts@isnad_test_bot حي الجورة", { user: chat });
    const shown = (await telegram.sent(group, 1)).at(-1);
    expect(plain(shown)).toContain("محادثتك الخاصة");
    expect(plain(shown)).not.toContain("الجورة");
    expect(await state.subscriptions.of(personKey(String(chat)))).toHaveLength(1);
  });

  it("has a limit of number", async () => {
    const { state } = run();
    const own = { chat: String(chat), person: personKey(String(chat)), daily: false, madeAt: Date.now() };
    for (let n = 0; n < MOST_SUBSCRIPTIONS; n += 1)
      await state.subscriptions.add({ ...own, id: `s${n}`, topic: `${n}` });
    expect(plain(await say("/alerts «أخرى»", 1))).toContain("وهو الحد الأعلى");
  });

  it("is forgotten with its person, and ended by a blocked bot", async () => {
    const { state } = run();
    await say("/alerts حي الحويقة", 1);
    expect(plain(await say("/forget", 2))).toContain("تنبيه واحد");
    await say("/alerts حي الحويقة", 3);
    await telegram.fault({ method: "sendMessage", kind: "403", chat });
    await change({ "001.txt": NEW });
    await vi.waitFor(async () => expect(await state.subscriptions.all(0)).toEqual([]));
  });
});

describe("what is announced", () => {
  /** An announcer by hand, with what it planned. */
  function byHand(state: State = openMemoryState(), now = () => 1_000) {
    const planned: Delivery[] = [];
    const announcer = makeAnnouncer({
      ...{ news: collection.news, state, now, access: { mode: "open" }, me: { id: 1, username: "bot" } },
      deliver: (deliveries) => void planned.push(...deliveries),
    });
    const texts = () =>
      planned.splice(0).map(({ payload }) => (JSON.parse(payload) as { plain: string }).plain);
    return { announcer, state, texts };
  }
  const wants = (state: State, about: string, fields: { chat?: string; daily?: boolean } = {}) => {
    const { chat: to = "7", daily = false } = fields;
    const topic = JSON.stringify(collection.news.topicOf(about));
    const subscription = { id: `${to}${about}`, chat: to, person: `p${to}`, topic, daily, madeAt: 1_000 };
    return state.subscriptions.add(subscription);
  };

  it("is a text that comes twice, and a changed report's old sentences, once", async () => {
    const { announcer, state, texts } = byHand();
    await announcer.look({ always: true });
    await wants(state, "حي الحويقة");
    await change({ "001.txt": NEW, "002.txt": NEW });
    await announcer.look();
    expect(texts()).toHaveLength(1);
    await announcer.look();
    await change({ "003.txt": `${NEW}\n` });
    await announcer.look();
    expect(texts()).toEqual([]);
    await change({ "001.txt": `${NEW}\n\nثم هدأ حي الحويقة مساء يوم 4 تشرين الأول 2017.` });
    await announcer.look();
    const [more = "", ...rest] = texts();
    expect(rest).toEqual([]);
    expect(more).toContain("ثم هدأ حي الحويقة");
    expect(more).not.toContain("قذائف سقطت");
    await change({ "001.txt": null, "002.txt": null, "003.txt": null });
    await announcer.look();
    await change({ "004.txt": NEW });
    await announcer.look();
    expect(texts()).toEqual([]);
  });

  it("is one passage once for a person with two alerts that meet it", async () => {
    const { announcer, state, texts } = byHand();
    await announcer.look({ always: true });
    await wants(state, "حي الحويقة");
    await wants(state, "«قذائف»");
    await wants(state, "«قذائف»", { chat: "8" });
    await change({ "001.txt": NEW });
    await announcer.look();
    expect(texts().filter((text) => text.includes(QUOTE))).toHaveLength(2);
  });

  it("is cut to a few quotations, and says how many more there are", async () => {
    const { announcer, state, texts } = byHand();
    await announcer.look({ always: true });
    await wants(state, "حي الحويقة");
    const reports = Array.from({ length: 12 }, (_, n) => {
      const text = `سقطت ${n + 3} قذائف على حي الحويقة في مدينة دير الزور يوم ${n + 1} تشرين الأول 2017.`;
      return [`1${n}.txt`, text] as const;
    });
    await change(Object.fromEntries(reports));
    await announcer.look();
    const [text = ""] = texts();
    expect(text.match(/«سقطت/g)).toHaveLength(8);
    expect(text).toContain("وغيرها في التقارير الجديدة: 4 اقتباسات.");
  });

  it("is not what a person may no longer ask for, nor what outlived its alert", async () => {
    const { state } = byHand();
    const closed = { mode: "allow", ids: ["8"] } as const;
    const planned: Delivery[] = [];
    let time = 1_000;
    const announcer = makeAnnouncer({
      ...{ news: collection.news, state, now: () => time, access: closed, me: { id: 1, username: "bot" } },
      deliver: (deliveries) => void planned.push(...deliveries),
    });
    await announcer.look({ always: true });
    await wants(state, "حي الحويقة", { chat: "7" });
    await wants(state, "حي الحويقة", { chat: "8" });
    await change({ "001.txt": NEW });
    await announcer.look();
    expect(planned.splice(0).map((each) => each.chat)).toEqual(["8"]);
    time += SUBSCRIPTION_LIFE_MS;
    await change({ "002.txt": NEW.replace("3 تشرين", "5 تشرين") });
    await announcer.look();
    expect(planned).toEqual([]);
  });

  it("waits for the morning where it is told daily, without what was withdrawn meanwhile", async () => {
    let time = Date.UTC(2026, 10, 22, 12);
    const { announcer, state, texts } = byHand(openMemoryState(), () => time);
    await announcer.look({ always: true });
    await state.subscriptions.add({
      ...{ id: "d", chat: "7", person: "p7", daily: true, madeAt: time },
      topic: JSON.stringify(collection.news.topicOf("حي الحويقة")),
    });
    await change({ "001.txt": NEW, "002.txt": NEW.replace("3 تشرين", "5 تشرين") });
    await announcer.look();
    await announcer.digests();
    expect(texts()).toEqual([]);
    const withdrawn = { on: "2026-11-22", reason: "خطأ" };
    await change({}, { reports: { "002": { who: "x", why: "x", withdrawn } } } as never);
    time = Date.UTC(2026, 10, 23, 5, 1);
    await announcer.digests();
    const [digest = ""] = texts();
    expect(digest).toMatch(/^جديد التقارير في تنبيهاتك/);
    expect(digest).toContain("3 تشرين الأول");
    expect(digest).not.toContain("5 تشرين الأول");
    await announcer.digests();
    expect(texts()).toEqual([]);
  });

  it("is planned before it is sent: a kill between the two neither loses nor doubles it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "isnad-alerts-"));
    const file = join(folder, "state.sqlite");
    const before = openState(file);
    const { announcer } = byHand(before);
    await announcer.look({ always: true });
    await wants(before, "حي الحويقة");
    await change({ "001.txt": NEW });
    await announcer.look();
    // Not closed, nothing sent: as after kill -9.
    const after = openState(file);
    expect(await after.undelivered()).toHaveLength(1);
    const again = byHand(after);
    await again.announcer.look();
    expect(await after.undelivered()).toHaveLength(1);
    await after.close();
    await before.close();
    rmSync(folder, { recursive: true });
  });

  it("is what came while the program was not running", async () => {
    const { announcer, state } = byHand();
    await announcer.look({ always: true });
    await wants(state, "حي الحويقة");
    await change({ "001.txt": NEW });
    const restarted = byHand(state);
    await restarted.announcer.look();
    expect(restarted.texts()).toHaveLength(1);
  });
});

it("a digest goes out at eight in the morning in Damascus", () => {
  const at = (time: string) => new Date(lastDigest(Date.parse(time))).toISOString();
  expect(at("2026-11-22T04:59:59Z")).toBe("2026-11-21T05:00:00.000Z");
  expect(at("2026-11-22T05:00:00Z")).toBe("2026-11-22T05:00:00.000Z");
  expect(at("2026-11-22T23:30:00Z")).toBe("2026-11-22T05:00:00.000Z");
});
