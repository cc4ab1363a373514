/** What the fake Bot API does and refuses, in Telegram's words. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { call, outcome, takeUpdates } from "./raw.ts";

let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(async () => {
  // Nothing that it answered or delivered breaks the published description of the Bot API.
  expect(await telegram.control("defects")).toEqual([]);
  await telegram.stop();
});

const button = (fields: Record<string, unknown>) => ({
  reply_markup: { inline_keyboard: [[{ text: "زر", ...fields }]] },
});

describe("a message", () => {
  it.each([
    ["4,096 UTF-16 units pass", { text: "ا".repeat(4_096) }, "ok"],
    ["one more does not", { text: "ا".repeat(4_097) }, "400 Bad Request: message is too long"],
    [
      "a pair of surrogates counts as two",
      { text: "🕊".repeat(2_049) },
      "400 Bad Request: message is too long",
    ],
    [
      "nor do 32 KiB before parsing",
      { text: "<b></b>".repeat(4_700), parse_mode: "HTML" },
      "400 Bad Request: text is too long",
    ],
    ["nor nothing", { text: " \n" }, "400 Bad Request: message text is empty"],
    ["64 bytes behind a button pass", { text: "ن", ...button({ callback_data: "x".repeat(64) }) }, "ok"],
    [
      "65 do not",
      { text: "ن", ...button({ callback_data: "x".repeat(65) }) },
      "400 Bad Request: BUTTON_DATA_INVALID",
    ],
    [
      "nor a script",
      { text: "ن", ...button({ url: "javascript:x" }) },
      "400 Bad Request: BUTTON_URL_INVALID",
    ],
    [
      "a copied text has 256 units at most",
      { text: "ن", ...button({ copy_text: { text: "x".repeat(257) } }) },
      "400 Bad Request: BUTTON_COPY_TEXT_INVALID",
    ],
    [
      "a button does one thing",
      { text: "ن", ...button({ url: "https://news.example", callback_data: "x" }) },
      "400 Bad Request: exactly one optional field must be used in an inline button",
    ],
    [
      "entities stay inside the text",
      { text: "نص", entities: [{ type: "bold", offset: 1, length: 5 }] },
      "400 Bad Request: entity bounds are outside of the text",
    ],
    [
      "a reply needs its message",
      { text: "ن", reply_parameters: { message_id: 999 } },
      "400 Bad Request: message to be replied not found",
    ],
    [
      "unless it may go without",
      { text: "ن", reply_parameters: { message_id: 999, allow_sending_without_reply: true } },
      "ok",
    ],
    [
      "a quoted reply quotes letter for letter",
      { text: "ن", reply_parameters: { message_id: 1, quote: "مرحبًا" } },
      "400 Bad Request: QUOTE_TEXT_INVALID",
    ],
  ])("%s", async (_, values, expected) => {
    await telegram.say(10, "مرحباً");
    expect(await outcome(telegram, "sendMessage", { chat_id: 10, ...values })).toBe(expected);
  });

  it("is refused for an ill-typed or unknown parameter", async () => {
    expect(await outcome(telegram, "sendMessage", { chat_id: 10, text: 7 })).toMatch(/^400 .*text/);
    expect(await outcome(telegram, "sendMessage", { chat_id: 10 })).toMatch(/^400 .*text.* is missing/);
    expect(await outcome(telegram, "sendMessage", { chat_id: 10, text: "ن", colour: 1 })).toMatch(
      /unknown parameter colour/,
    );
    expect(await outcome(telegram, "sendNothing", {})).toBe("404 Not Found");
    const broken = await fetch(`${telegram.url}/bot${telegram.token}/getMe`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(broken.status).toBe(400);
  });

  it("is shown with what Telegram finds in it by itself", async () => {
    const { result } = await call(telegram, "sendMessage", {
      chat_id: 10,
      text: "<b>خبر</b> /help",
      parse_mode: "HTML",
    });
    expect((result as { entities: unknown }).entities).toEqual([
      { type: "bold", offset: 0, length: 3 },
      { type: "bot_command", offset: 4, length: 5 },
    ]);
  });

  it("can be changed, which takes the keyboard away, copied, forwarded and deleted", async () => {
    await telegram.say(11, "مرحباً");
    await call(telegram, "sendMessage", { chat_id: 11, text: "ن", ...button({ callback_data: "x" }) });
    const message = { chat_id: 11, message_id: 2 };
    expect(await outcome(telegram, "editMessageText", { ...message, text: "ن" })).toBe("ok");
    expect(await outcome(telegram, "editMessageText", { ...message, text: "ن" })).toMatch(
      /^400 Bad Request: message is not modified/,
    );
    expect(await outcome(telegram, "editMessageReplyMarkup", message)).toMatch(/message is not modified/);
    expect(await outcome(telegram, "editMessageCaption", { ...message, caption: "ن" })).toBe(
      "400 Bad Request: there is no caption in the message to edit",
    );
    expect(await outcome(telegram, "editMessageText", { chat_id: 11, message_id: 1, text: "ن" })).toBe(
      "400 Bad Request: message can't be edited",
    );
    expect((await call(telegram, "copyMessage", { ...message, from_chat_id: 11 })).result).toEqual({
      message_id: 3,
    });
    const forwarded = await call(telegram, "forwardMessage", { ...message, from_chat_id: 11 });
    expect(forwarded.result).toMatchObject({ text: "ن", forward_origin: { type: "user" } });
    expect(await outcome(telegram, "deleteMessages", { chat_id: 11, message_ids: [2, 77] })).toBe("ok");
    expect(await outcome(telegram, "deleteMessage", message)).toBe(
      "400 Bad Request: message to delete not found",
    );
  });
});

describe("a file", () => {
  async function upload(bytes: Uint8Array<ArrayBuffer>, fields: Record<string, string> = {}) {
    const form = new FormData();
    form.set("chat_id", "12");
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("document", new Blob([bytes]), "source.txt");
    const response = await fetch(`${telegram.url}/bot${telegram.token}/sendDocument`, {
      method: "POST",
      body: form,
    });
    return (await response.json()) as {
      ok: boolean;
      result: { document: { file_id: string } };
      description: string;
    };
  }

  it("comes back byte for byte, again by its id, even when it holds what parts the form", async () => {
    await telegram.say(12, "مرحباً");
    const bytes = Uint8Array.from(Buffer.from("نص\r\n--x\r\n\u0000ملف"));
    const { result } = await upload(bytes, { reply_parameters: '{"message_id":1}', caption: "ملف" });
    expect(Uint8Array.from(await telegram.file(result.document.file_id))).toEqual(bytes);
    const again = { chat_id: 12, document: result.document.file_id };
    expect(await outcome(telegram, "sendDocument", again)).toBe("ok");
    expect(await outcome(telegram, "sendDocument", { chat_id: 12, document: "unknown" })).toMatch(
      /wrong file identifier/,
    );
    const { result: file } = await call(telegram, "getFile", { file_id: result.document.file_id });
    expect(file).toMatchObject({ file_size: bytes.length });
  });

  it("is refused when it is empty, its caption too long, or more than Telegram takes", async () => {
    await telegram.say(12, "مرحباً");
    const one = Uint8Array.of(1);
    expect((await upload(new Uint8Array())).description).toMatch(/file must be non-empty/);
    expect((await upload(one, { caption: "ا".repeat(1_025) })).description).toMatch(/caption is too long/);
    expect((await upload(new Uint8Array(51 * 1024 * 1024))).description).toMatch(/file is too big/);
    expect((await upload(new Uint8Array(53 * 1024 * 1024))).description).toBe("Request Entity Too Large");
  });
});

describe("a photo", () => {
  /** The head of a PNG of this size, and nothing of its pixels. */
  function png(width: number, height: number, length = 40): Buffer {
    const bytes = Buffer.alloc(length);
    Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1").copy(bytes);
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  }

  async function send(photo: Uint8Array): Promise<string> {
    const form = new FormData();
    form.set("chat_id", "14");
    form.set("photo", new Blob([Uint8Array.from(photo)]), "map.png");
    const response = await fetch(`${telegram.url}/bot${telegram.token}/sendPhoto`, {
      method: "POST",
      body: form,
    });
    const { ok, description } = (await response.json()) as { ok: boolean; description?: string };
    return ok ? "ok" : (description ?? "");
  }

  it("has sides that Telegram takes, is no larger than 10 MB, and is a picture", async () => {
    await telegram.say(14, "مرحباً");
    expect(await send(png(720, 9_280))).toBe("ok");
    for (const wrong of [png(720, 9_281), png(400, 8_001), png(8_001, 400)])
      expect(await send(wrong)).toBe("Bad Request: PHOTO_INVALID_DIMENSIONS");
    expect(await send(Buffer.from("نص"))).toBe("Bad Request: IMAGE_PROCESS_FAILED");
    const large = 10 * 1024 * 1024;
    expect(await send(png(10, 10, large))).toBe("ok");
    expect(await send(png(10, 10, large + 1))).toBe(
      `Bad Request: file of size ${large + 1} bytes is too big for a photo; the maximum size is ${large} bytes`,
    );
  });

  it("is not sent by the id of a document", async () => {
    const [document] = (await telegram.botMessages(12)).flatMap((message) => message.document ?? []);
    expect(await outcome(telegram, "sendPhoto", { chat_id: 12, photo: document?.file_id ?? "" })).toBe(
      "400 Bad Request: type of file mismatch",
    );
  });
});

describe("a person", () => {
  it("must write first, may block the bot, and may be gone", async () => {
    await telegram.say(-2001, "@isnad_test_bot", { user: 20 });
    expect(await outcome(telegram, "sendMessage", { chat_id: 20, text: "ن" })).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
    expect(await outcome(telegram, "sendMessage", { chat_id: 21, text: "ن" })).toBe(
      "400 Bad Request: chat not found",
    );
    await telegram.say(20, "/start");
    expect(await outcome(telegram, "sendMessage", { chat_id: 20, text: "ن" })).toBe("ok");
    await telegram.control("block", { chat: 20 });
    expect(await outcome(telegram, "sendMessage", { chat_id: 20, text: "ن" })).toBe(
      "403 Forbidden: bot was blocked by the user",
    );
    await telegram.control("unblock", { chat: 20 });
    await telegram.control("deactivate", { chat: 20 });
    expect(await outcome(telegram, "sendMessage", { chat_id: 20, text: "ن" })).toBe(
      "403 Forbidden: user is deactivated",
    );
    const statuses = (await takeUpdates(telegram)).flatMap(({ my_chat_member: change }) =>
      change ? [(change as { new_chat_member: { status: string } }).new_chat_member.status] : [],
    );
    expect(statuses).toEqual(["kicked", "member"]);
  });

  it("edits, and forwards posts with the day on which they were written", async () => {
    await takeUpdates(telegram);
    const { message_id } = await telegram.say(22, "سؤال");
    await telegram.control("edit", { chat: 22, message_id, text: "سؤال آخر" });
    const channel = { id: -1009, title: "قناة", username: "channel_example", message_id: 5 };
    await telegram.control("forward", { chat: 22, text: "خبر", channel });
    await telegram.control("forward", { chat: 22, text: "خبر", hidden: "فلان" });
    const [, edited, post, hidden] = await takeUpdates(telegram);
    expect(edited?.edited_message).toMatchObject({
      message_id,
      text: "سؤال آخر",
      edit_date: expect.anything(),
    });
    expect(post?.message).toMatchObject({
      forward_origin: { type: "channel", date: 1_509_235_200, message_id: 5, chat: { id: -1009 } },
    });
    expect(hidden?.message).toMatchObject({
      forward_origin: { type: "hidden_user", sender_user_name: "فلان" },
    });
  });

  it("taps a button that stands there, and hears one answer in time", async () => {
    await takeUpdates(telegram);
    await telegram.say(23, "/start");
    await call(telegram, "sendMessage", { chat_id: 23, text: "ن", ...button({ callback_data: "x" }) });
    const tap = () => telegram.control<{ query_id: string }>("tap", { chat: 23, message_id: 2, data: "x" });
    await expect(telegram.control("tap", { chat: 23, message_id: 2, data: "y" })).rejects.toThrow(/no such/);
    const { query_id: first } = await tap();
    const answer = { callback_query_id: first };
    expect(await outcome(telegram, "answerCallbackQuery", { ...answer, text: "ا".repeat(201) })).toMatch(
      /MESSAGE_TOO_LONG/,
    );
    expect(await outcome(telegram, "answerCallbackQuery", { ...answer, text: "تم" })).toBe("ok");
    const { query_id: second } = await tap();
    await telegram.control("expire");
    expect(await outcome(telegram, "answerCallbackQuery", { callback_query_id: second })).toBe(
      "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
    );
    await telegram.control("settings", { query_life: 1 });
    const { query_id: third } = await tap();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await outcome(telegram, "answerCallbackQuery", { callback_query_id: third })).toMatch(/too old/);
    await telegram.control("settings", { query_life: 30_000 });
  });
});

describe("the bot's own card", () => {
  it("has commands for each scope and language, and texts for each language", async () => {
    const commands = [{ command: "start", description: "البداية" }];
    expect(await outcome(telegram, "setMyCommands", { commands, language_code: "ar" })).toBe("ok");
    expect((await call(telegram, "getMyCommands", { language_code: "ar" })).result).toEqual(commands);
    expect((await call(telegram, "getMyCommands")).result).toEqual([]);
    await call(telegram, "deleteMyCommands", { language_code: "ar" });
    expect((await call(telegram, "getMyCommands", { language_code: "ar" })).result).toEqual([]);
    const arabic = [{ command: "المصدر", description: "ن" }];
    expect(await outcome(telegram, "setMyCommands", { commands: arabic })).toBe(
      "400 Bad Request: BOT_COMMAND_INVALID",
    );
    expect(await outcome(telegram, "setMyDescription", { description: "ا".repeat(513) })).toMatch(/too long/);
    await call(telegram, "setMyShortDescription", { short_description: "إسناد" });
    expect((await call(telegram, "getMyShortDescription", { language_code: "ar" })).result).toEqual({
      short_description: "إسناد",
    });
  });
});
