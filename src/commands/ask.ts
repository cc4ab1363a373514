import { z } from "zod";
import type { Sources } from "../answer/asked.ts";
import { answerJson } from "../answer/json.ts";
import type { AnswerModel } from "../answer/model.ts";
import { MAX_QUESTION_LENGTH } from "../answer/respond.ts";
import { answerText } from "../answer/text.ts";
import { readConfig } from "../config.ts";
import { answerQuestion } from "../pipeline.ts";
import type { Memory } from "../question/scope.ts";
import { isDay } from "../text/day.ts";
import { joinPositionals, parseArguments } from "./arguments.ts";
import { batchLines, runBatch } from "./batch.ts";
import { COLLECTION_OPTIONS, type CollectionChoice, openCurrentCollection } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { openModel } from "./model.ts";
import { todayInDamascus } from "./today.ts";

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

interface AskOptions {
  readonly today: string;
  readonly choice: CollectionChoice;
  readonly trace: boolean;
  readonly model: AnswerModel | undefined;
}

/** Runs `work` with the collection opened, and closes it whatever happens. */
async function withCollection<T>(
  { choice, trace, model }: AskOptions,
  context: CommandContext,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const sources = await openCurrentCollection(context, choice);
  try {
    const tracing = trace ? (line: string) => context.stderr.write(`${line}\n`) : undefined;
    return await work({ ...sources, model, trace: tracing });
  } finally {
    await sources.store.close();
    await sources.embedder.close();
  }
}

function askOne(
  question: string,
  options: AskOptions & { json: boolean },
  context: CommandContext,
): Promise<number> {
  return withCollection(options, context, async (sources) => {
    const begun = performance.now();
    const request = { text: question, today: options.today, memory: null, signal: context.signal };
    const { answer } = await answerQuestion(request, sources);
    const milliseconds = performance.now() - begun;
    const output = options.json
      ? JSON.stringify(answerJson(answer, { id: null, milliseconds }))
      : answerText(answer);
    context.stdout.write(`${output}\n`);
    return 0;
  });
}

function askBatch(options: AskOptions, context: CommandContext): Promise<number> {
  return withCollection(options, context, (sources) => {
    const chats = new Map<string, Memory>();
    return runBatch(batchLines(context.stdin), context.stdout, {
      schema: lineSchema,
      tooLong: ({ question }) => question.length > MAX_QUESTION_LENGTH,
      answer: async (line) => {
        const begun = performance.now();
        const memory = line.chat === undefined ? null : (chats.get(line.chat) ?? null);
        const request = {
          text: line.question,
          today: line.today ?? options.today,
          memory,
          signal: context.signal,
        };
        const answered = await answerQuestion(request, sources);
        if (line.chat !== undefined && answered.memory) chats.set(line.chat, answered.memory);
        return answerJson(answered.answer, { id: line.id ?? null, milliseconds: performance.now() - begun });
      },
    });
  });
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
    const config = readConfig({ env: context.env, root: context.root });
    if (mode === "model" && config.OPENAI_API_KEY === null)
      context.stderr.write("without OPENAI_API_KEY no model writes: the answer is extractive\n");
    const now = (): number => context.now().getTime();
    const options = {
      today: checkDay(values.today, context),
      choice: { data: values.data, index: values.index },
      trace: values.trace ?? false,
      model: mode === "extractive" ? undefined : openModel(config, { now })(null),
    };
    if (values.batch) {
      if (positionals.length > 0)
        throw new UsageError("--batch reads its questions from standard input, not from arguments");
      return askBatch(options, context);
    }
    if (positionals.length === 0) throw new UsageError("a question is missing");
    return askOne(joinPositionals(positionals), { ...options, json: values.json ?? false }, context);
  },
};
