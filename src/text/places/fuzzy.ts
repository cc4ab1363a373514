/** Names with one wrong letter. */

import type { Gazetteer, NameForm } from "./gazetteer.ts";
import { headOf, isBattle, isPreposition } from "./heads.ts";
import { gap, type Hit, headBefore } from "./scan.ts";
import { readings, type Word } from "./words.ts";

const SHORTEST_FUZZY = 6;
/** Of a name of the collection that only sounds otherwise. */
const SHORTEST_HEARD = 5;
/** Shorter words are near too many names even to be offered. */
export const SHORTEST_SUGGESTED = 4;
const LONGEST_WINDOW = 3;

/** Whether two different strings are one insertion, deletion, substitution or swap of neighbours apart (OSA). */
export function oneEditApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const lengthA = endA - start;
  const lengthB = endB - start;
  if (lengthA <= 1 && lengthB <= 1) return true;
  return lengthA === 2 && lengthB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** The string itself and every string with one letter left out. */
function deletions(key: string): string[] {
  const out = [key];
  for (let index = 0; index < key.length; index += 1) out.push(key.slice(0, index) + key.slice(index + 1));
  return out;
}

const indexes = new WeakMap<Gazetteer, ReadonlyMap<string, readonly string[]>>();

/** Keys of the gazetteer by their deletions, made on first use. */
function deletionIndex(gazetteer: Gazetteer): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(gazetteer);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const key of gazetteer.names.keys()) {
    if (key.length < SHORTEST_SUGGESTED || key.length > 40) continue;
    for (const deletion of new Set(deletions(key)))
      index.set(deletion, [...(index.get(deletion) ?? []), key]);
  }
  indexes.set(gazetteer, index);
  return index;
}

/** Known keys one edit away from a key that is not known itself. */
export function neighbours(key: string, gazetteer: Gazetteer): string[] {
  if (key.length > 40 || gazetteer.names.has(key)) return [];
  const index = deletionIndex(gazetteer);
  const near = new Set(deletions(key).flatMap((deletion) => index.get(deletion) ?? []));
  return [...near].filter((known) => oneEditApart(key, known));
}

/** A stretch of words where a place may stand but no known name does. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly clitic: string;
  readonly key: string;
  /** It has an article and only depends on a noun that tells of an event ("في كمائن الميادبن"). */
  readonly bare?: boolean | undefined;
}

/** Whether a place is to be expected at a word: after a head or a preposition, in a list, or at the very start. */
function expected(
  text: string,
  words: readonly Word[],
  from: number,
  clitic: string,
  taken: readonly boolean[],
): boolean {
  if (from === 0 || /[بل]/.test(clitic)) return true;
  if (headBefore(text, words, from) !== null || isPreposition(words[from - 1])) return true;
  return clitic.startsWith("و") && taken[from - 1] === true;
}

export function windowsAt(
  text: string,
  words: readonly Word[],
  from: number,
  taken: readonly boolean[],
  options: { readonly governed?: boolean } = {},
): Window[] {
  const first = words[from];
  if (!first || taken[from] || headOf(first) || isPreposition(first)) return [];
  const out: Window[] = [];
  for (const { key, clitic, article } of readings(first)) {
    if (!expected(text, words, from, clitic, taken)) {
      const governed = isPreposition(words[from - 2]) || isBattle(words[from - 1]);
      if (options.governed && article && governed) out.push({ from, to: from + 1, clitic, key, bare: true });
      continue;
    }
    let joined = key;
    for (let to = from + 1; to <= Math.min(from + LONGEST_WINDOW, words.length); to += 1) {
      out.push({ from, to, clitic, key: joined });
      if (taken[to] || gap(text, words, to - 1) !== " ") break;
      joined += words[to]?.key ?? "";
    }
  }
  return out;
}

export function takenWords(count: number, hits: readonly Hit[]): boolean[] {
  const taken = new Array<boolean>(count).fill(false);
  for (const hit of hits) taken.fill(true, hit.from, hit.to);
  return taken;
}

/** Names in ا are written with ة as well (حرستا / حرستة), however short. */
function sameButEnding(a: string, b: string): boolean {
  return a.length === b.length && a.slice(0, -1) === b.slice(0, -1) && /[اه]$/.test(a) && /[اه]$/.test(b);
}

/** "بالتركية" is the language and no slip for تركيا. */
function namesCountry(key: string, gazetteer: Gazetteer): boolean {
  return (gazetteer.names.get(key) ?? []).every(({ id }) => gazetteer.byId.get(id)?.kind === "country");
}

/** A name is not read off more words than it has: a typo joins words, it seldom parts them. */
export function spans(form: NameForm, window: Window): boolean {
  return window.to - window.from <= form.words;
}

/** Letters that are written for one another because they sound alike. */
const SOUNDS = ["تثط", "سصث", "دضذظز", "قكغ"];
const LONG_VOWELS = "اوي";

/** Whether two names sound alike: one letter for another of its sound ("موحصن"), a long vowel too few or many. */
export function soundAlike(a: string, b: string): boolean {
  if (!oneEditApart(a, b)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const letter = long.charAt(at);
  if (short.length < long.length) return at > 0 && LONG_VOWELS.includes(letter);
  const swapped = short.slice(at + 1) !== long.slice(at + 1);
  return !swapped && SOUNDS.some((same) => same.includes(letter) && same.includes(short.charAt(at)));
}

const FROM_REPORT = /^[0-9a-z]+_[0-9a-f]{16}$/;

/** Whether the collection itself names a place, and its name is no common word. */
function isOfCollection({ id }: NameForm, gazetteer: Gazetteer): boolean {
  const place = gazetteer.byId.get(id);
  if (place === undefined || place.needsHead) return false;
  return gazetteer.own.has(id) || place.sources.some((source) => FROM_REPORT.test(source));
}

/**
 * The one name near a short word: only where no other name at all is near, the reports name the place, and the two
 * sound alike; a name of four letters only after a head word ("جبال تردة").
 */
function shortNeighbour(
  window: Window,
  headed: boolean,
  near: readonly string[],
  gazetteer: Gazetteer,
): string[] {
  if (window.to - window.from > 1) return [];
  const forms = near.map((key) => gazetteer.names.get(key) ?? []);
  const only = forms[0]?.find(
    (form) =>
      isOfCollection(form, gazetteer) && forms.every((other) => other.some(({ id }) => id === form.id)),
  );
  const shortest = headed ? SHORTEST_SUGGESTED : SHORTEST_HEARD;
  if (only === undefined || window.key.length < shortest) return [];
  return near.filter((key) => key.length >= shortest && soundAlike(window.key, key));
}

/** A common word in another form ("موظفيه") is no slip for the name that is the same word ("الموظفين"). */
function isInflected({ id }: NameForm, key: string, window: Window, gazetteer: Gazetteer): boolean {
  if (gazetteer.byId.get(id)?.needsHead !== true) return false;
  return key.slice(0, -1) === window.key.slice(0, -1) || key === window.key.slice(0, -1);
}

/** Where a place is less expected: a long name of the collection with one letter wrong, none too many or few ("الصناعية" is no slip). */
function isSlipOfOwn(key: string, known: string, gazetteer: Gazetteer): boolean {
  const forms = gazetteer.names.get(known) ?? [];
  return (
    key.length >= SHORTEST_FUZZY &&
    key.length === known.length &&
    forms.some((form) => form.article && isOfCollection(form, gazetteer))
  );
}

/** The forms of the one name that is near, or nothing when none or more than one is. */
function onlyNeighbour(window: Window, headed: boolean, gazetteer: Gazetteer): readonly NameForm[] {
  if (window.key.length < SHORTEST_SUGGESTED) return [];
  const near = neighbours(window.key, gazetteer);
  const all = window.bare ? near.filter((key) => isSlipOfOwn(window.key, key, gazetteer)) : near;
  const endings = all.filter((key) => sameButEnding(window.key, key) && !namesCountry(key, gazetteer));
  const long = window.key.length < SHORTEST_FUZZY ? [] : all.filter((key) => key.length >= SHORTEST_FUZZY);
  const read =
    endings.length > 0 ? endings : long.length > 0 ? long : shortNeighbour(window, headed, all, gazetteer);
  const forms = read.map((key) =>
    (gazetteer.names.get(key) ?? []).filter(
      (form) => spans(form, window) && (headed || !isInflected(form, key, window, gazetteer)),
    ),
  );
  const [first = [], ...others] = forms;
  return first.filter((form) => others.every((other) => other.some(({ id }) => id === form.id)));
}

/** The hits with those added that are one edit away from exactly one known name. */
export function findTypos(
  text: string,
  words: readonly Word[],
  hits: readonly Hit[],
  gazetteer: Gazetteer,
): Hit[] {
  const taken = takenWords(words.length, hits);
  const found: Hit[] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (const window of windowsAt(text, words, from, taken, { governed: true }).reverse()) {
      const forms = onlyNeighbour(window, headBefore(text, words, from) !== null, gazetteer);
      if (forms.length === 0) continue;
      const { to, clitic } = window;
      found.push({
        from,
        to,
        clitic,
        forms,
        head: headBefore(text, words, from),
        weak: false,
        articleMissing: false,
        fuzzy: true,
      });
      taken.fill(true, from, to);
      break;
    }
  }
  return [...hits, ...found].sort((a, b) => a.from - b.from);
}
