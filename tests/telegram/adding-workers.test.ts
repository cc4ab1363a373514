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
    { isHere = true, ...options }: Partial<TelegramOptions> & { isHere?: boolean } = {},
  ): Promise<RunningBot> {
    const own = await openPostgres({ url: schema.url, connections: 12 });
    const member = await joinWorkers({ database: own, name: "test", onWarning: () => undefined, every: 50 });
    const onUpdate = async () => {
      updates += 1;
    };
    const library = libraryOf({ collection, overridesFile, onUpdate, isHere });
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
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const bot = await start(chat, { isHere: false, now });
    const draft = await upload(chat);
    await tap(chat, draft?.message_id, "أضف إلى المجموعة");
    await changing(telegram, { chat, message: draft, words: "أُضيف الآن إلى المجموعة" });
    ahead = 60_000;
    const refused = await changing(telegram, { chat, message: draft, words: "لا أجد مجلد التقارير" });
    expect(labels(refused)).toContain("أضف إلى المجموعة");
    expect(added()).toEqual([]);
    expect(bot.log.filter((line) => line.startsWith("no_folder"))).toHaveLength(1);
  });
});
