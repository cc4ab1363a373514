/** Every figure of a claim stands in a quotation: the number with its bound, what it counts and of whom. */
import { findActors } from "../text/actors.ts";
import { normalize, type Span } from "../text/normalize.ts";
import { compareQuantities } from "../text/numbers/compare.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";

/** Parties that a source ties to another one ("والمسلحين الموالين لها"): a claim may name the other one alone. */
const FOLLOWERS = /موال|متحالف|حلفا|مليشي|ميليشي/;
const DIGITS = /\p{Nd}+(?:[.,٬٫]\p{Nd}+)*/gu;

/** Whose a figure is, as ids of actors. */
export function partyIds(party: string | null, sources: VerificationSources): ReadonlySet<string> {
  return new Set(party === null ? [] : findActors(party, sources.actors).map(({ id }) => id));
}

/** Whether the party of a claim's figure is the source's, but for followers that it leaves out. */
function partyFollows(claim: Quantity, source: Quantity, sources: VerificationSources): boolean {
  const said = partyIds(claim.party, sources);
  if (said.size === 0) return true;
  const told = source.party === null ? [] : findActors(source.party, sources.actors);
  if (told.length === 0) return false;
  if (![...said].every((id) => told.some((mention) => mention.id === id))) return false;
  return told.every((mention) => said.has(mention.id) || FOLLOWERS.test(normalize(mention.text)));
}

/** Why a source's figure does not prove a claim's, or null when it does. */
export function figureDiffers(
  claim: Quantity,
  source: Quantity,
  sources: VerificationSources,
): string | null {
  const { relation, reason } = compareQuantities(claim, source);
  if (relation === "different") return reason;
  return partyFollows(claim, source, sources)
    ? null
    : `the source counts "${source.party ?? "no party"}", the claim "${claim.party}"`;
}

/** A figure that only says "some" needs no figure in the source. */
function isVague({ bound, text }: Quantity): boolean {
  return bound === "indefinite" && !/عشرات|م[يئ]ات|ا?لاف|[آأ]لاف|ملايين/.test(normalize(text));
}

function findQuantityError(
  quantity: Quantity,
  quotes: readonly QuoteReading[],
  sources: VerificationSources,
): Finding {
  let reason = `no quotation has the figure "${quantity.text}"`;
  for (const quote of quotes) {
    for (const source of quoted(quote.quantities, quote)) {
      const differs = figureDiffers(quantity, source, sources);
      if (differs === null) return null;
      if (source.min === quantity.min) reason = differs;
    }
  }
  return reason;
}

/** The number rule. `dates` are the spans of the claim's dates, whose numbers are another rule's. */
export function checkFigures(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { dates, sources }: { readonly dates: readonly Span[]; readonly sources: VerificationSources },
): Finding {
  const free = (span: Span): boolean => !dates.some((date) => overlap(date, span));
  const counted = claim.quantities.filter((quantity) => free(quantity.span));
  for (const quantity of counted) {
    if (isVague(quantity)) continue;
    const error = findQuantityError(quantity, quotes, sources);
    if (error !== null) return error;
  }
  const known = new Set(
    quotes.flatMap(({ text, quote }) => numbersOf(text.slice(...quote)).map(({ digits }) => digits)),
  );
  const bare = numbersOf(claim.text).filter(
    ({ span }) => free(span) && !counted.some((quantity) => overlap(quantity.span, span)),
  );
  const unknown = bare.find(({ digits }) => !known.has(digits));
  return unknown === undefined ? null : `no quotation has the number ${unknown.digits}`;
}

function numbersOf(text: string): { readonly digits: string; readonly span: Span }[] {
  return [...text.matchAll(DIGITS)].map((match) => ({
    digits: normalize(match[0]),
    span: [match.index, match.index + match[0].length],
  }));
}
