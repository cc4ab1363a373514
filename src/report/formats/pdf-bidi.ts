/** Drawn order to reading order: the opposite of the Unicode bidirectional algorithm (UAX #9), for one line. */

type Direction = "right" | "left" | "number" | "separator" | "neutral";

const MIRRORED: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "«": "»", "‹": "›" };
const CLOSING = new Map(Object.entries(MIRRORED).map(([open, close]) => [close, open]));

function directionOf(text: string): Direction {
  if (/\p{Nd}/u.test(text)) return "number";
  if (/\p{Script=Arabic}|\p{Script=Hebrew}/u.test(text) && /\p{L}/u.test(text)) return "right";
  if (/\p{L}/u.test(text)) return "left";
  // Common separators keep two figures together (rule W4); a hyphen does not after Arabic letters.
  return /^[.,:/\u00a0]$/u.test(text) ? "separator" : "neutral";
}

/**
 * The text of one line whose glyphs are given from left to right. A ligature is one glyph whose letters are already
 * in reading order. Presentation forms become plain letters.
 */
export function logicalOrder(drawn: readonly string[], direction: "right" | "left"): string {
  const plain = drawn.map(plainLetters);
  const hasArabic = plain.some((text) => directionOf(text) === "right");
  if (direction === "right") return arrange(plain.toReversed(), "left");
  return hasArabic ? arrange(plain, "right") : plain.join("");
}

/** Turns round every run of glyphs of the other direction. `glyphs` are in the order of the line's own direction. */
function arrange(glyphs: readonly string[], other: "left" | "right"): string {
  const directions = resolved(glyphs, other);
  let text = "";
  for (let at = 0; at < glyphs.length; ) {
    const run = directions[at];
    let end = at + 1;
    while (end < glyphs.length && directions[end] === run) end += 1;
    const piece = glyphs.slice(at, end);
    text += run === "main" ? piece.join("") : piece.toReversed().join("");
    at = end;
  }
  return text;
}

/** For each glyph whether it belongs to the line's own direction or to a run of the other one. */
function resolved(glyphs: readonly string[], other: "left" | "right"): ("main" | "other" | "number")[] {
  const directions = glyphs.map(directionOf);
  const result = directions.map((direction): "main" | "other" | "number" => {
    if (direction === "number") return other === "left" ? "number" : "main";
    return direction === other ? "other" : "main";
  });
  const settle = (from: number, to: number, as: "other" | "number"): void => {
    for (let at = from; at < to; at += 1) result[at] = as;
  };
  for (let at = 0; at < glyphs.length; at += 1) {
    if (result[at] === "number" && result[at + 2] === "number" && directions[at + 1] === "separator")
      settle(at + 1, at + 2, "number");
  }
  // What stands between two words of the other direction belongs to them, and so does a figure inside.
  let last = -1;
  for (let at = 0; at < glyphs.length; at += 1) {
    if (directions[at] === "right" || directions[at] === "left") {
      if (result[at] === "other") {
        if (last >= 0) settle(last, at, "other");
        last = at;
      } else last = -1;
    }
  }
  return result;
}

/** U+FB50–FDFF and U+FE70–FEFF are drawn forms of letters. Alef never joins the next letter: such a pair is lam-alef. */
function plainLetters(text: string): string {
  const plain = text
    .replace(/[\ufb50-\ufdff\ufe70-\ufefc]+/gu, (forms) => forms.normalize("NFKC"))
    .replace(/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .replaceAll("\u00a0", " ");
  return plain.replace(/^([اأإآ])ل$/u, "ل$1");
}

/**
 * Brackets the right way round. Some writers store the bracket that is drawn, others the one that was typed: what
 * closes more of what it opens is right.
 */
export function pairBrackets(text: string): string {
  const turned = text.replace(/[()[\]{}«»‹›]/gu, (mark) => MIRRORED[mark] ?? CLOSING.get(mark) ?? mark);
  return pairs(turned) > pairs(text) ? turned : text;
}

function pairs(text: string): number {
  let found = 0;
  for (const line of text.split("\n")) {
    const open: string[] = [];
    for (const [mark] of line.matchAll(/[()[\]{}«»‹›]/gu)) {
      if (mark in MIRRORED) open.push(mark);
      else if (open.at(-1) === CLOSING.get(mark)) {
        open.pop();
        found += 1;
      }
    }
  }
  return found;
}
