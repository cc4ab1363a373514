/** Whole visits as they read, kept beside the tests: tests/telegram/transcripts/*.txt. Renew with vitest -u. */
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { useBots, useTelegram } from "./harness.ts";
import type { ChatMessage } from "./server.ts";

const telegram = await useTelegram();
const start = useBots(telegram);
beforeEach(() => {
  start();
});

/** A chat written down while it goes on. */
class Transcript {
  readonly #chat: number;
  readonly #lines: string[] = [];
  #sent = 0;

  constructor(chat: number) {
    this.#chat = chat;
  }

  /** Says something, and takes down so many messages of the bot. */
  async say(
    text: string,
    answers: number,
    extra: Record<string, unknown> = {},
  ): Promise<ChatMessage | undefined> {
    this.#lines.push(`> ${text}`);
    await telegram.say(this.#chat, text, extra);
    return this.#take(answers);
  }

  /** Taps a button, and takes down so many messages; 0 when the message with the button changes instead. */
  async tap(
    message: ChatMessage | undefined,
    text: string,
    answers: number,
  ): Promise<ChatMessage | undefined> {
    const id = message?.message_id ?? 0;
    const edits = message?.edits ?? 0;
    const toast = await telegram.tap(this.#chat, id, { text });
    this.#lines.push(`> {${text}}${toast?.text ? `  (${toast.text})` : ""}`);
    if (answers > 0) return this.#take(answers);
    const edited = await telegram.control<ChatMessage>("wait_edit", {
      chat: this.#chat,
      message_id: id,
      edits: edits + 1,
    });
    this.#write(edited);
    return edited;
  }

  note(text: string): void {
    this.#lines.push(text);
  }

  async #take(answers: number): Promise<ChatMessage | undefined> {
    this.#sent += answers;
    const messages = (await telegram.sent(this.#chat, this.#sent)).slice(-answers);
    for (const message of messages) this.#write(message);
    return messages.at(-1);
  }

  #write(message: ChatMessage): void {
    const rows = message.reply_markup?.inline_keyboard ?? [];
    const file = message.document ? [`[${message.document.file_name}]`] : [];
    const shown = [
      ...file,
      message.text ?? message.caption ?? "",
      ...rows.map((row) => row.map(({ text }) => `{${text}}`).join(" ")),
    ];
    this.#lines.push(withoutDisplayControls(shown.join("\n")));
  }

  async expectToRead(name: string): Promise<void> {
    const text = `${this.#lines.join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "transcripts", `${name}.txt`));
  }
}

it("a first-time user", async () => {
  const visit = new Transcript(1);
  const welcome = await visit.say("/start", 1);
  await visit.tap(welcome, "ماذا حدث في حي السوق القديم؟", 1);
  await visit.say("مساعدة", 1);
  await visit.say("من فاز بكأس العالم؟", 1);
  await visit.say("الخصوصية", 1);
  await visit.expectToRead("first-time-user");
});

it("a researcher", async () => {
  const visit = new Transcript(2);
  const answer = await visit.say("ماذا حدث في حي السوق القديم؟", 1);
  const source = await visit.tap(answer, "[2]", 1);
  const turned = await visit.tap(source, "التالية ◀", 0);
  await visit.tap(turned, "النص الكامل", 1);
  await visit.tap(turned, "تنزيل النص كما ورد", 1);
  await visit.say("التقارير", 1);
  const whole = await visit.say("/source 2", 1);
  await visit.tap(whole, "عن المصدر", 1);
  await visit.expectToRead("researcher");
});

it("a group", async () => {
  const visit = new Transcript(-1001);
  const answer = await visit.say("@isnad_test_bot ماذا حدث عند الجسر؟", 1, { user: 71 });
  await telegram.say(-1001, "كلام بين الأعضاء", { user: 72 });
  visit.note("> كلام بين الأعضاء");
  visit.note("(لا جواب)");
  await visit.tap(answer, "[1]", 1);
  await visit.expectToRead("group");
});
