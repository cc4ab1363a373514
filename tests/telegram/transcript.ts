/** A chat written down while it goes on, as a person reads it; buttons from right to left. */
import { join } from "node:path";
import type { ExpectStatic } from "vitest";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import type { ChatMessage, FakeTelegram } from "./server.ts";

/** Milliseconds for an answer on a busy machine. */
const PATIENCE = 45_000;
/** What differs from run to run: codes of invitations. */
const CODE = /(?<![A-Za-z0-9_-])i[A-Za-z0-9_-]{16}(?![A-Za-z0-9_-])/g;
/** The day on which a report came is that of the test. */
const CAME = /(دخل المجموعة) .*? \d{4}/g;

export class Transcript {
  readonly #telegram: FakeTelegram;
  readonly #chat: number;
  readonly #lines: string[] = [];
  #sent = 0;

  constructor(telegram: FakeTelegram, chat: number) {
    this.#telegram = telegram;
    this.#chat = chat;
  }

  /** Says something, and takes down so many messages of the bot. */
  async say(
    text: string,
    answers = 1,
    extra: Record<string, unknown> = {},
  ): Promise<ChatMessage | undefined> {
    this.#lines.push(`> ${text}`);
    await this.#telegram.say(this.#chat, text, extra);
    return this.take(answers);
  }

  /** Sends something that is no text; `shown` is how it is written down. */
  async send(shown: string, content: Record<string, unknown>): Promise<ChatMessage | undefined> {
    this.#lines.push(`> (${shown})`);
    await this.#telegram.control("message", { chat: this.#chat, ...content });
    return this.take(1);
  }

  /** Says something, then changes it once it is answered: the answer changes with it. */
  async sayAndEdit(text: string, edited: string): Promise<void> {
    this.#lines.push(`> ${text}`);
    const { message_id } = await this.#telegram.say(this.#chat, text);
    const answer = await this.take(1);
    this.#lines.push(`> (تعديل) ${edited}`);
    await this.#telegram.control("edit", { chat: this.#chat, message_id, text: edited });
    await this.#takeEdit(answer);
  }

  /** Taps a button, and takes down so many messages; 0 when the message with the button changes instead. */
  async tap(message: ChatMessage | undefined, text: string, answers = 1): Promise<ChatMessage | undefined> {
    const toast = await this.#telegram.tap(this.#chat, message?.message_id ?? 0, { text });
    this.#lines.push(`> {${text}}${toast?.text ? `  (${withoutDisplayControls(toast.text)})` : ""}`);
    return answers > 0 ? this.take(answers) : this.#takeEdit(message);
  }

  /** Taps a button that is answered by a word alone. */
  async judge(message: ChatMessage | undefined, text: string): Promise<void> {
    const toast = await this.#telegram.tap(this.#chat, message?.message_id ?? 0, { text });
    this.#lines.push(`> {${text}}  (${withoutDisplayControls(toast?.text ?? "")})`);
  }

  /** Sends a file, and takes down the answer. */
  async upload(name: string, bytes: Uint8Array, answers = 1): Promise<ChatMessage | undefined> {
    this.#lines.push(`> (ملف: ${name})`);
    const base64 = Buffer.from(bytes).toString("base64");
    await this.#telegram.control("upload", { chat: this.#chat, name, base64 });
    return this.take(answers);
  }

  /** Taps a button that begins longer work, and takes down how its message stands when it holds these words. */
  async tapUntil(
    message: ChatMessage | undefined,
    text: string,
    words: string,
  ): Promise<ChatMessage | undefined> {
    await this.#telegram.tap(this.#chat, message?.message_id ?? 0, { text });
    this.#lines.push(`> {${text}}`);
    const end = Date.now() + PATIENCE;
    for (;;) {
      const all = await this.#telegram.botMessages(this.#chat);
      const now = all.find(({ message_id }) => message_id === message?.message_id);
      if (now?.text?.includes(words)) {
        this.#write(now);
        return now;
      }
      if (Date.now() > end) throw new Error(`"${words}" did not come; there stands: ${now?.text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  note(text: string): void {
    this.#lines.push(text);
  }

  /** Takes down so many messages more. */
  async take(answers: number): Promise<ChatMessage | undefined> {
    this.#sent += answers;
    const wait = { chat: this.#chat, count: this.#sent, timeout: PATIENCE };
    const messages = await this.#telegram.control<ChatMessage[]>("wait", wait);
    const own = messages.filter(({ from }) => from.is_bot).slice(-answers);
    for (const message of own) this.#write(message);
    return own.at(-1);
  }

  async #takeEdit(message: ChatMessage | undefined): Promise<ChatMessage> {
    const edited = await this.#telegram.control<ChatMessage>("wait_edit", {
      chat: this.#chat,
      message_id: message?.message_id,
      edits: (message?.edits ?? 0) + 1,
      timeout: PATIENCE,
    });
    this.#write(edited);
    return edited;
  }

  #write(message: ChatMessage): void {
    const rows = message.reply_markup?.inline_keyboard ?? [];
    const file = message.document ? [`[${message.document.file_name}]`] : [];
    const shown = [
      ...file,
      body(message),
      ...rows.map((row) =>
        [...row]
          .reverse()
          .map(({ text }) => `{${text}}`)
          .join(" "),
      ),
    ];
    const text = withoutDisplayControls(shown.join("\n"));
    this.#lines.push(text.replace(CODE, "iXXXX").replace(CAME, "$1 …"));
  }

  async expectToRead(name: string, expect: ExpectStatic): Promise<void> {
    const text = `${this.#lines.join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "transcripts", `${name}.txt`));
  }
}

/** The text with a bar before what is set off as a quotation; a double bar where it opens at a tap. */
function body(message: ChatMessage): string {
  const text = message.text ?? message.caption ?? "";
  let at = 0;
  const lines = text.split("\n").map((line) => {
    const from = at;
    at += line.length + 1;
    const quote = (message.entities ?? []).find(
      ({ type, offset, length }) =>
        /block_?quote/.test(type) && offset < from + Math.max(line.length, 1) && from < offset + length,
    );
    if (!quote) return line;
    return `${quote.type.startsWith("expandable") ? "‖" : "|"} ${line}`;
  });
  return lines.join("\n");
}
