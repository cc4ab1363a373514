/** Where a report came from and where else its text stands, as a reader of the bot sees it. */
import { expect, it } from "vitest";
import { makeReport, makeSources, NEWS, REPORTS } from "./collection.ts";
import { labels, newChat, plain, useBots, useTelegram } from "./harness.ts";

const telegram = await useTelegram();
const start = useBots(telegram);

/** NEWS again, by eight others. */
const COPIES = Array.from({ length: 8 }, (_, at) =>
  makeReport(`1${at}_copy`, NEWS.body.split("\n\n"), { publisher: `صحيفة ${at + 1}` }),
);
const sources = {
  ...makeSources([...REPORTS, ...COPIES]),
  copies: async (id: string) => (id === NEWS.id ? COPIES : []),
  history: async (id: string) =>
    id === NEWS.id
      ? [
          { at: "2026-01-02T22:30:00.000Z", event: "received" as const, sha256: "ab".repeat(32) },
          { at: "2026-02-03T10:00:00.000Z", event: "changed" as const, sha256: "cd".repeat(32) },
        ]
      : [],
};
const copyButtons = (all: readonly string[]): string[] => all.filter((label) => label.startsWith("النص في:"));

it("the view of a source names the other places of its text, with a button for each that opens it", async () => {
  const chat = newChat();
  start({ sources });
  await telegram.say(chat, "/source 1");
  const source = (await telegram.sent(chat, 1)).at(-1);
  await telegram.tap(chat, source?.message_id ?? 0, { text: "عن المصدر" });
  const about = (await telegram.sent(chat, 2)).at(-1);
  const text = plain(about);
  expect(text).toContain("الخبر نفسه نُشر أيضاً في:\n• صحيفة 1 · نُشر الأحد 29 تشرين الأول 2017");
  expect(text).toContain("• صحيفة 6");
  expect(text).not.toContain("صحيفة 7");
  expect(text).toContain("ومواضع أخرى عددها 2.");
  expect(copyButtons(labels(about))).toEqual([1, 2, 3, 4, 5, 6].map((n) => `النص في: صحيفة ${n}`));
  await telegram.tap(chat, about?.message_id ?? 0, { text: "النص في: صحيفة 2" });
  expect(plain((await telegram.sent(chat, 3)).at(-1))).toContain("صحيفة 2");
});

it("and tells when the report came and when it changed, from the collection's history", async () => {
  const chat = newChat();
  start({ sources });
  await telegram.say(chat, "/source 1");
  const source = (await telegram.sent(chat, 1)).at(-1);
  await telegram.tap(chat, source?.message_id ?? 0, { text: "عن المصدر" });
  const text = plain((await telegram.sent(chat, 2)).at(-1));
  expect(text).toContain("دخل المجموعة 3 كانون الثاني 2026 (abababababab…)");
  expect(text).toContain("تغيّر ملفه 3 شباط 2026 (cdcdcdcdcdcd…)");
});

it("the view of a quotation names them too; a text that stands in one place names none", async () => {
  const chat = newChat();
  start({ sources });
  await telegram.say(chat, "ماذا حدث في حي السوق القديم؟");
  const answer = (await telegram.sent(chat, 1)).at(-1);
  await telegram.tap(chat, answer?.message_id ?? 0, { text: "[1]" });
  const quotation = (await telegram.sent(chat, 2)).at(-1);
  expect(plain(quotation)).toContain("الخبر نفسه نُشر أيضاً في:");
  expect(copyButtons(labels(quotation))).toHaveLength(6);
  await telegram.say(chat, "/source 2");
  const other = (await telegram.sent(chat, 3)).at(-1);
  await telegram.tap(chat, other?.message_id ?? 0, { text: "عن المصدر" });
  const about = (await telegram.sent(chat, 4)).at(-1);
  expect(plain(about)).not.toContain("الخبر نفسه نُشر أيضاً في:");
  expect(copyButtons(labels(about))).toEqual([]);
});
