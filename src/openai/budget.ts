/** How many tokens may be spent in a day, by all and by one chat. Kept in memory: a restart begins anew. */

const MS_PER_DAY = 86_400_000;

/** The tokens of the day are spent. The message names the limit and the remedy. */
export class BudgetError extends Error {
  override readonly name = "BudgetError";
}

export interface BudgetOptions {
  /** Tokens a day (UTC) of all chats together, and of one chat. */
  readonly perDay: number;
  readonly perChat: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Takes tokens back that were reserved and not used, or adds what was used beyond them. */
export type Settle = (used: number) => void;

export interface TokenBudget {
  /** Reserves tokens before they are spent, so that questions side by side cannot overspend. Throws BudgetError. */
  reserve(chat: string | null, tokens: number): Settle;
}

/** A budget that begins anew with each day. */
export function createBudget({ perDay, perChat, now }: BudgetOptions): TokenBudget {
  let day = Number.NaN;
  let all = 0;
  let chats = new Map<string, number>();
  const add = (chat: string | null, tokens: number): void => {
    all += tokens;
    if (chat !== null) chats.set(chat, (chats.get(chat) ?? 0) + tokens);
  };
  return {
    reserve(chat, tokens) {
      const today = Math.floor(now() / MS_PER_DAY);
      if (today !== day) {
        day = today;
        all = 0;
        chats = new Map();
      }
      if (all + tokens > perDay) throw new BudgetError(exceeded("all chats", perDay, "OPENAI_DAILY_TOKENS"));
      const own = chat === null ? 0 : (chats.get(chat) ?? 0);
      if (chat !== null && own + tokens > perChat)
        throw new BudgetError(exceeded("one chat", perChat, "OPENAI_DAILY_TOKENS_PER_CHAT"));
      add(chat, tokens);
      let settled = false;
      return (used) => {
        if (!settled && day === today) add(chat, used - tokens);
        settled = true;
      };
    },
  };
}

function exceeded(whose: string, tokens: number, setting: string): string {
  return `The ${tokens} tokens a day of ${whose} are spent; wait for the next day, or raise ${setting}.`;
}
