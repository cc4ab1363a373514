import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { chooseQuotes } from "../answer/clause.ts";
import { openCollection } from "../pipeline.ts";
import { parseQuestion } from "../question/parse.ts";
import { mean, meanQuality, type RankingQuality, rankingQuality } from "../retrieval/metrics.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import type { Scored } from "../store/store.ts";
import { searchKey } from "../text/normalize.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { buildWithProgress, collectionSource } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { readSquad, type SquadQuestion, type SquadSet } from "./squad.ts";
import { todayInDamascus } from "./today.ts";

const OPTIONS = {
  set: { type: "string", value: "FILE.json", help: "questions with paragraphs, in SQuAD's format" },
  json: { type: "boolean", help: "print one JSON object" },
} as const;

/** Passages of a ranking that are looked at: enough for ten paragraphs. */
const DEPTH = 200;
const QUOTES = 3;

interface BenchReport {
  readonly set: string;
  readonly paragraphs: number;
  readonly questions: number;
  readonly full: RankingQuality & {
    readonly quote1: number;
    readonly quote3: number;
    readonly quote1_chars: number;
  };
  readonly arms: { readonly dense: RankingQuality; readonly lexical: RankingQuality };
}

/** What one question gave. */
interface Outcome {
  readonly full: RankingQuality;
  readonly dense: RankingQuality;
  readonly lexical: RankingQuality;
  readonly quote1: number;
  readonly quote3: number;
  readonly characters: number;
}

/** Id of the report that a paragraph becomes. */
const reportId = (paragraph: number): string => `p${String(paragraph).padStart(6, "0")}`;
/** The paragraph that became a report. */
export const paragraphOf = (id: string): number => Number(id.slice(1));

/** Each paragraph becomes a report of its own, in a folder that is removed when the work is done. */
export async function withCollection<T>(
  set: SquadSet,
  context: CommandContext,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "isnad-bench-"));
  try {
    const data = join(folder, "data");
    await mkdir(data);
    const lines = set.paragraphs.map((body, paragraph) => JSON.stringify({ id: reportId(paragraph), body }));
    await writeFile(join(data, "paragraphs.jsonl"), `${lines.join("\n")}\n`);
    const source = await collectionSource(context, { data, index: join(folder, "index") });
    try {
      await buildWithProgress(source, context, null);
      const sources = await openCollection(source);
      return await work(sources).finally(() => sources.store.close());
    } finally {
      await source.embedder.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(question: SquadQuestion, today: string, sources: Sources): Promise<Outcome> {
  const { store, embedder } = sources;
  const asked = parseQuestion(question.text, { ...sources, today, publishers: sources.names.publishers });
  const ranked = await rankPassages(
    { text: asked.text, searchText: asked.searchText, limit: DEPTH },
    sources,
  );
  const [vector = new Float32Array()] = await embedder.embed([withoutVowelSigns(asked.text)], "query");
  const dense = await store.dense(vector, { limit: DEPTH });
  const lexical = await store.lexical(lexicalTerms(asked.searchText), { limit: DEPTH });
  const quality = (reports: readonly string[]): RankingQuality =>
    rankingQuality([...new Set(reports.map(paragraphOf))], question.relevant);
  const reportsOf = async (scored: readonly Scored[]): Promise<string[]> =>
    (await store.passages(scored.map(({ ref }) => ref))).map((passage) => passage.reportId);
  const quotes = chooseQuotes({ question: asked, candidates: ranked, limit: QUOTES }).map(
    ({ passage, start, end }) => passage.text.slice(start - passage.start, end - passage.start),
  );
  const answers = [...question.answers].map(searchKey);
  const holds = (quote: string): boolean => answers.some((answer) => searchKey(quote).includes(answer));
  return {
    full: quality(ranked.map(({ passage }) => passage.reportId)),
    dense: quality(await reportsOf(dense)),
    lexical: quality(await reportsOf(lexical)),
    quote1: quotes.slice(0, 1).some(holds) ? 1 : 0,
    quote3: quotes.some(holds) ? 1 : 0,
    characters: quotes[0]?.length ?? 0,
  };
}

async function runBench(file: string, context: CommandContext): Promise<BenchReport> {
  const set = await readSquad(file);
  const outcomes = await withCollection(set, context, async (sources) => {
    const all: Outcome[] = [];
    for (const question of set.questions) {
      context.signal.throwIfAborted();
      all.push(await measure(question, todayInDamascus(context.now()), sources));
      if (all.length % 200 === 0) context.stderr.write(`asked ${all.length} of ${set.questions.length}\n`);
    }
    return all;
  });
  const quality = (arm: "full" | "dense" | "lexical") => meanQuality(outcomes.map((outcome) => outcome[arm]));
  const average = (key: "quote1" | "quote3" | "characters") => mean(outcomes.map((outcome) => outcome[key]));
  return {
    set: basename(file),
    paragraphs: set.paragraphs.length,
    questions: set.questions.length,
    full: {
      ...quality("full"),
      quote1: average("quote1"),
      quote3: average("quote3"),
      quote1_chars: average("characters"),
    },
    arms: { dense: quality("dense"), lexical: quality("lexical") },
  };
}

function table({ set, paragraphs, questions, full, arms }: BenchReport): string {
  const row = (name: string, quality: RankingQuality): string =>
    [
      name.padEnd(8),
      ...[quality.ndcg10, quality.r1, quality.r5, quality.r10, quality.mrr10].map((v) => v.toFixed(4)),
    ].join("  ");
  return [
    `${set}: ${paragraphs} paragraphs, ${questions} questions`,
    "          nDCG@10  R@1     R@5     R@10    MRR@10",
    row("full", full),
    row("dense", arms.dense),
    row("lexical", arms.lexical),
    `answer in the first quotation ${full.quote1.toFixed(4)} (${full.quote1_chars.toFixed(0)} characters), in the first three ${full.quote3.toFixed(4)}`,
    "",
  ].join("\n");
}

export const command: Command = {
  name: "bench-retrieval",
  summary: "Measures retrieval and quotations on a question set in SQuAD's format",
  usage: "npm run -s bench:retrieval -- --set FILE.json [--json]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    if (values.set === undefined) throw new UsageError("--set is missing");
    const report = await runBench(resolve(context.cwd, values.set), context);
    context.stdout.write(values.json ? `${JSON.stringify(report)}\n` : table(report));
    return 0;
  },
};
