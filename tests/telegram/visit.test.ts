import { describe, expect, it } from "vitest";
import { NEWS, QUOTE_ENTRY, QUOTE_KILLED } from "./collection.ts";
import { boldText, labels, plain, useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const telegram = await useTelegram();
const start = useBots(telegram);

describe("a reader's visit", () => {
  it("asks, gets a cited answer, opens the source, turns pages, takes the file", async () => {
    start();
    await telegram.say(1, "ماذا حدث في حي السوق القديم؟");
    const [answer] = await telegram.sent(1, 1);
    expect(plain(answer).split("\n")[0]).toBe("حي السوق القديم · الأحد 29 تشرين الأول 2017");
    expect(plain(answer)).toContain(`«${QUOTE_ENTRY}» [1]`);
    expect(plain(answer)).toContain("[1][2] وكالة النهر · الحدث والنشر: الأحد 29 تشرين الأول 2017");
    expect(labels(answer).slice(0, 3)).toEqual(["[1]", "[2]", "اليوم السابق"]);

    expect(await telegram.tap(1, answer?.message_id ?? 0, { text: "[2]" })).toEqual({
      text: null,
      alert: false,
    });
    const [, source] = await telegram.sent(1, 2);
    expect(boldText(source)).toContain(QUOTE_KILLED);
    expect(plain(source)).toContain("وكالة النهر: دخول حي السوق القديم");
    expect(plain(source)).toContain("الفقرة 3 من 4");

    await telegram.tap(1, source?.message_id ?? 0, { text: "التالية ◀" });
    const turned = await telegram.control<ChatMessage>("wait_edit", {
      chat: 1,
      message_id: source?.message_id,
    });
    expect(plain(turned)).toContain("ونزحت 300 عائلة");

    await telegram.tap(1, source?.message_id ?? 0, { text: "النص الكامل" });
    const full = (await telegram.sent(1, 3)).at(-1);
    for (const part of NEWS.body.split("\n\n")) expect(plain(full)).toContain(part);

    await telegram.tap(1, source?.message_id ?? 0, { text: "تنزيل النص كما ورد" });
    const document = (await telegram.sent(1, 4)).at(-1)?.document;
    expect(document?.file_name).toBe("source-000_a1.txt");
    const bytes = await telegram.file(document?.file_id ?? "");
    expect(bytes.toString("utf8")).toBe(`\ufeff${NEWS.body.replaceAll("\n", "\r\n")}`);
  });

  it("follows links: to a quotation in its paragraph, and to what an answer rests on", async () => {
    start();
    await telegram.say(21, "ماذا حدث في حي السوق القديم؟");
    const [answer] = await telegram.sent(21, 1);
    const links = (answer?.entities ?? []).flatMap(({ url }) => (url ? [new URL(url)] : []));
    expect(links.map(({ origin, pathname }) => origin + pathname)).toEqual(
      Array.from({ length: 3 }, () => "https://t.me/isnad_test_bot"),
    );
    const [evidence, first, second] = links.map((url) => url.searchParams.get("start"));

    await telegram.say(22, `/start ${second}`);
    const [quotation] = await telegram.sent(22, 1);
    expect(boldText(quotation)).toContain(QUOTE_KILLED);
    const reference = quotation?.reply_markup?.inline_keyboard.flat().find((button) => button.copy_text);
    expect(reference?.copy_text?.text).toContain(`start=${second}`);

    await telegram.say(22, `/start ${evidence}`);
    const [, whole] = await telegram.sent(22, 2);
    expect(plain(whole)).toContain("الاقتباسات التي تستند إليها الإجابة");
    expect(plain(whole)).toContain(`«${QUOTE_ENTRY}» [1]`);
    expect(labels(whole)).toEqual(["[1]", "[2]"]);
    expect(first).not.toBe(second);

    await telegram.say(22, "/start aAAAAAAAAAAAA");
    expect(plain((await telegram.sent(22, 3)).at(-1))).toContain("لم تعد هذه الإجابة محفوظة");
  });
});
