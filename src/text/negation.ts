/**
 * How clauses are meant: negated or not, how sure, and who says so. Lists of words and a few rules of order; no
 * parser. What it finds is never cut from a quotation, and a claim may not be surer than the clause it quotes.
 */
import { splitClauses, splitSentences } from "./clauses.ts";
import type { Span } from "./normalize.ts";
import { normalizeWithOffsets } from "./normalize.ts";
import { lex } from "./numbers/lex.ts";
import type { Attribution, FoundAttribution } from "./polarity/attributions.ts";
import { attributionAt } from "./polarity/attributions.ts";
import type { Place, Tokens } from "./polarity/cue.ts";
import { quote } from "./polarity/cue.ts";
import type { FoundHedge, Hedge, Modality } from "./polarity/hedges.ts";
import { hedgeAt } from "./polarity/hedges.ts";
import type { FoundNegation, Negation } from "./polarity/negations.ts";
import { findNegations, toNegation } from "./polarity/negations.ts";

export type { Attribution, AttributionKind } from "./polarity/attributions.ts";
export type { Cue } from "./polarity/cue.ts";
export type { Hedge, Modality } from "./polarity/hedges.ts";
export type { Negation } from "./polarity/negations.ts";

/** One clause with what decides how it is meant. The spans of all clauses tile the text. */
export interface ClausePolarity {
  readonly span: Span;
  /** What the clause tells did not happen: an odd one out ("لم يقتل سوى ثلاثة") is not negated. */
  readonly negated: boolean;
  readonly negations: readonly Negation[];
  /** The least sure of its hedges; "certain" without any. */
  readonly modality: Modality;
  readonly hedges: readonly Hedge[];
  readonly attributions: readonly Attribution[];
}

const FROM_SURE_TO_UNSURE: readonly Modality[] = [
  "certain",
  "attempted",
  "planned",
  "possible",
  "unconfirmed",
  "alleged",
  "conditional",
  "asked",
];

/** Hedges that hold for the clauses after them in their sentence, as who says something does. */
const CARRIED: ReadonlySet<Modality> = new Set<Modality>(["alleged", "unconfirmed", "asked"]);

interface Found {
  readonly negations: readonly FoundNegation[];
  readonly hedges: readonly FoundHedge[];
  readonly attributions: readonly FoundAttribution[];
}

/** What one clause has of its own. */
interface Own extends ClausePolarity {
  readonly opensWithFa: boolean;
}

/**
 * For each clause of a text: whether it is negated, how sure it is, and who says it, each with the words that decide.
 * Who speaks and whether it is only alleged is carried on through a sentence. Linear; never throws.
 */
export function polarity(text: string): readonly ClausePolarity[] {
  const normalized = normalizeWithOffsets(text);
  const tokens: Tokens = { original: text, normalized, list: lex(normalized) };
  const found: Found = { negations: findNegations(tokens), ...findCues(tokens) };
  const clauses = splitClauses(text);
  const buckets = assign(tokens, clauses, found);
  return carry(
    text,
    buckets.map((bucket, index) => readClause(tokens, clauses[index] ?? [0, 0], bucket)),
  );
}

function findCues({ list }: Tokens): Pick<Found, "hedges" | "attributions"> {
  const hedges: FoundHedge[] = [];
  const attributions: FoundAttribution[] = [];
  let hedgeEnd = 0;
  let speakerEnd = 0;
  for (let at = 0; at < list.length; at += 1) {
    const hedge = at >= hedgeEnd ? hedgeAt(list, at) : null;
    if (hedge !== null) {
      hedges.push(hedge);
      hedgeEnd = hedge.to;
    }
    const attribution = at >= speakerEnd ? attributionAt(list, at) : null;
    if (attribution === null) continue;
    attributions.push(attribution);
    speakerEnd = Math.max(attribution.to, attribution.speaker?.to ?? 0);
  }
  return { hedges, attributions };
}

interface Bucket {
  readonly negations: FoundNegation[];
  readonly hedges: FoundHedge[];
  readonly attributions: FoundAttribution[];
}

/** Deals the cues out to the clauses in which they begin. */
function assign(tokens: Tokens, clauses: readonly Span[], found: Found): readonly Bucket[] {
  const buckets = clauses.map((): Bucket => ({ negations: [], hedges: [], attributions: [] }));
  const deal = <T extends Place>(cues: readonly T[], pick: (bucket: Bucket) => T[]): void => {
    let clause = 0;
    for (const cue of cues) {
      const start = tokens.normalized.starts[tokens.list[cue.from]?.start ?? 0] ?? 0;
      while (clause < clauses.length - 1 && start >= (clauses[clause]?.[1] ?? 0)) clause += 1;
      const bucket = buckets[clause];
      if (bucket !== undefined) pick(bucket).push(cue);
    }
  };
  deal(found.negations, (bucket) => bucket.negations);
  deal(found.hedges, (bucket) => bucket.hedges);
  deal(found.attributions, (bucket) => bucket.attributions);
  return buckets;
}

function readClause(tokens: Tokens, span: Span, bucket: Bucket): Own {
  const hedges = bucket.hedges.map(
    (hedge): Hedge => ({ ...quote(tokens, hedge), modality: hedge.modality, inherited: false }),
  );
  const attributions = bucket.attributions.map(
    (found): Attribution => ({
      ...quote(tokens, found),
      kind: found.kind,
      speaker: found.speaker === null ? null : quote(tokens, found.speaker),
      inherited: false,
    }),
  );
  return {
    span,
    negated: bucket.negations.some(({ lifted }) => !lifted),
    negations: bucket.negations.map((negation) => toNegation(tokens, negation)),
    modality: "certain",
    hedges,
    attributions,
    opensWithFa: /^\s*ف/.test(tokens.original.slice(...span)),
  };
}

function leastSure(hedges: readonly Hedge[]): Modality {
  const rank = hedges.reduce(
    (most, { modality }) => Math.max(most, FROM_SURE_TO_UNSURE.indexOf(modality)),
    0,
  );
  return FROM_SURE_TO_UNSURE[rank] ?? "certain";
}

/** So many cues at most are carried from clause to clause, so that a text without full stops stays linear. */
const MOST_CARRIED = 4;

/** Carries who speaks, and how sure it is, through each sentence. */
function carry(text: string, clauses: readonly Own[]): readonly ClausePolarity[] {
  const out: ClausePolarity[] = [];
  let next = 0;
  for (const [start, end] of splitSentences(text)) {
    const inSentence: Own[] = [];
    while (next < clauses.length && (clauses[next]?.span[0] ?? end) < end) {
      const clause = clauses[next];
      if (clause !== undefined) inSentence.push(clause);
      next += 1;
    }
    const asked = /[?؟]["”»\s]*$/.test(text.slice(Math.max(start, end - 8), end));
    out.push(...carrySentence(inSentence, asked));
  }
  return out;
}

function carrySentence(clauses: readonly Own[], asked: boolean): readonly ClausePolarity[] {
  const sources = clauses
    .flatMap(({ attributions }) => attributions.filter(({ kind }) => kind === "source"))
    .slice(0, MOST_CARRIED);
  let hedges: readonly Hedge[] = [];
  let speaking: readonly Attribution[] = [];
  let condition: readonly Hedge[] = [];
  return clauses.map((clause) => {
    const { opensWithFa, ...own } = clause;
    const speaksAnew = own.attributions.some(({ kind }) => kind !== "source");
    if (speaksAnew) {
      hedges = [];
      speaking = [];
    }
    const fromBefore = opensWithFa ? [...hedges, ...condition] : hedges;
    const others = sources.filter((source) => !own.attributions.includes(source));
    const allHedges = [...own.hedges, ...fromBefore.map((hedge): Hedge => ({ ...hedge, inherited: true }))];
    const inherited = [...speaking, ...others].map(
      (attribution): Attribution => ({ ...attribution, inherited: true }),
    );
    hedges = [...hedges, ...own.hedges.filter(({ modality }) => CARRIED.has(modality))].slice(-MOST_CARRIED);
    condition = own.hedges.filter(({ modality }) => modality === "conditional");
    if (speaksAnew) speaking = own.attributions.filter(({ kind }) => kind !== "source");
    const modality = asked ? "asked" : leastSure(allHedges);
    return { ...own, modality, hedges: allHedges, attributions: [...own.attributions, ...inherited] };
  });
}
