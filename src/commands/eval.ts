import { readFile, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { CONFIGURATIONS, type Configuration } from "../evaluation/configurations.ts";
import { evaluateSet, type SetReport } from "../evaluation/evaluate.ts";
import { htmlPage } from "../evaluation/page.ts";
import { parseQuestionSet, QuestionSetError, type SetQuestion } from "../evaluation/question-set.ts";
import { jsonReport, textReport } from "../evaluation/render.ts";
import { isDay } from "../text/day.ts";
import { parseArguments } from "./arguments.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { todayInDamascus } from "./today.ts";

const OPTIONS = {
  ...COLLECTION_OPTIONS,
  config: {
    type: "string",
    value: "NAMES",
    help: `configurations, separated by commas (default: ${CONFIGURATIONS.map(({ name }) => name).join(",")})`,
  },
  today: { type: "string", value: "YYYY-MM-DD", help: "the reader's day in Asia/Damascus (default: now)" },
  json: { type: "boolean", help: "print one JSON object" },
  html: { type: "string", value: "FILE", help: "write a page with every question and its citations" },
} as const;

export interface NamedSet {
  readonly name: string;
  readonly questions: readonly SetQuestion[];
}

/** Reads question sets, all before the first question is asked. Throws QuestionSetError, or UsageError without a file. */
export async function readSets(files: readonly string[], context: CommandContext): Promise<NamedSet[]> {
  if (files.length === 0) throw new UsageError("a question set is missing");
  return Promise.all(
    files.map(async (file) => ({
      name: basename(file),
      questions: parseQuestionSet(await readText(resolve(context.cwd, file)), file),
    })),
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QuestionSetError(
      `${file} cannot be read (${reason}); name a question set (docs/evaluation.md)`,
      {
        cause,
      },
    );
  }
}

/** The day given by --today, or today in Damascus. */
export function readerDay(value: string | undefined, context: CommandContext): string {
  if (value === undefined) return todayInDamascus(context.now());
  if (!isDay(value))
    throw new UsageError(`--today holds "${value}"; it may hold an existing day as YYYY-MM-DD`);
  return value;
}

function chosen(names: string | undefined): readonly Configuration[] {
  if (names === undefined) return CONFIGURATIONS;
  return names.split(",").map((name) => {
    const found = CONFIGURATIONS.find((configuration) => configuration.name === name.trim());
    if (found) return found;
    const known = CONFIGURATIONS.map((configuration) => configuration.name).join(", ");
    throw new UsageError(`--config holds "${name}"; it may hold ${known}`);
  });
}

export const command: Command = {
  name: "eval",
  summary: "Scores answers to question sets, beside simpler systems",
  usage: "npm run -s eval -- FILE.jsonl [FILE.jsonl …] [options]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const configurations = chosen(values.config);
    const today = readerDay(values.today, context);
    const sets = await readSets(positionals, context);
    const sources = await openCurrentCollection(context, { data: values.data, index: values.index });
    try {
      const reports: SetReport[] = [];
      for (const set of sets) {
        context.stderr.write(`asking ${set.questions.length} questions of ${set.name}\n`);
        reports.push(
          await evaluateSet(set, configurations, sources, {
            today,
            signal: context.signal,
            now: () => performance.now(),
          }),
        );
      }
      if (values.html !== undefined) {
        const made = todayInDamascus(context.now());
        await writeFile(resolve(context.cwd, values.html), htmlPage(reports, made));
      }
      context.stdout.write(
        values.json
          ? `${JSON.stringify({ sets: reports.map(jsonReport) })}\n`
          : reports.map(textReport).join("\n"),
      );
      return 0;
    } finally {
      await sources.store.close();
      await sources.embedder.close();
    }
  },
};
