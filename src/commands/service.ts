import type { Sources } from "../answer/asked.ts";
import type { Service } from "../api/service.ts";
import type { Config } from "../config.ts";
import { answerQuestion } from "../pipeline.ts";
import type { Memory } from "../question/scope.ts";
import { makeConversations } from "../web/conversations.ts";
import type { CommandContext } from "./command.ts";
import { answeredExamples } from "./examples.ts";
import type { Log } from "./log.ts";
import { openModel } from "./model.ts";
import { type Operations, observed } from "./operations.ts";
import { todayInDamascus } from "./today.ts";

export interface ServiceContext {
  readonly context: Pick<CommandContext, "now">;
  readonly operations: Pick<Operations, "metrics" | "budget">;
  readonly log: Log;
  /** When a report came, changed or went. */
  readonly history?: Service["history"] | undefined;
}

/** Questions that are worked on at once; what comes beyond them waits. */
const AT_ONCE = 8;

/** Questions answered as everywhere; a conversation is remembered in this process only. */
export function makeService(
  config: Config,
  sources: Sources,
  { context, operations, log, history }: ServiceContext,
): Service {
  const now = (): number => context.now().getTime();
  const model = openModel(config, {
    now,
    budget: operations.budget,
    onWritten: (event) => {
      log.info(event, "written");
      operations.metrics?.model(event);
    },
  });
  let examples: ReturnType<typeof answeredExamples> | null = null;
  const conversations = makeConversations<Memory>({ now, atOnce: AT_ONCE });
  return {
    sources,
    ...(history === undefined ? {} : { history }),
    examples() {
      examples ??= answeredExamples(sources, todayInDamascus(context.now()));
      return examples;
    },
    ask({ channel, conversation, text, signal }) {
      return conversations.take(conversation, async (memory) => {
        const request = { text, today: todayInDamascus(context.now()), memory, signal };
        const answered = await observed(operations, { channel, now, log }, () =>
          answerQuestion(request, { ...sources, model: model(conversation) }),
        );
        return { result: answered.answer, memory: answered.memory };
      });
    },
  };
}
