/** Admins add reports in Telegram: who may, what is shown, how it is corrected, and that nothing comes in before a yes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readOverrides } from "../../src/report/overrides.ts";
import { openMemoryState } from "../../src/state/memory.ts";
import { encodeTap, quoteKey, reportKey } from "../../src/telegram/callback.ts";
import type { Library } from "../../src/telegram/library.ts";
import { AT_ONCE, labels, newChat, plain, type RunningBot, useBots, useTelegram } from "./harness.ts";
import { changing, libraryOf } from "./library.ts";
import { type GrowingCollection, growingCollection } from "./news.ts";
import type { ChatMessage } from "./server.ts";

const TEXT =
  "قصف على حي الحويقة\n\nأفاد ناشطون بأن قذائف سقطت على حي الحويقة في مدينة دير الزور يوم 3 تشرين الأول 2017.";
const telegram = await useTelegram();
const start = useBots(telegram);
const root = mkdtempSync(join(tmpdir(), "isnad-overrides-"));
const overridesFile = join(root, "overrides.json");
let chat = 0;
let collection: GrowingCollection;
/** Until the index is brought up to date. */
let gate: Promise<void> = Promise.resolve();
let updates = 0;

beforeAll(async () => {
  collection = await growingCollection({
    "000.txt": "قصفت الطائرات حي الحميدية في دير الزور يوم 12 أيلول 2017 وقُتل ثلاثة مدنيين.",
  });
});
afterAll(() => collection.close());
beforeEach(() => {
  chat = newChat();
  gate = Promise.resolve();
});
afterEach(() => {
  writeFileSync(overridesFile, '{"reports":{}}\n');
});

const library = (fields: Partial<Library> = {}): Library => ({
  ...libraryOf({
    ...{ collection, overridesFile },
    async onUpdate() {
      updates += 1;
      await gate;
    },
  }),
  ...fields,
});

function run(options: Parameters<typeof start>[0] = {}): RunningBot {
  return start({
    ...{ sources: collection.sources, news: collection.news, lookEvery: 50, library: library() },
    ...{ admins: [String(chat)], pace: AT_ONCE },
    ...options,
  });
}

async function upload(name: string, content: string | Uint8Array, count: number, to = chat) {
  const base64 = Buffer.from(content).toString("base64");
  await telegram.control("upload", { chat: to, name, base64 });
  return (await telegram.sent(to, count)).at(-1);
}

const becomes = (message: ChatMessage | undefined, words: string, to = chat) =>
  changing(telegram, { chat: to, message, words });

const tap = (message: ChatMessage | undefined, text: string, to = chat) =>
  telegram.tap(to, message?.message_id ?? 0, { text });
const added = (): string[] => {
  try {
    return readdirSync(join(collection.folder, "added"))
      .filter((name) => !name.endsWith(".meta.json"))
      .sort();
  } catch {
    return [];
  }
};

describe("a file that an admin sends", () => {
  it("is shown as it was understood, comes in after a yes, and goes out again", async () => {
    run();
    const draft = await upload("تقرير.txt", TEXT, 1);
    expect(plain(draft)).toMatch(/^لم يُضف شيء بعد/);
    expect(plain(draft)).toContain("العنوان: قصف على حي الحويقة (صريح، من عنوان النص)");
    expect(plain(draft)).toContain(
      "يوم الحدث: الثلاثاء 3 تشرين الأول 2017 (صريح، من «يوم 3 تشرين الأول 2017»)",
    );
    expect(plain(draft)).toMatch(/المكان: حي الحويقة \(صريح، من «[^»]*الحويقة»\)/);
    expect(plain(draft)).toContain("الناشر: غير معروف");
    expect(added()).toEqual([]);
    await tap(draft, "أضف إلى المجموعة");
    const done = await becomes(draft, "أُضيف، ويمكن السؤال عنه الآن.");
    expect(labels(done)).toEqual(["تراجع عن هذا"]);
    const [name = ""] = added();
    expect(readFileSync(join(collection.folder, "added", name), "utf8")).toBe(TEXT);
    const report = await collection.live.sources.store.report(name.replace(/\.txt$/, ""));
    expect(report?.provenance?.collected).toMatchObject({ how: "ملف أُرسل في تلغرام" });
    expect(report?.provenance?.collected?.by).toMatch(/^admin-[0-9a-f]{8}$/);
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
    expect(added()).toEqual([]);
    expect(collection.live.sources.reportIds).toEqual(["000"]);
  });

  it("is corrected with buttons and words, and the corrections come with it", async () => {
    run();
    const draft = await upload("x.txt", TEXT, 1);
    await tap(draft, "الناشر");
    await becomes(draft, "اكتب اسم الناشر");
    await telegram.say(chat, "شبكة الفرات");
    const named = (await telegram.sent(chat, 2)).at(-1);
    expect(plain(named)).toContain("الناشر: شبكة الفرات (بتصحيحك)");
    await tap(named, "تاريخ النشر");
    const asked = await becomes(named, "اختر يوم النشر");
    expect(labels(asked)).toContain("الثلاثاء 3 تشرين الأول 2017");
    await tap(named, "الثلاثاء 3 تشرين الأول 2017");
    await becomes(named, "تاريخ النشر: الثلاثاء 3 تشرين الأول 2017 (بتصحيحك)");
    await tap(named, "الأماكن");
    await becomes(named, "اكتب اسم مكان");
    await telegram.say(chat, "حي الجورة");
    const placed = (await telegram.sent(chat, 3)).at(-1);
    expect(plain(placed)).toContain("المكان: حي الجورة");
    await tap(placed, "رجوع");
    await becomes(placed, "راجع ما فهمته");
    await tap(placed, "أضف إلى المجموعة");
    const done = await becomes(placed, "أُضيف، ويمكن السؤال عنه الآن.");
    const [name = ""] = added();
    const report = await collection.live.sources.store.report(name.replace(/\.txt$/, ""));
    expect(report).toMatchObject({ publisher: "شبكة الفرات", published: { start: "2017-10-03" } });
    await tap(done, "تراجع عن هذا");
    await becomes(placed, "عادت المجموعة كما كانت");
    expect(await readOverrides(overridesFile)).toEqual({ reports: {} });
  });

  it("of nobody else is taken, whatever they write or tap", async () => {
    const { state } = run({ admins: ["1"] });
    const before = updates;
    expect(plain(await upload("x.txt", TEXT, 1))).toContain("وصلني ملف");
    await telegram.control("upload", { chat, name: "x.txt", caption: "أنا المشرف 1، أضف هذا" });
    await telegram.sent(chat, 2);
    expect(await state.drafts.list(Date.now())).toEqual([]);
    for (const act of ["confirm", "undo", "withdraw"] as const) {
      const data = encodeTap({ kind: "draft", id: "abcdefghijkl", act, n: 0 });
      await telegram.control("tap_raw", { chat, message_id: 3, data });
    }
    const amend = encodeTap({ kind: "amend", report: "abcdefgh", withdraws: true });
    await telegram.control("tap_raw", { chat, message_id: 3, data: amend });
    expect(updates).toBe(before);
    expect(added()).toEqual([]);
  });

  it("of another admin is not theirs to confirm", async () => {
    const other = chat + 1;
    const { state } = run({ admins: [String(chat), String(other)] });
    const draft = await upload("x.txt", TEXT, 1);
    const [kept] = await state.drafts.list(Date.now());
    const data = encodeTap({ kind: "draft", id: kept?.id ?? "", act: "confirm", n: 0 });
    const { query_id } = await telegram.control<{ query_id: string }>("tap_raw", {
      ...{ chat: other, message_id: draft?.message_id, data },
    });
    await telegram.control("query", { query_id });
    expect((await state.drafts.list(Date.now()))[0]?.step).toBe(1);
    expect(added()).toEqual([]);
  });

  it.each([
    ["../../../etc/passwd", TEXT, /^لم يُضف شيء بعد|لم أجد فيه نصاً/],
    [".hidden.txt", TEXT, /^لم يُضف شيء بعد/],
    ["x.meta.json.txt", TEXT, /^لم يُضف شيء بعد/],
    ["\u202etxt.\u0000exe", TEXT, /لم أجد فيه نصاً/],
    ["empty.txt", " ", /لم أجد فيه نصاً/],
    ["broken.zip", "PK\u0003\u0004 broken", /لم أجد فيه نصاً/],
    ["broken.docx", "PK\u0003\u0004 broken", /لم أجد فيه نصاً/],
    ["noise.pdf", "%PDF-1.7 nothing", /لم أجد فيه نصاً/],
    ["noise.bin", "\u0000\u0001", /لم أجد فيه نصاً/],
  ])("named %j is safe", async (name, content, answer) => {
    run();
    const outside = readdirSync(collection.folder);
    expect(plain(await upload(name, content, 1))).toMatch(answer);
    expect(readdirSync(collection.folder)).toEqual(outside);
  });

  it.each([
    ["broken.docx", "PK\u0003\u0004 broken", "معطوب، أو ليس بالصيغة التي في آخر اسمه."],
    ["noise.txt", "\u0000\u0001\u0002", "ليس نصاً."],
    ["x.exe", "MZ", "صيغته لا أقرؤها."],
    ["x.json", "[]", "ليس تقريراً مكتوباً بصيغة JSON صحيحة."],
  ])(
    "that cannot be read (%s) gets its reason in Arabic, under its own name",
    async (name, content, reason) => {
      run();
      const answer = plain(await upload(name, content, 1));
      expect(answer).toContain(`الملف: ${name}`);
      expect(answer).toContain(`السبب: ${reason}`);
      expect(answer.replace(name, "")).not.toMatch(/[a-z]{3,} [a-z]{2,}/);
    },
  );

  it.each([
    ["x.json", JSON.stringify({ body: TEXT })],
    ["x.jsonl", `${JSON.stringify({ body: TEXT })}\n${JSON.stringify({ body: `${TEXT} ${TEXT}` })}\n`],
  ])("says of each of its reports when, by whom and how it came (%s)", async (name, content) => {
    run();
    const draft = await upload(name, content, 1);
    await tap(draft, "أضف إلى المجموعة");
    const done = await becomes(draft, "أُضيف، ويمكن السؤال عنه الآن.");
    const ids = collection.live.sources.reportIds.filter((id) => id !== "000");
    expect(ids).toHaveLength(content.trim().split("\n").length);
    for (const id of ids) {
      const report = await collection.live.sources.store.report(id);
      expect(report?.provenance?.collected).toMatchObject({ how: "ملف أُرسل في تلغرام" });
    }
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
  });

  it("that is too large, or cannot be had, is said to be", async () => {
    run();
    await telegram.control("upload", { chat, name: "big.pdf", size: 21 * 1024 * 1024, base64: "AAAA" });
    expect(plain((await telegram.sent(chat, 1)).at(-1))).toContain("أكبر من 20 ميغابايت");
    await telegram.fault({ method: "getFile", kind: "500", times: 1 });
    expect(plain(await upload("x.txt", TEXT, 2))).toContain("تعذّر تنزيل الملف");
  });

  it("that a preview cannot read within its limits is refused", async () => {
    run({
      library: library({ understand: async () => ({ reports: [], total: 0, problems: [], unread: 0 }) }),
    });
    expect(plain(await upload("bomb.zip", "x", 1))).toContain("لم أجد فيه نصاً أستطيع إضافته");
  });
});

describe("a forwarded post", () => {
  const channel = { id: -100_1234567890, type: "channel", title: "شبكة الفرات", username: "furat_net" };
  const forward_origin = { type: "channel", chat: channel, message_id: 77, date: 1_507_050_000 };

  it("comes with its channel, its link and its day; an album is one post", async () => {
    run();
    const album = { media_group_id: "a1", forward_origin };
    await telegram.control("message", { chat, photo: [{ file_id: "p" }], caption: TEXT, ...album });
    await telegram.control("message", { chat, photo: [{ file_id: "q" }], ...album });
    const draft = (await telegram.sent(chat, 1)).at(-1);
    expect(plain(draft)).toContain("الناشر: شبكة الفرات (صريح، من بيانات الملف)");
    expect(plain(draft)).toContain("تاريخ النشر: الثلاثاء 3 تشرين الأول 2017");
    expect(labels(draft)).toContain("ابحث عنه في التقارير");
    await tap(draft, "أضف إلى المجموعة");
    const done = await becomes(draft, "أُضيف");
    await becomes(draft, "ويمكن السؤال عنه الآن");
    const report = await collection.live.sources.store.report("telegram-1234567890-77");
    expect(report).toMatchObject({ body: TEXT, url: "https://t.me/furat_net/77", publisher: "شبكة الفرات" });
    expect(report?.provenance?.collected?.how).toBe("منشور حُوّل في تلغرام");
    await telegram.say(chat, TEXT, { forward_origin });
    expect(plain((await telegram.sent(chat, 2)).at(-1))).toContain("في المجموعة من قبل");
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
  });

  it("of a person who is no admin is looked up, as ever", async () => {
    run({ admins: [] });
    await telegram.say(chat, TEXT, { forward_origin });
    expect(plain((await telegram.sent(chat, 1)).at(-1))).toContain("منشور محوّل من «شبكة الفرات»");
  });
});

describe("a confirmed draft", () => {
  it("goes on after the program ended between its steps, once", async () => {
    const state = openMemoryState();
    // The first program never comes to its end.
    gate = new Promise(() => undefined);
    const first = run({ state });
    const draft = await upload("x.txt", TEXT, 1);
    await tap(draft, "أضف إلى المجموعة");
    await becomes(draft, "أقرأ التقارير");
    await first.stop();
    const [kept] = await state.drafts.list(Date.now());
    expect(JSON.parse(kept?.value ?? "{}").state).toBe("working");
    gate = Promise.resolve();
    run({ state });
    const done = await becomes(draft, "ويمكن السؤال عنه الآن");
    expect(added()).toHaveLength(1);
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
  });

  it("whose file is another by now is not taken", async () => {
    const { state } = run();
    const draft = await upload("x.txt", TEXT, 1);
    const [kept] = await state.drafts.list(Date.now());
    const value = (kept?.value ?? "").replace(/"sha256":"[0-9a-f]+"/, '"sha256":"00"');
    if (kept) await state.drafts.save({ ...kept, value, step: kept.step + 1 });
    await tap(draft, "أضف إلى المجموعة");
    await becomes(draft, "لم يعد الملف كما كان");
    expect(added()).toEqual([]);
  });

  it("that cannot be taken up says so, and is tried again at the next start", async () => {
    const state = openMemoryState();
    const failing = library({ takeUp: () => Promise.reject(new Error("locked")) });
    const first = run({ state, library: failing });
    const draft = await upload("x.txt", TEXT, 1);
    await tap(draft, "أضف إلى المجموعة");
    await becomes(draft, "سأحاول عند التشغيل التالي");
    await first.stop();
    run({ state });
    const done = await becomes(draft, "ويمكن السؤال عنه الآن");
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
  });
});

describe("a file that cannot be taken up", () => {
  it("is said to be so after its last stage was shown", async () => {
    let isFailing = false;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let first = true;
    const turn = async () => {
      if (!isFailing || !first) return;
      first = false;
      await gate;
    };
    const takeUp: Library["takeUp"] = async (onStage) => {
      isFailing = true;
      onStage("cut");
      onStage("embed");
      throw new Error("locked");
    };
    run({ library: library({ takeUp }), pace: { ...AT_ONCE, turn } });
    const draft = await upload("x.txt", TEXT, 1);
    await tap(draft, "أضف إلى المجموعة");
    while (first) await new Promise((resolve) => setTimeout(resolve, 20));
    // Its failure is known by now, and a second stage waits behind the first.
    await new Promise((resolve) => setTimeout(resolve, 100));
    open();
    await becomes(draft, "سأحاول عند التشغيل التالي");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(plain((await telegram.botMessages(chat)).at(-1))).toContain("سأحاول عند التشغيل التالي");
    rmSync(join(collection.folder, "added"), { recursive: true });
  });
});

describe("a report of the collection", () => {
  const open = async (): Promise<ChatMessage | undefined> => {
    await telegram.control("tap_raw", {
      ...{ chat, message_id: 1, data: encodeTap({ kind: "about", report: reportKey("000") }) },
    });
    return (await telegram.sent(chat, 1)).at(-1);
  };

  it("is corrected by an admin from the source viewer, and put back", async () => {
    run();
    const about = await open();
    await tap(about, "تصحيح بيانات التقرير");
    const draft = (await telegram.sent(chat, 2)).at(-1);
    expect(plain(draft)).toMatch(/^لم يتغير شيء بعد/);
    await tap(draft, "العنوان");
    await becomes(draft, "اكتب العنوان");
    await telegram.say(chat, "غارة على الحميدية");
    const titled = (await telegram.sent(chat, 3)).at(-1);
    await tap(titled, "احفظ التصحيح");
    const done = await becomes(titled, "صُحّح");
    expect((await collection.live.sources.store.report("000"))?.title).toBe("غارة على الحميدية");
    expect((await readOverrides(overridesFile)).reports["000"]?.who).toMatch(/^admin-/);
    await tap(done, "تراجع عن هذا");
    await becomes(titled, "عادت المجموعة كما كانت");
    expect((await collection.live.sources.store.report("000"))?.title).toBeNull();
  });

  it("whose quotation a reader doubts is shown to admins also where nothing can be changed", async () => {
    const { state } = run({ library: null });
    const cited = { n: 1, report: "000", version: "x", passage: "p", start: 0, end: 12 };
    await state.recordAnswer({
      ...{ id: "abcdefghijkl", conversation: String(chat + 2), sentAt: Date.now() },
      citations: JSON.stringify([{ ...cited, quote: quoteKey("قصفت الطائرات حي".slice(0, 12)) }]),
    });
    await telegram.say(chat, "/help");
    await telegram.sent(chat, 1);
    const data = encodeTap({ kind: "verdict", answer: "abcdefghijkl", verdict: "wrong_quotation" });
    await telegram.control("tap_raw", { chat: chat + 2, message_id: 1, data });
    const notice = (await telegram.sent(chat, 3)).at(-1);
    expect(plain(notice)).toContain("قصفت الطائر");
    expect(labels(notice).join()).not.toMatch(/اسحب|صحّح/);
  });

  it("has no such button for anybody else", async () => {
    run({ admins: [] });
    expect(labels(await open())).not.toContain("تصحيح بيانات التقرير");
  });

  it("is withdrawn by an admin whom a reader's word about its quotation reached, and only after a second yes", async () => {
    const reader = chat + 2;
    const { state } = run();
    const passage = { n: 1, report: "000", version: "x", passage: "p", start: 0, end: 12 };
    await state.recordAnswer({
      ...{ id: "abcdefghijkl", conversation: String(reader), sentAt: Date.now() },
      citations: JSON.stringify([{ ...passage, quote: quoteKey("قصفت الطائرات حي".slice(0, 12)) }]),
    });
    await telegram.say(chat, "/help");
    await telegram.sent(chat, 1);
    const data = encodeTap({ kind: "verdict", answer: "abcdefghijkl", verdict: "wrong_quotation" });
    for (let times = 0; times < 2; times += 1)
      await telegram.control("tap_raw", { chat: reader, message_id: 1, data });
    const notice = (await telegram.sent(chat, 3)).at(-1);
    expect((await telegram.botMessages(chat)).map(plain).join()).toContain("قارئ يقول إن الاقتباس خاطئ");
    expect(plain(notice)).toContain("قصفت الطائر");
    await tap(notice, "اسحب 1");
    const draft = (await telegram.sent(chat, 4)).at(-1);
    expect(plain(draft)).toContain("أتؤكد؟");
    expect(collection.live.sources.reportIds).toEqual(["000"]);
    await tap(draft, "نعم، اسحبه");
    const done = await becomes(draft, "سُحب التقرير");
    expect(collection.live.sources.reportIds).toEqual([]);
    expect((await readOverrides(overridesFile)).reports["000"]?.withdrawn?.who).toMatch(/^admin-/);
    await tap(done, "تراجع عن هذا");
    await becomes(draft, "عادت المجموعة كما كانت");
    expect(collection.live.sources.reportIds).toEqual(["000"]);
    expect(await telegram.botMessages(chat)).toHaveLength(4);
  });
});
