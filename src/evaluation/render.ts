/** An evaluation as a table for the terminal and as plain data for --json. */
import type { Score } from "./bootstrap.ts";
import type { ConfigurationReport, Outcome, Scores, SetReport } from "./evaluate.ts";
import type { MeasureName } from "./scores.ts";

interface Column {
  readonly measure: MeasureName;
  readonly title: string;
  /** What the number says, for the page. */
  readonly meaning: string;
}

/** In the order in which they are shown. */
export const COLUMNS: readonly Column[] = [
  {
    measure: "evidenceRecall",
    title: "evidence",
    meaning: "share of the answerable questions of which every fact stands in a citation",
  },
  { measure: "nuggetRecall", title: "nuggets", meaning: "share of the facts shown, mean over questions" },
  {
    measure: "firstRight",
    title: "first",
    meaning: "share of the questions for one fact whose first citation holds it",
  },
  {
    measure: "citationPrecision",
    title: "precision",
    meaning: "share of an answer's citations that hold a fact asked for, mean over answers",
  },
  {
    measure: "reportPrecision",
    title: "in report",
    meaning: "share of an answer's citations from a report that holds the answer, mean over answers",
  },
  { measure: "citationsPerAnswer", title: "citations", meaning: "citations an answer, mean" },
  {
    measure: "refusalPrecision",
    title: "ref. prec.",
    meaning: "share of the refusals that were of questions without an answer",
  },
  {
    measure: "refusalRecall",
    title: "ref. recall",
    meaning: "share of the questions without an answer that were refused",
  },
  { measure: "refusalF1", title: "ref. F1", meaning: "harmonic mean of the two before it" },
  {
    measure: "overRefusal",
    title: "over-ref.",
    meaning: "share of the answerable questions that got no answer",
  },
];

/** Measures of which there may be more than one a question. */
export const COUNTS: ReadonlySet<MeasureName> = new Set(["citationsPerAnswer"]);

/** A share in percent, a count as it is; "–" where there was nothing to measure. */
export function formatScore(score: Score, measure: MeasureName): string {
  if (score === null) return "–";
  return COUNTS.has(measure) ? score.value.toFixed(2) : (100 * score.value).toFixed(1);
}

export function formatInterval(score: Score, measure: MeasureName): string {
  if (!score?.interval) return "";
  const { low, high } = score.interval;
  return COUNTS.has(measure)
    ? `${low.toFixed(2)}–${high.toFixed(2)}`
    : `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)}`;
}

const WIDTH = 16;

/** Rows of cells, the first of each row aligned to the left, the others to the right. */
export function alignRows(rows: readonly (readonly string[])[]): string {
  const first = Math.max(...rows.map(([name = ""]) => name.length));
  return rows
    .map(([name = "", ...cells]) => name.padEnd(first) + cells.map((cell) => cell.padStart(WIDTH)).join(""))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The evaluation of one set as lines of text: every measure with its interval under it, then the kinds of question. */
export function textReport(report: SetReport): string {
  const head = ["", ...COLUMNS.map(({ title }) => title), "ms"];
  const rows = report.configurations.flatMap((configuration) => [
    [configuration.name, ...cells(configuration.scores), configuration.milliseconds.toFixed(0)],
    ["", ...COLUMNS.map(({ measure }) => formatInterval(configuration.scores[measure], measure))],
  ]);
  return [
    `${report.set}: ${report.questions} questions; percent, 95 % bootstrap intervals below`,
    alignRows([head, ...rows]),
    ...report.configurations.slice(1).map(differenceLine),
    ...report.configurations.slice(0, 1).map(typesTable),
    "",
  ].join("\n");
}

function cells(scores: Scores): string[] {
  return COLUMNS.map(({ measure }) => formatScore(scores[measure], measure));
}

/** A difference of shares in percentage points, with its sign. */
export function points(difference: number): string {
  return `${difference > 0 ? "+" : ""}${(100 * difference).toFixed(1)}`;
}

/** Measures whose differences are told. */
const COMPARED: ReadonlySet<MeasureName> = new Set([
  "evidenceRecall",
  "firstRight",
  "citationPrecision",
  "refusalF1",
]);

function differenceLine({ name, differences }: ConfigurationReport): string {
  const parts = COLUMNS.flatMap(({ measure, title }) => {
    const score = differences?.[measure] ?? null;
    if (score === null || !COMPARED.has(measure)) return [];
    const { value, interval } = score;
    const between = interval ? ` (${points(interval.low)} … ${points(interval.high)})` : "";
    return [`${title} ${points(value)}${between}`];
  });
  return `${name} against the first, in points: ${parts.join(", ")}`;
}

function typesTable({ name, types }: ConfigurationReport): string {
  const head = ["", "questions", ...COLUMNS.map(({ title }) => title)];
  const rows = types.map(({ type, questions, scores }) => [type, String(questions), ...cells(scores)]);
  return `\n${name} by type of question\n${alignRows([head, ...rows])}`;
}

/** Why an outcome is not as it should be, or null. */
export function faultOf({ question, tally, reply }: Outcome): string | null {
  if (!question.answerable) return tally.declined === 1 ? null : "answered, though the reports do not say";
  if (tally.declined === 1) return `not answered (${reply.kind})`;
  return tally.found === 1 ? null : "the evidence is in no citation";
}

/** The evaluation of one set as it is printed with --json. */
export function jsonReport({ set, questions, configurations }: SetReport) {
  return {
    set,
    questions,
    configurations: configurations.map(
      ({ name, summary, scores, differences, types, outcomes, milliseconds }) => ({
        name,
        summary,
        scores: plainScores(scores),
        differences: differences && plainScores(differences),
        types: types.map((row) => ({ ...row, scores: plainScores(row.scores) })),
        misses: outcomes.flatMap((outcome) => {
          const fault = faultOf(outcome);
          return fault === null ? [] : [{ id: outcome.question.id, fault }];
        }),
        milliseconds: round(milliseconds),
      }),
    ),
  };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Scores rounded to four places. */
export function plainScores<Name extends string>(scores: Readonly<Record<Name, Score>>) {
  const plain = (score: Score): Score => {
    if (score === null) return null;
    const { value, interval } = score;
    return {
      value: round(value),
      interval: interval && { low: round(interval.low), high: round(interval.high) },
    };
  };
  const names = Object.keys(scores) as Name[];
  return Object.fromEntries(names.map((name) => [name, plain(scores[name])])) as Record<Name, Score>;
}
