/**
 * Arabic normalisation with a way back: for every unit of the normalised text, its place in the original.
 *
 * What is folded, and why, is the list of Lucene's ArabicNormalizer (alef seats, ى, ة, tashkeel, tatweel)
 * widened by what Telegram and the web bring: NFKD (presentation forms, full-width, accents), superscript alef,
 * hamza on waw and ya, Persian letters, every decimal digit system, zero-width, bidi and tag characters.
 */

/** A normalised text. `starts[i]`/`ends[i]` bound, in UTF-16 units of the original, what unit `i` came from. */
export interface NormalizedText {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Raised whenever the same text would be normalised otherwise: an index of another version is stale. */
export const NORMALIZER_VERSION = 1;

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
/** U+FEFF is white space to \s, but inside a text it is an invisible mark of byte order. */
const WHITE_SPACE = /(?!\ufeff)[\s\u0085]/u;
const LINE_BREAKS = "\n\r\v\f\u0085\u2028\u2029";
const INVISIBLE = /\p{Cf}|\p{Cc}|\u0640|\p{Variation_Selector}/u;
const DECIMAL_DIGIT = /\p{Nd}/u;
const LONE_SURROGATE = /\p{Cs}/u;
const REPLACEMENT_CHARACTER = "\ufffd";
/** What NFKD makes of a mark that stands alone, such as the isolated fatha U+FE76. */
const SPACED_MARK = / \p{M}+/gu;

/** ASCII digit for a decimal digit of any script: in Unicode they stand in blocks of ten from 0 on, some side by side. */
function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

function foldCharacter(character: string): string {
  if (COMBINING_MARK.test(character) || INVISIBLE.test(character)) return "";
  const folded = FOLDED_LETTERS[character];
  if (folded !== undefined) return folded;
  if (LONE_SURROGATE.test(character)) return REPLACEMENT_CHARACTER;
  if (character > "\u007f" && DECIMAL_DIGIT.test(character)) return asciiDigit(character);
  return character.toLowerCase();
}

/** Whether a character can be passed through or folded alone, without looking at its decomposition. */
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 0x621 && code <= 0x64a && code !== 0x640);
}

/** What a plain character becomes, by its code: most of a text is looked up and not computed. */
const PLAIN: readonly (string | undefined)[] = Array.from({ length: 0x64b }, (_, code) =>
  isPlain(code) && code !== 0x20 ? foldCharacter(String.fromCharCode(code)) : undefined,
);

function foldCluster(cluster: string): string {
  let out = "";
  for (const character of cluster.normalize("NFKD").replace(SPACED_MARK, "")) {
    out += WHITE_SPACE.test(character) ? " " : foldCharacter(character);
  }
  return out;
}

/** Offset of the end of the character at `start` together with the combining marks that follow it. */
function clusterEnd(text: string, start: number): number {
  let end = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  for (;;) {
    const next = text.codePointAt(end) ?? 0;
    if (next < 0x300 || !COMBINING_MARK.test(String.fromCodePoint(next))) return end;
    end += next > 0xffff ? 2 : 1;
  }
}

/** Collects the normalised text unit by unit; nothing is joined before the end, so that it stays linear. */
class Collector {
  readonly #units: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  add(piece: string, start: number, end: number): void {
    for (let unit = 0; unit < piece.length; unit += 1) {
      this.#units.push(piece.charAt(unit));
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  addSpace(start: number, end: number, lineBreak: boolean): void {
    const last = this.#units.length - 1;
    if (this.#units[last] !== " " && this.#units[last] !== "\n") {
      this.add(lineBreak ? "\n" : " ", start, end);
      return;
    }
    if (lineBreak) this.#units[last] = "\n";
    this.#ends[last] = end;
  }

  result(): NormalizedText {
    return {
      text: this.#units.join(""),
      starts: Uint32Array.from(this.#starts),
      ends: Uint32Array.from(this.#ends),
    };
  }
}

/**
 * Normalises a text and keeps the way back. Runs of white space become one space, or one "\n" when the run
 * holds a line break; a lone surrogate becomes U+FFFD. Linear in the length of the text; never throws;
 * normalising twice gives the same text as once.
 */
export function normalizeWithOffsets(original: string): NormalizedText {
  const collector = new Collector();
  for (let start = 0, end = 0; start < original.length; start = end) {
    const plain = PLAIN[original.charCodeAt(start)];
    const next = original.charCodeAt(start + 1);
    if (plain !== undefined && (isPlain(next) || Number.isNaN(next))) {
      end = start + 1;
      collector.add(plain, start, end);
      continue;
    }
    const first = String.fromCodePoint(original.codePointAt(start) ?? 0);
    if (WHITE_SPACE.test(first)) {
      end = start + first.length;
      collector.addSpace(start, end, LINE_BREAKS.includes(first));
      continue;
    }
    end = clusterEnd(original, start);
    if (isPlain(first.codePointAt(0) ?? 0)) collector.add(foldCharacter(first), start, end);
    else
      for (const piece of foldCluster(original.slice(start, end))) {
        if (piece === " ") collector.addSpace(start, end, false);
        else collector.add(piece, start, end);
      }
  }
  return collector.result();
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
 * of its last letter. An empty range gives an empty span, at the end of the text when it lies there.
 */
export function originalSpan(normalized: NormalizedText, start: number, end: number): Span {
  const from = normalized.starts[start] ?? normalized.ends.at(-1) ?? 0;
  const to = normalized.ends[end - 1];
  return to === undefined || end <= start ? [from, from] : [from, to];
}
