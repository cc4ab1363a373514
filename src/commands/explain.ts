import { z } from "zod";
import type { Sources } from "../answer/asked.ts";
import { explainJson } from "../question/json.ts";
import { parseQuestion } from "../question/parse.ts";
import { findDates } from "../text/dates/find.ts";
import { isDay } from "../text/day.ts";
import { joinPositionals, parseArguments } from "./arguments.ts";
import { batchLines, runBatch } from "./batch.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, UsageError } from "./command.ts";
import { todayInDamascus } from "./today.ts";

const OPTIONS = {
  json: { type: "boolean", help: "print one JSON object (docs/explain.schema.json)" },
  batch: {
    type: "boolean",
    help: 'read lines {"id","question","today"?,"report_date"?} and print one JSON line each',
  },
  today: { type: "string", value: "YYYY-MM-DD", help: "the reader's day in Asia/Damascus (default: now)" },
  "report-date": {
    type: "string",
    value: "YYYY-MM-DD",
    help: "read the text as a sentence of a report of that day",
  },
  ...COLLECTION_OPTIONS,
} as const;

const day = z.string().refine(isDay, "expected an existing day as YYYY-MM-DD");
const lineSchema = z.object({
  id: z.string().nullish(),
  question: z.string(),
  today: day.optional(),
  report_date: day.optional(),
});

interface Reading {
  readonly text: string;
  readonly today: string;
  readonly reportDate: string | undefined;
}

/** The question as understood; with a report date its dates are read as a report's sentence. */
function explain({ text, today, reportDate }: Reading, collection: Sources) {
  const question = parseQuestion(text, { ...collection, today, publishers: collection.names.publishers });
  const dates =
    reportDate === undefined ? question.dates : findDates(text, { mode: "report", anchor: reportDate });
  return explainJson({ ...question, dates }, collection.gazetteer);
}

function checkedDay(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !isDay(value))
    throw new UsageError(`--${name} holds "${value}"; it may hold an existing day as YYYY-MM-DD`);
  return value;
}

export const command: Command = {
  name: "explain",
  summary: "Shows how a question is understood: kind, days, places, actors",
  usage: 'npm run -s explain -- [options] "question"',
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const today = checkedDay("today", values.today) ?? todayInDamascus(context.now());
    const reportDate = checkedDay("report-date", values["report-date"]);
    if (!values.batch && positionals.length === 0) throw new UsageError("a question is missing");
    const collection = await openCurrentCollection(context, { data: values.data, index: values.index });
    try {
      if (values.batch) {
        return await runBatch(batchLines(context.stdin), context.stdout, {
          schema: lineSchema,
          answer: async (line) => ({
            id: line.id ?? null,
            ...explain(
              { text: line.question, today: line.today ?? today, reportDate: line.report_date ?? reportDate },
              collection,
            ),
          }),
        });
      }
      const explained = explain({ text: joinPositionals(positionals), today, reportDate }, collection);
      context.stdout.write(`${JSON.stringify(explained, null, values.json ? 0 : 2)}\n`);
      return 0;
    } finally {
      await collection.store.close();
      await collection.embedder.close();
    }
  },
};
