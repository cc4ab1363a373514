/**
 * Arabic normalisation with a way back: for every unit of the normalised text, its place in the original.
 *
 * What is folded, and why, is the list of Lucene's ArabicNormalizer (alef seats, ى, ة, tashkeel, tatweel)
 * widened by what Telegram and the web bring: NFKC (presentation forms, full-width), superscript alef,
 * hamza on waw and ya, Persian letters, every decimal digit system, zero-width, bidi and tag characters.
 */

/** A normalised text. `starts[i]`/`ends[i]` bound, in UTF-16 units of the original, what unit `i` came from. */
export interface NormalizedText {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Half-open range of UTF-16 offsets. */
export type Span = readonly [start: number, end: number];

const FOLDED_LETTERS: Readonly<Record<string, string>> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ٲ: "ا",
  ٳ: "ا",
  ى: "ي",
  ی: "ي",
  ې: "ي",
  ے: "ي",
  ئ: "ي",
  ؤ: "و",
  ة: "ه",
  ۃ: "ه",
  ہ: "ه",
  ھ: "ه",
  ە: "ه",
  ۀ: "ه",
  ک: "ك",
  ڪ: "ك",
  گ: "ك",
  پ: "ب",
  چ: "ج",
  ڤ: "ف",
};

const COMBINING_MARK = /\p{M}/u;
const WHITE_SPACE = /[\s\u0085]/u;
const LINE_BREAK = /[\n\r\u000b\u000c\u0085\u2028\u2029]/;
const INVISIBLE = /\p{Cf}|\p{Cc}|\u0640|\p{Variation_Selector}/u;
const DECIMAL_DIGIT = /\p{Nd}/u;

/** ASCII digit for a decimal digit of any script: every Unicode digit block starts at a code point whose value is 0. */
function asciiDigit(character: string): string {
  let zero = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DECIMAL_DIGIT.test(String.fromCodePoint(zero - 1))) {
    zero -= 1;
    value += 1;
  }
  return String(value);
}

function foldCharacter(character: string): string {
  if (COMBINING_MARK.test(character) || INVISIBLE.test(character)) return "";
  const folded = FOLDED_LETTERS[character];
  if (folded !== undefined) return folded;
  if (character > "\u007f" && DECIMAL_DIGIT.test(character)) return foldDigit(character);
  return character.toLowerCase();
}

function foldDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return asciiDigit(character);
}

/** Whether a character can be passed through or folded alone, without looking at NFKC. */
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 0x621 && code <= 0x64a && code !== 0x640);
}

function foldCluster(cluster: string): string {
  let out = "";
  for (const character of cluster.normalize("NFKC")) {
    out += WHITE_SPACE.test(character) ? " " : foldCharacter(character);
  }
  return out;
}

/**
 * Normalises a text and keeps the way back. Runs of white space become one space, or one "\n" when the run
 * holds a line break. Linear in the length of the text; never throws (lone surrogates pass through).
 */
export function normalizeWithOffsets(original: string): NormalizedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let position = 0;
  const emit = (piece: string, start: number, end: number): void => {
    text += piece;
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
  };
  const emitSpace = (start: number, end: number, lineBreak: boolean): void => {
    const last = text.length - 1;
    if (last >= 0 && (text[last] === " " || text[last] === "\n")) {
      if (lineBreak && text[last] === " ") text = `${text.slice(0, -1)}\n`;
      ends[last] = end;
    } else emit(lineBreak ? "\n" : " ", start, end);
  };
  while (position < original.length) {
    const start = position;
    const code = original.codePointAt(position) ?? 0;
    position += code > 0xffff ? 2 : 1;
    const first = original.slice(start, position);
    if (WHITE_SPACE.test(first)) {
      emitSpace(start, position, LINE_BREAK.test(first));
      continue;
    }
    while (position < original.length) {
      const next = original.codePointAt(position) ?? 0;
      if (next < 0x300 || !COMBINING_MARK.test(String.fromCodePoint(next))) break;
      position += next > 0xffff ? 2 : 1;
    }
    if (isPlain(code)) emit(foldCharacter(first), start, position);
    else
      for (const piece of foldCluster(original.slice(start, position))) {
        if (piece === " ") emitSpace(start, position, false);
        else emit(piece, start, position);
      }
  }
  return { text, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** The normalised text alone. */
export function normalize(original: string): string {
  return normalizeWithOffsets(original).text;
}

/** Normalised, every run of white space one space, trimmed: the form in which texts are compared and searched. */
export function searchKey(original: string): string {
  return normalize(original).replaceAll("\n", " ").replace(/ {2,}/g, " ").trim();
}

/**
 * Span in the original of the half-open range [start, end) of the normalised text, with the combining marks
 * of its last letter. An empty range gives an empty span.
 */
export function originalSpan(normalized: NormalizedText, start: number, end: number): Span {
  const from = normalized.starts[start];
  const to = normalized.ends[end - 1];
  if (from === undefined || to === undefined || end <= start) return [from ?? 0, from ?? 0];
  return [from, to];
}
