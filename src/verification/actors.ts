/** Every party of a claim is named in its quotations, under any of its names. */
import { type ActorIndex, findActors } from "../text/actors.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { type QuoteReading, quoted, type Reading } from "./reading.ts";
import { eventsOfQuote, HARM } from "./told.ts";

/** Those that a quotation speaks of: named in it, or in its sentence where the quotation leaves them to a pronoun. */
export function knownActors(quote: QuoteReading, index: ActorIndex): ReadonlySet<string> {
  const own = quoted(quote.actors, quote);
  const speakers = quote.speech.flatMap(({ speaker }) =>
    speaker === null ? [] : findActors(speaker.text, index),
  );
  // A quotation that names its parties is about these; one that leaves them to pronouns is about its sentence's.
  const around = namesParty(quote, index) ? [] : quote.actors;
  return new Set([...own, ...around, ...speakers].map(({ id }) => id));
}

function namesParty(quote: QuoteReading, index: ActorIndex): boolean {
  return quoted(quote.actors, quote).some(({ id }) =>
    /^(?:state|armed_group)$/.test(index.byId.get(id)?.kind ?? ""),
  );
}

/** The actor rule. Whoever reports may be named by any claim about the report; civilians are counted by another rule. */
export function checkActors(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { actors }: VerificationSources,
): Finding {
  const known = new Set([
    ...quotes.flatMap((quote) => [...knownActors(quote, actors)]),
    ...quotes.flatMap(eventsOfQuote).flatMap(({ agents, patients, around, cls }) => {
      // "وأخرجته من المدينة": those of the sentence, for a deed whose parties the quotation leaves to pronouns.
      const told = agents.length + patients.length > 0 || HARM.has(cls) ? [{ agents, patients }] : around;
      return told.flatMap((event) => [...event.agents, ...event.patients]);
    }),
  ]);
  for (const mention of claim.actors) {
    const kind = actors.byId.get(mention.id)?.kind;
    if (kind === "civilians" || known.has(mention.id)) continue;
    const publishes = quotes.some(({ evidence }) => evidence.report.publisher === mention.name);
    if (kind === "agency" && publishes) continue;
    return `no quotation names "${mention.text}" (${mention.id})`;
  }
  return null;
}
