import { type Citation, type CitedAnswer, MAX_CITATIONS, MAX_QUOTE_LENGTH } from "./answer.ts";
import { makeCitation } from "./citation.ts";
import type { Figure } from "./figures.ts";

/** Number of the citation that holds a range of a report; null for none. */
function citing(answer: CitedAnswer, { report, phrase }: Figure): number | null {
  const held = answer.citations.find(
    (citation) => citation.report === report.id && citation.start <= phrase[0] && phrase[1] <= citation.end,
  );
  return held?.n ?? null;
}

/** What of a passage is quoted for a figure: all of it when it is no longer than allowed. */
function quotationOf({ passage, phrase }: Figure): { start: number; end: number } | null {
  if (passage.end - passage.start <= MAX_QUOTE_LENGTH) return passage;
  return phrase[1] - passage.start <= MAX_QUOTE_LENGTH ? { start: passage.start, end: phrase[1] } : null;
}

/** The answer with a citation, and a statement, for every figure that none of its citations holds; null when the cap forbids it. */
export function withFigures(answer: CitedAnswer, figures: readonly Figure[]): CitedAnswer | null {
  let extended = answer;
  for (const figure of figures) {
    if (citing(extended, figure) !== null) continue;
    const range = quotationOf(figure);
    const taken = range && extended.citations.some((citation) => crosses(citation, figure.report.id, range));
    if (!range || taken || extended.citations.length === MAX_CITATIONS) return null;
    const citation = makeCitation(extended.citations.length + 1, figure.report, {
      passage: figure.passage,
      ...range,
    });
    extended = {
      ...extended,
      citations: [...extended.citations, citation],
      claims: [
        ...extended.claims,
        { text: citation.quote, citations: [citation.n], quoted: true, group: "main", heading: null },
      ],
    };
  }
  return extended;
}

/** Whether a citation holds a part of a range: the rest of that passage is not quoted beside it. */
function crosses(
  citation: Citation,
  report: string,
  { start, end }: { start: number; end: number },
): boolean {
  return citation.report === report && citation.start < end && start < citation.end;
}

/** Numbers of the citations that hold these figures, in order; each must be held by one. */
export function numbersOf(answer: CitedAnswer, figures: readonly Figure[]): number[] {
  const numbers = figures.flatMap((figure) => citing(answer, figure) ?? []);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** The answer with the citation that holds a figure as the first, the others in their order, all renumbered. */
export function withFirst(answer: CitedAnswer, figure: Figure): CitedAnswer {
  const first = citing(answer, figure);
  if (first === null || first === 1) return answer;
  const order = [first, ...answer.citations.map(({ n }) => n).filter((n) => n !== first)];
  const renumbered = (n: number): number => order.indexOf(n) + 1;
  const inOrder = <T extends { readonly citations: readonly number[] }>(item: T): T => ({
    ...item,
    citations: item.citations.map(renumbered).sort((a, b) => a - b),
  });
  return {
    ...answer,
    citations: answer.citations
      .map((citation) => ({ ...citation, n: renumbered(citation.n) }))
      .sort((a, b) => a.n - b.n),
    claims: answer.claims.map(inOrder).sort((a, b) => (a.citations[0] ?? 0) - (b.citations[0] ?? 0)),
  };
}
