import { type AnswerModel, DEFAULT_DEADLINE, type WritingEvent } from "../answer/model.ts";
import type { Config } from "../config.ts";
import { createBudget } from "../openai/budget.ts";
import { openChat } from "../openai/chat.ts";
import { openEndpoint } from "../openai/client.ts";

/** The model that writes the answers, for one who pays: a chat, or null for nobody's own budget. */
export type OpenModel = (payer: string | null) => AnswerModel | undefined;

export interface ModelOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onWritten?: ((event: WritingEvent) => void) | undefined;
}

/** The model of the configuration, asked for nothing yet; without OPENAI_API_KEY there is none. Throws EndpointError. */
export function openModel(config: Config, { now, onWritten }: ModelOptions): OpenModel {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = config;
  if (apiKey === null) return () => undefined;
  const budget = createBudget({
    perDay: config.OPENAI_DAILY_TOKENS,
    perChat: config.OPENAI_DAILY_TOKENS_PER_CHAT,
    now,
  });
  const endpoint = openEndpoint({ apiKey, baseUrl, timeout: DEFAULT_DEADLINE });
  const chat = openChat({ endpoint, model, budget, now });
  return (payer) => ({ chat, payer, deadline: DEFAULT_DEADLINE, now, onWritten });
}
