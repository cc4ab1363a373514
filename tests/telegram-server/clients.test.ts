/** The server is kept honest by clients that are not ours: each makes its visit unchanged. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChatMessage, type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { PHOTO, pythonVisitor, VISITORS } from "./visitors.ts";

let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
  await telegram.control("settings", { inline: true });
});
afterAll(async () => {
  expect(await telegram.control("defects")).toEqual([]);
  const refused = (await telegram.calls()).filter(({ ok }) => !ok);
  expect(refused).toEqual([]);
  await telegram.stop();
});

const python = pythonVisitor();
if ("reason" in python) console.warn(`left out: ${python.reason}`);
const visitors = [...VISITORS, ...("reason" in python ? [] : [python])];

describe.each(visitors.map((visitor, index) => ({ ...visitor, chat: 1 + index })))(
  "a bot of $name",
  ({ start, chat }) => {
    it("makes its visit: message, button, toast, edit, document, photo, inline query", async () => {
      const stop = await start(telegram);
      const { message_id } = await telegram.say(chat, "/start");
      const [welcome] = await telegram.sent(chat, 1);
      expect(welcome?.entities).toEqual([{ offset: 0, length: 5, type: "bold" }]);
      const toast = await telegram.tap(chat, welcome?.message_id ?? 0, { text: "زر" });
      expect(toast).toEqual({ text: "نعم", alert: false });
      const [edited, document, photo] = await telegram.sent(chat, 3);
      expect(edited?.text).toBe("بعد الضغط");
      expect(edited?.reply_markup).toBeUndefined();
      expect(document?.caption).toBe("ملف");
      expect((await telegram.file(document?.document?.file_id ?? "")).toString("utf8")).toBe("نص");
      expect([photo?.caption, photo?.photo?.[0]?.width, photo?.photo?.[0]?.height]).toEqual(["صورة", 1, 1]);
      expect(await telegram.file(photo?.photo?.[0]?.file_id ?? "")).toEqual(PHOTO);
      await telegram.control("edit", { chat, message_id, text: "سؤال" });
      expect((await telegram.sent(chat, 4)).at(-1)?.text).toBe("صُحّح: سؤال");
      const { query_id } = await telegram.control<{ query_id: string }>("inline", {
        user: chat,
        query: "سؤال",
      });
      const answer = await telegram.control<{ results: { id: string }[] }>("query", { query_id });
      expect(answer.results.map(({ id }) => id)).toEqual(["1"]);
      const card = { user: chat, query_id, result_id: "1", chat };
      const sent = await telegram.control<ChatMessage>("choose", card);
      expect(sent.text).toBe("خبر");
      await stop();
      expect(await telegram.control("pending")).toBeLessThanOrEqual(1);
    });
  },
);
