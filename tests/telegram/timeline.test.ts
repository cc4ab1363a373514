/** /timeline over the five reports: pages with citations, pictures and a table as they arrive. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { botSources } from "../../src/commands/bot-sources.ts";
import { openMemoryState } from "../../src/state/memory.ts";
import type { State } from "../../src/state/state.ts";
import { callSchema } from "../../src/telegram/call.ts";
import { decodeTap, encodeTap, placeKey, TIMELINE_FORMS } from "../../src/telegram/callback.ts";
import type { Sources as BotSources } from "../../src/telegram/sources.ts";
import { addDays } from "../../src/text/day.ts";
import { openFiveReports, ROOT } from "../five-reports.ts";
import { labels, newChat, plain, useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const telegram = await useTelegram();
const start = useBots(telegram);
let collection: Sources;
let sources: BotSources;
beforeAll(async () => {
  collection = await openFiveReports();
  sources = botSources(collection, { root: ROOT, today: () => "2026-01-15" });
});
afterAll(async () => {
  await collection.store.close();
  await collection.embedder.close();
});

const last = async (chat: number, count: number): Promise<ChatMessage | undefined> =>
  (await telegram.sent(chat, count)).at(-1);

describe("/timeline", () => {
  it("gives events by day with citations, page by page, and opens a quotation", async () => {
    start({ sources });
    const chat = newChat();
    await telegram.say(chat, "/timeline");
    const first = await last(chat, 1);
    const text = plain(first);
    expect(text).toContain("الأحداث من الأقدم إلى الأحدث");
    expect(text).toContain("السبت 14 كانون الثاني 2017\n");
    expect(text).toContain("14–31 كانون الثاني 2017 (مستنتج)");
    expect(text).toMatch(/الصفحة 1 من \d+/);
    expect(labels(first)).toEqual([
      ...["[1]", "[2]", "[3]", "[4]", "[5]"],
      ...["التالية ◀", "صورة الأيام", "خريطة الأماكن", "جدول CSV"],
    ]);
    await telegram.tap(chat, first?.message_id ?? 0, { text: "التالية ◀" });
    const turned = await telegram.control<ChatMessage>("wait_edit", { chat, message_id: first?.message_id });
    expect(plain(turned)).toContain("[6]");
    expect(plain(turned)).toContain("الصفحة 2 من");
    await telegram.tap(chat, first?.message_id ?? 0, { text: "[6]" });
    expect(plain(await last(chat, 2))).toMatch(/الفقرة \d+ من \d+/);
  });

  it("keeps to the days and the place that are named, and says so of words that name none", async () => {
    start({ sources });
    const chat = newChat();
    await telegram.say(chat, "/timeline حي الحميدية 29 تشرين الأول 2017");
    const text = plain(await last(chat, 1));
    expect(text.split("\n")[0]).toBe(
      "الأحداث من الأقدم إلى الأحدث: حي الحميدية، مدينة دير الزور · 29 تشرين الأول 2017",
    );
    expect(text).not.toContain("أيار");
    await telegram.say(chat, "/timeline كلام آخر");
    expect(plain(await last(chat, 2))).toContain("لم أجد");
    await telegram.say(chat, "/timeline عام 1999");
    expect(plain(await last(chat, 3))).toContain("غياب الخبر لا يعني أن شيئاً لم يحدث");
  });

  it("sends the chart and the map as photos and the table as a file, the second time by their ids", async () => {
    start({ sources });
    const chat = newChat();
    await telegram.say(chat, "/timeline");
    const message = (await last(chat, 1))?.message_id ?? 0;
    for (const [index, label] of ["صورة الأيام", "خريطة الأماكن"].entries()) {
      await telegram.tap(chat, message, { text: label });
      const sent = await last(chat, 2 + index);
      expect(sent?.photo?.[0]?.width).toBe(720);
      expect(plain(sent)).toContain("غياب الخبر");
    }
    await telegram.tap(chat, message, { text: "جدول CSV" });
    const document = (await last(chat, 4))?.document;
    expect(document?.file_name).toBe("timeline.csv");
    const csv = await telegram.file(document?.file_id ?? "");
    expect(parse(csv, { bom: true }).length).toBeGreaterThan(40);
    await telegram.tap(chat, message, { text: "صورة الأيام" });
    const again = await last(chat, 5);
    const [photo] = (await telegram.sent(chat, 2)).flatMap((each) => each.photo ?? []);
    expect(again?.photo?.[0]?.file_id).toBe(photo?.file_id);
  });

  it("says in words what a picture that cannot be made would show; where that fails too, that there is none", async () => {
    const { timelines } = sources;
    const fails = () => Promise.reject(new Error("no font"));
    const { log, stop } = start({
      sources: { ...sources, timelines: timelines && { ...timelines, make: fails } },
    });
    const chat = newChat();
    await telegram.say(chat, "/timeline");
    const message = (await last(chat, 1))?.message_id ?? 0;
    await telegram.tap(chat, message, { text: "صورة الأيام" });
    const days = plain(await last(chat, 2));
    expect(days).toContain("تعذّر رسم الصورة، وهذا ما كانت ستُظهره:");
    expect(days).toMatch(/^29 تشرين الأول 2017: \d+ مقاطع$/m);
    await telegram.tap(chat, message, { text: "خريطة الأماكن" });
    expect(plain(await last(chat, 3))).toMatch(/^أماكن الأحداث:\n.*: \d+ مقطعاً$/m);
    await telegram.tap(chat, message, { text: "جدول CSV" });
    expect(plain(await last(chat, 4))).toContain("تعذّر إعداد الصورة أو الملف");
    expect(log.join("\n")).toContain("timeline not made");
    await stop();
    start({ sources: { ...sources, timelines: timelines && { ...timelines, make: fails, inWords: fails } } });
    await telegram.tap(chat, message, { text: "صورة الأيام" });
    expect(plain(await last(chat, 5))).toContain("تعذّر إعداد الصورة أو الملف");
  });

  it("says how to shorten a list of many pages, and of how many events a table holds the first", async () => {
    const { timelines } = sources;
    const many = timelines && {
      ...timelines,
      tableHolds: 40,
      read: async (...asked: Parameters<typeof timelines.read>) => ({
        ...(await timelines.read(...asked)),
        events: 60_204,
      }),
    };
    start({ sources: { ...sources, timelines: many } });
    const chat = newChat();
    await telegram.say(chat, "/timeline");
    const first = await last(chat, 1);
    expect(plain(first)).toContain(
      "الصفحة 1 من 12041\nالقائمة طويلة. لتقصيرها اكتب بعد /timeline شهراً أو مكاناً.",
    );
    await telegram.tap(chat, first?.message_id ?? 0, { text: "جدول CSV" });
    expect(plain(await last(chat, 2))).toContain("في الجدول أول 40 حدث من أصل 60204، بدءاً من الأقدم");
  });

  it("makes after a restart what was planned before it, and repeats nothing whose fate is unknown", async () => {
    const chat = newChat();
    await telegram.say(chat, "مرحباً", { silent: true });
    const state: State = openMemoryState();
    const call = callSchema.parse({
      kind: "timeline",
      to: { chat: String(chat), thread: null, replyTo: null },
      form: "chart",
      about: { start: null, end: null, place: null },
      html: "<b>صورة</b>",
      plain: "صورة",
    });
    const draft = { chat: String(chat), question: null, payload: JSON.stringify(call) };
    await state.accept({ id: 900_001, chat: String(chat), payload: "{}", receivedAt: Date.now() });
    const map = { ...draft, payload: JSON.stringify({ ...call, form: "map" }) };
    const [cutOff] = await state.answered(900_001, [draft, map], Date.now());
    await state.sending(cutOff?.id ?? 0);
    start({ sources, state });
    const sent = await telegram.sent(chat, 3);
    expect(sent.filter(({ photo }) => photo).length).toBe(1);
    expect(sent.map(plain).some((text) => text.includes("انقطع الاتصال"))).toBe(true);
  });
});

describe("the button of a timeline", () => {
  it("carries days, place and page in the bytes that Telegram keeps, with room for a group's mark", () => {
    const day = fc.option(fc.integer({ min: 0, max: 90_000 }).map((n) => addDays("1900-01-01", n)));
    const about = fc.record({ start: day, end: day, place: fc.option(fc.string().map(placeKey)) });
    fc.assert(
      fc.property(
        about,
        fc.nat({ max: 60_000_000 }),
        fc.constantFrom(...TIMELINE_FORMS),
        (limits, page, form) => {
          for (const tap of [
            { kind: "timeline", about: limits, page },
            { kind: "timeline_file", about: limits, form },
          ] as const) {
            expect(decodeTap(encodeTap(tap))).toEqual(tap);
            expect(Buffer.byteLength(encodeTap(tap))).toBeLessThanOrEqual(59);
          }
        },
      ),
    );
    for (const data of ["z:0:2017-02-30::", "z:0::", "x:9:::", "z:0:::short"])
      expect(decodeTap(data)).toBeNull();
  });
});
