/** What conversations are about, in memory only, and not too many questions at once. */
export interface Conversations<Memory> {
  /** Runs the work with what the conversation was about, and keeps what it is about then; null keeps what was. */
  take<Result>(
    conversation: string | null,
    work: (memory: Memory | null) => Promise<{ result: Result; memory: Memory | null }>,
  ): Promise<Result>;
}

/** As long as the bot remembers a chat. */
const LIFE_MS = 24 * 3_600_000;
const MOST_KEPT = 2_000;

export function makeConversations<Memory>(options: {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What comes beyond so many waits. */
  readonly atOnce: number;
}): Conversations<Memory> {
  const kept = new Map<string, { memory: Memory; at: number }>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  function recall(conversation: string): Memory | null {
    const found = kept.get(conversation);
    return found && options.now() - found.at < LIFE_MS ? found.memory : null;
  }

  function remember(conversation: string, memory: Memory): void {
    kept.delete(conversation);
    kept.set(conversation, { memory, at: options.now() });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  }

  return {
    async take(conversation, work) {
      if (busy >= options.atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      else busy += 1;
      try {
        const { result, memory } = await work(conversation === null ? null : recall(conversation));
        if (conversation !== null && memory !== null) remember(conversation, memory);
        return result;
      } finally {
        // The place is handed on; it is free only when nobody waits.
        const next = waiting.shift();
        if (next) next();
        else busy -= 1;
      }
    },
  };
}
