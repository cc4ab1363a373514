/** The server is kept honest by a client that is not ours: what it hears when it asks for too much. */
import { Bot, GrammyError, InlineKeyboard, InputFile } from "grammy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";

let telegram: FakeTelegram;

beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(() => telegram.stop());

function makeBot(): Bot {
  return new Bot(telegram.token, { client: { apiRoot: telegram.url } });
}

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (reason) => reason,
  );
  return error instanceof GrammyError ? `${error.error_code} ${error.description}` : `no refusal: ${error}`;
}

describe("a grammY client", () => {
  it("hears Telegram's refusals", async () => {
    const { api } = makeBot();
    await telegram.say(2, "مرحباً");
    const { message_id } = await api.sendMessage(2, "نص");
    expect(await refusal(api.sendMessage(2, "<script>", { parse_mode: "HTML" }))).toMatch(
      /^400 Bad Request: can't parse entities/,
    );
    expect(await refusal(api.sendMessage(2, "ا".repeat(4_097)))).toBe("400 Bad Request: message is too long");
    expect(
      await refusal(
        api.sendMessage(2, `${"&amp;".repeat(4_000)}${"ا".repeat(8_000)}`, { parse_mode: "HTML" }),
      ),
    ).toMatch(/too long/);
    expect(await refusal(api.sendMessage(2, " "))).toBe("400 Bad Request: message text is empty");
    expect(await refusal(api.sendMessage(3, "نص"))).toBe("400 Bad Request: chat not found");
    expect(await refusal(api.editMessageText(2, message_id, "نص"))).toMatch(
      /^400 Bad Request: message is not modified/,
    );
    const keyboard = new InlineKeyboard().text("زر", "ب".repeat(33));
    expect(await refusal(api.sendMessage(2, "نص", { reply_markup: keyboard }))).toBe(
      "400 Bad Request: BUTTON_DATA_INVALID",
    );
    expect(await refusal(api.answerCallbackQuery("1"))).toMatch(/^400 Bad Request: query is too old/);
    expect(await refusal(api.sendMessage(2, "نص", { unheard_of: 1 } as never))).toMatch(/unknown parameter/);
    expect(
      await refusal(api.sendDocument(2, new InputFile(Buffer.from("x")), { caption: "ا".repeat(1_025) })),
    ).toBe("400 Bad Request: message caption is too long");
    await telegram.control("block", { chat: 2 });
    expect(await refusal(api.sendMessage(2, "نص"))).toBe("403 Forbidden: bot was blocked by the user");
    expect(await refusal(new Bot("1:x", { client: { apiRoot: telegram.url } }).api.getMe())).toBe(
      "401 Unauthorized",
    );
  });

  it("gets updates again until it confirms them, and only one may poll", async () => {
    const { api } = makeBot();
    const own = await startTelegram();
    const other = new Bot(own.token, { client: { apiRoot: own.url } });
    for (const text of ["أ", "ب", "ج"]) await own.say(5, text);
    const first = await other.api.getUpdates();
    expect(await other.api.getUpdates()).toEqual(first);
    expect(await other.api.getUpdates({ offset: (first[0]?.update_id ?? 0) + 1 })).toEqual(first.slice(1));
    expect((await other.api.getUpdates({ offset: -1 })).map(({ message }) => message?.text)).toEqual(["ج"]);
    const last = first.at(-1)?.update_id ?? 0;
    const waiting = refusal(other.api.getUpdates({ offset: last + 1, timeout: 20 }));
    const second = other.api.getUpdates({ offset: last + 1, timeout: 20 });
    expect(await waiting).toMatch(/^409 Conflict: terminated by other getUpdates request/);
    await own.say(5, "د");
    expect((await second).map(({ message }) => message?.text)).toEqual(["د"]);
    await api.getMe();
    await own.stop();
  });

  it("is told how long to wait", async () => {
    const { api } = makeBot();
    await telegram.fault({ method: "getMe", kind: "429", retry_after: 7 });
    const error = await api.getMe().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } });
  });
});

describe("without TDLib and without the description of the Bot API", () => {
  it("the server reads the same markup and refuses the same mistakes", async () => {
    const plain = await startTelegram({ plain: true });
    await telegram.say(6, "مرحباً");
    await plain.say(6, "مرحباً");
    const texts = [
      "<b>حي</b> &lt;السوق&gt; &amp; &quot;النهر&quot;",
      "<blockquote expandable><b>نص</b> طويل</blockquote>",
      '<a href="https://news.example/?a=1&amp;b=2">رابط</a>',
      "<script>x</script>",
      "<b>غير مغلق",
      "a < b",
      "</b>",
    ];
    for (const text of texts) {
      const send = async ({ url, token }: FakeTelegram) =>
        new Bot(token, { client: { apiRoot: url } }).api
          .sendMessage(6, text, { parse_mode: "HTML" })
          .then((sent) => sent.text)
          .catch((error: unknown) => (error instanceof GrammyError ? error.error_code : "no answer"));
      expect(await send(plain), text).toBe(await send(telegram));
    }
    const { api } = new Bot(plain.token, { client: { apiRoot: plain.url } });
    expect(await refusal(api.sendMessage(6, "نص", { unheard_of: 1 } as never))).toMatch(/unknown parameter/);
    await plain.stop();
  });
});
