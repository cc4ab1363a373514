/**
 * A message as blocks of lines of runs, and its HTML as Telegram parses it. Everything is escaped here; the only link
 * is one that a run carries as `link`, and no text becomes a link, a mention or a command by itself.
 */
import { cleanForDisplay, isolateLeftToRight, rightToLeftLine } from "../text/bidi.ts";

export interface Run {
  readonly text: string;
  readonly style?: "bold" | "italic" | undefined;
  /** Quoted from a report: no isolates inside. */
  readonly verbatim?: boolean | undefined;
  /** A sentence of our own: the commands in it can be tapped. */
  readonly ours?: boolean | undefined;
  /** Address from a report's url field. */
  readonly link?: string | undefined;
}

export type Line = readonly Run[];

/** "quotation" is set off from the rest; an expandable one shows its first lines and opens at a tap. */
export interface Block {
  readonly kind: "paragraph" | "quotation";
  readonly expandable?: boolean | undefined;
  readonly lines: readonly Line[];
}

/** A rendered message. `units` counts UTF-16 units after parsing, `bytes` the UTF-8 bytes before it. */
export interface Rendered {
  readonly html: string;
  readonly plain: string;
  readonly units: number;
  readonly bytes: number;
}

export function line(...runs: readonly (Run | string)[]): Line {
  return runs.map((run) => (typeof run === "string" ? { text: run } : run));
}

export function bold(text: string): Run {
  return { text, style: "bold" };
}

/** A sentence of our own. */
export function ours(text: string): Line {
  return [{ text, ours: true }];
}

/** Words of a report. */
export function verbatim(text: string): Run {
  return { text, verbatim: true };
}

export function paragraph(...lines: readonly Line[]): Block {
  return { kind: "paragraph", lines };
}

/** UTF-16 units, and bytes, of the empty line between two blocks. */
export const BLOCK_GAP = 2;

/** Blocks are set apart by an empty line. */
export function renderBlocks(blocks: readonly Block[]): Rendered {
  const rendered = blocks.map(renderBlock).filter((block) => block.plain !== "");
  const html = rendered.map((block) => block.html).join("\n".repeat(BLOCK_GAP));
  const plain = rendered.map((block) => block.plain).join("\n".repeat(BLOCK_GAP));
  return { html, plain, units: plain.length, bytes: Buffer.byteLength(html) };
}

function renderBlock(block: Block): { html: string; plain: string } {
  const lines = block.lines.flatMap(splitAtBreaks).map(renderLine);
  const html = lines.map((each) => each.html).join("\n");
  const plain = lines.map((each) => each.plain).join("\n");
  if (block.kind === "paragraph" || plain === "") return { html, plain };
  return { html: `<blockquote${block.expandable ? " expandable" : ""}>${html}</blockquote>`, plain };
}

/** Cleans the runs and starts a new line at every line break inside them; empty lines are left out. */
export function splitAtBreaks(runs: Line): Line[] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    const [first = "", ...rest] = cleanForDisplay(run.text).split("\n");
    lines.at(-1)?.push({ ...run, text: first });
    for (const text of rest) lines.push([{ ...run, text }]);
  }
  return lines.filter((each) => each.some((run) => run.text.trim() !== ""));
}

function renderLine(runs: Line): { html: string; plain: string } {
  const shown = withoutAutomaticLinks(runs.map((run) => ({ run, text: display(run) })));
  const text = shown.map((each) => each.text).join("");
  const plain = rightToLeftLine(text);
  const mark = plain.slice(0, plain.length - text.length);
  return { html: mark + shown.map((each) => tagged(each.run, escapeHtml(each.text))).join(""), plain };
}

function display(run: Run): string {
  const text = cleanForDisplay(run.text);
  return run.verbatim ? text : isolateLeftToRight(text);
}

interface Shown {
  readonly run: Run;
  readonly text: string;
}

/** Before which a link, a mention, a command or a hashtag is broken. */
const LINK_START =
  /(?<=:)(?=\/\/)|(?<=[\p{L}\p{N}_)]\.)(?=\p{L})|(?<=@)(?=[\p{L}\p{N}_])|(?<=#)(?=[\p{L}\p{N}_])|(?<=\$)(?=[A-Z])|(?<=(?<![\p{L}\p{N}/])\/)(?=[A-Za-z0-9_])/gu;
/** Without letters: kept in order by an isolate round it, broken after its first number. */
const NETWORK_ADDRESS = /(?<![\d.])(\d{1,3}\.)\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/g;

/**
 * Telegram makes links of bare addresses, mentions, commands and hashtags. An empty isolate (FSI PDI) breaks them: it
 * is invisible, neutral in the order of display, and among the characters that are taken out again. The line is read
 * as a whole, since a link may run over the border of two runs.
 */
function withoutAutomaticLinks(shown: readonly Shown[]): Shown[] {
  const whole = shown.map((each) => each.text).join("");
  const breaks = new Map<number, string>();
  const add = (at: number, text: string) => breaks.set(at, (breaks.get(at) ?? "") + text);
  for (const { index } of whole.matchAll(LINK_START)) add(index, "\u2068\u2069");
  for (const { index, 0: address, 1: first = "" } of whole.matchAll(NETWORK_ADDRESS)) {
    add(index, "\u2068");
    add(index + first.length, "\u2068\u2069");
    add(index + address.length, "\u2069");
  }
  let at = 0;
  return shown.map(({ run, text }, index) => {
    const start = at;
    at += text.length;
    if (run.ours || breaks.size === 0) return { run, text };
    const end = index === shown.length - 1 ? text.length + 1 : text.length;
    const broken = Array.from(
      { length: end },
      (_, unit) => (breaks.get(start + unit) ?? "") + (text[unit] ?? ""),
    );
    return { run, text: broken.join("") };
  });
}

function tagged(run: Run, html: string): string {
  const linked = run.link === undefined ? html : `<a href="${escapeHtml(run.link)}">${html}</a>`;
  if (run.style === "bold") return `<b>${linked}</b>`;
  return run.style === "italic" ? `<i>${linked}</i>` : linked;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The text of a button: one line that starts right-to-left, cut to a length that a telephone shows. */
export function buttonLabel(text: string, limit = 60): string {
  const one = cleanForDisplay(text).replace(/\s+/g, " ").trim();
  const cut = one.length <= limit ? one : `${cutAt(one, limit - 1)}…`;
  return rightToLeftLine(isolateLeftToRight(cut));
}

/** The longest beginning of at most `limit` UTF-16 units that ends neither in a pair nor before a combining mark. */
export function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit;
  const inside = (at: number) => /^[\udc00-\udfff]/.test(text.slice(at)) || /^\p{M}/u.test(text.slice(at));
  while (end > 1 && inside(end)) end -= 1;
  return text.slice(0, end);
}
