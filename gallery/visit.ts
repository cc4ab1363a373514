/** A visit to the bot without Telegram: what a person sends goes through the bot's own handlers, nothing is sent. */
import type { Call, Keyboard } from "../src/telegram/call.ts";
import { type Handling, handle } from "../src/telegram/handle.ts";
import type { Inbound } from "../src/telegram/update.ts";

/** One bubble of a chat. `html` is what the bot gives Telegram, or null for a person's own plain `text`. */
export interface Bubble {
  readonly text: string;
  readonly html: string | null;
  readonly keyboard: Keyboard;
  /** A photo above the text, as a data: address. */
  readonly photo?: string;
}

const CHAT = "1";

/** What a person says, with the bubbles that answer it. */
export class Visit {
  readonly bubbles: Bubble[] = [];
  readonly #handling: Handling;
  #update = 0;

  constructor(handling: Handling) {
    this.#handling = handling;
  }

  async say(text: string): Promise<void> {
    this.bubbles.push({ text, html: null, keyboard: [] });
    await this.#receive({ kind: "text", origin: this.#origin(), text, edited: false });
  }

  /** Taps the first button whose label holds these words. */
  async tap(label: string): Promise<void> {
    const buttons = this.bubbles.flatMap(({ keyboard }) => keyboard.flat());
    const button = buttons.findLast(({ text }) => text.includes(label));
    if (button === undefined || !("callback_data" in button)) throw new Error(`no button "${label}" to tap`);
    const data = button.callback_data;
    await this.#receive({ kind: "tap", origin: this.#origin(), query: "1", data, owner: null });
  }

  #origin() {
    this.#update += 1;
    return { chat: CHAT, group: false, thread: null, user: CHAT, message: this.#update };
  }

  async #receive(inbound: Inbound): Promise<void> {
    const { signal } = new AbortController();
    const job = { updateId: this.#update, inbound, signal, acknowledge: () => undefined };
    for (const call of await handle(job, this.#handling))
      this.bubbles.push(await bubbleOf(call, this.#handling));
  }
}

async function bubbleOf(call: Call, { sources }: Handling): Promise<Bubble> {
  if (call.kind === "timeline" && call.form !== "csv" && sources.timelines) {
    const png = Buffer.from(await sources.timelines.make(call.about, call.form)).toString("base64");
    return { text: call.plain, html: call.html, keyboard: [], photo: `data:image/png;base64,${png}` };
  }
  if (call.kind !== "message") throw new Error(`the gallery shows messages only, not a ${call.kind}`);
  return { text: call.plain, html: call.html, keyboard: call.keyboard };
}
