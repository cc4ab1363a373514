/** Holds each claim of a model against its own quotations; what is not proven is dropped, with the rule that it broke. */
import { placesCovered } from "../retrieval/scope.ts";
import { dependence } from "../text/dependence.ts";
import { findLive } from "../text/live-matter.ts";
import { findPlaces } from "../text/places/find.ts";
import type { Rule, VerificationSources } from "../verification/claim.ts";
import { locateQuote } from "../verification/evidence.ts";
import { verifyClaim } from "../verification/verify.ts";
import { MAX_QUOTE_LENGTH } from "./answer.ts";
import type { Asked } from "./asked.ts";
import type { WrittenClaim } from "./model-claims.ts";
import type { Excerpt } from "./model-excerpts.ts";

/** A quotation in its report: `excerpt.report.body.slice(start, end) === text`. */
export interface ProvenQuote {
  readonly excerpt: Excerpt;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A claim that its quotations prove. */
export interface ProvenClaim {
  readonly text: string;
  readonly quotes: readonly ProvenQuote[];
  /** Whether it leans on the claim before it. */
  readonly leans: boolean;
}

/** Why a claim is not sent: a rule of the verifier, or one of this file. */
export type DropReason =
  | Rule
  | "unknown_passage"
  | "quote_length"
  | "claim_length"
  | "other_place"
  | "depends_on_dropped";

export interface Proof {
  readonly claims: readonly ProvenClaim[];
  /** How many claims were dropped, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

const MOST_CLAIMS = 12;
const LONGEST_CLAIM = 500;
const MOST_QUOTES = 3;

export interface ProofSources {
  readonly excerpts: readonly Excerpt[];
  readonly verification: VerificationSources;
  readonly asked: Asked;
}

/** The quotation in the passage that it is said to stand in, as the source writes it. */
function locate(
  given: WrittenClaim["citations"][number],
  { excerpts }: ProofSources,
): ProvenQuote | DropReason {
  const excerpt = excerpts.find(({ id }) => id === given.passage);
  if (!excerpt) return "unknown_passage";
  const found = locateQuote(given.quote, excerpt.text);
  if (!found) return "quote_not_found";
  const [start, end] = [excerpt.start + found[0], excerpt.start + found[1]];
  const text = excerpt.report.body.slice(start, end);
  if (text.length > MAX_QUOTE_LENGTH) return "quote_length";
  // The verifier takes the first place of equal words: only there is what it finds true of this passage.
  return locateQuote(text, excerpt.report.body)?.[0] === start
    ? { excerpt, start, end, text }
    : "quote_not_found";
}

/** Whether a claim names places, and none of them has to do with those asked. */
function isElsewhere(text: string, { scope, sources }: Asked): boolean {
  const asked = scope.places.map(({ id }) => id);
  const { gazetteer, region } = sources;
  const named = findPlaces(text, gazetteer, { prefer: region ?? undefined });
  if (asked.length === 0 || named.length === 0) return false;
  const near = new Set([
    ...placesCovered(asked, gazetteer),
    ...asked.flatMap((id) => gazetteer.ancestors(id)),
  ]);
  return !named.some(({ id }) => near.has(id));
}

function verified(text: string, quotes: readonly ProvenQuote[], sources: VerificationSources): Rule | null {
  const citations = quotes.map((quote) => ({ report: quote.excerpt.report.id, quote: quote.text }));
  return verifyClaim({ text, citations }, sources).rule;
}

function prove(
  written: WrittenClaim,
  before: ProvenClaim | null,
  sources: ProofSources,
): ProvenClaim | DropReason {
  const text = written.text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\s،؛,;:]+$/u, "");
  if (text.length > LONGEST_CLAIM) return "claim_length";
  if (findLive(text).length > 0) return "foreign_content";
  if (written.citations.length === 0) return "no_citation";
  if (written.citations.length > MOST_QUOTES) return "quote_length";
  const quotes: ProvenQuote[] = [];
  for (const citation of written.citations) {
    const quote = locate(citation, sources);
    if (typeof quote === "string") return quote;
    if (
      !quotes.some(
        ({ start, end, excerpt }) => excerpt === quote.excerpt && start === quote.start && end === quote.end,
      )
    )
      quotes.push(quote);
  }
  const broken = verified(text, quotes, sources.verification);
  if (broken !== null) return broken;
  if (isElsewhere(text, sources.asked)) return "other_place";
  const leaning = dependence(text);
  if (leaning === null) return { text, quotes, leans: false };
  if (before === null) return leaning === "pointing" ? "depends_on_dropped" : { text, quotes, leans: false };
  // Read together the two sentences are one statement, and it must hold as one.
  const joined = verified(`${before.text} ${text}`, [...before.quotes, ...quotes], sources.verification);
  return joined ?? { text, quotes, leans: true };
}

/** The claims that stand, in their order. One that leans on a dropped one is dropped with it. */
export function proveClaims(written: readonly WrittenClaim[], sources: ProofSources): Proof {
  const claims: ProvenClaim[] = [];
  const dropped: Partial<Record<DropReason, number>> = {};
  let beforeDropped = false;
  for (const [index, claim] of written.slice(0, MOST_CLAIMS).entries()) {
    const leansOnDropped: boolean = beforeDropped && dependence(claim.text) !== null;
    const proven: ProvenClaim | DropReason = leansOnDropped
      ? "depends_on_dropped"
      : prove(claim, claims.at(-1) ?? null, sources);
    beforeDropped = typeof proven === "string";
    if (typeof proven === "string") {
      dropped[proven] = (dropped[proven] ?? 0) + 1;
      sources.asked.sources.trace?.(`model: claim ${index + 1} dropped by the rule ${proven}`);
    } else if (!claims.some(({ text }) => text === proven.text)) claims.push(proven);
  }
  return { claims, dropped };
}
