import type { Token } from "./lex.ts";
import { lookUp } from "./lex.ts";
import type { Numeral } from "./numerals.ts";
import { NUMERALS } from "./numerals.ts";

/** A number found among tokens: [from, to) of the tokens, `offset` units of proclitics before it in the first. */
export interface ParsedNumber {
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly form: "digits" | "words" | "mixed";
  readonly definite: boolean;
  /** The largest scale word (1 without one), so that "3 إلى 5 آلاف" can lend its scale. */
  readonly scale: number;
  /** The numeral proves a number only where a counted noun follows. */
  readonly weak: boolean;
  /** Where the last "و" between its parts stands: token index, or null. */
  readonly lastJoin: number | null;
}

interface Item extends Numeral {
  readonly next: number;
  readonly offset: number;
  readonly conjoined: boolean;
  readonly definite: boolean;
}

/** The numeral at a token; a lone "و" before it counts as its conjunction. */
function itemAt(tokens: readonly Token[], at: number): Item | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const hyphen = token.text === "-" && /^[a-z]/.test(tokens[at + 1]?.text ?? "");
  if (token.text === "و" || token.text === "and" || hyphen) {
    const inner = bareItemAt(tokens, at + 1);
    return inner === null || inner.conjoined ? null : { ...inner, conjoined: true };
  }
  return bareItemAt(tokens, at);
}

function bareItemAt(tokens: readonly Token[], at: number): Item | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== "word") return null;
  // "وأحد عشر" is written as "واحد" is.
  const eleven = token.text === "واحد" && /^عشره?$/.test(tokens[at + 1]?.text ?? "");
  if (eleven) return { kind: "unit", value: 1, next: at + 1, offset: 1, conjoined: true, definite: false };
  const found = lookUp(NUMERALS, token.text);
  if (found === null) return null;
  // "لست" is "I am not"; a clitic on a weak word proves nothing, but for "و" and the article.
  if (found.value.weak && found.offset > 0 && !found.conjoined && !found.definite) return null;
  if (found.key === "اثنين" && found.definite) return null;
  // "بالمئة" and "في المئة" tell a share.
  if (found.value.kind === "hundred" && found.definite) return null;
  const { offset, conjoined, definite } = found;
  return { ...found.value, next: at + 1, offset, conjoined, definite };
}

interface Part {
  readonly value: number;
  readonly scale: number;
  readonly next: number;
  readonly digits: boolean;
  readonly words: boolean;
  readonly weak: boolean;
  readonly lastJoin: number | null;
}

/** A number below 1000 in words: hundreds, then a unit or a teen, then tens, each joined by "و". */
function groupInWords(tokens: readonly Token[], at: number, conjoined: boolean): Part | null {
  let next = at;
  let value = 0;
  let rank = 1000;
  let weak = false;
  let count = 0;
  let lastJoin: number | null = null;
  for (;;) {
    const item = itemAt(tokens, next);
    if (item === null || item.kind === "scale" || item.kind === "fraction") break;
    const spaced = /^[a-z]/.test(tokens[next]?.text ?? "");
    if (count === 0 ? item.conjoined !== conjoined : !item.conjoined && !spaced) break;
    const whole = completeItem(tokens, item);
    if (whole === null || !mayFollow(rank, whole)) break;
    if (count > 0) lastJoin = next;
    weak = count === 0 && whole.weak;
    value += whole.value;
    rank = whole.rank;
    next = whole.next;
    count += 1;
  }
  return count === 0 ? null : { value, scale: 1, next, digits: false, words: true, weak, lastJoin };
}

interface Whole {
  readonly value: number;
  readonly rank: number;
  readonly next: number;
  readonly weak: boolean;
  readonly latin: boolean;
}

/** Takes "عشر" after a unit and "مئة" after a unit into it. Rank: 100 hundreds, 10 tens, 2 a unit that tens may follow, 1 the end. */
function completeItem(tokens: readonly Token[], item: Item): Whole | null {
  const latin = /^[a-z]/.test(tokens[item.next - 1]?.text ?? "");
  const after = itemAt(tokens, item.next);
  const joined = after !== null && !after.conjoined && after.offset === 0 ? after : null;
  if (item.kind === "unit") {
    if (joined?.kind === "ten")
      return { value: item.value + 10, rank: 1, next: joined.next, weak: false, latin };
    if (item.onlyBeforeTen) {
      return after?.kind === "tens" && after.conjoined
        ? { value: 1, rank: 2, next: item.next, weak: false, latin }
        : null;
    }
    if (joined?.kind === "hundred")
      return { value: item.value * 100, rank: 100, next: joined.next, weak: false, latin };
    return { value: item.value, rank: 2, next: item.next, weak: item.weak === true, latin };
  }
  const rank = item.kind === "tens" ? 10 : item.kind === "hundred" || item.kind === "hundreds" ? 100 : 1;
  return { value: item.value, rank, next: item.next, weak: item.weak === true, latin };
}

function mayFollow(rank: number, item: Whole): boolean {
  if (rank === 1000) return true;
  if (rank === 100) return item.rank < 100;
  if (rank === 10) return item.latin && item.rank === 2;
  return rank === 2 && item.rank === 10 && !item.latin;
}

const WORDS = { scale: 1, digits: false, words: true, weak: false, lastJoin: null } as const;

/** A group with the scale words after it: "3 آلاف", "عشرين ألفاً", "نصف مليون", "ألفي". */
function partAt(tokens: readonly Token[], at: number, conjoined: boolean): Part | null {
  const digitsAt = conjoined && tokens[at]?.text === "و" ? at + 1 : at;
  const literal = tokens[digitsAt];
  if (literal?.kind === "number" && digitsAt > at === conjoined && Number.isFinite(literal.value))
    return scaled(tokens, { ...WORDS, value: literal.value, next: digitsAt + 1, digits: true, words: false });
  const group = groupInWords(tokens, at, conjoined);
  if (group !== null) return scaled(tokens, group);
  const item = itemAt(tokens, at);
  if (item === null || item.conjoined !== conjoined) return null;
  if (item.kind === "fraction") {
    const scale = itemAt(tokens, item.next);
    if (scale?.kind !== "scale" || scale.conjoined) return null;
    return { ...WORDS, value: item.value * scale.value, scale: scale.value, next: scale.next };
  }
  if (item.kind !== "scale" || item.plural) return null;
  const scale = isDualScale(item.value) ? item.value / 2 : item.value;
  return scaled(tokens, { ...WORDS, value: item.value, scale, next: item.next, weak: item.weak === true });
}

/** "ألفان", "مليونين": the word is the number two already. */
function isDualScale(value: number): boolean {
  return String(value).startsWith("2");
}

function scaled(tokens: readonly Token[], group: Part): Part {
  const item = itemAt(tokens, group.next);
  if (item === null || item.kind !== "scale" || item.conjoined || item.offset > 0) return group;
  if (isDualScale(item.value) || item.value <= group.scale || group.value >= 1_000_000) return group;
  const value = group.value * item.value;
  return scaled(tokens, { ...group, value, scale: item.value, next: item.next, words: true, weak: false });
}

/** The number that starts at a token, in digits, words or both, or null. Looks ahead a bounded number of tokens. */
export function parseNumberAt(tokens: readonly Token[], at: number): ParsedNumber | null {
  const token = tokens[at];
  if (token === undefined || token.kind === "mark" || token.kind === "break") return null;
  const item = token.kind === "word" && token.text !== "و" ? bareItemAt(tokens, at) : null;
  if (token.kind === "word" && item === null) return null;
  const first = partAt(tokens, at, item?.conjoined === true);
  if (first === null) return null;
  let value = first.value;
  let next = first.next;
  let smallest = first.scale;
  let { digits, words, lastJoin } = first;
  while (smallest > 1 || (value === 100 && words && lastJoin === null && smallest === 1)) {
    const fraction = itemAt(tokens, next);
    if (fraction?.kind === "fraction" && fraction.conjoined && smallest > 1) {
      value += fraction.value * smallest;
      next = fraction.next;
      const again = itemAt(tokens, next);
      if (again?.kind === "scale" && again.definite) next = again.next;
      break;
    }
    const part = partAt(tokens, next, true);
    const room = smallest > 1 ? smallest : 100;
    if (part === null || part.value >= room || (room === 100 && !part.digits)) break;
    lastJoin = next;
    value += part.value;
    next = part.next;
    digits ||= part.digits;
    words ||= part.words;
    smallest = part.scale;
  }
  const form = digits && words ? "mixed" : digits ? "digits" : "words";
  const scale = first.scale;
  const offset =
    item === null ? 0 : item.offset - (item.definite ? articleLength(token.text, item.offset) : 0);
  return {
    value,
    from: at,
    to: next,
    offset,
    form,
    definite: item?.definite === true,
    scale,
    weak: first.weak && next === at + 1,
    lastJoin,
  };
}

/** The article stays in the quoted figure ("الخمسين"); in "لل" it cannot be cut. */
function articleLength(word: string, offset: number): number {
  return word.slice(0, offset).endsWith("ال") ? 2 : 0;
}
