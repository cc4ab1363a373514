import type { Span } from "../normalize.ts";
import { originalSpan } from "../normalize.ts";
import { remembering } from "../remember.ts";
import type { BoundCue } from "./bounds.ts";
import { boundAfter, boundBefore } from "./bounds.ts";
import { eventOfNoun, findEvent, joinedEvent } from "./events.ts";
import type { Figure } from "./figures.ts";
import { findFigures } from "./figures.ts";
import type { FoundNoun } from "./find-noun.ts";
import { nounAfter, nounBefore, nounOfRound } from "./find-noun.ts";
import type { ScannedText } from "./find-numbers.ts";
import { scan } from "./find-numbers.ts";
import type { Token } from "./lex.ts";
import { PEOPLE } from "./nouns.ts";
import type { PartyWords } from "./party.ts";
import { findParty, partyBefore, partyOfPartitive } from "./party.ts";
import { classOfPeople } from "./party-class.ts";
import type { CountedClass, Quantity, QuantityEvent } from "./quantity.ts";
import type { Related } from "./relate.ts";
import { relate } from "./relate.ts";

const CLASS_OF_EVENT: Readonly<Record<QuantityEvent, CountedClass>> = {
  killed: "dead",
  wounded: "wounded",
  casualties: "casualties",
  kidnapped: "kidnapped",
  detained: "detained",
  displaced: "displaced",
};

/** A text with its figures and the tokens that they take. */
interface Reading {
  readonly scanned: ScannedText;
  readonly isFigure: (at: number) => boolean;
}

/** A figure with its bound and noun: tokens [from, to) with both. */
interface Phrase {
  readonly figure: Figure;
  readonly cue: BoundCue | null;
  readonly noun: FoundNoun | null;
  readonly from: number;
  readonly to: number;
}

/** A quantity with what the figures after it lean on. */
interface Read extends Related {
  readonly quantity: Quantity;
  readonly to: number;
  /** Told as a level reached: "ارتفع إلى 37", so that the next level of the same sentence tells the same event. */
  readonly level: boolean;
}

/**
 * Every figure of a text with its bound, what it counts, what befell them and of whom. Dates, years, clock times,
 * unit numbers, calibres, ranks, list numbers and telephone numbers are no figures. Linear; never throws.
 */
export function findQuantities(text: string): readonly Quantity[] {
  return text.length <= LONGEST_REMEMBERED ? rememberedQuantities(text) : readQuantities(text);
}

/** Passages are read question after question; whole reports are not. In UTF-16 units. */
const LONGEST_REMEMBERED = 1000;
const rememberedQuantities = remembering(readQuantities);

function readQuantities(text: string): readonly Quantity[] {
  const scanned = scan(text);
  const figures = findFigures(scanned);
  const taken = new Set<number>();
  for (const figure of figures)
    if (!tellsTime(scanned.tokens, figure)) for (let at = figure.from; at < figure.to; at += 1) taken.add(at);
  const reading: Reading = { scanned, isFigure: (at) => taken.has(at) };
  const read: Read[] = [];
  for (const figure of figures) read.push(readFigure(reading, figure, read));
  return read.map(({ quantity }) => quantity);
}

const TIMES: ReadonlySet<CountedClass> = new Set<CountedClass>(["hours", "days", "weeks", "months", "years"]);

/** "حصيلة القتلى خلال 72 ساعة إلى 122": a length of time does not part a figure from what governs it. */
function tellsTime(tokens: readonly Token[], figure: Figure): boolean {
  const noun = figure.noun ?? nounAfter(tokens, figure.nounAt, figure);
  return noun !== null && TIMES.has(noun.counted);
}

function readFigure(reading: Reading, figure: Figure, earlier: readonly Read[]): Read {
  const { scanned } = reading;
  const { tokens, normalized, original } = scanned;
  const phrase = readPhrase(reading, figure);
  const related = relate(tokens, phrase.from, earlier);
  const level = /^(?:الي|ل?بلغت?|و?بلغت?|ل?يبلغ|to)$/.test(tokens[phrase.from - 1]?.text ?? "");
  const other = phrase.noun === null ? othersAfter(tokens, phrase.to) : null;
  const ofWhole = related.standing === "member" ? classOfWhole(related, earlier) : null;
  const nounClass = phrase.noun?.counted ?? (other === null ? ofWhole : classBefore(earlier));
  const own = phrase.noun === null ? null : eventOfNoun(tokens, phrase.noun.at);
  const people = nounClass === null || PEOPLE.has(nounClass);
  const told = own ?? findEvent({ ...reading, tokens, from: phrase.from, at: figure.from, to: phrase.to });
  const event = people ? (told ?? lentEvent(tokens, { related, level, from: phrase.from }, earlier)) : null;
  const tellsWhom = people && (phrase.noun !== null || event !== null);
  const party = tellsWhom ? partyOf(tokens, phrase, event, own !== null) : null;
  const start = Math.min(phrase.cue?.start ?? figure.start, figure.start);
  const end = Math.max(phrase.cue?.end ?? figure.end, figure.end);
  const span = originalSpan(normalized, start, end);
  const quantity: Quantity = {
    min: figure.min,
    max: figure.max,
    bound: phrase.cue?.bound ?? figure.bound,
    text: original.slice(span[0], span[1]),
    span,
    noun: nounText(scanned, phrase.noun, other),
    counted: event === null ? nounClass : CLASS_OF_EVENT[event],
    nounClass: own === null ? nounClass : ofWhole,
    event,
    party: party === null ? null : quote(scanned, party.from, party.offset, party.to),
    phraseSpan: originalSpan(normalized, start, Math.max(end, phraseEnd(tokens, phrase, party))),
    partOf: related.partOf,
  };
  return { ...related, quantity, to: figure.to, level };
}

/** The event that a part has from its whole, and a level from the level before it in its sentence. */
function lentEvent(
  tokens: readonly Token[],
  { related, level, from }: { readonly related: Related; readonly level: boolean; readonly from: number },
  earlier: readonly Read[],
): QuantityEvent | null {
  if (related.partOf !== null) return earlier[related.partOf]?.quantity.event ?? null;
  const before = earlier.at(-1);
  const leans = level && before?.level === true && sameSentence(tokens, before.to, from);
  return leans ? (before.quantity.event ?? null) : null;
}

const FARTHEST_PARTY = 5;

/** Where the figure ends with the noun and the party that follow it closely. */
function phraseEnd(tokens: readonly Token[], { figure, noun, to }: Phrase, party: PartyWords | null): number {
  const follows = party !== null && party.from >= figure.to && party.from - to <= FARTHEST_PARTY;
  const between = follows ? tokens.slice(to, party.from) : [];
  const nounEnd = noun === null ? 0 : noun.at + (joinedEvent(tokens[noun.at + 1]) === null ? 1 : 2);
  const last = follows && between.every((token) => token.kind === "word") ? party.to : nounEnd;
  return last > figure.to ? (tokens[last - 1]?.end ?? 0) : 0;
}

/** "ثلاثة آخرين": the token of "others", who are of the class counted before. */
function othersAfter(tokens: readonly Token[], at: number): number | null {
  return /^(?:اخرون|اخرين|اخريات|others)$/.test(tokens[at]?.text ?? "") ? at : null;
}

/** The class last counted, of the whole and not of its parts. */
function classBefore(earlier: readonly Read[]): CountedClass | null {
  const last = earlier.at(-1);
  const whole = last?.standing === "inner" && last.partOf !== null ? earlier[last.partOf] : last;
  return whole?.quantity.nounClass ?? null;
}

/** "27 عدد الشهداء المدنيين، هم 16 … و5": the members are of the class of their whole. */
function classOfWhole({ partOf }: Related, earlier: readonly Read[]): CountedClass | null {
  const whole = partOf === null ? undefined : earlier[partOf];
  return whole === undefined ? null : classOfPeople(whole.quantity);
}

function nounText(scanned: ScannedText, noun: FoundNoun | null, other: number | null): string | null {
  if (noun !== null) return quote(scanned, noun.at, noun.offset, noun.at + 1);
  return other === null ? null : quote(scanned, other, 0, other + 1);
}

function sameSentence(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > 60) return false;
  return !tokens.slice(from, to).some((token) => token.kind === "break" || /^[.!?؟؛]$/.test(token.text));
}

function readPhrase({ scanned, isFigure }: Reading, figure: Figure): Phrase {
  const { tokens, normalized } = scanned;
  const vague = figure.bound === "indefinite" || figure.bound === "between";
  const left = vague ? null : clearOf(isFigure, tokens, boundBefore(normalized.text, figure.start), figure);
  const right =
    vague || left !== null
      ? null
      : clearOf(isFigure, tokens, boundAfter(normalized.text, tokens, figure.to), figure);
  const adjacent = right !== null && right.start === tokens[figure.to - 1]?.end;
  const nounFrom = adjacent ? tokenFrom(tokens, figure.to, right.end) : figure.nounAt;
  const noun =
    figure.noun ??
    nounOfRound(tokens, figure) ??
    nounAfter(tokens, nounFrom, figure) ??
    nounBefore(tokens, figure, isFigure);
  let from = figure.from;
  while (
    left !== null &&
    from > 0 &&
    (tokens[from - 1]?.start ?? 0) >= left.start - 2 &&
    (tokens[from - 1]?.end ?? 0) > left.start
  )
    from -= 1;
  const said = right === null ? nounFrom : tokenFrom(tokens, figure.to, right.end);
  return { figure, cue: left ?? right, noun, from, to: Math.max(said, (noun?.at ?? -1) + 1) };
}

/** The bound, unless another figure stands among its words. */
function clearOf(
  isFigure: Reading["isFigure"],
  tokens: readonly Token[],
  cue: BoundCue | null,
  figure: Figure,
): BoundCue | null {
  if (cue === null) return null;
  for (let at = figure.to; (tokens[at]?.start ?? cue.end) < cue.end; at += 1) if (isFigure(at)) return null;
  for (let at = figure.from - 1; (tokens[at]?.end ?? cue.start) > cue.start; at -= 1)
    if (isFigure(at)) return null;
  return cue;
}

/** The first token at or after `at` that starts at or behind an offset of the normalised text. */
function tokenFrom(tokens: readonly Token[], at: number, offset: number): number {
  let to = at;
  while (to < tokens.length && (tokens[to]?.start ?? 0) < offset) to += 1;
  return to;
}

/** The original text of tokens [from, to), less `offset` units of proclitics. */
function quote(scanned: ScannedText, from: number, offset: number, to: number): string {
  const first = scanned.tokens[from];
  const last = scanned.tokens[to - 1];
  if (first === undefined || last === undefined) return "";
  const span: Span = originalSpan(scanned.normalized, first.start + offset, last.end);
  return scanned.original.slice(span[0], span[1]);
}

/** "قتلى قوات النظام إلى 61 عنصراً": the noun of the same event shortly before a figure that has a noun of its own. */
function nounLedBy(tokens: readonly Token[], from: number, event: QuantityEvent | null): number | null {
  for (let at = from - 1; at >= Math.max(0, from - 10); at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "break" || token.kind === "number" || token.kind === "mark") {
      if (!/^["“”«»]$/.test(token?.text ?? "")) return null;
      continue;
    }
    if (event !== null && eventOfNoun(tokens, at) === event) return at;
  }
  return null;
}

function partyOf(
  tokens: readonly Token[],
  { figure, noun, from, to }: Phrase,
  event: QuantityEvent | null,
  nounIsEvent: boolean,
): PartyWords | null {
  const partitive = noun !== null && tokens[noun.at - 1]?.text === "من" && noun.at > figure.from;
  const opened = noun === null && tokens[to - 1]?.text === "من" ? to - 1 : to;
  const after =
    partitive && !nounIsEvent
      ? partyOfPartitive(tokens, noun.at)
      : findParty(tokens, opened, noun !== null && noun.at === to - 1);
  if (after !== null) return after;
  const told = noun !== null && noun.at < figure.from ? noun.at : nounLedBy(tokens, from, event);
  const left = told === null ? null : findParty(tokens, told + 1, true);
  if (left !== null) return left.to <= from ? left : null;
  return partyBefore(tokens, from);
}
