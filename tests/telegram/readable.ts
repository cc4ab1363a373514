import { expect } from "vitest";
import { isRightToLeft } from "../text/bidi-oracle.ts";
import type { FakeTelegram, RecordedCall } from "./server.ts";

/** Refusals that the bot foresees and takes care of; those of a fault that a test asked for are left out as well. */
const FORESEEN =
  /not modified|message to edit not found|wrong file identifier|blocked by the user|query is too old|TOPIC_CLOSED|not enough rights|upgraded to a supergroup|bot was kicked|^Unauthorized/;

/**
 * What holds for everything that a test makes the bot show (texts, captions, buttons, words after a tap, names of
 * commands): Telegram took it, which means that its parser read it and that it fits every limit; every line runs from
 * right to left; no text becomes a link by itself.
 */
export async function expectReadable(telegram: FakeTelegram): Promise<void> {
  const [shown, calls] = [await telegram.shown(), await telegram.calls()];
  expect(shown.length).toBeGreaterThan(0);
  for (const { text, linked } of shown) {
    expectRightToLeft(text);
    // Our own commands, an invitation, and numbers that Telegram lets one copy.
    const own = /BotCommand|BankCard|MediaTimestamp|PhoneNumber/;
    const links = linked.filter(
      ({ type, text: link }) =>
        !own.test(type) && !link.startsWith("https://t.me/") && link !== "@isnad_test_bot",
    );
    expect(links, text).toEqual([]);
  }
  for (const text of calls.flatMap(beside)) expectRightToLeft(text);
  const refused = calls.filter(
    ({ ok, fault, description }) => !ok && fault === undefined && !FORESEEN.test(description ?? ""),
  );
  expect(refused).toEqual([]);
}

function expectRightToLeft(text: string): void {
  for (const line of text.split("\n")) if (line !== "") expect(isRightToLeft(line), line).toBe(true);
}

/** What a call shows beside the text of a message. Numbers and signs alone have no direction. */
function beside({ values }: RecordedCall): string[] {
  const commands = Array.isArray(values.commands) ? values.commands : [];
  const cards = Array.isArray(values.results) ? values.results.map(asRecord) : [];
  const texts = [
    ...cards.flatMap((card) => [card.title, card.description]),
    ...cards.flatMap((card) => buttons(card.reply_markup)),
    asRecord(values.button).text,
    ...buttons(values.reply_markup),
    ...commands.map((command) => asRecord(command).description),
    values.callback_query_id === undefined ? undefined : values.text,
  ];
  return texts.filter((text): text is string => typeof text === "string" && /\p{L}/u.test(text));
}

function buttons(markup: unknown): unknown[] {
  const rows = asRecord(parsed(markup)).inline_keyboard;
  return Array.isArray(rows) ? rows.flat().map((button) => asRecord(button).text) : [];
}

function parsed(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
