/** Admins correct in Telegram how names are spelt, and take away a place that was wrongly found in one report. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readOverrides } from "../../src/report/overrides.ts";
import { encodeTap, nameKey, reportKey } from "../../src/telegram/callback.ts";
import { AT_ONCE, labels, newChat, plain, type RunningBot, useBots, useTelegram } from "./harness.ts";
import { changing, libraryOf } from "./library.ts";
import { type GrowingCollection, growingCollection } from "./news.ts";
import type { ChatMessage } from "./server.ts";

const telegram = await useTelegram();
const start = useBots(telegram);
const root = mkdtempSync(join(tmpdir(), "isnad-overrides-"));
const overridesFile = join(root, "overrides.json");
let chat = 0;
let collection: GrowingCollection;

beforeAll(async () => {
  collection = await growingCollection({
    "000.txt": "قصفت الطائرات حي الحميدية في دير الزور يوم 12 أيلول 2017 وقُتل ثلاثة مدنيين.",
    "001.txt":
      "المرصد السوري لحقوق الانسان\n\nقصفت الطائرات الحويجقة في دير الزور يوم 13 أيلول 2017 وجُرح رجلان.",
  });
});
afterAll(async () => {
  await collection.close();
  rmSync(root, { recursive: true });
});
beforeEach(async () => {
  chat = newChat();
  writeFileSync(overridesFile, '{"reports":{}}\n');
});

function run(options: Parameters<typeof start>[0] = {}): RunningBot {
  const library = libraryOf({ collection, overridesFile });
  const { sources, news } = collection;
  return start({ sources, news, library, lookEvery: 50, admins: [String(chat)], pace: AT_ONCE, ...options });
}

const tap = (message: ChatMessage | undefined, text: string) =>
  telegram.tap(chat, message?.message_id ?? 0, { text });
const becomes = (message: ChatMessage | undefined, words: string) =>
  changing(telegram, { chat, message, words });
const placesOf = async (report: string): Promise<string[]> => {
  const { store } = collection.live.sources;
  const passages = await store.passages(await store.select({ reports: [report] }));
  return [...new Set(passages.flatMap(({ places }) => places.map(({ id }) => id)))].sort();
};

describe("the spelling of a place", () => {
  it("is added with a word, after what it changes was shown, and undone", async () => {
    run();
    expect(await placesOf("001")).toEqual(["deir-ez-zor"]);
    await telegram.say(chat, "/names حي الحويقة");
    const draft = (await telegram.sent(chat, 1)).at(-1);
    expect(plain(draft)).toMatch(/^لم يتغير شيء بعد/);
    expect(plain(draft)).toContain("المكان: حي الحويقة");
    expect(labels(draft)).not.toContain("احفظ التصحيح");
    await tap(draft, "أضف كتابة");
    await becomes(draft, "اكتب الاسم في رسالتك التالية");
    await telegram.say(chat, "الحويقة");
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("هذه الكتابة معروفة");
    await telegram.say(chat, " الحويجقة ");
    const shown = (await telegram.sent(chat, 3)).at(-1);
    expect(plain(shown)).toContain("كتابة تُضاف: «الحويجقة»، وترد في تقرير واحد.");
    expect(plain(shown)).toContain("«قصفت الطائرات الحويجقة في دير الزور");
    expect((await readOverrides(overridesFile)).places).toBeUndefined();
    await tap(shown, "احفظ التصحيح");
    const done = await becomes(shown, "صُحّح");
    expect(await placesOf("001")).toContain("al-huwayqah");
    expect((await readOverrides(overridesFile)).places?.["al-huwayqah"]).toMatchObject({
      variants: ["الحويجقة"],
      who: expect.stringMatching(/^admin-/),
    });
    await tap(done, "تراجع عن هذا");
    await becomes(shown, "عادت المجموعة كما كانت");
    expect(await placesOf("001")).toEqual(["deir-ez-zor"]);
  });

  it("that another name has too is said to be", async () => {
    run();
    await telegram.say(chat, "/names الحويقة");
    const draft = (await telegram.sent(chat, 1)).at(-1);
    await tap(draft, "أضف كتابة");
    await becomes(draft, "اكتب الاسم");
    await telegram.say(chat, "الحميدية");
    const shown = (await telegram.sent(chat, 2)).at(-1);
    expect(plain(shown)).toMatch(/انتبه: هكذا يُكتب أيضاً «حي الحميدية/);
    await tap(shown, "✕ الحميدية");
    const nowSays = async (): Promise<string> =>
      plain((await telegram.botMessages(chat)).find((each) => each.message_id === shown?.message_id));
    await expect.poll(nowSays, { timeout: 15_000 }).not.toContain("تُضاف");
  });

  it("is taken away and put back before anything is saved", async () => {
    run();
    await telegram.say(chat, "/names الحويقة");
    const draft = (await telegram.sent(chat, 1)).at(-1);
    const [spelling = ""] = labels(draft).filter((label) => label.startsWith("✕ "));
    await tap(draft, spelling);
    const without = await becomes(draft, "كتابة تُحذف");
    expect(labels(without)).toContain(spelling.replace("✕", "↺"));
    expect(labels(without)).toContain("احفظ التصحيح");
    await tap(draft, spelling.replace("✕", "↺"));
    await becomes(draft, "لم يتغير شيء بعد");
    await tap(draft, "إلغاء");
    await becomes(draft, "أُلغي");
    expect(await readOverrides(overridesFile)).toEqual({ reports: {} });
  });
});

describe("the name of a publisher", () => {
  it("gets an alias, from the list of names", async () => {
    run();
    await telegram.say(chat, "/names");
    const list = (await telegram.sent(chat, 1)).at(-1);
    expect(labels(list)).toContain("المرصد السوري لحقوق الإنسان");
    await tap(list, "المرصد السوري لحقوق الإنسان");
    const draft = (await telegram.sent(chat, 2)).at(-1);
    expect(plain(draft)).toContain("الناشر: المرصد السوري لحقوق الإنسان");
    await tap(draft, "أضف كتابة");
    await becomes(draft, "اكتب الاسم");
    await telegram.say(chat, "مرصد حقوق الإنسان السوري");
    const shown = (await telegram.sent(chat, 3)).at(-1);
    expect(plain(shown)).toContain("ولا ترد في أي تقرير الآن");
    await tap(shown, "احفظ التصحيح");
    const done = await becomes(shown, "صُحّح");
    expect(Object.values((await readOverrides(overridesFile)).publishers ?? {})).toEqual([
      expect.objectContaining({ variants: ["مرصد حقوق الإنسان السوري"] }),
    ]);
    await tap(done, "تراجع عن هذا");
    await becomes(shown, "عادت المجموعة كما كانت");
    expect((await readOverrides(overridesFile)).publishers ?? {}).toEqual({});
  });
});

describe("a place that was wrongly found in a report", () => {
  it("is taken away from that report alone, and put back", async () => {
    run();
    expect(await placesOf("000")).toContain("al-hamidiyah");
    const data = encodeTap({ kind: "amend", report: reportKey("000"), withdraws: false });
    await telegram.control("tap_raw", { chat, message_id: 1, data });
    const draft = (await telegram.sent(chat, 1)).at(-1);
    await tap(draft, "الأماكن");
    const places = await becomes(draft, "ليس مكان الخبر");
    await tap(places, "✕ حي الحميدية");
    const without = await becomes(draft, "ليس مكانه: حي الحميدية (بتصحيحك)");
    expect(labels(without)).toContain("↺ حي الحميدية");
    await tap(draft, "رجوع");
    await becomes(draft, "أكّد");
    await tap(draft, "احفظ التصحيح");
    const done = await becomes(draft, "صُحّح");
    expect(await placesOf("000")).toEqual(["deir-ez-zor"]);
    expect((await readOverrides(overridesFile)).reports["000"]).toMatchObject({
      withoutPlaces: ["al-hamidiyah"],
    });
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
    expect(await placesOf("000")).toContain("al-hamidiyah");
  });
});

describe("anybody else", () => {
  it("is not told that there is such a command, and taps in vain", async () => {
    const { state } = run({ admins: ["1"] });
    await telegram.say(chat, "/names الحميدية");
    expect(plain((await telegram.sent(chat, 1)).at(-1))).toContain("لا أعرف هذا الأمر");
    const data = encodeTap({ kind: "name", name: nameKey("places", "al-hamidiyah") });
    const { query_id } = await telegram.control<{ query_id: string }>("tap_raw", {
      ...{ chat, message_id: 1, data },
    });
    await telegram.control("query", { query_id });
    expect(await state.drafts.list(Date.now())).toEqual([]);
  });

  it("an unknown name is said to be one", async () => {
    run();
    await telegram.say(chat, "/names بلاد الواق");
    expect(plain((await telegram.sent(chat, 1)).at(-1))).toContain("لا أعرف مكاناً ولا ناشراً");
  });
});
