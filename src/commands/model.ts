import { type AnswerModel, DEFAULT_DEADLINE, type WritingEvent } from "../answer/model.ts";
import type { Config } from "../config.ts";
import { createBudget, type TokenBudget, type TokenLedger } from "../openai/budget.ts";
import { openChat } from "../openai/chat.ts";
import { openEndpoint } from "../openai/client.ts";

/** The model that writes the answers, for one who pays: a chat, or null for nobody's own budget. */
export type OpenModel = (payer: string | null) => AnswerModel | undefined;

export interface ModelOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onWritten?: ((event: WritingEvent) => void) | undefined;
  /** The budget that is shared with others in this process; without it one of its own. */
  readonly budget?: TokenBudget | undefined;
}

/** The tokens that may be spent in a day: in PostgreSQL by all processes together, else by this one. */
export function openBudget(
  { DATABASE_URL: url, OPENAI_DAILY_TOKENS: perDay, OPENAI_DAILY_TOKENS_PER_CHAT: perChat }: Config,
  now: () => number,
): TokenBudget {
  return createBudget({ perDay, perChat, now, ledger: url === null ? undefined : sharedLedger(url) });
}

/** Connects when the first tokens are taken. Its connections keep no process alive. */
function sharedLedger(url: string): TokenLedger {
  let opened: Promise<TokenLedger> | null = null;
  const open = async (): Promise<TokenLedger> => {
    const [{ openPostgres }, { PostgresTokens }] = await Promise.all([
      import("../postgres/database.ts"),
      import("../state/postgres/tokens.ts"),
    ]);
    return new PostgresTokens(await openPostgres({ url, connections: 2, exitOnIdle: true }));
  };
  const ledger = (): Promise<TokenLedger> => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    take: async (...given) => (await ledger()).take(...given),
    correct: async (...given) => (await ledger()).correct(...given),
  };
}

/** The model of the configuration, asked for nothing yet; without OPENAI_API_KEY there is none. Throws EndpointError. */
export function openModel(config: Config, { now, onWritten, budget }: ModelOptions): OpenModel {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = config;
  if (apiKey === null) return () => undefined;
  const endpoint = openEndpoint({ apiKey, baseUrl, timeout: DEFAULT_DEADLINE });
  const chat = openChat({ endpoint, model, budget: budget ?? openBudget(config, now), now });
  return (payer) => ({ chat, payer, deadline: DEFAULT_DEADLINE, now, onWritten });
}
