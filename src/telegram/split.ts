/** Cuts blocks into messages that Telegram takes, each valid on its own; nothing is lost. */
import { partOf } from "../phrases/telegram.ts";
import {
  BLOCK_GAP,
  type Block,
  cutAt,
  type Line,
  line,
  paragraph,
  type Rendered,
  type Run,
  renderBlocks,
  splitAtBreaks,
} from "./markup.ts";

export interface Limits {
  /** UTF-16 units after parsing. */
  readonly units: number;
  /** UTF-8 bytes before parsing. */
  readonly bytes: number;
}

/** https://core.telegram.org/bots/api#sendmessage, and the server's check of the raw text at 32 KiB. */
export const MESSAGE_LIMITS: Limits = { units: 4096, bytes: 32 * 1024 };
export const CAPTION_LIMITS: Limits = { units: 1024, bytes: 32 * 1024 };

/** Room for the line that numbers the part. */
const NUMBERING: Limits = { units: 40, bytes: 120 };

/**
 * The messages, in order. `tail` stays in one piece and goes with the last; several messages carry their number,
 * "(1 من 2)", as a last line.
 */
export function paginate(
  blocks: readonly Block[],
  tail: readonly Block[] = [],
  limits = MESSAGE_LIMITS,
): Rendered[] {
  const whole = renderBlocks([...blocks, ...tail]);
  if (fits(whole, limits)) return [whole];
  const room = { units: limits.units - NUMBERING.units, bytes: limits.bytes - NUMBERING.bytes };
  const pages = pack(
    blocks.flatMap((block) => breakUp(block, room)),
    room,
  );
  const last = [...(pages.at(-1) ?? []), ...tail];
  if (fits(renderBlocks(last), room)) pages.splice(-1, 1, last);
  else
    pages.push(
      ...pack(
        tail.flatMap((block) => breakUp(block, room)),
        room,
      ),
    );
  const filled = pages.filter((page) => renderBlocks(page).plain !== "");
  return filled.map((page, index) =>
    renderBlocks(filled.length === 1 ? page : [...page, paragraph(line(partOf(index + 1, filled.length)))]),
  );
}

function fits(rendered: Rendered, limits: Limits): boolean {
  return rendered.units <= limits.units && rendered.bytes <= limits.bytes;
}

function fitsBlock(block: Block, room: Limits): boolean {
  return fits(renderBlocks([block]), room);
}

/** Fills pages in order. Sizes add up, with the empty line between two blocks, so that each block is measured once. */
function pack(blocks: readonly Block[], room: Limits): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [];
  let size = { units: 0, bytes: 0 };
  for (const block of blocks) {
    const { units, bytes, plain } = renderBlocks([block]);
    if (plain === "") continue;
    const gap = page.length > 0 ? BLOCK_GAP : 0;
    const next = { units: size.units + gap + units, bytes: size.bytes + gap + bytes };
    const isFull = next.units > room.units || next.bytes > room.bytes;
    if (isFull && page.length > 0) {
      pages.push(page);
      page = [block];
      size = { units, bytes };
    } else {
      page.push(block);
      size = next;
    }
  }
  return page.length > 0 ? [...pages, page] : pages;
}

/** A block as blocks that each fit: at line borders first, then at sentence and word borders inside a line. */
function breakUp(block: Block, room: Limits): Block[] {
  if (fitsBlock(block, room)) return [block];
  const lines = block.lines.flatMap(splitAtBreaks).flatMap((each) => breakLine(each, block, room));
  const blocks: Block[] = [];
  let current: Line[] = [];
  for (const each of lines) {
    if (current.length > 0 && !fitsBlock({ ...block, lines: [...current, each] }, room)) {
      blocks.push({ ...block, lines: current });
      current = [];
    }
    current.push(each);
  }
  return current.length > 0 ? [...blocks, { ...block, lines: current }] : blocks;
}

function breakLine(runs: Line, block: Block, room: Limits): Line[] {
  if (fitsBlock({ ...block, lines: [runs] }, room)) return [runs];
  // Escaping makes at most six bytes of one, isolates at most three units: a quarter of the room always fits.
  const pieces = runs.flatMap((run) => breakRun(run, Math.floor(Math.min(room.units, room.bytes / 8) / 4)));
  const lines: Line[] = [];
  let current: Run[] = [];
  for (const piece of pieces) {
    if (current.length > 0 && !fitsBlock({ ...block, lines: [[...current, piece]] }, room)) {
      lines.push(current);
      current = [];
    }
    current.push(piece);
  }
  return current.length > 0 ? [...lines, current] : lines;
}

/** The run in pieces of at most `limit` units, cut after a sentence, a clause or a word where there is one. */
function breakRun(run: Run, limit: number): Run[] {
  const pieces: Run[] = [];
  let rest = run.text;
  while (rest.length > limit) {
    const window = cutAt(rest, limit);
    const border = /^[\s\S]*[.!؟?…]\s|^[\s\S]*[؛،,;:]\s|^[\s\S]*\s/u;
    const piece = border.exec(window)?.[0] ?? window;
    pieces.push({ ...run, text: piece });
    rest = rest.slice(piece.length);
  }
  return rest === "" ? pieces : [...pieces, { ...run, text: rest }];
}
