/**
 * Whole visits as they read, kept beside the tests in transcripts/: the bot in its own process, with the index of the
 * five reports, against the fake Bot API. Renew with vitest -u, and read what has changed.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { type BotRun, runBotProcess } from "./bot-run.ts";
import { useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";
import { Transcript } from "./transcript.ts";

const ADMIN = 900;
const GROUP = -1001;
const telegram = await useTelegram();
let bot: BotRun;

beforeAll(async () => {
  await telegram.control("settings", { inline: true });
  bot = await runBotProcess(telegram, {
    ADMIN_IDS: String(ADMIN),
    OPERATOR_NAME: "مركز توثيق الفرات",
    OPERATOR_CONTACT: "https://t.me/furat_docs",
  });
});
afterAll(async () => {
  expect(await bot.stop()).toBe(0);
});

it.concurrent("a first-time user", async ({ expect }) => {
  const visit = new Transcript(telegram, 1);
  const welcome = await visit.say("/start");
  const answer = await visit.tap(welcome, "ماذا حدث في حي الحميدية يوم 4 أيار 2017؟");
  await visit.tap(answer, "[1]");
  await visit.say("مساعدة");
  const days = await visit.say("التواريخ");
  await visit.tap(days, "29 تشرين الأول 2017");
  const places = await visit.say("الأماكن");
  await visit.tap(places, "التالية ◀", 0);
  await visit.say("من فاز بكأس العالم 2018؟");
  await visit.say("ماذا حدث في حي الجورة يوم 17 أيلول 2017؟");
  await visit.say("مين مسيطر هلق عالحميدية؟");
  await visit.say("الطريق آمن اليوم؟ وين القصف هلق؟");
  await visit.say("في اسم ابن عمي بين شهداء موحسن؟");
  await visit.say("sho sar b 7ay el 7amidiye?");
  await visit.say("مين وراكم؟ مين اختار التقارير؟");
  await visit.say("خصوصية");
  await visit.expectToRead("first-time-user", expect);
});

it.concurrent("a researcher", async ({ expect }) => {
  const visit = new Transcript(telegram, 2);
  const answer = await visit.say("ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟");
  await visit.judge(answer, "👍");
  await visit.say("وكم قُتل من عناصر التنظيم؟");
  const scope = await visit.say("النطاق");
  await visit.tap(scope, "إلغاء النطاق");
  const figures = await visit.say("كم عدد قتلى التنظيم خلال 24 ساعة في ريف دير الزور وبادية حمص؟");
  const source = await visit.tap(figures, "[1]");
  const turned = await visit.tap(source, "التالية ◀", 0);
  await visit.tap(turned, "النص الكامل");
  await visit.tap(turned, "تنزيل النص كما ورد");
  await visit.say("التقارير");
  const second = await visit.say("/source 3");
  await visit.tap(second, "عن المصدر");
  await visit.say("كم مرة انذكر حي العمال وبأي تقارير؟");
  await visit.say("هل سقط مدنيون في موحسن؟");
  await visit.judge(figures, "الاقتباس خاطئ");
  await visit.say("انسني");
  await visit.expectToRead("researcher", expect);
});

it.concurrent("a group", async ({ expect }) => {
  const visit = new Transcript(telegram, GROUP);
  await telegram.say(GROUP, "صباح الخير يا جماعة", { user: 72 });
  visit.note("> صباح الخير يا جماعة\n\n(لا جواب)");
  const answer = await visit.say("@isnad_test_bot ماذا حدث في حي العرفي؟", 1, { user: 71 });
  visit.note("(عضو آخر:)");
  await visit.tap(answer, "[1]");
  await visit.say("ومتى؟", 1, {
    user: 71,
    reply_to_message: {
      message_id: answer?.message_id,
      from: answer?.from,
      date: 1,
      chat: { id: GROUP, type: "supergroup" },
    },
  });
  await visit.say("/correct@isnad_test_bot", 1, { user: 72 });
  await visit.expectToRead("group", expect);
});

it.concurrent("someone who sends odd things", async ({ expect }) => {
  const visit = new Transcript(telegram, 4);
  await visit.send("رسالة صوتية", { voice: { file_id: "v" } });
  await visit.send("صورة", { photo: [{ file_id: "p" }] });
  await visit.send("موقع", { location: { latitude: 35.3, longitude: 40.1 } });
  await visit.send("ملصق", { sticker: { file_id: "s" } });
  await visit.send("ملف", { document: { file_id: "d" } });
  await visit.send("بطاقة اتصال", { contact: { phone_number: "1", first_name: "x" } });
  await visit.send("استطلاع", { poll: { id: "q" } });
  const channel = { id: -100_777, type: "channel", title: "أخبار الفرات" };
  const forward_origin = { type: "channel", chat: channel, message_id: 5, date: 1_509_280_000 };
  visit.note("(محوّل من قناة)");
  await visit.say(
    "تمكنت قوات النظام والميليشيات المتحالفة صباح اليوم الأحد، من الدخول إلى حي الحميدية وسط مدينة دير الزور، للمرة الأولى منذ خروج هذا الحي عن سيطرتها عام 2012.",
    1,
    { forward_origin },
  );
  visit.note("(محوّل من قناة)");
  await visit.say("وصلت قافلة مساعدات إلى مدينة الرقة مساء أمس وفيها أدوية وأغذية للأطفال", 1, {
    forward_origin,
  });
  await visit.say("؟؟؟");
  await visit.say("/nonsense");
  await visit.say("/source");
  await visit.sayAndEdit("ماذا حدث في حي العرضي؟", "ماذا حدث في حي العرفي؟");
  await visit.expectToRead("odd-things", expect);
});

it.concurrent("someone who corrects, and the admin who reads it", async ({ expect }) => {
  const admin = new Transcript(telegram, ADMIN);
  await admin.say("/start");
  await admin.say("/invite");
  const visit = new Transcript(telegram, 5);
  await visit.say("كم قتل من قوات النظام في هجوم كانون الثاني 2017؟");
  const prompt = await visit.say("التقرير نفسه غلطان");
  await visit.tap(prompt, "إلغاء");
  await visit.say("/correct");
  await visit.say("كنت في المدينة يومها. العدد الصحيح 37، وأعرف من دفنهم.");
  await admin.take(1);
  await visit.say("تصحيح");
  const which = await visit.say("كم عدد القتلى في موحسن؟");
  await visit.tap(which, "أجب عنها");
  await visit.say("انسني");
  await visit.expectToRead("correcting", expect);
  await admin.expectToRead("admin", expect);
});

it.concurrent("a person in another chat, by inline mode", async ({ expect }) => {
  const user = 77;
  const lines: string[] = [];
  // Once there is an answer, the bot is known to ask for such updates.
  await telegram.say(user, "/privacy");
  await telegram.control("wait", { chat: user, count: 1, timeout: 45_000 });
  for (const query of [
    "",
    "ماذا جرى في حي الحميدية؟",
    "كم قُتل من عناصر التنظيم في معارك حيي العرفي والعمال؟",
    "ماذا حدث يوم 3 آذار 2016؟",
  ]) {
    const { query_id } = await telegram.control<{ query_id: string }>("inline", { user, query });
    const answer = await telegram.control<{ results: Card[] } | null>("query", { query_id, wait: 45_000 });
    lines.push(`> @isnad_test_bot ${query}`.trim());
    for (const { id, title, description = "", reply_markup } of answer?.results ?? []) {
      const chosen = await telegram.control<ChatMessage>("choose", { user, query_id, result_id: id });
      const buttons = reply_markup.inline_keyboard.map((row) => row.map(({ text }) => `{${text}}`).reverse());
      const shown = [chosen.text ?? "", ...buttons.map((row) => row.join(" "))].join("\n");
      lines.push(withoutDisplayControls(`(${title})\n(${description})`), withoutDisplayControls(shown));
    }
  }
  const text = `${lines.join("\n\n")}\n`.replace(/آخر تغيير في المجموعة: .*/g, "آخر تغيير في المجموعة: …");
  await expect(text).toMatchFileSnapshot("transcripts/inline.txt");
});

interface Card {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly reply_markup: { readonly inline_keyboard: readonly (readonly { text: string }[])[] };
}
