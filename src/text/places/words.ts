/**
 * Words of a normalised text and their name keys. The name key is coarser than the search key: ء is dropped
 * and so is the article, because sources disagree on both (الموحسن / موحسن, السويداء / السويدا).
 */

import { normalize } from "../normalize.ts";

/** A word of a normalised text; offsets are in that text. */
export interface Word {
  /** Without ء; Latin letters without accents and apostrophes. */
  readonly raw: string;
  /** `raw` without the article; "" for an article that stands alone. */
  readonly key: string;
  readonly article: boolean;
  readonly latin: boolean;
  readonly start: number;
  readonly end: number;
}

const LATIN_ARTICLES = new Set("al el ul ar er as es ash esh ad ed at et ath az ez an en".split(" "));
const APOSTROPHE = /['’‘`ʿʾʻʼ]/;

function isWordCharacter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  if (code >= 0x621 && code <= 0x64a) return true;
  const low = code >= 0xdc00 && code <= 0xdfff && index > 0;
  const character = String.fromCodePoint(text.codePointAt(low ? index - 1 : index) ?? 0);
  return /[\p{L}\p{N}]/u.test(character);
}

/** Arabizi digits and doubled letters folded: "7amidiyye" and "hamidiye" are the same word. */
function foldLatin(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[^a-z0-9]/g, "")
    .replace(/(?<=[a-z])5|5(?=[a-z])/g, "kh")
    .replace(/(?<=[a-z])7|7(?=[a-z])/g, "h")
    .replace(/(?<=[a-z])[23]|[23](?=[a-z])/g, "")
    .replace(/([a-z])\1+/g, "$1");
}

function makeWord(text: string, start: number, end: number): Word {
  const source = text.slice(start, end);
  const first = text.charCodeAt(start);
  const latin = first < 0x250 && !(first >= 0x30 && first <= 0x39 && !/[a-z]/.test(source));
  if (latin) {
    const raw = foldLatin(source);
    const article = LATIN_ARTICLES.has(source);
    return { raw, key: article ? "" : raw, article, latin, start, end };
  }
  const raw = source.includes("ء") ? source.replaceAll("ء", "") : source;
  if (raw === "ال") return { raw, key: "", article: true, latin, start, end };
  const article = raw.length >= 4 && raw.startsWith("ال");
  return { raw, key: article ? raw.slice(2) : raw, article, latin, start, end };
}

/** Words of a normalised text, in order. Linear. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  for (let index = 0; index <= text.length; index += 1) {
    const inWord =
      index < text.length &&
      (isWordCharacter(text, index) ||
        (start >= 0 &&
          APOSTROPHE.test(text.charAt(index)) &&
          index + 1 < text.length &&
          isWordCharacter(text, index + 1)));
    if (inWord && start < 0) start = index;
    if (!inWord && start >= 0) {
      words.push(makeWord(text, start, index));
      start = -1;
    }
  }
  return words;
}

/** The key by which two spellings of a name are the same name: name keys of its words, joined without spaces. */
export function nameKey(name: string): string {
  return splitWords(normalize(name))
    .map((word) => word.key)
    .join("");
}

/** A word read with some clitics taken off its front. `length` of what was taken, in normalised units. */
export interface Reading {
  readonly clitic: string;
  readonly key: string;
  readonly article: boolean;
}

function reading(clitic: string, raw: string): Reading {
  const article = raw.length >= 4 && raw.startsWith("ال");
  return { clitic, key: article ? raw.slice(2) : raw, article };
}

function addPrepositions(out: Reading[], before: string, raw: string): void {
  const letter = raw.charAt(0);
  const rest = raw.slice(1);
  if (letter === "ل" && rest.startsWith("ل") && rest.length >= 3) {
    // "للبنان" is ل + لبنان before it is لل + بنان.
    out.push({ clitic: `${before}ل`, key: rest, article: true });
    out.push({ clitic: `${before}لل`, key: rest.slice(1), article: true });
  } else if ((letter === "ب" || letter === "ل" || letter === "ك") && rest.length >= 2) {
    out.push(reading(before + letter, rest));
  } else if ((letter === "ع" || letter === "ه") && rest.length >= 5 && rest.startsWith("ال")) {
    out.push(reading(before + letter, rest));
  }
}

/** All ways to read an Arabic word as a name after و ف ب ك ل لل (and dialect عال هال); the whole word first. */
export function readings(word: Word): Reading[] {
  const out: Reading[] = [{ clitic: "", key: word.key, article: word.article }];
  if (word.latin || word.raw.length < 3) return out;
  addPrepositions(out, "", word.raw);
  const letter = word.raw.charAt(0);
  if (letter === "و" || letter === "ف") {
    out.push(reading(letter, word.raw.slice(1)));
    if (word.raw.length >= 4) addPrepositions(out, letter, word.raw.slice(1));
  }
  return out;
}
