/** "How many were killed?" of no day, place or party: the figures of several events side by side, none for all. */
import * as phrases from "../phrases/answer.ts";
import { durationsIn } from "../question/fact-scope.ts";
import { isMeans } from "../question/quantity.ts";
import { forms } from "../question/word-forms.ts";
import { splitClauses } from "../text/clauses.ts";
import { words } from "../text/tokens.ts";
import type { CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { numbersOf } from "./extend.ts";
import type { Figure } from "./figures.ts";
import { dayLabel } from "./labels.ts";
import { fitsAsked } from "./quantity-fit.ts";

const OF_A_REPORT = 2;

/** Whether nothing says of whom, when or where a count of the dead or wounded is to be. */
export function isOpenCount({ question, scope }: Asked): boolean {
  return (
    question.quantity?.event != null &&
    question.actors.length === 0 &&
    scope.dates.length + scope.places.length === 0 &&
    durationsIn(question.text).length === 0
  );
}

const wholeOf = ({ quantity }: Figure): number | null => quantity.partOf ?? null;

/**
 * Whether a figure is told of the means that are asked for: a total by its clause, a part of a total by what stands up
 * to the next part. A total of parts is told by its parts, and parts of parts are told by these.
 */
function isOfMeans(figure: Figure, figures: readonly Figure[], means: readonly string[]): boolean {
  const whole = wholeOf(figure);
  if (means.length === 0) return whole === null;
  const near = figures.filter(({ report, part }) => report.id === figure.report.id && part === figure.part);
  const tells = (text: string): boolean => {
    const told = new Set(words(text).flatMap(forms));
    return means.every((word) => forms(word).some((form) => told.has(form)));
  };
  if (whole === null) {
    if (near.some((other) => wholeOf(other) === figure.index)) return false;
    const at = figure.span[0] - figure.passage.start;
    const clause = splitClauses(figure.passage.text).find(([start, end]) => start <= at && at < end);
    return tells(figure.passage.text.slice(...(clause ?? [0, 0])));
  }
  if (near.some(({ index, quantity }) => index === whole && quantity.partOf != null)) return false;
  const next = near.find(
    (other) => other.span[0] > figure.span[0] && (wholeOf(other) === whole || wholeOf(other) === null),
  );
  return tells(figure.report.body.slice(figure.span[0], next?.span[0] ?? figure.passage.end));
}

const LONGEST_VALUE = 90;

/**
 * A figure with its noun or party; one without ("28 على الأقل") with the rest of its clause, cut at a word where it is
 * long, so that it says of whom; null where nothing follows.
 */
function named({ text, span, passage, quantity }: Figure): string | null {
  // Noun and party may stand elsewhere ("عدد القتلى … إلى 28 على الأقل").
  if ([quantity.noun, quantity.party].some((word) => word !== null && text.includes(word))) return text;
  const at = span[0] - passage.start;
  const clause = splitClauses(passage.text).find(([start, end]) => start <= at && at < end);
  const rest = passage.text.slice(at, clause?.[1] ?? passage.text.length).replace(/[\s،؛.]+$/u, "");
  if (!/\p{L}{2}/u.test(rest.slice(quantity.text.length))) return null;
  if (rest.length <= LONGEST_VALUE) return rest;
  return `${rest.slice(0, LONGEST_VALUE + 1).replace(/\s+\S*$/u, "")}…`;
}

/** The figures of the reports cited, each with its days; null where they are of one report, and so one answer. */
export function tellOpenCount(
  answer: CitedAnswer,
  figures: readonly Figure[],
  asked: Asked,
): CitedAnswer | null {
  const means = asked.question.topic.filter(isMeans);
  const told = figures.filter(
    (figure) =>
      figure.quantity.min !== null &&
      named(figure) !== null &&
      fitsAsked(figure.quantity, asked.question.quantity) &&
      isOfMeans(figure, figures, means) &&
      answer.citations.some(
        ({ report, start, end }) =>
          report === figure.report.id && start <= figure.phrase[0] && figure.phrase[1] <= end,
      ),
  );
  const reports = [...new Set(told.map(({ report }) => report.id))];
  if (reports.length < 2) return null;
  const shown = reports.flatMap((id) => told.filter(({ report }) => report.id === id).slice(0, OF_A_REPORT));
  const values = shown.map((figure) => ({
    text: phrases.figures.ofDays(named(figure) ?? figure.text, figure.event ? dayLabel(figure.event) : ""),
    citations: numbersOf(answer, [figure]),
  }));
  const about = `${phrases.figures.about(asked.question.quantity?.event ?? "", null)}:`;
  return { ...answer, lead: phrases.figures.severalEvents, disagreements: [{ about, values }] };
}
