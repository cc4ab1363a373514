import { expect } from "vitest";
import { isRightToLeft } from "../text/bidi-oracle.ts";
import type { FakeTelegram } from "./server.ts";

/** What holds for every message of every test: lines run from right to left, and no text becomes a link by itself. */
export async function expectReadable(telegram: FakeTelegram): Promise<void> {
  const shown = await telegram.shown();
  expect(shown.length).toBeGreaterThan(0);
  for (const { text, linked } of shown) {
    for (const line of text.split("\n")) if (line !== "") expect(isRightToLeft(line), line).toBe(true);
    // Our own commands, an invitation, and numbers that Telegram lets one copy.
    const own = /BotCommand|BankCard|MediaTimestamp|PhoneNumber/;
    const links = linked.filter(
      ({ type, text: link }) => !own.test(type) && !link.startsWith("https://t.me/"),
    );
    expect(links, text).toEqual([]);
  }
}
