import { basename, resolve } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { FULL } from "../evaluation/configurations.ts";
import { valuesOf } from "../evaluation/evaluate.ts";
import { plainScores } from "../evaluation/render.ts";
import { type RobustnessReport, robustness } from "../evaluation/robustness.ts";
import { robustnessTable } from "../evaluation/robustness-table.ts";
import { type Tally, tallyOf } from "../evaluation/scores.ts";
import { parseQuestion } from "../question/parse.ts";
import { meanQuality, type RankingQuality, rankingQuality } from "../retrieval/metrics.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import { parseArguments } from "./arguments.ts";
import { paragraphOf, withCollection } from "./bench-retrieval.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { type NamedSet, readerDay, readSets } from "./eval.ts";
import { readSquad } from "./squad.ts";

const OPTIONS = {
  ...COLLECTION_OPTIONS,
  today: { type: "string", value: "YYYY-MM-DD", help: "the reader's day in Asia/Damascus (default: now)" },
  json: { type: "boolean", help: "print one JSON object" },
} as const;

/** Passages of a ranking that are looked at: enough for ten paragraphs. */
const DEPTH = 200;

interface Run {
  readonly today: string;
  readonly context: CommandContext;
  readonly sources: Sources;
}

const ANSWER_MEASURES = ["evidenceRecall", "firstRight", "refusalF1", "overRefusal"] as const;
type AnswerMeasure = (typeof ANSWER_MEASURES)[number];

function answerValues(tallies: readonly Tally[]): Record<AnswerMeasure, number | null> {
  const { evidenceRecall, firstRight, refusalF1, overRefusal } = valuesOf(tallies);
  return { evidenceRecall, firstRight, refusalF1, overRefusal };
}

/** The answers of the whole system to a question set. */
function answersUnderNoise(set: NamedSet, { today, context, sources }: Run) {
  return robustness({
    set: set.name,
    questions: set.questions,
    textOf: ({ question }) => question,
    ask: async (question, text) => {
      context.signal.throwIfAborted();
      return tallyOf(question, await FULL.reply({ text, today, signal: context.signal }, sources));
    },
    measure: answerValues,
    onNoise: (name) => void context.stderr.write(`${set.name}: ${name}\n`),
  });
}

/** The ranking of bench:retrieval for a set in SQuAD's format, in a collection of its paragraphs. */
async function rankingUnderNoise(file: string, today: string, context: CommandContext) {
  const squad = await readSquad(resolve(context.cwd, file));
  return withCollection(squad, context, (sources) =>
    robustness({
      set: basename(file),
      questions: squad.questions,
      textOf: ({ text }) => text,
      ask: async ({ relevant }, text): Promise<RankingQuality> => {
        context.signal.throwIfAborted();
        const asked = parseQuestion(text, { ...sources, today, publishers: sources.names.publishers });
        const { searchText } = asked;
        const ranked = await rankPassages({ text: asked.text, searchText, limit: DEPTH }, sources);
        const paragraphs = new Set(ranked.map(({ passage }) => paragraphOf(passage.reportId)));
        return rankingQuality([...paragraphs], relevant);
      },
      measure: (qualities) => {
        const { ndcg10, r1 } = meanQuality(qualities);
        return { ndcg10, r1 };
      },
      onNoise: (name) => void context.stderr.write(`${basename(file)}: ${name}\n`),
    }),
  );
}

async function answersOf(
  files: readonly string[],
  choice: { data: string | undefined; index: string | undefined; today: string },
  context: CommandContext,
): Promise<RobustnessReport<AnswerMeasure>[]> {
  const sets = await readSets(files, context);
  const sources = await openCurrentCollection(context, choice);
  try {
    const reports: RobustnessReport<AnswerMeasure>[] = [];
    for (const set of sets)
      reports.push(await answersUnderNoise(set, { today: choice.today, context, sources }));
    return reports;
  } finally {
    await sources.store.close();
    await sources.embedder.close();
  }
}

const plain = (report: RobustnessReport<string>) => ({
  ...report,
  scores: plainScores(report.scores),
  noises: report.noises.map((row) => ({ ...row, differences: plainScores(row.differences) })),
});

export const command: Command = {
  name: "eval-robust",
  summary: "Repeats a question set under spelling noise and shows what it costs",
  usage:
    "npm run -s eval:robust -- FILE [FILE …] [options]   (.jsonl: answers; .json: rankings of a SQuAD set)",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const today = readerDay(values.today, context);
    if (positionals.length === 0) throw new UsageError("a question set is missing");
    const squads = positionals.filter((file) => file.endsWith(".json"));
    const files = positionals.filter((file) => !file.endsWith(".json"));
    const reports: RobustnessReport<string>[] = [];
    if (files.length > 0) {
      reports.push(...(await answersOf(files, { data: values.data, index: values.index, today }, context)));
    }
    for (const file of squads) reports.push(await rankingUnderNoise(file, today, context));
    context.stdout.write(
      values.json
        ? `${JSON.stringify({ sets: reports.map(plain) })}\n`
        : reports.map(robustnessTable).join("\n"),
    );
    return 0;
  },
};
