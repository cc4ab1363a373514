import { z } from "zod";
import type { Sources } from "../answer/asked.ts";
import { answerJson } from "../answer/json.ts";
import { answerText } from "../answer/text.ts";
import { answerQuestion } from "../pipeline.ts";
import type { Memory } from "../question/scope.ts";
import { isDay } from "../text/day.ts";
import { joinPositionals, parseArguments } from "./arguments.ts";
import { batchLines, runBatch } from "./batch.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { todayInDamascus } from "./today.ts";

/** Longest question, in UTF-16 units: what one Telegram message holds. */
export const MAX_QUESTION_LENGTH = 4096;

const OPTIONS = {
  json: { type: "boolean", help: "print one JSON object (docs/ask.schema.json)" },
  batch: {
    type: "boolean",
    help: 'read lines {"id","question","chat"?,"today"?} and print one JSON line each',
  },
  ...COLLECTION_OPTIONS,
  today: { type: "string", value: "YYYY-MM-DD", help: "the reader's day in Asia/Damascus (default: now)" },
  mode: { type: "string", value: "MODE", help: "auto, extractive or model (default: auto)" },
  trace: { type: "boolean", help: "print to stderr how the passages were ranked" },
} as const;

const lineSchema = z.object({
  id: z.string().nullish(),
  question: z.string(),
  chat: z.string().optional(),
  today: z.string().refine(isDay, "expected an existing day as YYYY-MM-DD").optional(),
});

function checkDay(day: string | undefined, context: CommandContext): string {
  if (day === undefined) return todayInDamascus(context.now());
  if (!isDay(day)) throw new UsageError(`--today holds "${day}"; it may hold an existing day as YYYY-MM-DD`);
  return day;
}

async function askOne(
  question: string,
  options: {
    json: boolean;
    today: string;
    choice: { data?: string | undefined; index?: string | undefined };
  },
  context: CommandContext,
): Promise<number> {
  const collection = await openCurrentCollection(context, options.choice);
  try {
    const begun = performance.now();
    const { answer } = await answerQuestion(
      { text: question, today: options.today, memory: null, signal: context.signal },
      collection,
    );
    const milliseconds = performance.now() - begun;
    const output = options.json
      ? JSON.stringify(answerJson(answer, { id: null, milliseconds }))
      : answerText(answer);
    context.stdout.write(`${output}\n`);
    return 0;
  } finally {
    await closeCollection(collection);
  }
}

async function closeCollection(collection: Sources): Promise<void> {
  await collection.store.close();
  await collection.embedder.close();
}

async function askBatch(
  today: string,
  choice: { data?: string | undefined; index?: string | undefined },
  context: CommandContext,
): Promise<number> {
  const collection = await openCurrentCollection(context, choice);
  const chats = new Map<string, Memory>();
  try {
    return await runBatch(batchLines(context.stdin), context.stdout, {
      schema: lineSchema,
      tooLong: ({ question }) => question.length > MAX_QUESTION_LENGTH,
      answer: async (line) => {
        const begun = performance.now();
        const memory = line.chat === undefined ? null : (chats.get(line.chat) ?? null);
        const request = { text: line.question, today: line.today ?? today, memory, signal: context.signal };
        const answered = await answerQuestion(request, collection);
        if (line.chat !== undefined && answered.memory) chats.set(line.chat, answered.memory);
        return answerJson(answered.answer, { id: line.id ?? null, milliseconds: performance.now() - begun });
      },
    });
  } finally {
    await closeCollection(collection);
  }
}

export const command: Command = {
  name: "ask",
  summary: "Answers one question, or a batch of them, with citations",
  usage: 'npm run -s ask -- [options] "question"',
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const mode = values.mode ?? "auto";
    if (!["auto", "extractive", "model"].includes(mode)) {
      throw new UsageError(`--mode holds "${mode}"; it may hold auto, extractive or model`);
    }
    const today = checkDay(values.today, context);
    const choice = { data: values.data, index: values.index };
    if (values.batch) {
      if (positionals.length > 0)
        throw new UsageError("--batch reads its questions from standard input, not from arguments");
      return askBatch(today, choice, context);
    }
    if (positionals.length === 0) throw new UsageError("a question is missing");
    return askOne(joinPositionals(positionals), { json: values.json ?? false, today, choice }, context);
  },
};
