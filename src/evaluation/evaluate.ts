import type { Sources } from "../answer/asked.ts";
import type { Day } from "../text/day.ts";
import { bootstrapScores, pairedDifferences, type Score } from "./bootstrap.ts";
import type { Configuration } from "./configurations.ts";
import type { SetQuestion } from "./question-set.ts";
import type { Reply } from "./reply.ts";
import { addTallies, MEASURE_NAMES, MEASURES, type MeasureName, type Tally, tallyOf } from "./scores.ts";

export type Values = Readonly<Record<MeasureName, number | null>>;

export type Scores = Readonly<Record<MeasureName, Score>>;

/** One question as one configuration answered it. */
export interface Outcome {
  readonly question: SetQuestion;
  readonly reply: Reply;
  readonly tally: Tally;
  /** Time to the answer. */
  readonly milliseconds: number;
}

export interface ConfigurationReport {
  readonly name: string;
  readonly summary: string;
  readonly scores: Scores;
  /** Differences from the first configuration, question by question; null for the first itself. */
  readonly differences: Scores | null;
  readonly types: readonly { readonly type: string; readonly questions: number; readonly scores: Scores }[];
  readonly outcomes: readonly Outcome[];
  /** Median time to an answer. */
  readonly milliseconds: number;
}

export interface SetReport {
  readonly set: string;
  readonly questions: number;
  readonly configurations: readonly ConfigurationReport[];
}

export interface EvaluateOptions {
  readonly today: Day;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly onAnswer?: ((configuration: string, done: number, total: number) => void) | undefined;
}

/** Asks every question of a set in every configuration and scores the answers. */
export async function evaluateSet(
  set: { readonly name: string; readonly questions: readonly SetQuestion[] },
  configurations: readonly Configuration[],
  sources: Sources,
  options: EvaluateOptions,
): Promise<SetReport> {
  const reports: ConfigurationReport[] = [];
  for (const configuration of configurations) {
    const outcomes = await askAll(set.questions, configuration, sources, options);
    const [first] = reports;
    reports.push(reportOf(configuration, outcomes, first?.outcomes ?? null));
  }
  return { set: set.name, questions: set.questions.length, configurations: reports };
}

/** The answers of one configuration, in the order of the questions. */
export async function askAll(
  questions: readonly SetQuestion[],
  configuration: Configuration,
  sources: Sources,
  { today, signal, now, onAnswer }: EvaluateOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const question of questions) {
    signal?.throwIfAborted();
    const begun = now();
    const reply = await configuration.reply({ text: question.question, today, signal }, sources);
    outcomes.push({ question, reply, tally: tallyOf(question, reply), milliseconds: now() - begun });
    onAnswer?.(configuration.name, outcomes.length, questions.length);
  }
  return outcomes;
}

function reportOf(
  { name, summary }: Configuration,
  outcomes: readonly Outcome[],
  first: readonly Outcome[] | null,
): ConfigurationReport {
  const tallies = talliesOf(outcomes);
  const types = [...new Set(outcomes.map(({ question }) => question.type))];
  return {
    name,
    summary,
    scores: scoresOf(tallies),
    differences: first && pairedDifferences(tallies, talliesOf(first), valuesOf),
    types: types.map((type) => {
      const own = outcomes.filter(({ question }) => question.type === type);
      return { type, questions: own.length, scores: scoresOf(talliesOf(own)) };
    }),
    outcomes,
    milliseconds: median(outcomes.map(({ milliseconds }) => milliseconds)),
  };
}

const talliesOf = (outcomes: readonly Outcome[]): Tally[] => outcomes.map(({ tally }) => tally);

/** Every measure over a set of tallies. */
export function valuesOf(tallies: readonly Tally[]): Values {
  const sum = addTallies(tallies);
  return Object.fromEntries(MEASURE_NAMES.map((name) => [name, MEASURES[name](sum)])) as unknown as Values;
}

/** Every measure over a set of tallies, with intervals. */
export function scoresOf(tallies: readonly Tally[]): Scores {
  return bootstrapScores(tallies, valuesOf);
}

/** Middle value; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
