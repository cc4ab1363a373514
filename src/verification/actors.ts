/** Every party of a claim is named in its quotations, under any of its names. */
import { type ActorIndex, findActors } from "../text/actors.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { type QuoteReading, quoted, type Reading } from "./reading.ts";

/** Those that a quotation speaks of: named in it, or in its sentence where the quotation leaves them to a pronoun. */
export function knownActors(quote: QuoteReading, index: ActorIndex): ReadonlySet<string> {
  const own = quoted(quote.actors, quote);
  const speakers = quote.speech.flatMap(({ speaker }) =>
    speaker === null ? [] : findActors(speaker.text, index),
  );
  return new Set([...own, ...quote.actors, ...speakers].map(({ id }) => id));
}

/** The actor rule. Whoever reports may be named by any claim about the report; civilians are counted by another rule. */
export function checkActors(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { actors }: VerificationSources,
): Finding {
  const known = new Set(quotes.flatMap((quote) => [...knownActors(quote, actors)]));
  for (const mention of claim.actors) {
    const kind = actors.byId.get(mention.id)?.kind;
    if (kind === "civilians" || known.has(mention.id)) continue;
    const publishes = quotes.some(({ evidence }) => evidence.report.publisher === mention.name);
    if (kind === "agency" && publishes) continue;
    return `no quotation names "${mention.text}" (${mention.id})`;
  }
  return null;
}
