/** Admins add reports while several workers answer: on a real PostgreSQL and the fake Bot API. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/postgres/database.ts";
import { joinWorkers } from "../../src/state/postgres/membership.ts";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../postgres/server.ts";
import { AT_ONCE, labels, newChat, type RunningBot, startBot, useTelegram } from "./harness.ts";
import { changing, libraryOf } from "./library.ts";
import { type GrowingCollection, growingCollection } from "./news.ts";

const telegram = await useTelegram();

describe.skipIf(serverUrl === null)(withPostgres("adding beside other workers"), () => {
  const root = mkdtempSync(join(tmpdir(), "isnad-overrides-"));
  const overridesFile = join(root, "overrides.json");
  let schema: TestSchema;
  let collection: GrowingCollection;
  let ends: (() => Promise<void>)[] = [];
  let updates = 0;
  beforeAll(async () => {
    schema = await freshSchema();
    collection = await growingCollection({ "000.txt": "قصفت الطائرات حي الحميدية يوم 12 أيلول 2017." });
    writeFileSync(overridesFile, '{"reports":{}}\n');
  });
  afterEach(async () => {
    for (const end of ends) await end();
    ends = [];
  });
  afterAll(async () => {
    await schema?.drop();
    await collection?.close();
    rmSync(root, { recursive: true });
  });

  async function start(
    admin: number,
    {
      isHere = true,
      onUpdate = async () => undefined,
      ...options
    }: Partial<TelegramOptions> & { isHere?: boolean; onUpdate?: () => Promise<void> } = {},
  ): Promise<RunningBot> {
    const own = await openPostgres({ url: schema.url, connections: 12 });
    const member = await joinWorkers({ database: own, name: "test", onWarning: () => undefined, every: 50 });
    const counted = async () => {
      updates += 1;
      await onUpdate();
    };
    const library = libraryOf({ collection, overridesFile, onUpdate: counted, isHere });
    const { sources, news } = collection;
    const bot = startBot(telegram, {
      ...{ state: member.state, member, sources, news, library, pace: AT_ONCE, admins: [String(admin)] },
      ...options,
    });
    ends.push(async () => {
      await bot.stop();
      await member.leave();
      await own.close();
    });
    return bot;
  }

  const added = () =>
    readdirSync(join(collection.folder, "added")).filter((name) => !name.includes(".meta."));
  async function upload(chat: number) {
    const base64 = Buffer.from("سقطت قذائف على حي الحويقة يوم 3 تشرين الأول 2017.").toString("base64");
    await telegram.control("upload", { chat, name: "x.txt", base64 });
    return (await telegram.sent(chat, 1)).at(-1);
  }
  const tap = (chat: number, message: number | undefined, text: string) =>
    telegram.tap(chat, message ?? 0, { text });

  it("is carried out once, by a worker that holds the reports, whichever was told; and undone", async () => {
    const chat = newChat();
    await Promise.all([start(chat, { isHere: false }), start(chat), start(chat)]);
    const draft = await upload(chat);
    await tap(chat, draft?.message_id, "أضف إلى المجموعة");
    await changing(telegram, { chat, message: draft, words: "أُضيف، ويمكن السؤال عنه الآن." });
    expect(added()).toHaveLength(1);
    expect(updates).toBe(1);
    await tap(chat, draft?.message_id, "تراجع عن هذا");
    await changing(telegram, { chat, message: draft, words: "عادت المجموعة كما كانت" });
    expect(added()).toEqual([]);
    expect(updates).toBe(2);
  });

  it("where no worker holds the reports changes nothing, and is said", async () => {
    const chat = newChat();
    let isLate = false;
    let ahead = 0;
    const now = () => {
      if (isLate) ahead += 5_000;
      return Date.now() + ahead;
    };
    const bot = await start(chat, { isHere: false, now });
    const draft = await upload(chat);
    await tap(chat, draft?.message_id, "أضف إلى المجموعة");
    await changing(telegram, { chat, message: draft, words: "أُضيف الآن إلى المجموعة" });
    isLate = true;
    const refused = await changing(telegram, { chat, message: draft, words: "ليست كل ملفات المجموعة" });
    expect(labels(refused)).toContain("أضف إلى المجموعة");
    expect(added()).toEqual([]);
    expect(bot.log.filter((line) => line.startsWith("no_folder"))).toHaveLength(1);
    // A worker that has the folder now takes what was refused.
    await start(chat);
    await tap(chat, draft?.message_id, "أضف إلى المجموعة");
    await changing(telegram, { chat, message: draft, words: "أُضيف، ويمكن السؤال عنه الآن." });
    await tap(chat, draft?.message_id, "تراجع عن هذا");
    await changing(telegram, { chat, message: draft, words: "عادت المجموعة كما كانت" });
  });

  it("what failed after it was written is not said to have changed nothing by one that lacks the folder", async () => {
    const chat = newChat();
    const onUpdate = () => Promise.reject(new Error("locked"));
    await start(chat, { onUpdate });
    const draft = await upload(chat);
    await tap(chat, draft?.message_id, "أضف إلى المجموعة");
    await changing(telegram, { chat, message: draft, words: "سأحاول عند التشغيل التالي" });
    const before = updates;
    // Long after.
    let ahead = 0;
    const now = () => {
      ahead += 5_000;
      return Date.now() + ahead;
    };
    const other = await start(chat, { isHere: false, now });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(ahead).toBeGreaterThan(60_000);
    expect(other.log.filter((line) => line.startsWith("no_folder"))).toEqual([]);
    expect(updates).toBe(before);
    for (const end of ends.splice(0)) await end();
    await start(chat);
    await changing(telegram, { chat, message: draft, words: "أُضيف، ويمكن السؤال عنه الآن." });
    await tap(chat, draft?.message_id, "تراجع عن هذا");
    await changing(telegram, { chat, message: draft, words: "عادت المجموعة كما كانت" });
  });

  it("what is confirmed while another is carried out waits for the holder, however long", async () => {
    const chat = newChat();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await start(chat, { onUpdate: () => gate });
    const first = await upload(chat);
    const base64 = Buffer.from("سقطت قذائف على حي الجورة يوم 4 تشرين الأول 2017.").toString("base64");
    await telegram.control("upload", { chat, name: "y.txt", base64 });
    const second = (await telegram.sent(chat, 2)).at(-1);
    const before = updates;
    await tap(chat, first?.message_id, "أضف إلى المجموعة");
    await expect.poll(() => updates).toBe(before + 1);
    let ahead = 0;
    const now = () => {
      ahead += 5_000;
      return Date.now() + ahead;
    };
    const other = await start(chat, { isHere: false, now });
    await tap(chat, second?.message_id, "أضف إلى المجموعة");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(ahead).toBeGreaterThan(60_000);
    open();
    for (const message of [first, second])
      await changing(telegram, { chat, message, words: "أُضيف، ويمكن السؤال عنه الآن." });
    expect(other.log.filter((line) => line.startsWith("no_folder"))).toEqual([]);
  });
});
