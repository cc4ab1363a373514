/**
 * Text from the glyphs of a page. A PDF holds drawings of letters at positions, in any order: lines are put together
 * by position, right-to-left lines read from the right, and lines that a narrow page broke are joined again.
 */
import { logicalOrder, pairBrackets } from "./pdf-bidi.ts";

/** A glyph as drawn: the text that it stands for, the start of its advance, in points, y upwards. */
export interface Glyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** Glyphs of one drawing operation share a number; numbers rise in the order of drawing. */
  readonly operation: number;
  readonly font: string;
}

interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** Width of the word that the line opens with: would it have stood on the line before? */
  readonly firstWord: number;
}

/** How the lines of a document run, and whether its writer drew their pieces in reading order. */
interface Setting {
  readonly direction: "right" | "left";
  /** Pieces of an Arabic line in a left-to-right paragraph: their places alone do not tell their order. */
  readonly asDrawn: boolean;
}

/** Of the height of a letter: how far a glyph of one line may stand above or below another. */
const SAME_LINE = 0.45;
/** Of the height of a letter: a gap that is a space though no space is drawn. */
const SPACE_GAP = 0.17;
/** Two equal glyphs nearer than this are one, drawn twice to look bold. */
const SAME_GLYPH = 0.08;
/** Glyphs drawn by one operation, on average, from which on operations are pieces of text and not single letters. */
const PIECE = 3;
const PARAGRAPH_GAP = 1.35;
const NEW_SIZE = 0.12;
/** A sign is taken for a stroke that stretches words when it stands inside words this often, and hardly elsewhere. */
const FEWEST_STROKES = 5;
const STROKE_SHARE = 0.8;
/** Points by which the ends of lines may differ that stand under each other. */
const FLUSH = 2;

const ARABIC = /\p{Script=Arabic}|\p{Script=Hebrew}/u;

/** The text of all pages in reading order: a line for each paragraph. */
export function layoutText(pages: readonly (readonly Glyph[])[]): string {
  const letters = pages.flat().filter(({ text }) => /\p{L}/u.test(text));
  const arabic = letters.filter(({ text }) => ARABIC.test(text)).length * 2 >= letters.length;
  const rows = withoutStretching(pages.map((glyphs) => rowsOf(glyphs)));
  const operations = new Set(
    pages.flatMap((glyphs, page) => glyphs.map((glyph) => `${page}:${glyph.operation}`)),
  );
  const inPieces = pages.flat().length >= PIECE * operations.size;
  const asDrawn = arabic && inPieces && isLeftAligned(rows);
  const setting = { direction: arabic ? "right" : "left", asDrawn } as const;
  const lines = withoutFurniture(rows.map((page) => page.flatMap((row) => lineOf(row, setting) ?? [])));
  return pairBrackets(joinParagraphs(lines).join("\n"));
}

/** The glyphs of each line, from the top to the bottom of a page. */
function rowsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const rows: Glyph[][] = [];
  const visible = glyphs.filter(({ text, size }) => text !== "" && size > 0);
  for (const glyph of [...visible].sort((a, b) => b.y - a.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(first.y - glyph.y) <= SAME_LINE * Math.max(first.size, glyph.size))
      row.push(glyph);
    else rows.push([glyph]);
  }
  return rows;
}

/**
 * Empties the strokes with which justified lines are stretched (kashida): some writers do not say what they mean, and
 * they come out as one and the same sign between the letters of words.
 */
function withoutStretching(pages: readonly Glyph[][][]): Glyph[][][] {
  const counts = new Map<string, { all: number; between: number }>();
  const keyOf = (glyph: Glyph): string => `${glyph.font} ${glyph.text}`;
  for (const row of pages.flat()) {
    const placed = row.filter(({ text }) => !isMark(text)).toSorted((a, b) => a.x - b.x);
    for (const [index, glyph] of placed.entries()) {
      if (!/^[!-~]$/.test(glyph.text)) continue;
      const count = counts.get(keyOf(glyph)) ?? { all: 0, between: 0 };
      const inWord = [placed[index - 1], placed[index + 1]].every(
        (next) => next !== undefined && (next.text === glyph.text || /^\p{Script=Arabic}/u.test(next.text)),
      );
      counts.set(keyOf(glyph), { all: count.all + 1, between: count.between + (inWord ? 1 : 0) });
    }
  }
  const isStroke = (glyph: Glyph): boolean => {
    const count = counts.get(keyOf(glyph));
    return (
      count !== undefined && count.between >= FEWEST_STROKES && count.between >= STROKE_SHARE * count.all
    );
  };
  return pages.map((rows) =>
    rows.map((row) => row.map((glyph) => (isStroke(glyph) ? { ...glyph, text: "" } : glyph))),
  );
}

/** Arabic lines that all begin at the left margin and end anywhere: the paragraphs were set from left to right. */
function isLeftAligned(pages: readonly (readonly Glyph[][])[]): boolean {
  const ends = pages.flatMap((rows) => rows.map(edges));
  const left = Math.min(...ends.map((end) => end.left));
  const right = Math.max(...ends.map((end) => end.right));
  const atLeft = ends.filter((end) => end.left - left <= FLUSH && right - end.right > FLUSH).length;
  const atRight = ends.filter((end) => right - end.right <= FLUSH && end.left - left > FLUSH).length;
  return atLeft > 2 * atRight;
}

function edges(row: readonly Glyph[]): { readonly left: number; readonly right: number } {
  return {
    left: Math.min(...row.map(({ x }) => x)),
    right: Math.max(...row.map(({ x, width }) => x + width)),
  };
}

function lineOf(row: readonly Glyph[], setting: Setting): Line | null {
  const placed = withMarks([...row].sort((a, b) => a.x - b.x));
  const inked = placed.filter(({ text }) => text.trim() !== "");
  const [first] = inked;
  if (first === undefined) return null;
  const pieces = spaced(placed);
  const size = median(inked.map((glyph) => glyph.size));
  const text = setting.asDrawn ? drawnOrder(placed) : logicalOrder(textsOf(pieces), setting.direction);
  return {
    ...edges(inked),
    text,
    y: first.y,
    size,
    firstWord: firstWord(pieces, setting) + size * SPACE_GAP,
  };
}

const textsOf = (glyphs: readonly Glyph[]): string[] => glyphs.map(({ text }) => text);

/** The pieces of a line one after the other as they were drawn, each read in its own direction. */
function drawnOrder(row: readonly Glyph[]): string {
  const pieces = new Map<number, Glyph[]>();
  for (const glyph of row) {
    const piece = pieces.get(glyph.operation);
    if (piece === undefined) pieces.set(glyph.operation, [glyph]);
    else piece.push(glyph);
  }
  const inOrder = [...pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece);
  let direction: Setting["direction"] = "left";
  const text = inOrder.map((glyphs) => {
    const letter = glyphs.find((glyph) => /\p{L}/u.test(glyph.text));
    // Marks and spaces between words run as the words before them do.
    if (letter !== undefined) direction = glyphs.some((glyph) => ARABIC.test(glyph.text)) ? "right" : "left";
    return logicalOrder(textsOf(glyphs), direction);
  });
  return text.join("").replace(/\s+/gu, " ").trim();
}

/** Combining marks join the glyph over which they are drawn; a glyph drawn twice counts once. */
function withMarks(glyphs: readonly Glyph[]): Glyph[] {
  const bases: Glyph[] = [];
  for (const glyph of glyphs.filter(({ text }) => !isMark(text))) {
    const before = bases.at(-1);
    const twice = before?.text === glyph.text && glyph.x - before.x < SAME_GLYPH * glyph.size;
    if (!twice) bases.push(glyph);
  }
  for (const mark of glyphs.filter(({ text }) => isMark(text))) {
    const middle = mark.x + mark.width / 2;
    const away = (glyph: Glyph): number => Math.abs(glyph.x + glyph.width / 2 - middle);
    let best = -1;
    for (const [index, glyph] of bases.entries()) {
      const chosen = bases[best];
      if (/\p{L}/u.test(glyph.text) && (chosen === undefined || away(glyph) < away(chosen))) best = index;
    }
    const base = bases[best];
    if (base !== undefined) bases[best] = { ...base, text: base.text + mark.text };
  }
  return bases;
}

function isMark(text: string): boolean {
  return /^\p{M}+$/u.test(text);
}

/** The glyphs with a space wherever there is a gap and no space is drawn; never two. */
function spaced(glyphs: readonly Glyph[]): Glyph[] {
  const pieces: Glyph[] = [];
  for (const glyph of glyphs) {
    const before = pieces.at(-1);
    const blank = glyph.text !== "" && glyph.text.trim() === "";
    if (before === undefined ? blank : blank && before.text === " ") continue;
    const gap = before === undefined ? 0 : glyph.x - (before.x + before.width);
    if (before && !blank && before.text !== " " && gap > SPACE_GAP * glyph.size)
      pieces.push({ ...glyph, text: " ", x: before.x + before.width, width: gap });
    pieces.push(blank ? { ...glyph, text: " " } : glyph);
  }
  while (pieces.at(-1)?.text === " ") pieces.pop();
  return pieces;
}

function firstWord(pieces: readonly Glyph[], { direction }: Setting): number {
  const inOrder = direction === "right" ? pieces.toReversed() : pieces;
  const end = inOrder.findIndex(({ text }) => text === " ");
  return inOrder.slice(0, end < 0 ? inOrder.length : end).reduce((sum, { width }) => sum + width, 0);
}

/** Lines that stand at the same end of most pages, apart from their figures: running heads and page numbers. */
function withoutFurniture(pages: readonly Line[][]): Line[][] {
  if (pages.length < 2) return [...pages];
  const key = (line: Line | undefined): string => line?.text.replace(/\p{Nd}+/gu, "#") ?? "";
  const repeated = (lines: readonly (Line | undefined)[]): Set<string> => {
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(key(line), (counts.get(key(line)) ?? 0) + 1);
    return new Set(
      [...counts].flatMap(([text, count]) =>
        text !== "" && count >= 2 && count * 3 >= lines.length * 2 ? [text] : [],
      ),
    );
  };
  const heads = repeated(pages.map((lines) => lines[0]));
  const feet = repeated(pages.map((lines) => lines.at(-1)));
  return pages.map((lines) =>
    lines.filter(
      (line, index) =>
        !(index === 0 && heads.has(key(line))) && !(index === lines.length - 1 && feet.has(key(line))),
    ),
  );
}

/** Joins lines that only the width of the page parts, also over the end of a page. */
function joinParagraphs(pages: readonly (readonly Line[])[]): string[] {
  const paragraphs: string[] = [];
  let before: Line | undefined;
  for (const lines of pages) {
    const left = Math.min(...lines.map((line) => line.left));
    const width = Math.max(...lines.map((line) => line.right)) - left;
    const step = median(lines.slice(1).map((line, index) => (lines[index]?.y ?? line.y) - line.y));
    for (const [index, line] of lines.entries()) {
      const apart = index > 0 && (before?.y ?? line.y) - line.y > step * PARAGRAPH_GAP;
      if (before === undefined || apart || endsParagraph(before, line, width)) paragraphs.push(line.text);
      else paragraphs.push(`${paragraphs.pop() ?? ""} ${line.text}`);
      before = line;
    }
  }
  return paragraphs;
}

function endsParagraph(before: Line, line: Line, width: number): boolean {
  if (Math.abs(before.size - line.size) > NEW_SIZE * before.size) return true;
  return width - (before.right - before.left) > line.firstWord;
}

/** Share of words in which letters of another script or figures stand between Arabic letters: fonts that lie. */
const MOST_MIXED = 0.02;

/** Whether the fonts say truly which letters they draw. What is read from others must not be quoted. */
export function isLegible(text: string): boolean {
  const words = text.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const mixed = words.filter(
    (word) =>
      /\p{Script=Arabic}[!-,0-9;-~]+\p{Script=Arabic}/u.test(word) ||
      (/(?=\p{L})\p{Script=Arabic}/u.test(word) &&
        /(?!\p{Script=Arabic}|\p{Script=Common})\p{L}/u.test(word)) ||
      /[\ue000-\uf8ff\ufffd]/u.test(word),
  );
  return mixed.length <= Math.max(2, MOST_MIXED * words.length);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
