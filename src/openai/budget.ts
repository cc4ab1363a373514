/** How many tokens may be spent in a day, by all and by one chat. */

const MS_PER_DAY = 86_400_000;

/** The tokens of the day are spent, or cannot be counted. The message ends in the remedy. */
export class BudgetError extends Error {
  override readonly name = "BudgetError";
}

export interface TokenLimits {
  /** Tokens a day (UTC) of all chats together, and of one chat. */
  readonly perDay: number;
  readonly perChat: number;
}

/** Where the tokens of a day are counted: in this process, or for several at once. */
export interface TokenLedger {
  /** Counts tokens of today, and tells of which day; or counts nothing, and tells whose limit is in the way. */
  take(
    chat: string | null,
    tokens: number,
    limits: TokenLimits,
  ): Promise<{ readonly day: string } | { readonly refused: "all" | "chat" }>;
  /** Adds to what was taken on that day; less than 0 takes back. */
  correct(chat: string | null, tokens: number, day: string): Promise<void>;
}

export interface BudgetOptions extends TokenLimits {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default: kept in memory, where a restart begins anew. */
  readonly ledger?: TokenLedger | undefined;
}

/** Takes tokens back that were reserved and not used, or adds what was used beyond them. Never rejects. */
export type Settle = (used: number) => Promise<void>;

export interface TokenBudget {
  /** Reserves tokens before they are spent, so that questions side by side cannot overspend. Throws BudgetError. */
  reserve(chat: string | null, tokens: number): Promise<Settle>;
}

/** A budget that begins anew with each day. */
export function createBudget({
  perDay,
  perChat,
  now,
  ledger = memoryLedger(now),
}: BudgetOptions): TokenBudget {
  return {
    async reserve(chat, tokens) {
      const taken = await ledger.take(chat, tokens, { perDay, perChat }).catch((cause: unknown) => {
        // What cannot be counted is not spent.
        throw new BudgetError(`The tokens of the day cannot be counted: ${messageOf(cause)}`, { cause });
      });
      if ("refused" in taken)
        throw taken.refused === "all"
          ? new BudgetError(exceeded("all chats", perDay, "OPENAI_DAILY_TOKENS"))
          : new BudgetError(exceeded("one chat", perChat, "OPENAI_DAILY_TOKENS_PER_CHAT"));
      let settled = false;
      return async (used) => {
        if (settled) return;
        settled = true;
        // What stays counted was reserved: too much at most.
        if (used !== tokens) await ledger.correct(chat, used - tokens, taken.day).catch(() => undefined);
      };
    },
  };
}

/** Counts in memory. */
function memoryLedger(now: () => number): TokenLedger {
  let day = "";
  let all = 0;
  let chats = new Map<string, number>();
  const add = (chat: string | null, tokens: number): void => {
    all += tokens;
    if (chat !== null) chats.set(chat, (chats.get(chat) ?? 0) + tokens);
  };
  return {
    async take(chat, tokens, { perDay, perChat }) {
      const today = String(Math.floor(now() / MS_PER_DAY));
      if (today !== day) {
        day = today;
        all = 0;
        chats = new Map();
      }
      if (all + tokens > perDay) return { refused: "all" };
      if (chat !== null && (chats.get(chat) ?? 0) + tokens > perChat) return { refused: "chat" };
      add(chat, tokens);
      return { day };
    },
    async correct(chat, tokens, of) {
      if (of === day) add(chat, tokens);
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function exceeded(whose: string, tokens: number, setting: string): string {
  return `The ${tokens} tokens a day of ${whose} are spent; wait for the next day, or raise ${setting}.`;
}
