import { searchKey } from "../text/normalize.ts";
import type { SetQuestion } from "./question-set.ts";
import type { Reply } from "./reply.ts";

/** What one question adds to the counts from which every measure is made: sums of tallies are tallies. */
export interface Tally {
  readonly answerable: number;
  /** Answerable, and every evidence group was shown. */
  readonly found: number;
  /** Share of the evidence groups that was shown. */
  readonly nuggets: number;
  /** Answerable with one evidence group, and not answered with a whole source: what the first citation is judged on. */
  readonly singleFact: number;
  readonly firstRight: number;
  /** Cited answers, whether the question was answerable or not. */
  readonly answers: number;
  readonly citations: number;
  /** Shares, summed over answers: of citations that hold evidence, and of citations from an expected report. */
  readonly supported: number;
  readonly inReport: number;
  /** Not answered: refusal, clarification or help. */
  readonly declined: number;
  readonly declinedAnswerable: number;
  readonly unanswerable: number;
}

export const EMPTY_TALLY: Tally = {
  answerable: 0,
  found: 0,
  nuggets: 0,
  singleFact: 0,
  firstRight: 0,
  answers: 0,
  citations: 0,
  supported: 0,
  inReport: 0,
  declined: 0,
  declinedAnswerable: 0,
  unanswerable: 0,
};

const TALLY_KEYS = Object.keys(EMPTY_TALLY) as (keyof Tally)[];

export function addTallies(tallies: Iterable<Tally>): Tally {
  const sum: Record<keyof Tally, number> = { ...EMPTY_TALLY };
  for (const tally of tallies) for (const key of TALLY_KEYS) sum[key] += tally[key];
  return sum;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Measures over a set, from the sum of its tallies; null where nothing was there to measure. */
export const MEASURES = {
  evidenceRecall: ({ found, answerable }: Tally) => share(found, answerable),
  nuggetRecall: ({ nuggets, answerable }: Tally) => share(nuggets, answerable),
  firstRight: ({ firstRight, singleFact }: Tally) => share(firstRight, singleFact),
  citationPrecision: ({ supported, answers }: Tally) => share(supported, answers),
  reportPrecision: ({ inReport, answers }: Tally) => share(inReport, answers),
  citationsPerAnswer: ({ citations, answers }: Tally) => share(citations, answers),
  refusalPrecision: (tally: Tally) => share(tally.declined - tally.declinedAnswerable, tally.declined),
  refusalRecall: (tally: Tally) => share(tally.declined - tally.declinedAnswerable, tally.unanswerable),
  /** 2TP / (2TP + FP + FN), which is the harmonic mean of precision and recall. */
  refusalF1: (tally: Tally) =>
    share(2 * (tally.declined - tally.declinedAnswerable), tally.declined + tally.unanswerable),
  overRefusal: ({ declinedAnswerable, answerable }: Tally) => share(declinedAnswerable, answerable),
} as const satisfies Readonly<Record<string, (tally: Tally) => number | null>>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

const DECLINING: ReadonlySet<Reply["kind"]> = new Set(["refusal", "clarification", "help"]);

/** What a reply to a question adds to the counts. Texts are compared as the search compares them (searchKey). */
export function tallyOf(question: SetQuestion, reply: Reply): Tally {
  const citations = reply.citations.map(({ report, quote }) => ({
    expected: question.reports.length === 0 || question.reports.includes(report),
    key: searchKey(quote),
  }));
  const groups = question.evidence.map((group) => group.map(searchKey));
  const holds = (key: string, group: readonly string[]): boolean => group.some((text) => key.includes(text));
  const supports = ({ expected, key }: { expected: boolean; key: string }): boolean =>
    expected && groups.some((group) => holds(key, group));
  const shown =
    reply.sourceText !== null
      ? [searchKey(reply.sourceText)]
      : citations.filter(({ expected }) => expected).map(({ key }) => key);
  const declined = DECLINING.has(reply.kind) ? 1 : 0;
  const answered = citations.length > 0 ? 1 : 0;
  const shareOf = (count: number): number => (answered === 0 ? 0 : count / citations.length);
  const common = {
    answers: answered,
    citations: citations.length,
    declined,
    declinedAnswerable: question.answerable ? declined : 0,
    unanswerable: question.answerable ? 0 : 1,
  };
  if (!question.answerable) return { ...EMPTY_TALLY, ...common };
  const groupsShown = groups.filter((group) => shown.some((key) => holds(key, group))).length;
  const single = groups.length === 1 && reply.kind !== "source" ? 1 : 0;
  return {
    ...common,
    answerable: 1,
    found: groupsShown === groups.length ? 1 : 0,
    nuggets: share(groupsShown, groups.length) ?? 0,
    singleFact: single,
    firstRight: single === 1 && citations.slice(0, 1).some(supports) ? 1 : 0,
    supported: shareOf(citations.filter(supports).length),
    inReport: shareOf(citations.filter(({ expected }) => expected).length),
  };
}
