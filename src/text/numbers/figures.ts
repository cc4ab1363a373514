import type { FoundNoun } from "./find-noun.ts";
import type { ScannedText } from "./find-numbers.ts";
import type { IndefiniteFigure } from "./indefinite.ts";
import { indefiniteAt } from "./indefinite.ts";
import type { Token } from "./lex.ts";
import { lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import type { ParsedNumber } from "./number-words.ts";
import { parseNumberAt } from "./number-words.ts";
import type { Bound } from "./quantity.ts";
import { wordSet } from "./vocabulary.ts";

/** A bare figure: its value, tokens [from, to), range in the normalised text, and where its noun is looked for. */
export interface Figure {
  readonly min: number | null;
  readonly max: number | null;
  readonly bound: Bound;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly nounAt: number;
  /** Set where the noun is the figure itself, or stands before it: "قتيلان", "مدني واحد". */
  readonly noun: FoundNoun | null;
}

const TWO = wordSet("اثنان اثنين اثنتان اثنتين تنين اتنين");
const ONE = wordSet("واحد واحدة واحدا");

/** All figures of a text in their order; none overlaps another. */
export function findFigures(scanned: ScannedText): readonly Figure[] {
  const { tokens } = scanned;
  const counts = scanned.numbers.filter((_, index) => (scanned.roles[index] ?? "other") === "count");
  const taken = new Set(scanned.numbers.flatMap((number) => [number.from, number.to - 1]));
  const byStart = new Map(counts.map((number, index) => [number.from, index] as const));
  const figures: Figure[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const index = byStart.get(at);
    const figure =
      index === undefined
        ? taken.has(at)
          ? null
          : wordFigure(tokens, at)
        : numberFigure(tokens, counts, index);
    if (figure === null) continue;
    const last = figures.at(-1);
    if (last !== undefined && figure.from < last.to) continue;
    if (repeats(tokens, last, figure)) continue;
    figures.push(figure);
    at = figure.to - 1;
  }
  return figures;
}

/** "ثلاثة (3) مدنيين": the figure in brackets says the one before it again. */
function repeats(tokens: readonly Token[], last: Figure | undefined, figure: Figure): boolean {
  if (last === undefined || last.min !== figure.min || figure.min === null) return false;
  return figure.from - last.to === 1 && tokens[last.to]?.text === "(";
}

function numberFigure(
  tokens: readonly Token[],
  counts: readonly ParsedNumber[],
  index: number,
): Figure | null {
  const number = counts[index];
  if (number === undefined) return null;
  const between = betweenFigure(tokens, number, counts[index + 1]);
  if (between !== null) return between;
  if (number.value === 1 && number.form === "words") return oneFigure(tokens, number);
  const first = tokens[number.from];
  const last = tokens[number.to - 1];
  if (first === undefined || last === undefined) return null;
  const start = first.start + number.offset;
  return {
    ...exact(number.value),
    from: number.from,
    to: number.to,
    start,
    end: last.end,
    nounAt: skipBracket(tokens, number.to),
    noun: null,
  };
}

function exact(value: number): Pick<Figure, "min" | "max" | "bound"> {
  return { min: value, max: value, bound: "exactly" };
}

/** Over ")" and over "(3)" after the same number in words. */
function skipBracket(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text === ")" || tokens[at]?.text === "]") return at + 1;
  if (tokens[at]?.text === "(" && tokens[at + 1]?.kind === "number" && tokens[at + 2]?.text === ")")
    return at + 3;
  return at;
}

const RISES = wordSet("ارتفع ارتفعت ارتفاع زاد زادت انخفض انخفضت تراجع تراجعت وصل قفز rose");

/** "بين 20 و30", "من 20 إلى 30", "20-30". "ارتفع من 20 إلى 30" are two figures. */
function betweenFigure(
  tokens: readonly Token[],
  low: ParsedNumber,
  high: ParsedNumber | undefined,
): Figure | null {
  const opener = tokens[low.from - 1]?.text ?? "";
  // "من بين سبعة وعشرين مدنياً سقطوا": some of one number.
  const ofThem = opener === "بين" && /^[وف]?من$/.test(tokens[low.from - 2]?.text ?? "");
  const opened = !ofThem && /^[وبل]?ما ?بين$|^و?بين$|^between$/.test(opener);
  const splits = opened && (high === undefined || high.from > low.to + 1) ? splitNumber(tokens, low) : null;
  if (splits !== null) return splits;
  if (high === undefined) return null;
  const link = tokens.slice(low.to, high.from).map((token) => token.text);
  const joinedWord = high.from === low.to && tokens[high.from]?.text.startsWith("و");
  const joined = link.length <= 1 && (joinedWord || /^(?:و|الي|حتي|and|to)$/.test(link[0] ?? ""));
  const dashed = link.length === 1 && /^[-–—]$/.test(link[0] ?? "");
  const ranged = /^(?:الي|حتي|to)$/.test(link[0] ?? "") && link.length === 1;
  const fromTo = ranged && (opener === "من" || opener === "from");
  const rises = tokens
    .slice(Math.max(0, low.from - 10), low.from)
    .some((token) => token.kind === "word" && lookUp(RISES, token.text));
  if (!(opened && joined) && !dashed && !((fromTo || ranged) && !rises)) return null;
  const min =
    high.scale > 1 && low.scale === 1 && low.value < high.value / high.scale
      ? low.value * high.scale
      : low.value;
  if (min >= high.value) return null;
  const lead = opened || fromTo ? tokens[low.from - 1] : tokens[low.from];
  const last = tokens[high.to - 1];
  if (lead === undefined || last === undefined) return null;
  const before = /^(?:ما)$/.test(tokens[low.from - 2]?.text ?? "") && opened ? tokens[low.from - 2] : lead;
  const start = opened || fromTo ? (before ?? lead).start : lead.start + low.offset;
  return {
    min,
    max: high.value,
    bound: "between",
    from: low.from,
    to: high.to,
    start,
    end: last.end,
    nounAt: skipBracket(tokens, high.to),
    noun: null,
  };
}

/** "بين خمسة وعشرين قتيلاً": one number to the eye, two to the sense. */
function splitNumber(tokens: readonly Token[], number: ParsedNumber): Figure | null {
  const join = number.lastJoin;
  if (join === null) return null;
  const low = parseNumberAt(tokens.slice(number.from, join), 0);
  const high = parseNumberAt(tokens, tokens[join]?.text === "و" ? join + 1 : join);
  const opener = tokens[number.from - 1];
  const last = tokens[number.to - 1];
  if (low === null || high === null || opener === undefined || last === undefined) return null;
  if (low.value >= high.value || high.to !== number.to) return null;
  return {
    min: low.value,
    max: high.value,
    bound: "between",
    from: number.from,
    to: number.to,
    start: opener.start,
    end: last.end,
    nounAt: skipBracket(tokens, number.to),
    noun: null,
  };
}

/** "واحد من المدنيين"; a "واحد" that follows its noun was taken with it, and "في وقت واحد" is no figure. */
function oneFigure(tokens: readonly Token[], number: ParsedNumber): Figure | null {
  const token = tokens[number.from];
  if (token === undefined || !ONE.has(token.text.slice(number.offset))) return null;
  const after = tokens[number.to + 1];
  const known = after?.kind === "word" && lookUp(COUNTED_NOUNS, after.text) !== null;
  if (tokens[number.to]?.text !== "من" || !known) return null;
  const { from, to, offset } = number;
  return { ...exact(1), from, to, start: token.start + offset, end: token.end, nounAt: to, noun: null };
}

function wordFigure(tokens: readonly Token[], at: number): Figure | null {
  const indefinite = indefiniteAt(tokens, at);
  if (indefinite !== null) return fromIndefinite(tokens, indefinite);
  return singleNoun(tokens, at) ?? dualFigure(tokens, at);
}

function fromIndefinite(tokens: readonly Token[], found: IndefiniteFigure): Figure | null {
  const first = tokens[found.from];
  const last = tokens[found.to - 1];
  if (first === undefined || last === undefined) return null;
  const { from, to } = found;
  return {
    min: null,
    max: null,
    bound: "indefinite",
    from,
    to,
    start: first.start + found.offset,
    end: last.end,
    nounAt: found.noun,
    noun: null,
  };
}

/** "9 مدنيين من عائلة واحدة" says whose they are, and counts no families. */
function tellsWhose(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? "";
  return /^(?:من|افراد)$/.test(before) && /^(?:ال)?(?:عايله|اسره)$/.test(tokens[at]?.text ?? "");
}

/** "مدني واحد": seen from its noun, so that the figure starts there. */
function singleNoun(tokens: readonly Token[], at: number): Figure | null {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.kind !== "word" || next?.kind !== "word" || !ONE.has(next.text)) return null;
  const found = lookUp(COUNTED_NOUNS, token.text);
  if (found?.value.number !== "singular" || found.value.counted === "other") return null;
  if (tellsWhose(tokens, at)) return null;
  const noun = { at, offset: found.offset, counted: found.value.counted };
  return {
    ...exact(1),
    from: at,
    to: at + 2,
    start: token.start + found.offset,
    end: next.end,
    nounAt: at + 2,
    noun,
  };
}

/** "قتيلان", "عنصرين", "مدنيان اثنان". The town القريتين and other duals with the article of places are names. */
function dualFigure(tokens: readonly Token[], at: number): Figure | null {
  const token = tokens[at];
  if (token?.kind !== "word") return null;
  const found = lookUp(COUNTED_NOUNS, token.text);
  const next = tokens[at + 1];
  const two = next?.kind === "word" && TWO.has(next.text);
  if (found === null || found.value.counted === "other") return null;
  if (found.value.number !== "dual" && !(two && /ين$/.test(token.text))) return null;
  if (found.value.counted === "villages" && found.definite) return null;
  // "بين العامين 1701 و1750" names years.
  if (found.value.counted === "years" && next?.kind === "number" && next.text.length === 4) return null;
  const last = two ? next : token;
  const to = two ? at + 2 : at + 1;
  const noun = { at, offset: found.offset, counted: found.value.counted };
  return { ...exact(2), from: at, to, start: token.start + found.offset, end: last.end, nounAt: to, noun };
}
