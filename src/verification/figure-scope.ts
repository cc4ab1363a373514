/** Which words of a quotation belong to which of its figures: "27 … هم 16 في قصف …، و6 جراء غارات على موحسن". */
import { type Span, searchKey } from "../text/normalize.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { isLength } from "./days.ts";
import type { NewsEvent } from "./events/read.ts";
import { figureDiffers } from "./figures.ts";
import { WIDE } from "./kinds.ts";
import { meaningsOf } from "./lexicon/concepts.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";
import { contentWords } from "./words.ts";

/** By what means people were harmed: told of one figure it is not told of its neighbour. */
const MEANS = new Set([
  "raid_air",
  "artillery",
  "mortar",
  "rocket",
  "barrel",
  "explosion",
  "mine",
  "sniper",
  "executed",
]);
/** "بينهم طفلان": some of those just counted. */
const AMONG = /(?:بينهم|بينها|بينهن|منهم|منها|ضمنهم)(?:\s+\S+){0,5}\s*[وف]?$/u;
const CLAUSE_MARK = /[،,؛.]|\s(?:فيما|كما|بينما|في حين|في الوقت)\s/gu;

interface Scope {
  readonly figure: Quantity;
  readonly span: Span;
}

/** Whether a figure counts some of those counted right before it. */
export function isAmong({ span }: Quantity, text: string, from = 0): boolean {
  return AMONG.test(searchKey(text.slice(from, span[0])));
}

/** The figures of people in a quotation, each with the words up to where the next one begins. */
function scopesOf(quote: QuoteReading): readonly Scope[] {
  const figures = quoted(quote.quantities, quote).filter(
    (one) => one.event != null && !isLength(one) && !isAmong(one, quote.text, quote.quote[0]),
  );
  const starts = figures.map(({ span }, index) => {
    if (index === 0) return quote.quote[0];
    const after = figures[index - 1]?.span[1] ?? quote.quote[0];
    const marks = [...quote.text.slice(after, span[0]).matchAll(CLAUSE_MARK)];
    return after + (marks.at(-1)?.index ?? span[0] - after);
  });
  return figures.map((figure, index) => ({
    figure,
    span: [starts[index] ?? 0, starts[index + 1] ?? quote.quote[1]],
  }));
}

/** What a part of a text says of places, doers and means, as names that two texts share. */
function circumstancesIn(reading: Reading, span: Span, sources: VerificationSources): ReadonlySet<string> {
  const inside = (other: { readonly span: Span }): boolean => overlap(other.span, span);
  const places = reading.places
    .filter(inside)
    .filter(({ id }) => !WIDE.has(sources.gazetteer.byId.get(id)?.kind ?? "country"))
    .flatMap(({ candidates }) => candidates);
  const means = contentWords(reading.text.slice(...span), [])
    .flatMap(({ key }) => meaningsOf(key).facts)
    .filter((fact) => MEANS.has(fact));
  return new Set([...places, ...means, ...reading.actors.filter(inside).map(({ id }) => id)]);
}

export interface ClaimFigure {
  readonly figure: Quantity;
  /** The part of the claim that speaks of it. */
  readonly segment: Span;
}

/** Why a circumstance that a claim gives its figure belongs to another figure of the quotation, or null. */
export function findBorrowed(
  { figure, segment }: ClaimFigure,
  quotes: readonly QuoteReading[],
  {
    claim,
    events,
    sources,
  }: {
    readonly claim: Reading;
    readonly events: readonly NewsEvent[];
    readonly sources: VerificationSources;
  },
): Finding {
  const doers = events
    .filter(({ cls, span }) => (cls === "shell" || cls === "attack") && overlap(span, segment))
    .flatMap(({ agents }) => agents);
  const named = new Set(claim.actors.map(({ id }) => id));
  const said = [...circumstancesIn(claim, segment, sources)].filter((one) => !named.has(one));
  for (const quote of quotes) {
    const scopes = scopesOf(quote);
    const own = scopes.filter((scope) => figureDiffers(figure, scope.figure, sources) === null);
    if (own.length === 0 || own.length === scopes.length) continue;
    const others = scopes.filter((scope) => !own.includes(scope));
    const has = (list: readonly Scope[], one: string): boolean =>
      list.some(({ span }) => circumstancesIn(quote, span, sources).has(one));
    // What is told before the first figure holds for all.
    const shared = circumstancesIn(quote, [quote.quote[0], scopes[0]?.figure.span[0] ?? 0], sources);
    const borrowed = [...said, ...doers].find(
      (one) => !shared.has(one) && !has(own, one) && has(others, one),
    );
    if (borrowed !== undefined)
      return `the quotation tells "${borrowed}" of another figure than ${figure.text}`;
  }
  return null;
}
