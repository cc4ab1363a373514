/** Inline mode of the fake Bot API. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { call, outcome, takeUpdates } from "./raw.ts";

let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
  await telegram.control("settings", { inline: true });
});
afterAll(async () => {
  expect(await telegram.control("defects")).toEqual([]);
  await telegram.stop();
});

const card = (id: string, text = "نص", fields: Record<string, unknown> = {}) => ({
  type: "article",
  id,
  title: "عنوان",
  input_message_content: { message_text: text, parse_mode: "HTML" },
  ...fields,
});
const ask = (user: number, query: string, offset = "") =>
  telegram.control<{ query_id: string; kept: boolean }>("inline", { user, query, offset });
const answer = (query: string, values: Record<string, unknown>) =>
  outcome(telegram, "answerInlineQuery", { inline_query_id: query, results: [], cache_time: 0, ...values });

it("is off until it is turned on", async () => {
  await telegram.control("settings", { inline: false });
  await expect(ask(1, "سؤال")).rejects.toThrow(/inline mode is off/);
  expect((await call(telegram, "getMe")).result).toMatchObject({ supports_inline_queries: false });
  await telegram.control("settings", { inline: true });
});

it("a card that is chosen is sent in the person's name, and the bot sees it where it is", async () => {
  const { query_id } = await ask(1, "سؤال");
  const keyboard = { inline_keyboard: [[{ text: "زر", callback_data: "x" }]] };
  const results = [card("a", "<b>خبر</b>", { reply_markup: keyboard })];
  expect(await answer(query_id, { results })).toBe("ok");
  const chosen = { user: 1, query_id, result_id: "a", chat: -41, feedback: true };
  const { inline_message_id } = await telegram.control<{ inline_message_id: string }>("choose", chosen);
  const [asked, sent, feedback] = await takeUpdates(telegram);
  expect(asked?.inline_query).toMatchObject({ id: query_id, query: "سؤال", offset: "" });
  expect(sent?.message).toMatchObject({ text: "خبر", via_bot: { id: 4242 }, from: { id: 1 } });
  expect(feedback?.chosen_inline_result).toMatchObject({ result_id: "a", inline_message_id });
  await telegram.control("tap_inline", { user: 2, inline_message_id, data: "x" });
  expect((await takeUpdates(telegram))[0]?.callback_query).toMatchObject({ inline_message_id, data: "x" });
  expect(await outcome(telegram, "editMessageText", { inline_message_id, text: "خبر آخر" })).toBe("ok");
  expect(await outcome(telegram, "editMessageText", { inline_message_id: "?", text: "ن" })).toMatch(
    /INVALID/,
  );
});

it.each([
  ["50 cards", { results: Array.from({ length: 50 }, (_, n) => card(`${n}`)) }, "ok"],
  ["51 cards", { results: Array.from({ length: 51 }, (_, n) => card(`${n}`)) }, /RESULTS_TOO_MUCH/],
  ["one id twice", { results: [card("a"), card("a")] }, /RESULT_ID_DUPLICATE/],
  ["an id of 65 bytes", { results: [card("x".repeat(65))] }, /RESULT_ID_INVALID/],
  ["a card without a title", { results: [card("a", "ن", { title: "" })] }, /ARTICLE_TITLE_EMPTY/],
  ["broken markup", { results: [card("a", "<p>")] }, /can't parse entities/],
  ["a text too long", { results: [card("a", "ا".repeat(4_097))] }, /message is too long/],
  ["an offset of 65 bytes", { next_offset: "x".repeat(65) }, /NEXT_OFFSET_INVALID/],
  ["a button that starts the bot", { button: { text: "اسأل", start_parameter: "a_b" } }, "ok"],
  ["a start that is no word", { button: { text: "اسأل", start_parameter: "ا" } }, /START_PARAM_INVALID/],
  ["a button without an aim", { button: { text: "اسأل" } }, /exactly one/],
  ["an ill-typed card", { results: [{ type: "article", id: 1 }] }, /^400/],
])("%s", async (_, values, expected) => {
  const { query_id } = await ask(2, "سؤال");
  const said = await answer(query_id, values);
  if (typeof expected === "string") expect(said).toBe(expected);
  else expect(said).toMatch(expected);
});

it("a query is answered once, and not late", async () => {
  const { query_id } = await ask(3, "سؤال");
  expect(await answer(query_id, {})).toBe("ok");
  expect(await answer(query_id, {})).toMatch(/query is too old/);
  const { query_id: late } = await ask(3, "سؤال");
  await telegram.control("expire");
  expect(await answer(late, {})).toBe(
    "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
  );
});

it("keeps answers for a time: for everybody, or for one person when they are personal", async () => {
  const first = await ask(4, "للجميع");
  await answer(first.query_id, { cache_time: 60 });
  expect((await ask(5, "للجميع")).kept).toBe(true);
  expect((await ask(5, "للجميع", "2")).kept).toBe(false);
  const own = await ask(4, "لي");
  await answer(own.query_id, { cache_time: 60, is_personal: true });
  expect((await ask(4, "لي")).kept).toBe(true);
  expect((await ask(5, "لي")).kept).toBe(false);
});

it("a query has 256 characters at most", async () => {
  await takeUpdates(telegram);
  await ask(6, "ا".repeat(400));
  const [update] = await takeUpdates(telegram);
  expect(update?.inline_query).toMatchObject({ query: "ا".repeat(256) });
});
