/** Which passages answer a question, and which part of each is quoted. Pure: what is scored was found by retrieval. */
import type { Passage } from "../passage/passage.ts";
import type { Question } from "../question/question.ts";
import type { RankedPassage } from "../retrieval/retrieve.ts";
import type { PassageRef } from "../store/store.ts";
import { splitSentences } from "../text/clauses.ts";
import { expectedIn, stemsOf } from "./expected.ts";
import { trimQuote } from "./trim.ts";

/** Added to a passage's score (0…1) for what it shows; compared on ARCD and XQuAD-ar (docs/retrieval.md). */
export const WEIGHTS = { expectation: 0.15, coverage: 0.1, sentence: 0.1 } as const;
/** Candidates looked at: beyond these the text score decides alone. */
const CONSIDERED = 10;
/** Candidates over which the rarity of a word is measured. */
const SAMPLE = 20;

export interface ChooseOptions {
  readonly question: Question;
  /** Best first. */
  readonly candidates: readonly RankedPassage[];
  readonly limit: number;
}

/** Range [start, end) of a report's body that is quoted, within one passage; `why` says what spoke for it. */
export interface ChosenQuote {
  readonly ref: PassageRef;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly why: readonly string[];
}

/**
 * The quotations that answer best, best first, each from another passage. A passage counts by its rank in the
 * search, by the share of the question's words that it and its best sentence hold (rare words more), and by
 * whether it holds the figure, date, place or reason that the kind of question asks for.
 */
export function chooseQuotes({ question, candidates, limit }: ChooseOptions): ChosenQuote[] {
  const asked = weighStems(question.searchText, candidates.slice(0, SAMPLE));
  return candidates
    .slice(0, Math.max(limit, CONSIDERED))
    .map((candidate) => quoteFrom(candidate, question, asked))
    .sort((a, b) => b.score - a.score || a.ref - b.ref)
    .slice(0, limit);
}

/** Weight of each stem of the question: its inverse document frequency among the candidates, all together 1. */
type StemWeights = ReadonlyMap<string, number>;

function weighStems(text: string, candidates: readonly RankedPassage[]): StemWeights {
  const documents = candidates.map(({ passage }) => stemsOf(`${passage.header}\n${passage.text}`));
  const weights = Array.from(stemsOf(text), (stem): [string, number] => {
    const frequency = documents.filter((stems) => stems.has(stem)).length;
    return [stem, Math.log(1 + (documents.length + 0.5) / (frequency + 0.5))];
  });
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0) || 1;
  return new Map(weights.map(([stem, weight]) => [stem, weight / total]));
}

function coverage(text: string, asked: StemWeights): number {
  const stems = stemsOf(text);
  let sum = 0;
  for (const [stem, weight] of asked) if (stems.has(stem)) sum += weight;
  return sum;
}

function quoteFrom(
  { ref, passage, score }: RankedPassage,
  question: Question,
  asked: StemWeights,
): ChosenQuote {
  const { text } = passage;
  const whole = coverage(`${passage.header}\n${text}`, asked);
  const sentences = splitSentences(text).map(([start, end]) => coverage(text.slice(start, end), asked));
  const expected = expectedIn(question, passage, text);
  const worth = (sentence: string): number =>
    coverage(sentence, asked) + expectedIn(question, passage, sentence).fit;
  const [start, end] = trimQuote({ text, worth });
  return {
    ref,
    passage,
    start: passage.start + start,
    end: passage.start + end,
    score:
      score +
      WEIGHTS.expectation * expected.fit +
      WEIGHTS.coverage * whole +
      WEIGHTS.sentence * Math.max(0, ...sentences),
    why: [
      `text ${score.toFixed(2)}`,
      `words ${whole.toFixed(2)}`,
      ...(expected.why === "" ? [] : [expected.why]),
    ],
  };
}
