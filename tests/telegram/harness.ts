import { openMemoryState } from "../../src/state/memory.ts";
import type { State } from "../../src/state/state.ts";
import { runTelegram, type TelegramOptions } from "../../src/telegram/bot.ts";
import type { ExitReason } from "../../src/telegram/polling.ts";
import { makeSources, OFFERED, scriptedAnswer } from "./collection.ts";
import type { FakeTelegram } from "./server.ts";

export interface RunningBot {
  readonly state: State;
  readonly log: readonly string[];
  readonly ended: Promise<ExitReason>;
  stop(): Promise<ExitReason>;
}

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
    log: (event, details) => log.push(`${event} ${JSON.stringify(details ?? {})}`),
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
