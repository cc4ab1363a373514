import { createRequire } from "node:module";

interface EmbeddingLevels {
  readonly paragraphs: readonly { readonly level: number }[];
}

interface Bidi {
  getEmbeddingLevels(text: string, direction?: "ltr" | "rtl"): EmbeddingLevels;
  getReorderedString(text: string, levels: EmbeddingLevels): string;
}

// Its type declarations say ES module, its code is CommonJS.
const bidiFactory: () => Bidi = createRequire(import.meta.url)("bidi-js");
const bidi = bidiFactory();

/** The text as bidi-js can read it: it errs on characters beyond U+FFFF, which are neutral here. */
function readable(line: string): string {
  return line.replace(/[\u{10000}-\u{10ffff}]/gu, "\u2600\u2600");
}

/** Whether an implementation of UAX #9 that is not ours would lay out the line from right to left. */
export function isRightToLeft(line: string): boolean {
  const { paragraphs } = bidi.getEmbeddingLevels(readable(line));
  return paragraphs.every((paragraph) => paragraph.level === 1);
}

/** The line as it is seen from left to right, without controls. */
export function visualOrder(line: string): string {
  const levels = bidi.getEmbeddingLevels(line, "rtl");
  return bidi.getReorderedString(line, levels).replace(/[\u200f\u2068\u2069]/g, "");
}
