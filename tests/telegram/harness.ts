/** What the tests of the bot share: a fake Bot API, bots that run against it, and what a reader sees of a message. */
import { afterAll, afterEach } from "vitest";
import { openMemoryState } from "../../src/state/memory.ts";
import type { State } from "../../src/state/state.ts";
import { runTelegram, type TelegramOptions } from "../../src/telegram/bot.ts";
import type { Pace } from "../../src/telegram/pace.ts";
import type { ExitReason } from "../../src/telegram/polling.ts";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { noteLogged } from "../logged.ts";
import { makeSources, OFFERED, scriptedAnswer } from "./collection.ts";
import { expectReadable } from "./readable.ts";
import { type ChatMessage, type FakeTelegram, startTelegram } from "./server.ts";

export interface RunningBot {
  readonly state: State;
  readonly log: readonly string[];
  readonly ended: Promise<ExitReason>;
  stop(): Promise<ExitReason>;
}

/** A fake Bot API for the tests of one file; when it ends, all that the bot showed is checked. */
export async function useTelegram(): Promise<FakeTelegram> {
  const telegram = await startTelegram();
  afterAll(async () => {
    await expectReadable(telegram);
    await telegram.stop();
  });
  return telegram;
}

/** Starts bots against the fake Bot API; after each test they are stopped. */
export function useBots(telegram: FakeTelegram): (options?: Partial<TelegramOptions>) => RunningBot {
  const running: RunningBot[] = [];
  afterEach(async () => {
    for (const bot of running.splice(0)) await bot.stop();
  });
  return (options) => {
    const bot = startBot(telegram, options);
    running.push(bot);
    return bot;
  };
}

/** For tests of what is sent: when it may leave is tested with a clock of its own (sender.test.ts) and under load. */
export const AT_ONCE: Pace = { turn: async () => undefined, hold: async () => undefined };

let lastChat = 100;
/** The id of a private chat that no other test of the file uses, nor the nine after it. */
export function newChat(): number {
  lastChat += 10;
  return lastChat;
}

/** The text of a message without display controls. */
export const plain = (message: ChatMessage | undefined): string =>
  withoutDisplayControls(message?.text ?? message?.caption ?? "");

/** The labels of the buttons under a message, row by row, from right to left as they are read. */
export const labels = (message: ChatMessage | undefined): string[] =>
  (message?.reply_markup?.inline_keyboard ?? [])
    .flatMap((row) => [...row].reverse())
    .map((button) => withoutDisplayControls(button.text));

/** What stands in bold. */
export const boldText = (message: ChatMessage | undefined): string[] =>
  (message?.entities ?? [])
    .filter((entity) => entity.type === "bold")
    .map(({ offset, length }) =>
      withoutDisplayControls((message?.text ?? "").slice(offset, offset + length)),
    );

/** The bot against the fake Bot API, in this process. */
export function startBot(telegram: FakeTelegram, options: Partial<TelegramOptions> = {}): RunningBot {
  const stop = new AbortController();
  const state = options.state ?? openMemoryState();
  const log: string[] = [];
  const ended = runTelegram({
    token: telegram.token,
    apiRoot: telegram.url,
    answer: scriptedAnswer,
    sources: makeSources(),
    access: { mode: "open" },
    examples: [
      { label: "ماذا حدث في حي السوق القديم؟", question: "ماذا حدث في حي السوق القديم؟" },
      { label: "يوم 28 تشرين الأول", question: OFFERED },
    ],
    now: Date.now,
    log: (event, details) => {
      const line = `${event} ${JSON.stringify(details ?? {})}`;
      noteLogged(line, { ofBot: true });
      log.push(line);
    },
    signal: stop.signal,
    drain: 1_000,
    ...options,
    state,
  });
  return {
    state,
    log,
    ended,
    stop() {
      stop.abort();
      return ended;
    },
  };
}
