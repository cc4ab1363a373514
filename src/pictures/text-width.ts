/** How wide a line of text may become in Vazirmatn: never less than it is, so that what is kept apart stays apart. */
import { cleanForDisplay } from "../text/bidi.ts";

/**
 * Hundredths of the font's size in the bold cut (Vazirmatn 33.0.3): of the letter alone or at an end, and after the
 * stroke where it joins the letter after it.
 */
const ADVANCES: ReadonlyMap<string, readonly [number, number]> = new Map(
  (
    "ء44 آ30 أ30 ؤ47 إ30 ئ76/37 ا30 ب94/37 ة54 ت94/37 ث94/37 ج70 ح70 خ70 د55 ذ55 ر40 ز40 س125/86 ش125/86 ص129/87 " +
    "ض129/87 ط78/69 ظ78/69 ع64/59 غ64/59 ف94/51 ق72/51 ك92/53 ل69/33 م65/59 ن74/35 ه71 و47 ى76 ي76/37 ـ28 " +
    ".30 ,25 ،30 :30 ؛30 ؟44 (36 )36 [28 ]28 «48 »48 “41 ”41 –66 -48 …75 ·31 /42 %74 m88 w75 M89 W89 i28 l28 j28 f37 r38 t35"
  )
    .split(" ")
    .map((entry) => {
      const [end = 0, middle = end] = entry.slice(1).split("/").map(Number);
      return [entry.slice(0, 1), [end, middle]];
    }),
);
const SPACE = 27;
const DIGIT = 58;
const LATIN = { small: 59, capital: 72 };
/** Letters that the table does not have: as wide as the widest that it has. */
const UNKNOWN = 129;
const MARK = /[\p{M}\p{Cf}]/u;
/** What stands after a letter for it to be joined on. */
const JOINED = /^[\p{M}]*(?![ء])[\u0620-\u064aـ]/u;

function advance(character: string, rest: string): number {
  const known = ADVANCES.get(character);
  if (known) return JOINED.test(rest) ? known[1] : known[0];
  if (/\s/u.test(character)) return SPACE;
  if (/\p{Nd}/u.test(character)) return DIGIT;
  if (/[a-z]/.test(character)) return LATIN.small;
  return /[A-Z]/.test(character) ? LATIN.capital : UNKNOWN;
}

/** At least as many pixels as the text takes at a size. */
export function textWidth(text: string, size: number): number {
  let hundredths = 0;
  let at = 0;
  for (const character of text) {
    at += character.length;
    if (!MARK.test(character)) hundredths += advance(character, text.slice(at, at + 8));
  }
  return (hundredths * size) / 100;
}

/** No line of a picture holds more. */
const LONGEST = 400;

/** The text on one line and without what a display obeys, cut at a word where it would be wider than `width`. */
export function fitted(text: string, size: number, width: number): string {
  const one = cleanForDisplay(text).replace(/\s+/gu, " ").trim().slice(0, LONGEST);
  if (textWidth(one, size) <= width) return one;
  let cut = one;
  while (cut !== "" && textWidth(`${cut}…`, size) > width) cut = [...cut].slice(0, -1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** Parts in lines with the separator between them, none parted unless it is wider than a line by itself. */
export function inLines(
  parts: readonly string[],
  { size, width, separator }: { size: number; width: number; separator: string },
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line}${separator}${part}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = part;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  return lines.map((each) => fitted(each, size, width));
}

/** A sentence in lines of whole words. */
export function wrapped(text: string, size: number, width: number): string[] {
  const words = cleanForDisplay(text).split(/\s+/u).filter(Boolean);
  return inLines(words, { size, width, separator: " " });
}
