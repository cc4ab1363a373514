import { BOOTSTRAP, bootstrapScores, pairedDifferences, type Score } from "./bootstrap.ts";
import { NOISES, type Noise, noisy } from "./noise.ts";

/** What a set gave under one noise, beside what it gave without. */
export interface NoiseReport<Name extends string> {
  readonly noise: string;
  readonly summary: string;
  /** Questions that the noise changes. */
  readonly changed: number;
  readonly values: Readonly<Record<Name, number | null>>;
  /** Value under noise minus value without, over all questions. */
  readonly differences: Readonly<Record<Name, Score>>;
}

export interface RobustnessReport<Name extends string> {
  readonly set: string;
  readonly questions: number;
  /** Without noise. */
  readonly scores: Readonly<Record<Name, Score>>;
  readonly noises: readonly NoiseReport<Name>[];
}

export interface RobustnessOptions<Question, Result, Name extends string> {
  readonly set: string;
  readonly questions: readonly Question[];
  readonly textOf: (question: Question) => string;
  /** What a question gives when it is put in these words. */
  readonly ask: (question: Question, text: string) => Promise<Result>;
  readonly measure: (results: readonly Result[]) => Readonly<Record<Name, number | null>>;
  readonly noises?: readonly Noise[] | undefined;
  readonly seed?: number | undefined;
  readonly onNoise?: ((name: string) => void) | undefined;
}

/** Asks a set as it is and under every noise. Questions that a noise leaves alone are not asked again. */
export async function robustness<Question, Result, Name extends string>(
  options: RobustnessOptions<Question, Result, Name>,
): Promise<RobustnessReport<Name>> {
  const { set, questions, textOf, ask, measure, onNoise } = options;
  const { noises = NOISES, seed = BOOTSTRAP.seed } = options;
  onNoise?.("none");
  const clean: Result[] = [];
  for (const question of questions) clean.push(await ask(question, textOf(question)));
  const reports: NoiseReport<Name>[] = [];
  for (const noise of noises) {
    onNoise?.(noise.name);
    let changed = 0;
    const results: Result[] = [];
    for (const [index, question] of questions.entries()) {
      const text = noisy(textOf(question), noise, seed);
      const same = text === textOf(question);
      if (!same) changed += 1;
      results.push(same ? (clean[index] as Result) : await ask(question, text));
    }
    const { name, summary } = noise;
    const differences = pairedDifferences(results, clean, measure);
    reports.push({ noise: name, summary, changed, values: measure(results), differences });
  }
  return { set, questions: questions.length, scores: bootstrapScores(clean, measure), noises: reports };
}
