/** Hostile people: whatever they send goes through the real handlers, and nothing of it is unhandled or obeyed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { botNews } from "../../src/commands/bot-news.ts";
import { botSources } from "../../src/commands/bot-sources.ts";
import { answerQuestion, buildCollection, openCollection } from "../../src/pipeline.ts";
import { type Memory, memorySchema } from "../../src/question/scope.ts";
import { openMemoryState } from "../../src/state/memory.ts";
import type { UnderstoodReport } from "../../src/telegram/addition.ts";
import { encodeTap, personKey, reportKey } from "../../src/telegram/callback.ts";
import { makeClock } from "../../src/telegram/clock.ts";
import { makeDeliverer } from "../../src/telegram/delivery.ts";
import { Opened } from "../../src/telegram/group.ts";
import { makeInbox } from "../../src/telegram/inbox.ts";
import { makeInlineDesk } from "../../src/telegram/inline.ts";
import type { Library } from "../../src/telegram/library.ts";
import type { Sender, SendJob } from "../../src/telegram/sender.ts";
import { makeReportFinder } from "../../src/telegram/sources.ts";
import type { Transport } from "../../src/telegram/transport.ts";
import { FakeEmbedder } from "../fakes.ts";
import { fiveReports } from "../five-reports.ts";
import { OWN_INJECTIONS } from "./injections/strings.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";

const INPUTS = FULL ? 12_000 : 300;
const ADMIN = 99;
const ME = { id: 4242, username: "isnad_test_bot" };
const QUESTION = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";

async function openBot() {
  const source = { ...(await fiveReports()), embedder: new FakeEmbedder() };
  const quiet = {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: () => undefined,
    onWarning: () => undefined,
  };
  await buildCollection(source, quiet);
  const collection = await openCollection(source);
  const state = openMemoryState();
  const sources = botSources(collection);
  const failures: string[] = [];
  const carried: string[] = [];
  const sent: SendJob[] = [];
  const calls: { method: string; payload: Readonly<Record<string, unknown>> }[] = [];
  let message = 1_000;
  const transport: Transport = {
    async call(method, payload) {
      calls.push({ method, payload });
      return { kind: "ok", result: true };
    },
    dispatch: async () => undefined,
  };
  const sender: Sender = {
    async send(job) {
      await job.before?.();
      sent.push(job);
      message += 1;
      return { kind: "ok", result: { message_id: message, document: { file_id: "f" } } };
    },
  };
  const stop = new AbortController();
  const log = (event: string, details?: Record<string, unknown>): void => {
    if (event === "failed") failures.push(JSON.stringify(details));
  };
  const now = Date.now;
  const work = { clock: makeClock(now), log, signal: stop.signal, transport, state };
  const deliverer = makeDeliverer({ ...work, sender, source: (report) => sources.source(report) });
  const answer = async ({ chat, text, signal }: { chat: string; text: string; signal: AbortSignal }) => {
    const stored = await state.recall(chat, now());
    const memory: Memory | null = stored === null ? null : memorySchema.parse(JSON.parse(stored));
    const answered = await answerQuestion({ text, today: "2026-11-22", memory, signal }, collection);
    if (answered.memory) await state.remember(chat, JSON.stringify(answered.memory), now());
    return answered.answer;
  };
  const news = botNews(collection, () => "2026-11-22");
  const library = fakeLibrary();
  const handling = {
    alerts: { news, look: async () => undefined },
    adding: {
      library,
      download: async () => Buffer.from("نص"),
      carryOut: (id: string) => void carried.push(id),
    },
    ...{ answer, sources, state, now, me: ME, access: { mode: "open" as const }, examples: [] },
    admins: [String(ADMIN)],
    operator: { name: null, contact: null, model: false },
    groups: true,
    opened: new Opened(),
    finder: makeReportFinder(sources, now),
    log,
  };
  const inbox = makeInbox({ ...work, handling, deliverer, me: ME, concurrency: 32, deadline: 60_000 });
  const desk = makeInlineDesk({
    ...{ ...work, access: handling.access, sources, me: ME, opening: "ما الذي تغطيه التقارير؟" },
    answer: async (request) =>
      (await answerQuestion({ ...request, today: "2026-11-22", memory: null }, collection)).answer,
  });
  const [report = ""] = collection.reportIds;
  return {
    inbox,
    desk,
    state,
    failures,
    carried,
    sent,
    calls,
    stop,
    report,
    close: () => collection.store.close(),
  };
}

/** A collection that would take anything. */
function fakeLibrary(): Library {
  const basis = { confidence: "unknown" as const, words: "" };
  const report: UnderstoodReport = {
    ...{ id: "new", publisher: null, title: null, events: [], places: [] },
    ...{ ownPlaces: [], length: 2, opening: "نص" },
    published: { start: null, end: null, ...basis },
  };
  const row = { section: "places" as const, id: "al-hamidiyah", name: "حي الحميدية", spellings: ["حميدية"] };
  return {
    namesLike: async () => [row],
    nameByKey: async () => row,
    isSpelt: async () => false,
    effectOf: async () => ({ reports: 1, sample: "في الحميدية", also: [] }),
    understand: async () => ({ reports: [report], total: 1, problems: [], unread: 0 }),
    understandReport: async () => report,
    placeOf: () => null,
    former: async () => [],
    write: async () => undefined,
    revert: async () => undefined,
    takeUp: async () => undefined,
    isHere: async () => true,
    holds: async () => false,
  };
}

const anyText = fc.oneof(
  fc.constantFrom(...OWN_INJECTIONS),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.constantFrom(
    QUESTION,
    "كم قُتل في موحسن؟",
    "وفي حي العمال؟",
    "نص المصدر 3",
    "لخّص التقرير 2",
    "من وين هالكلام؟",
  ),
  fc
    .constantFrom("س", "قصف ", "؟", "\u202e", "A", "29/10/2017 ", "الحميدية والميادين ")
    .map((piece) => piece.repeat(4096).slice(0, 4096)),
  fc
    .tuple(fc.nat(40), fc.constantFrom("/", "//", "@isnad_test_bot ", "/source "))
    .map(([n, head]) => head + n),
);
const COMMAND = fc.constantFrom(
  ...[
    "start",
    "help",
    "invite",
    "forget",
    "source",
    "reports",
    "days",
    "places",
    "about",
    "privacy",
    "correct",
    "alerts",
    "new",
  ],
  ...[
    "INVITE",
    "admin",
    "rebuild",
    "ingest",
    "feedback",
    "stop",
    "invite@isnad_test_bot",
    "invite@other_bot",
  ],
);
const commands = fc
  .tuple(COMMAND, fc.oneof(fc.constant(""), fc.base64String({ maxLength: 64 }), anyText))
  .map(([name, rest]) => `/${name} ${rest}`);
const startPayloads = fc
  .tuple(fc.constantFrom("a", "s", "q", "i", "correct", "", "../", "q:", "s0"), fc.string({ maxLength: 64 }))
  .map(([head, rest]) => `/start ${head}${rest}`);

/** Data of buttons, some as the bot writes it, most tampered with. */
const dataFor = (report: string) => {
  const key = reportKey(report);
  const quotation = {
    report: key,
    version: "abcdef",
    passage: "0123456789ab",
    start: 3,
    length: 20,
    quote: "abcdef",
  };
  const known = fc.constantFrom(
    encodeTap({ kind: "quotation", quotation }),
    encodeTap({ kind: "paragraph", quotation, paragraph: 35 }),
    encodeTap({
      kind: "paragraph",
      quotation: { ...quotation, start: 2 ** 30, length: 2 ** 30 },
      paragraph: 60_000_000,
    }),
    encodeTap({ kind: "text", report: key }),
    encodeTap({ kind: "page", report: key, page: 60_466_175 }),
    encodeTap({ kind: "document", report: key }),
    encodeTap({ kind: "about", report: key }),
    encodeTap({ kind: "reports", page: 60_466_175 }),
    encodeTap({ kind: "offer", id: "abcdefghijkl" }),
    encodeTap({ kind: "verdict", answer: "abcdefghijkl", verdict: "good" }),
    encodeTap({ kind: "verdict", answer: "abcdefghijkl", verdict: "wrong_quotation" }),
    encodeTap({ kind: "alert", id: "abcdefghijkl", act: "make" }),
    encodeTap({ kind: "alert", id: "abcdefghijkl", act: "list_end" }),
    encodeTap({ kind: "draft", id: "abcdefghijkl", act: "confirm", n: 0 }),
    encodeTap({ kind: "draft", id: "abcdefghijkl", act: "day", n: 1_295 }),
    encodeTap({ kind: "amend", report: key, withdraws: true }),
  );
  const tampered = fc
    .tuple(known, fc.nat(63), fc.string({ minLength: 1, maxLength: 2 }))
    .map(([data, at, by]) => (data.slice(0, at) + by + data.slice(at + by.length)).slice(0, 64));
  return fc.oneof(
    known,
    tampered,
    fc.string({ maxLength: 64 }),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
};

const people = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8);
const places = fc.oneof(
  people.map((id) => ({ id, type: "private" })),
  fc.constantFrom(
    { id: -100, type: "supergroup" },
    { id: -200, type: "group" },
    { id: -300, type: "channel" },
  ),
);

const files = fc.record({
  file_id: fc.string({ maxLength: 20 }),
  file_name: fc.oneof(fc.constantFrom("../../x.txt", ".env", "x.meta.json", "\u202egpj.exe"), fc.string()),
  file_size: fc.oneof(fc.nat(), fc.constantFrom(-1, 2 ** 40)),
});
const forwards = fc.record({
  type: fc.constantFrom("channel", "user", "hidden_user", "chat"),
  chat: fc.record({
    id: fc.integer(),
    type: fc.constant("channel"),
    title: fc.string(),
    username: fc.string(),
  }),
  message_id: fc.integer(),
  date: fc.oneof(fc.nat(), fc.constantFrom(-1, 8.64e12)),
});

/** Updates in their form, with what should not be in them, and things that are no updates. */
function updates(report: string): fc.Arbitrary<(id: number) => unknown> {
  const written = fc.record({ text: fc.oneof(anyText, commands, startPayloads), chat: places, from: people });
  const message = written.map(({ text, chat, from }) => ({
    ...{ message_id: 5, date: 1, chat, text },
    from: { id: chat.type === "private" ? chat.id : from, is_bot: false, first_name: "x" },
  }));
  const sentFile = fc
    .tuple(message, files, fc.option(forwards), fc.boolean())
    .map(([each, document, forward_origin, isBare]) => ({
      ...(isBare ? { ...each, text: undefined } : { ...each, text: undefined, caption: each.text }),
      ...{ document, ...(forward_origin && { forward_origin }) },
    }));
  const forwarded = fc
    .tuple(message, forwards)
    .map(([each, forward_origin]) => ({ ...each, forward_origin }));
  const tap = fc.tuple(dataFor(report), places, people).map(([data, chat, from]) => ({
    callback_query: { id: "1", from: { id: from }, data, message: { message_id: 7, chat, date: 0 } },
  }));
  const inline = fc.tuple(anyText, people, fc.string({ maxLength: 64 })).map(([query, from, offset]) => ({
    inline_query: { id: "1", from: { id: from }, query: query.slice(0, 256), offset },
  }));
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, [], 0, "", { update_id: null }, { message: {} }),
  );
  const body = fc.oneof(
    { weight: 8, arbitrary: message.map((each) => ({ message: each })) },
    { weight: 1, arbitrary: message.map((each) => ({ edited_message: each })) },
    { weight: 2, arbitrary: sentFile.map((each) => ({ message: each })) },
    { weight: 2, arbitrary: forwarded.map((each) => ({ message: each })) },
    { weight: 8, arbitrary: tap },
    { weight: 1, arbitrary: inline },
    { weight: 1, arbitrary: fc.tuple(message, odd).map(([each, text]) => ({ message: { ...each, text } })) },
    {
      weight: 1,
      arbitrary: message.map((each) => ({ message: { ...each, text: undefined, voice: {}, photo: [] } })),
    },
  );
  return fc.oneof(
    { weight: 12, arbitrary: body.map((each) => (id: number) => ({ update_id: id, ...each })) },
    { weight: 1, arbitrary: odd.map((each) => () => each) },
  );
}

describe("hostile people", () => {
  it(
    "get an answer, a sentence or nothing: nothing is unhandled, nobody becomes an admin",
    async () => {
      const bot = await openBot();
      const unhandled: string[] = [];
      const onUnhandled = (reason: unknown): void => void unhandled.push(String(reason));
      process.on("unhandledRejection", onUnhandled);
      const kinds = { inputs: 0, "to the inbox": 0, "inline queries": 0 };
      let id = 0;
      await fc.assert(
        fc.asyncProperty(updates(bot.report), async (make) => {
          id += 1;
          kinds.inputs += 1;
          const update = make(id);
          if (bot.desk.take(update)) kinds["inline queries"] += 1;
          else {
            kinds["to the inbox"] += 1;
            await bot.inbox.accept(update);
          }
          await bot.inbox.idle();
          const failed = bot.failures.splice(0);
          expect(failed, JSON.stringify(update)?.slice(0, 600)).toEqual([]);
          for (const { method, payload } of bot.sent.splice(0)) {
            const { text = "", caption = "" } = payload as { text?: string; caption?: string };
            expect(method).toMatch(/^(?:sendMessage|editMessageText|deleteMessage|sendDocument)$/);
            expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32_768);
            expect(caption.length).toBeLessThanOrEqual(4_096);
            for (const [, data = ""] of JSON.stringify(payload).matchAll(/"callback_data":"([^"]*)"/g))
              expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
          }
          bot.calls.length = 0;
        }),
        { numRuns: INPUTS, seed: SEED },
      );
      // What only an admin may have: invitations; and nobody was let in or has judged an answer that was never sent.
      expect(await bot.state.isAdmitted(personKey("1"))).toBe(false);
      expect(await bot.state.drafts.list(Date.now())).toEqual([]);
      expect(bot.carried).toEqual([]);
      process.off("unhandledRejection", onUnhandled);
      bot.stop.abort();
      await bot.close();
      tell("fuzz", { ...kinds, unhandled: unhandled.length });
      expect(unhandled).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );

  it("cannot invite, whatever they write; an admin can, by id alone", async () => {
    const bot = await openBot();
    let invitations = 0;
    const save = bot.state.saveInvitation.bind(bot.state);
    bot.state.saveInvitation = async (...given) => {
      invitations += 1;
      return save(...given);
    };
    let id = 0;
    const say = async (from: number, text: string): Promise<void> => {
      id += 1;
      const chat = { id: from, type: "private" };
      const person = { id: from, is_bot: false, first_name: "admin", username: "admin" };
      await bot.inbox.accept({
        update_id: id,
        message: { message_id: id, date: 1, chat, from: person, text },
      });
      await bot.inbox.idle();
    };
    for (const text of [
      "/invite",
      "/INVITE",
      "/invite@isnad_test_bot",
      `/invite ${ADMIN}`,
      "أنا المشرف 99: /invite",
    ])
      await say(7, text);
    expect(invitations).toBe(0);
    await say(ADMIN, "/invite");
    expect(invitations).toBe(1);
    bot.stop.abort();
    await bot.close();
  });

  it("cannot add a report, whatever they send; an admin can, by id alone", async () => {
    const bot = await openBot();
    const document = { file_id: "f", file_name: "x.txt", file_size: 3 };
    const origin = { type: "channel", chat: { id: -1, type: "channel", title: "x" }, message_id: 1, date: 1 };
    let id = 0;
    const send = async (from: number, chatId: number, fields: Record<string, unknown>): Promise<void> => {
      id += 1;
      const chat = { id: chatId, type: chatId > 0 ? "private" : "supergroup" };
      const person = { id: from, is_bot: false, first_name: String(ADMIN), username: "admin" };
      await bot.inbox.accept({
        update_id: id,
        message: { message_id: id, date: 1, chat, from: person, ...fields },
      });
      await bot.inbox.idle();
    };
    const drafts = async (): Promise<number> => (await bot.state.drafts.list(Date.now())).length;
    await send(7, 7, { document });
    await send(7, 7, { document, caption: `/add ${ADMIN}` });
    await send(7, 7, { text: "نص", forward_origin: origin });
    await send(7, 7, { text: "نص", forward_origin: { ...origin, sender_user: { id: ADMIN } } });
    await send(ADMIN, -100, { document, caption: "@isnad_test_bot أضف" });
    expect(await drafts()).toBe(0);
    await send(ADMIN, ADMIN, { document });
    await send(ADMIN, ADMIN, { text: "نص", forward_origin: origin });
    expect(await drafts()).toBe(2);
    expect(bot.failures).toEqual([]);
    bot.stop.abort();
    await bot.close();
  });

  it("who flood are told to wait, and others are answered", async () => {
    const bot = await openBot();
    const flood = Array.from({ length: 60 }, (_, n) => ({
      update_id: n + 1,
      message: {
        message_id: n + 1,
        date: 1,
        chat: { id: 7, type: "private" },
        from: { id: 7 },
        text: `${QUESTION} ${n}`,
      },
    }));
    await Promise.all(flood.map((update) => bot.inbox.accept(update)));
    const other = { id: 8, type: "private" };
    await bot.inbox.accept({
      update_id: 100,
      message: { message_id: 1, date: 1, chat: other, from: { id: 8 }, text: QUESTION },
    });
    await bot.inbox.idle();
    const to = (chat: number) => bot.sent.filter(({ payload }) => payload.chat_id === chat);
    expect(to(8)).toHaveLength(1);
    const waits = to(7).filter(({ payload }) => String(payload.text).includes("لم يكتمل جوابها"));
    expect(waits.length).toBeGreaterThanOrEqual(40);
    expect(bot.failures).toEqual([]);
    bot.stop.abort();
    await bot.close();
  });
});
