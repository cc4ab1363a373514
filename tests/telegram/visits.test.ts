/** Visits that are not the usual one: groups, edits, commands, other content, old buttons, access. */
import { beforeEach, describe, expect, it } from "vitest";
import { encodeTap, personKey, reportKey } from "../../src/telegram/callback.ts";
import { LONG, makeSources, NEWS, QUOTE_ENTRY, QUOTE_KILLED, REPORTS, scriptedAnswer } from "./collection.ts";
import { boldText, labels, newChat, plain, useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const GROUP = -1001;
const telegram = await useTelegram();
const start = useBots(telegram);
let chat = 0;
beforeEach(() => {
  chat = newChat();
});

/** Asks in the chat of this test and gives the bot's last message. */
async function ask(
  text: string,
  count = 1,
  extra: Record<string, unknown> = {},
): Promise<ChatMessage | undefined> {
  await telegram.say(chat, text, extra);
  return (await telegram.sent(chat, count)).at(-1);
}

describe("commands", () => {
  it("/start says what the bot does in one short message, with examples that can be tapped", async () => {
    start();
    const welcome = await ask("/start");
    expect(plain(welcome).length).toBeLessThan(400);
    expect(labels(welcome)).toEqual([
      "ماذا حدث في حي السوق القديم؟",
      "يوم 28 تشرين الأول",
      "التقارير",
      "الأيام",
      "الأماكن",
    ]);
    await telegram.tap(chat, welcome?.message_id ?? 0, { text: "يوم 28 تشرين الأول" });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("السبت 28 تشرين الأول 2017");
  });

  it.each([
    ["/help", "اكتب سؤالك بكلماتك"],
    ["مساعدة", "اكتب سؤالك بكلماتك"],
    ["/reports", "1. وكالة النهر"],
    ["التقارير", "3. وكالة النهر"],
    ["/privacy", "لا يُحفظ نص سؤالك"],
    ["خصوصية", "لا يُحفظ نص سؤالك"],
    [
      "/about",
      "في المجموعة 3 تقارير، عن أحداث 28–29 تشرين الأول 2017. آخر تغيير فيها: 15 كانون الثاني 2026.",
    ],
    ["مين وراكم؟ مين اختار التقارير؟", "لم يذكر من يدير هذا البوت اسمه"],
    ["/dates", "الأيام (يومان): 28–29 تشرين الأول 2017"],
    ["التواريخ", "اضغط يوماً لترى ما ورد عنه"],
    ["الأماكن", "في التقارير مكانان، أكثرها ذكراً أولاً"],
    ["/scope", "لا نطاق الآن"],
    ["النطاق", "لا نطاق الآن"],
    ["/cancel", "لا شيء لإلغائه"],
    ["/source", "/source 2"],
    ["المصدر", "/source 2"],
    ["/source 2", "قصفت الطائرات جسراً"],
    ["/nonsense", "لا أعرف هذا الأمر"],
  ])("%s is answered with: %s", async (text, answer) => {
    start();
    expect(plain(await ask(text))).toContain(answer);
  });

  it("are announced, as default and in Arabic", async () => {
    start();
    await ask("/help");
    const languages = (await telegram.calls("setMyCommands")).map(({ values }) => values.language_code);
    expect(languages).toEqual(expect.arrayContaining([undefined, "ar"]));
  });

  it("a report is opened from the list, and its link opens it too", async () => {
    start();
    const list = await ask("/reports");
    expect(labels(list)).toEqual(["1", "2", "3"]);
    await telegram.tap(chat, list?.message_id ?? 0, { text: "2" });
    const second = (await telegram.sent(chat, 2)).at(-1);
    expect(plain(second)).toContain("قصفت الطائرات جسراً");
    expect(second?.reply_markup?.inline_keyboard.flat().find((button) => button.url)?.url).toBe(
      "https://news.example/reports?id=2&x=1",
    );
    expect(plain(await ask(`/start s${reportKey(NEWS.id)}`, 3))).toContain("ونزحت 300 عائلة");
  });

  it("a long report comes as its first page, to be turned, and as a document", async () => {
    start();
    const messages = await ask("/source 3", 2).then(() => telegram.botMessages(chat));
    const [page, document] = messages;
    expect(document?.document?.file_name).toBe("source-002_c3.txt");
    expect(plain(page)).toMatch(/\(1 من \d+\)$/);
    await telegram.tap(chat, page?.message_id ?? 0, { text: "التالية ◀" });
    const turned = await telegram.control<ChatMessage>("wait_edit", { chat, message_id: page?.message_id });
    expect(plain(turned)).toMatch(/\(2 من \d+\)$/);
    const shown = plain(page) + plain(turned);
    expect(shown).toContain("الفقرة رقم 1:");
    expect(LONG.body).toContain(plain(turned).split("\n")[0]);
  });

  it("the text of a source shows in bold what the last answer quoted from it", async () => {
    start();
    await ask("ماذا حدث في السوق؟");
    const source = await ask("/source 1", 2);
    expect(boldText(source)).toEqual(expect.arrayContaining([QUOTE_ENTRY, QUOTE_KILLED]));
  });

  it("/forget deletes what is stored, and says so", async () => {
    const { state } = start();
    await ask("ماذا حدث في السوق؟");
    await state.remember(String(chat), "scope", Date.now());
    expect(plain(await ask("انسني", 2))).toContain(
      "حُذف ما حُفظ عنك: موضوع آخر سؤال، مواضع الاقتباس في جواب واحد، سؤال واحد كان في زر.",
    );
    expect(plain(await ask("/forget", 3))).toContain("لم يكن محفوظاً عنك شيء.");
    expect(await state.recall(String(chat), Date.now())).toBeNull();
    expect(await state.repliesTo(String(chat), 1)).toEqual([]);
  });
});

describe("a message without text", () => {
  it.each([
    ["voice", { voice: { file_id: "v" } }, "صوتية"],
    ["photo", { photo: [{ file_id: "p" }] }, "صورة"],
    ["sticker", { sticker: { file_id: "s" } }, "ملصق"],
    ["location", { location: { latitude: 35.3, longitude: 40.1 } }, "موقع"],
    ["audio", { audio: { file_id: "a" } }, "ملف صوتي"],
    ["video", { video: { file_id: "v" } }, "مقطع"],
    ["round video", { video_note: { file_id: "v" } }, "مقطع"],
    ["document", { document: { file_id: "d" } }, "وصلني ملف"],
    ["contact", { contact: { phone_number: "1", first_name: "x" } }, "بطاقة اتصال"],
    ["place", { venue: { title: "x" }, location: { latitude: 35.3, longitude: 40.1 } }, "موقع"],
    ["poll", { poll: { id: "p" } }, "استطلاع"],
    ["dice", { dice: { emoji: "🎲", value: 3 } }, "ملصق"],
    ["story", { story: { id: 1 } }, "قصة"],
    ["game", { game: { title: "x" } }, "أقرأ النصوص فقط"],
    [
      "forwarded picture",
      { photo: [{ file_id: "p" }], forward_origin: { type: "hidden_user", sender_user_name: "x", date: 1 } },
      "منشور محوّل بلا نص",
    ],
  ])("%s gets a sentence", async (_, content, word) => {
    start();
    await telegram.control("message", { chat, ...content });
    expect(plain((await telegram.sent(chat, 1))[0])).toContain(word);
  });

  it("an album gets one sentence, a photo with words its answer", async () => {
    start();
    for (const file_id of ["a", "b", "c"]) {
      await telegram.control("message", { chat, photo: [{ file_id }], media_group_id: "g1" });
    }
    await telegram.control("message", { chat, photo: [{ file_id: "d" }], caption: "ماذا حدث في السوق؟" });
    const messages = await telegram.sent(chat, 2);
    expect(messages.map(plain)).toEqual([
      expect.stringContaining("صورة"),
      expect.stringContaining("حي السوق القديم"),
    ]);
  });
});

describe("a forwarded post", () => {
  const POST = "دخلت القوات حي السوق القديم صباح اليوم الأحد بعد اشتباكات عنيفة";
  const channel = {
    type: "channel",
    chat: { id: -100_123, type: "channel", title: "أخبار <b>النهر</b>" },
    message_id: 7,
    date: Date.UTC(2017, 9, 29, 22, 30) / 1000,
  };
  const forward = async (text: string, forward_origin: Record<string, unknown>, count = 1) => {
    await telegram.say(chat, text, { forward_origin });
    return (await telegram.sent(chat, count)).at(-1);
  };

  it("is said to be one, with its channel and day, and looked up as a statement", async () => {
    const asked: string[] = [];
    start({
      answer(request) {
        asked.push(request.text);
        return scriptedAnswer(request);
      },
    });
    const answer = await forward(POST, channel);
    expect(plain(answer)).toMatch(
      /^منشور محوّل من «أخبار <b>النهر<\/b>»، كُتب الاثنين 30 تشرين الأول 2017\. بحثت عن نصه في التقارير:/,
    );
    expect(plain(answer)).toContain("حي السوق القديم");
    expect(asked).toEqual([`هل هذا الكلام صحيح؟\n${POST}`]);
  });

  it("of a person is not named, a short one is asked as it is, and a refusal says it too", async () => {
    start();
    const origin = { type: "user", sender_user: { id: 5, is_bot: false, first_name: "سعاد" }, date: 1 };
    const answer = await forward("من فاز بالكأس؟", origin);
    expect(plain(answer)).toMatch(/^رسالة محوّلة/);
    expect(plain(answer)).not.toContain("سعاد");
  });

  it("is never a command, and never the bot's own answer again", async () => {
    const { state } = start();
    await ask("ماذا حدث في السوق؟");
    await forward("/forget", { type: "hidden_user", sender_user_name: "x", date: 1 }, 2);
    expect(await state.lastAnswer(String(chat))).not.toBeNull();
    const own = { type: "user", sender_user: { id: 4242, is_bot: true, first_name: "Isnad" }, date: 1 };
    expect(plain(await forward("حي السوق القديم", own, 3))).toContain("رسالة سابقة من هذا البوت");
  });
});

describe("a group", () => {
  it("is answered only when it is meant, as a reply, in its topic", async () => {
    const asked: string[] = [];
    start({
      answer(request) {
        asked.push(request.text);
        return scriptedAnswer(request);
      },
    });
    const say = (text: string, extra: Record<string, unknown> = {}) =>
      telegram.say(GROUP, text, { user: chat, ...extra });
    await say("ماذا حدث في السوق؟");
    await say("/help@another_bot");
    const mention = await say("@Isnad_Test_Bot ماذا حدث في السوق؟", {
      message_thread_id: 77,
      is_topic_message: true,
    });
    const [answer] = await telegram.sent(GROUP, 1);
    expect(answer?.reply_to_message?.message_id).toBe(mention.message_id);
    expect(answer?.message_thread_id).toBe(77);
    await say("وماذا عن الجسر؟", {
      reply_to_message: {
        message_id: answer?.message_id,
        from: answer?.from,
        date: 1,
        chat: { id: GROUP, type: "supergroup" },
      },
    });
    await telegram.sent(GROUP, 2);
    expect(asked).toEqual(["ماذا حدث في السوق؟", "وماذا عن الجسر؟"]);
  });

  it("keeps the conversations of its members apart", async () => {
    const chats: string[] = [];
    start({
      answer(request) {
        chats.push(request.chat);
        return scriptedAnswer(request);
      },
    });
    for (const user of [1, 2]) await telegram.say(-1002, "@isnad_test_bot السوق؟", { user });
    await telegram.sent(-1002, 2);
    expect(chats).toEqual([`-1002:${personKey("1")}`, `-1002:${personKey("2")}`]);
  });
});

describe("an edited question", () => {
  it("whose answer was deleted is answered in a new message", async () => {
    start();
    const { message_id } = await telegram.say(chat, "ماذا حدث في السوق؟");
    const [answer] = await telegram.sent(chat, 1);
    await fetch(
      `${telegram.url}/bot${telegram.token}/deleteMessage?chat_id=${chat}&message_id=${answer?.message_id}`,
    );
    await telegram.control("edit", { chat, message_id, text: "ماذا حدث عند الجسر؟" });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("السبت 28 تشرين الأول 2017");
  });

  it("is answered afresh in the same message", async () => {
    start();
    const { message_id } = await telegram.say(chat, "ماذا حدث في السوق؟");
    const [answer] = await telegram.sent(chat, 1);
    await telegram.control("edit", { chat, message_id, text: "ماذا حدث عند الجسر؟" });
    const edited = await telegram.control<ChatMessage>("wait_edit", { chat, message_id: answer?.message_id });
    expect(plain(edited)).toContain("السبت 28 تشرين الأول 2017");
    expect(labels(edited)).toContain("[1]");
    expect(await telegram.botMessages(chat)).toHaveLength(1);
  });

  it("with the same answer is no error", async () => {
    const { log } = start();
    const { message_id } = await telegram.say(chat, "من فاز بالكأس؟");
    await telegram.sent(chat, 1);
    await telegram.control("edit", { chat, message_id, text: "من فاز بكأس العالم؟" });
    expect(plain(await ask("ماذا حدث في السوق؟", 2))).toContain("حي السوق القديم");
    const edits = (await telegram.calls("editMessageText")).filter(({ values }) => values.chat_id === chat);
    expect(edits.map(({ description }) => description)).toEqual([
      expect.stringContaining("message is not modified"),
    ]);
    expect(log.filter((event) => event.startsWith("refused"))).toEqual([]);
  });
});

describe("buttons", () => {
  it("of old answers work after a restart, from the reports alone", async () => {
    const before = start();
    const answer = await ask("ماذا حدث في السوق؟");
    await before.stop();
    start({ sources: makeSources([...REPORTS].reverse()) });
    await telegram.tap(chat, answer?.message_id ?? 0, { text: "[1]" });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("الفقرة 2 من 4");
  });

  it.each([
    ["unknown", "zz:zz", "هذا الزر لم يعد معروفاً"],
    [
      "of an offer that was forgotten",
      encodeTap({ kind: "offer", id: "abcdefghijkl" }),
      "هذا الزر لم يعد معروفاً",
    ],
    ["of a report that is gone", encodeTap({ kind: "text", report: "AAAAAAAA" }), "لم يعد هذا التقرير"],
  ])("%s get a word, never silence", async (_, data, word) => {
    start();
    const { query_id } = await telegram.control<{ query_id: string }>("tap_raw", {
      chat,
      message_id: 1,
      data,
    });
    expect(await telegram.control<{ text: string }>("query", { query_id })).toMatchObject({
      text: expect.stringContaining(word),
    });
  });

  it("keep verdicts, the last of each person", async () => {
    const { state } = start();
    const answer = await ask("ماذا حدث في السوق؟");
    await telegram.tap(chat, answer?.message_id ?? 0, { text: "👎" });
    expect(await telegram.tap(chat, answer?.message_id ?? 0, { text: "الاقتباس خاطئ" })).toMatchObject({
      text: expect.stringContaining("سُجّل"),
    });
    const [verdict, ...others] = await state.feedback();
    expect(others).toEqual([]);
    expect(verdict?.verdict).toBe("wrong_quotation");
    const kept = await state.answer(verdict?.answer ?? "");
    expect(JSON.parse(kept?.citations ?? "[]")).toMatchObject([
      { n: 1, report: NEWS.id },
      { n: 2, report: NEWS.id },
    ]);
  });
});

describe("access", () => {
  it("by list lets in who is on it, and tells others once in private", async () => {
    start({ access: { mode: "allow", ids: ["5001"] } });
    chat = 5001;
    expect(plain(await ask("ماذا حدث في السوق؟"))).toContain("حي السوق القديم");
    chat = 5002;
    expect(plain(await ask("ماذا حدث في السوق؟"))).toContain("مخصص لأشخاص");
  });

  it("by a standing code lets in who knows it", async () => {
    start({ access: { mode: "invite", ids: [], code: "نهر-7" } });
    expect(plain(await ask("نهر-8"))).toContain("بدعوة");
    expect(plain(await ask("نهر-7", 2))).toContain("قُبلت الدعوة");
  });

  it("by invitation lets in who brings one, for good; an invitation serves once", async () => {
    const access = { mode: "invite", ids: ["6000"] } as const;
    const { state, stop } = start({ access, admins: ["6000"] });
    chat = 6000;
    const link = plain(await ask("/invite")).match(/https:\/\/t\.me\/isnad_test_bot\?start=(\S+)/)?.[1];
    chat = 6001;
    expect(plain(await ask("ماذا حدث في السوق؟"))).toContain("بدعوة");
    expect(plain(await ask("/start iAAAAAAAAAAAAAAAA", 2))).toContain("بدعوة");
    expect(plain(await ask(`/start ${link}`, 3))).toContain("قُبلت الدعوة");
    chat = 6002;
    expect(plain(await ask(`${link}`))).toContain("بدعوة");
    await stop();
    start({ state, access, admins: ["6000"] });
    chat = 6001;
    expect(plain(await ask("ماذا حدث في السوق؟", 4))).toContain("حي السوق القديم");
    expect(plain(await ask("/invite", 5))).toContain("لا أعرف هذا الأمر");
  });
});

it("link previews are off in every message", async () => {
  const sent = [...(await telegram.calls("sendMessage")), ...(await telegram.calls("editMessageText"))];
  expect(sent.length).toBeGreaterThan(20);
  for (const { values } of sent) expect(values.link_preview_options).toEqual({ is_disabled: true });
});
