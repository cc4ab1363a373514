/** A text with everything that the rules compare: read once for the claim, once for each quotation's surroundings. */
import { type ActorMention, findActors } from "../text/actors.ts";
import { splitSentences } from "../text/clauses.ts";
import { type Attribution, type ClausePolarity, polarity } from "../text/negation.ts";
import type { Span } from "../text/normalize.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import { findPlaces } from "../text/places/find.ts";
import type { PlaceMention } from "../text/places/place.ts";
import type { VerificationSources } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

/** What a text says, piece by piece; all spans are in `text`. */
export interface Reading {
  readonly text: string;
  readonly quantities: readonly Quantity[];
  readonly places: readonly PlaceMention[];
  readonly actors: readonly ActorMention[];
  /** Ids of those among the actors who take no part in fighting. */
  readonly civilians: ReadonlySet<string>;
  /** Ids of those who only report. */
  readonly reporters: ReadonlySet<string>;
  readonly clauses: readonly ClausePolarity[];
}

/** A quotation read inside its sentences; `quote` is its span there. */
export interface QuoteReading extends Reading {
  readonly evidence: Evidence;
  readonly quote: Span;
  /** Who speaks where the quotation stands inside a longer speech ("قالت القاعدة: “…”"). */
  readonly speech: readonly Attribution[];
}

export function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

/** Reads a text by itself. */
export function read(text: string, sources: VerificationSources, context: readonly string[] = []): Reading {
  return {
    text,
    quantities: findQuantities(text),
    places: findPlaces(text, sources.gazetteer, { context, prefer: sources.region ?? undefined }),
    actors: findActors(text, sources.actors),
    civilians: new Set(
      [...sources.actors.byId.values()].flatMap(({ id, kind }) => (kind === "civilians" ? [id] : [])),
    ),
    reporters: new Set(
      [...sources.actors.byId.values()].flatMap(({ id, kind }) => (kind === "agency" ? [id] : [])),
    ),
    clauses: polarity(text),
  };
}

/**
 * Reads a quotation with the whole of its sentences, so that who speaks and what is counted is known where it is said
 * before the quotation begins.
 */
export function readQuote(evidence: Evidence, sources: VerificationSources): QuoteReading {
  const { body, parts } = evidence.report;
  const inside = parts.filter(({ start, end }) => start < evidence.end && evidence.start < end);
  const from = inside[0]?.start ?? evidence.start;
  const part = body.slice(from, inside.at(-1)?.end ?? evidence.end);
  const quote: Span = [evidence.start - from, evidence.end - from];
  const sentences = splitSentences(part).filter((span) => overlap(span, quote));
  const start = Math.min(quote[0], sentences[0]?.[0] ?? 0);
  const end = Math.max(quote[1], sentences.at(-1)?.[1] ?? part.length);
  const context = evidence.cited.flatMap(({ places }) => places.map(({ id }) => id));
  return {
    ...read(part.slice(start, end), sources, context),
    evidence,
    quote: [quote[0] - start, quote[1] - start],
    speech: speakersAround(part, quote[0]),
  };
}

/** A speech of one sentence or more opens with its speaker: "قال … : “". */
const SPEECH = /:\s*["“«](?=[^"”»]*$)/u;

function speakersAround(part: string, at: number): readonly Attribution[] {
  const before = part.slice(0, at);
  const opening = SPEECH.exec(before);
  if (opening === null) return [];
  const [start] = splitSentences(part.slice(0, opening.index)).at(-1) ?? [0];
  return polarity(part.slice(start, opening.index + 1)).flatMap(({ attributions }) => attributions);
}

/** What of a list stands inside the quotation itself, at least in part. */
export function quoted<T extends { readonly span: Span }>(
  items: readonly T[],
  { quote }: QuoteReading,
): readonly T[] {
  return items.filter(({ span }) => overlap(span, quote));
}
