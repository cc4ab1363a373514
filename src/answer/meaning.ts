import * as phrases from "../phrases/answer.ts";
import { explainsTerm, termForms } from "../question/intent.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { allOccurrences, exactSpans, type Occurrence } from "./occurrences.ts";
import { refuseTopic } from "./refuse.ts";

const PER_TERM = 2;
const BEHIND = 40;

function isExplained({ report, span }: Occurrence): boolean {
  return explainsTerm(report.body.slice(span[1], span[1] + BEHIND));
}

/** Mentions of a term, in any of its forms, each once; what explains it first. */
async function mentionsOf(term: string, asked: Asked): Promise<Occurrence[]> {
  const found = await allOccurrences(
    term,
    (text) => {
      const spans = termForms(term).flatMap((form) => exactSpans(text, form));
      return spans.filter(
        ([start], index) => spans.findIndex(([other, end]) => start >= other && start < end) === index,
      );
    },
    asked.sources,
  );
  return found.sort((a, b) => Number(isExplained(b)) - Number(isExplained(a))).slice(0, PER_TERM);
}

/**
 * "شو يعني الرباط؟ وين اللواء 137؟": what the reports say of a term, and that they do not explain it where they do
 * not. Nothing from outside is passed off as theirs.
 */
export async function answerMeaning(terms: readonly string[], asked: Asked): Promise<Answer> {
  const found = await Promise.all(
    terms.map(async (term) => ({ term, mentions: await mentionsOf(term, asked) })),
  );
  const told = found.flatMap(({ mentions }) => mentions);
  if (told.length === 0) {
    const refusal = refuseTopic({ ...asked, ...asked.sources }, "not_reported");
    return { ...refusal, lines: [phrases.meaning.absent(terms), ...refusal.lines.slice(1)] };
  }
  const explained = found.filter(({ mentions }) => mentions.some(isExplained)).map(({ term }) => term);
  const mentioned = found.filter(({ mentions }) => mentions.length > 0).map(({ term }) => term);
  const unexplained = mentioned.filter((term) => !explained.includes(term));
  const absent = terms.filter((term) => !mentioned.includes(term));
  const quotations = told.map(({ passage }) => ({
    passage,
    start: passage.start,
    end: passage.end,
    group: "main" as const,
  }));
  return composeAnswer({
    lead: unexplained.length > 0 ? phrases.meaning.unexplained(unexplained) : phrases.meaning.told(explained),
    quotations,
    reports: new Map(told.map(({ report }) => [report.id, report])),
    scope: { dates: [], places: asked.scope.places },
    widened: null,
    notes: absent.length > 0 ? [phrases.meaning.absent(absent)] : [],
    offers: [],
  });
}
