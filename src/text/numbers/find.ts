import type { Span } from "../normalize.ts";
import { originalSpan } from "../normalize.ts";
import type { BoundCue } from "./bounds.ts";
import { boundAfter, boundBefore } from "./bounds.ts";
import { eventOfNoun, findEvent } from "./events.ts";
import type { Figure } from "./figures.ts";
import { findFigures } from "./figures.ts";
import type { FoundNoun } from "./find-noun.ts";
import { nounAfter, nounBefore } from "./find-noun.ts";
import type { ScannedText } from "./find-numbers.ts";
import { scan } from "./find-numbers.ts";
import { PEOPLE } from "./nouns.ts";
import { findParty } from "./party.ts";
import type { CountedClass, Quantity, QuantityEvent } from "./quantity.ts";

const CLASS_OF_EVENT: Readonly<Record<QuantityEvent, CountedClass>> = {
  killed: "dead",
  wounded: "wounded",
  casualties: "casualties",
  kidnapped: "kidnapped",
  detained: "detained",
  displaced: "displaced",
};

/** A quantity with the tokens it was found at, for the figures after it that lean on it. */
interface Found {
  readonly quantity: Quantity;
  readonly figure: Figure;
  readonly rises: boolean;
  readonly kind: "opened" | "member" | "inner" | "top";
}

/**
 * Every figure of a text with its bound, what it counts, what befell them and of whom. Dates, years, clock times,
 * unit numbers, calibres, ranks, list numbers and telephone numbers are no figures. Linear; never throws.
 */
export function findQuantities(text: string): readonly Quantity[] {
  const scanned = scan(text);
  const figures = findFigures(scanned);
  const taken = new Set(figures.flatMap((figure) => range(figure.from, figure.to)));
  const found: Found[] = [];
  for (const figure of figures) found.push(describe(scanned, figure, found, (at) => taken.has(at)));
  return found.map(({ quantity }) => quantity);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function describe(
  scanned: ScannedText,
  figure: Figure,
  before: readonly Found[],
  isFigure: (at: number) => boolean,
): Found {
  const { tokens, normalized } = scanned;
  const previous = before.at(-1) ?? null;
  const left =
    figure.bound === "indefinite" || figure.bound === "between"
      ? null
      : boundBefore(normalized.text, figure.start);
  const right =
    left === null && figure.bound === "exactly" ? boundAfter(normalized.text, tokens, figure.to) : null;
  const cue: BoundCue | null = left ?? right;
  const nounFrom =
    right !== null && right.start === tokens[figure.to - 1]?.end
      ? tokenAfter(scanned, right.end)
      : figure.nounAt;
  const noun = figure.noun ?? nounAfter(tokens, nounFrom, figure) ?? nounBefore(tokens, figure, isFigure);
  const start = cue === null ? figure.start : Math.min(cue.start, figure.start);
  const end = cue === null ? figure.end : Math.max(cue.end, figure.end);
  const span = originalSpan(normalized, start, end);
  const afterNoun = noun === null ? nounFrom : Math.max(noun.at + 1, nounFrom);
  const first = left === null ? figure.from : tokenAfter(scanned, left.start);
  const relation = relate(scanned, first, before);
  const inherited = relation.partOf === null ? null : (before[relation.partOf]?.quantity ?? null);
  const rises = /^(?:الي|ل|لي|to)$/.test(tokens[first - 1]?.text ?? "");
  const nounClass = noun?.counted ?? null;
  const people = noun === null || nounClass === null || PEOPLE.has(nounClass);
  const own = noun === null ? null : eventOfNoun(tokens, noun.at);
  const told = people ? (own ?? findEvent({ tokens, from: first, to: afterNoun, isFigure })) : null;
  const lent =
    !people || told !== null
      ? null
      : (inherited?.event ?? (rises && previous?.rises ? (previous.quantity.event ?? null) : null));
  const event = told ?? lent;
  const party = people && (noun !== null || event !== null) ? partyText(scanned, noun, afterNoun) : null;
  const quantity: Quantity = {
    min: figure.min,
    max: figure.max,
    bound: cue?.bound ?? figure.bound,
    text: scanned.original.slice(span[0], span[1]),
    span,
    noun: noun === null ? null : originalText(scanned, noun),
    counted: event === null ? nounClass : CLASS_OF_EVENT[event],
    nounClass: own === null ? nounClass : null,
    event,
    party,
    partOf: relation.partOf,
  };
  return { quantity, figure, rises, kind: relation.kind };
}

function tokenAfter(scanned: ScannedText, offset: number): number {
  const at = scanned.tokens.findIndex((token) => token.end > offset);
  return at < 0 ? scanned.tokens.length : at;
}

function originalText(scanned: ScannedText, noun: FoundNoun): string {
  const token = scanned.tokens[noun.at];
  if (token === undefined) return "";
  const [from, to] = originalSpan(scanned.normalized, token.start + noun.offset, token.end);
  return scanned.original.slice(from, to);
}

function partyText(scanned: ScannedText, noun: FoundNoun | null, from: number): string | null {
  const { tokens } = scanned;
  const partitive = noun !== null && tokens[noun.at - 1]?.text === "من";
  const party = partitive ? findParty(tokens, noun.at - 1, false) : findParty(tokens, from, noun !== null);
  if (party === null) return null;
  const first = tokens[party.from];
  const last = tokens[party.to - 1];
  if (first === undefined || last === undefined) return null;
  const span: Span = originalSpan(scanned.normalized, first.start + party.offset, last.end);
  return scanned.original.slice(span[0], span[1]);
}

/** How a figure stands to those before it: "هم 16 … و6 … و5" are members of the figure before, "بينهم طفلان" part of a member. */
function relate(
  scanned: ScannedText,
  from: number,
  before: readonly Found[],
): { readonly partOf: number | null; readonly kind: Found["kind"] } {
  const { tokens } = scanned;
  const previous = before.at(-1);
  if (previous === undefined) return { partOf: null, kind: "top" };
  const word = tokens[from - 1]?.text ?? "";
  const index = before.length - 1;
  const apart = tokens.slice(previous.figure.to, from);
  if (apart.length > 60 || apart.some((token) => token.kind === "break" || /^[.!?؟؛]$/.test(token.text)))
    return { partOf: null, kind: "top" };
  const whole = before.findLastIndex((entry) => entry.kind !== "inner");
  if (/^(?:و?هم|وهن)$/.test(word)) return { partOf: whole < 0 ? index : whole, kind: "member" };
  if (/^(?:و?بينهم|و?بينهن|و?منهم|و?منهن|ضمنهم|including)$/.test(word))
    return { partOf: whole < 0 ? index : whole, kind: "inner" };
  const joined = word === "و" || /^و/.test(tokens[from]?.text ?? "");
  if (!joined) return { partOf: null, kind: "top" };
  const comma = apart.some((token) => token.text === "،");
  if (previous.kind === "inner" && !comma) return { partOf: previous.quantity.partOf ?? null, kind: "inner" };
  const member = before.findLast((entry) => entry.kind !== "inner");
  if (member?.kind === "member") return { partOf: member.quantity.partOf ?? null, kind: "member" };
  return { partOf: null, kind: "top" };
}
