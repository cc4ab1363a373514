/** Proven claims as an answer: numbered, in the groups and under the days of their passages, with what must stay beside them. */
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import { type Citation, type CitedAnswer, type Claim, type Disagreement, MAX_CITATIONS } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { makeCitation } from "./citation.ts";
import { type ChosenQuotation, headingsOf } from "./compose.ts";
import { factLead } from "./lead.ts";
import type { Excerpt } from "./model-excerpts.ts";
import type { ProvenClaim, ProvenQuote } from "./model-proof.ts";

/** Why proven claims are no answer to what was asked. */
export type Unfit = "nothing_survived" | "beside_the_question" | "figure_lost";

interface Statement {
  readonly text: string;
  readonly quotes: readonly ProvenQuote[];
  readonly quoted: boolean;
  readonly leans: boolean;
}

export interface Proven {
  /** The extractive answer: its lead, disagreements, notes and offers stay. */
  readonly answer: CitedAnswer;
  readonly claims: readonly ProvenClaim[];
  readonly excerpts: readonly Excerpt[];
  readonly asked: Asked;
}

/** Kinds of question in whose answer every report is heard. */
const EVERY_REPORT: ReadonlySet<string> = new Set(["day", "place", "compare"]);

const keyOf = ({ excerpt, start, end }: ProvenQuote): string => `${excerpt.report.id} ${start} ${end}`;

/** A citation of the extractive answer as a quotation of the excerpt that holds it. */
function quoteOf({ report, start, end, quote }: Citation, excerpts: readonly Excerpt[]): ProvenQuote[] {
  const excerpt = excerpts.find(
    (one) => one.quoted && one.report.id === report && one.start <= start && end <= one.end,
  );
  return excerpt ? [{ excerpt, start, end, text: quote }] : [];
}

function quotesOf(numbers: readonly number[], { answer, excerpts }: Proven): ProvenQuote[] {
  return answer.citations
    .filter(({ n }) => numbers.includes(n))
    .flatMap((citation) => quoteOf(citation, excerpts));
}

/** The model's claims, then what this program computed itself, then one quotation of each report not heard yet. */
function statementsOf(proven: Proven): Statement[] {
  const { answer, claims, asked } = proven;
  const computed = answer.claims.filter(({ quoted }) => !quoted);
  const heard = new Set(claims.flatMap(({ quotes }) => quotes.map(({ excerpt }) => excerpt.report.id)));
  const unheard: Claim[] = [];
  for (const claim of EVERY_REPORT.has(asked.question.kind) ? answer.claims : []) {
    const [first] = quotesOf(claim.citations, proven);
    if (!first || !claim.quoted || claim.group !== "main" || heard.has(first.excerpt.report.id)) continue;
    heard.add(first.excerpt.report.id);
    unheard.push(claim);
  }
  return [
    ...claims.map((claim) => ({ ...claim, quoted: false })),
    ...[...computed, ...unheard].map(({ text, citations, quoted }) => ({
      ...{ text, quoted, leans: false },
      quotes: quotesOf(citations, proven),
    })),
  ];
}

/** As many statements as their citations leave room for, beside those that `reserved` needs; none that leans on one left out. */
function fitting(statements: readonly Statement[], reserved: readonly ProvenQuote[]): Statement[] {
  const keys = new Set(reserved.map(keyOf));
  let leftOut = false;
  return statements.filter(({ quotes, leans }) => {
    const more = new Set([...keys, ...quotes.map(keyOf)]);
    leftOut = quotes.length === 0 || more.size > MAX_CITATIONS || (leans && leftOut);
    if (!leftOut) for (const key of more) keys.add(key);
    return !leftOut;
  });
}

/** The event of a quotation: of the day that its own words name, else that of its excerpt. */
function eventOf({ excerpt, text }: ProvenQuote, { scope }: Asked): Excerpt["event"] {
  if (scope.dates.length > 0) return excerpt.event;
  const named = excerpt.passage.dates.find(
    ({ basis, words, background }) =>
      basis === "passage" && !background && words !== "" && text.includes(words),
  );
  return named ?? excerpt.event;
}

const groupOf = ({ quotes }: Statement): Claim["group"] =>
  quotes.some(({ excerpt }) => excerpt.group === "main") ? "main" : (quotes[0]?.excerpt.group ?? "main");

/** The day over each statement, where the answer is about several; a statement that leans stands under the one before it. */
function headings(statements: readonly Statement[], { answer, asked }: Proven): (string | null)[] {
  if (!answer.claims.some(({ heading }) => heading != null)) return statements.map(() => null);
  const quotations = statements.flatMap((statement): ChosenQuotation[] => {
    const [first] = statement.quotes;
    if (!first) return [];
    const { passage } = first.excerpt;
    const { start, end } = first;
    return [{ passage, start, end, event: eventOf(first, asked), group: groupOf(statement) }];
  });
  const reports = new Map(
    statements.flatMap(({ quotes }) => quotes.map(({ excerpt }) => [excerpt.report.id, excerpt.report])),
  );
  const labels = headingsOf({ quotations, reports });
  statements.forEach(({ leans }, index) => {
    if (leans && index > 0) labels[index] = labels[index - 1] ?? null;
  });
  return new Set(labels).size > 1 ? labels : statements.map(() => null);
}

/** Statements of one day beside each other, days in the order in which they first come up. */
function byHeading<T extends { heading: string | null }>(claims: readonly T[]): T[] {
  const order = [...new Set(claims.map(({ heading }) => heading))];
  return order.flatMap((heading) => claims.filter((claim) => claim.heading === heading));
}

/** Whether the figures that lead an answer to "how many" stand in claims about quotations of its report. */
function keepsFigure({ answer, claims, asked }: Proven): boolean {
  const [first] = answer.citations;
  if (asked.question.kind !== "count" || !first) return true;
  const same = (a: Quantity, b: Quantity): boolean => a.min === b.min && a.bound === b.bound;
  const quoted = answer.citations.flatMap(({ quote }) => findQuantities(quote));
  const told = claims
    .filter(({ quotes }) => quotes.some(({ excerpt }) => excerpt.report.id === first.report))
    .flatMap(({ text }) => findQuantities(text));
  return findQuantities(answer.lead)
    .filter((figure) => quoted.some((other) => same(figure, other)))
    .every((figure) => told.some((other) => same(figure, other)));
}

/** The first line: where it names the first source, that of the answer as it is now. */
function leadOf({ answer, excerpts, asked }: Proven, first: ProvenQuote | undefined): string {
  const source = (quote: ProvenQuote | undefined): string =>
    quote === undefined
      ? ""
      : factLead(
          { ...asked.question, kind: "what" },
          [{ passage: quote.excerpt.passage, start: quote.start, end: quote.end }],
          new Map([[quote.excerpt.report.id, quote.excerpt.report]]),
        );
  const before = answer.citations.slice(0, 1).flatMap((citation) => quoteOf(citation, excerpts));
  return answer.lead !== "" && answer.lead === source(before[0]) ? source(first) : answer.lead;
}

/** The extractive answer in the words of proven claims, or why they do not answer. Citations are numbered anew. */
export function composeModelAnswer(proven: Proven): CitedAnswer | Unfit {
  const { answer, claims, asked } = proven;
  if (claims.length === 0) return "nothing_survived";
  if (!claims.some(({ quotes }) => quotes.some(({ excerpt }) => excerpt.quoted)))
    return "beside_the_question";
  const reserved = answer.disagreements.flatMap(({ values }) =>
    values.flatMap(({ citations }) => quotesOf(citations, proven)),
  );
  const statements = fitting(statementsOf(proven), reserved);
  const sent = claims.filter(({ text }) => statements.some((statement) => statement.text === text));
  if (!keepsFigure({ ...proven, claims: sent })) return "figure_lost";
  const days = headings(statements, proven);
  const ordered = byHeading(statements.map((statement, i) => ({ ...statement, heading: days[i] ?? null })));
  const citations: Citation[] = [];
  const numbers = new Map<string, number>();
  const cite = (quotes: readonly ProvenQuote[]): number[] =>
    quotes.map((quote) => {
      const known = numbers.get(keyOf(quote));
      if (known !== undefined) return known;
      const { excerpt, start, end } = quote;
      const quotation = { passage: excerpt.passage, start, end, event: eventOf(quote, asked) };
      citations.push(makeCitation(citations.length + 1, excerpt.report, quotation));
      numbers.set(keyOf(quote), citations.length);
      return citations.length;
    });
  const written: Claim[] = ordered.map((statement) => {
    const { text, quoted, quotes, heading } = statement;
    return { text, citations: cite(quotes), quoted, group: groupOf(statement), heading };
  });
  const disagreements: Disagreement[] = answer.disagreements.map((disagreement) => ({
    ...disagreement,
    values: disagreement.values.map(({ text, citations: old }) => ({
      text,
      citations: cite(quotesOf(old, proven)),
    })),
  }));
  const lead = leadOf(proven, ordered[0]?.quotes[0]);
  return { ...answer, mode: "model", lead, claims: written, citations, disagreements };
}
