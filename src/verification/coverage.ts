/** What is left of a claim when figures, days, places and parties are taken out stands in its quotations too. */
import type { Span } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";
import type { QuoteReading, Reading } from "./reading.ts";
import { contentWords, covers, vocabularyOf } from "./words.ts";

/** The share of content words that the quotations must cover; measured, see docs/verification.md. */
export const MIN_COVERAGE = 0.5;
/** The share that they cover together with their sentences. */
export const MIN_COVERAGE_IN_SENTENCE = 0.75;

/** Spans of a claim that other rules have judged. */
export function judgedSpans(claim: Reading, dates: readonly Span[]): readonly Span[] {
  const mentions = [...claim.places, ...claim.actors, ...claim.quantities];
  return [...dates, ...mentions.map(({ span }) => span)];
}

/** The coverage rule. */
export function checkCoverage(
  claim: Reading,
  quotes: readonly QuoteReading[],
  dates: readonly Span[],
): Finding {
  const content = contentWords(claim.text, judgedSpans(claim, dates));
  const vocabulary = vocabularyOf(quotes.map(({ evidence }) => evidence.text));
  const missing = content.filter(({ key }) => !covers(vocabulary, key));
  if (content.length === 0 && claim.places.length + claim.actors.length + claim.quantities.length === 0)
    return "the claim says nothing that can be held against its quotations";
  const share = content.length === 0 ? 1 : 1 - missing.length / content.length;
  const sentences = vocabularyOf(quotes.map(({ text }) => text));
  const around = missing.filter(({ key }) => covers(sentences, key));
  const shareAround = share + around.length / Math.max(1, content.length);
  if (share >= MIN_COVERAGE && shareAround >= MIN_COVERAGE_IN_SENTENCE) return null;
  const words = missing.map(({ key }) => key).join(" ");
  return `the quotations cover ${Math.round(share * 100)} % of the claim's words; not: ${words}`;
}
