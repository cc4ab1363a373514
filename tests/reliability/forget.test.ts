/** /forget, as a person sends it: no byte of the state files, journal included, tells of that person any more. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openState } from "../../src/state/sqlite.ts";
import { personKey } from "../../src/telegram/callback.ts";
import { startBot } from "../telegram/harness.ts";
import { type FakeTelegram, startTelegram } from "../telegram/server.ts";

const folder = mkdtempSync(join(tmpdir(), "isnad-forget-"));
const CHAT = 987_654_321;
const OTHER = 123_450_987;
let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(async () => {
  await telegram.stop();
  rmSync(folder, { recursive: true });
});

it("is complete, while the bot runs on", async () => {
  const state = openState(join(folder, "state.sqlite"));
  const bot = startBot(telegram, { state });
  const question = "ماذا حدث في السوق SECRETQUESTION؟";
  await telegram.say(OTHER, "ماذا حدث في السوق؟");
  await telegram.say(CHAT, question);
  const [answer] = await telegram.sent(CHAT, 1);
  await telegram.tap(CHAT, answer?.message_id ?? 0, { text: "👍" });
  await telegram.sent(OTHER, 1);
  const bytes = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name)).toString("latin1"))
      .join("");
  expect(bytes()).toContain(String(CHAT));
  const before = (await telegram.botMessages(CHAT)).length;
  await telegram.say(CHAT, "/forget");
  await telegram.sent(CHAT, before + 1);
  await expect.poll(async () => (await state.undelivered()).length).toBe(0);
  await expect.poll(() => bytes().includes(String(CHAT)), { timeout: 10_000 }).toBe(false);
  expect(bytes()).not.toContain("SECRETQUESTION");
  expect(bytes()).not.toContain(personKey(String(CHAT)));
  expect(bytes()).toContain(String(OTHER));
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  await bot.stop();
  await state.close();
});
