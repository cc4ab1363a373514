/**
 * What in a text could act beyond being read: links, mail addresses, names of accounts, commands, telephone numbers,
 * markup, marks of citations, turns of a conversation, characters that hide or turn letters round. The test is by
 * form, never by meaning: what a sentence asks for is not looked at.
 */
import type { Span } from "./normalize.ts";

/** Characters that a reader does not see; what they part is looked at as if it stood together. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;

/** Signs of something live; each is widened to the white space on both sides. */
const ANYWHERE: readonly RegExp[] = [
  /:\/\//g,
  /(?<![\p{L}\p{N}])(?:www\.|(?:tel|sms|mailto|javascript|vbscript|data|file|tg):(?=\S))/giu,
  /(?<![\p{L}\p{N}])t\.me(?![\p{L}\p{N}])/giu,
  /[@＠](?=[\p{L}\p{N}_]{2})/gu,
  /(?<![\p{L}\p{N}/<.])\/(?=[a-z][a-z0-9_]{1,31}(?![\p{L}\p{N}]))/giu,
  /(?<![\d٠-٩])(?:\+|00|٠٠)[0-9٠-٩](?:[ .-]?[0-9٠-٩]){8,14}(?![\d٠-٩])/g,
  /<\s*[/!?]?\s*[a-z][a-z0-9-]*(?=[\s>/=])|<\||\|>|\]\s*\(|\[\/?inst\]|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});|```/giu,
  /[[【［]\s*(?:(?:ال)?(?:مصدر|مرجع)[^\]】］\n]{0,24}|(?:source|ref|citation)[^\]】］\n]{0,24}|[0-9٠-٩]{1,3})\s*[\]】］]/giu,
  /\(\s*(?:(?:ال)?(?:مصدر|مرجع)|source|ref)\s*[:#]?\s*[0-9٠-٩]{1,3}\s*\)/giu,
  /(?<![\p{L}\p{N}])(?:system|assistant|user|developer|human)\s*[:：]/giu,
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g,
];
/** A site's bare name. In the line of an author it says who wrote. */
const SITE_NAME =
  /(?<=[a-z0-9-]{2})\.[a-z]{2,}(?![\p{L}\p{N}])|(?<=[\p{L}\p{N}]{2})\.(?:سوريا|شبكة|موقع|عرب|كوم)(?!\p{L})/giu;
/** Overrides of direction, and tags: no keyboard writes them. */
const HIDING = /[\u202d\u202e\u{e0000}-\u{e007f}]/gu;

/** White space further away than this does not end a sign. */
const LONGEST_TOKEN = 300;

export interface LiveOptions {
  /** Whether the bare name of a site counts ("microsyria.com"); default true. */
  readonly sites?: boolean | undefined;
}

/** The stretches of a text that hold something live, in order, without overlap. */
export function findLive(text: string, { sites = true }: LiveOptions = {}): Span[] {
  const { visible, offsets } = withOffsets(text);
  const found: [number, number][] = [...text.matchAll(HIDING)].map(({ index, 0: sign }) => [
    index,
    index + sign.length,
  ]);
  for (const pattern of sites ? [...ANYWHERE, SITE_NAME] : ANYWHERE)
    for (const { index, 0: sign } of visible.matchAll(pattern)) {
      const [start, end] = token(visible, index, index + sign.length);
      found.push([offsets?.[start] ?? start, offsets?.[end] ?? end]);
    }
  return merged(found);
}

/** The text without what is live in it, and the white space that is left double; for what is shown without being a quotation. */
export function withoutLive(text: string, options?: LiveOptions): string {
  const spans = findLive(text, options);
  if (spans.length === 0) return text;
  let kept = "";
  let at = 0;
  for (const [start, end] of spans) {
    kept += text.slice(at, start);
    at = end;
  }
  return (kept + text.slice(at)).replace(/\s+/g, " ").trim();
}

const ARABIC_LETTER = /(?=\p{L})\p{Script=Arabic}/gu;
const OTHER_LETTER = /(?=\p{L})\P{Script=Arabic}/gu;
/** Fewer letters of another script are a name or a unit. */
const FEWEST_FOREIGN = 12;

/** Whether most letters of a text are of another script than Arabic, and more of them than a name has. */
export function isForeign(text: string): boolean {
  const other = text.match(OTHER_LETTER)?.length ?? 0;
  return other >= FEWEST_FOREIGN && other > (text.match(ARABIC_LETTER)?.length ?? 0);
}

/** At least this share of an Arabic report's letters is Arabic, whatever stands between its sentences. */
const LEAST_ARABIC = 0.15;

/** Whether a report is written in Arabic at all: one in another language is quoted in its own. */
export function hasArabic(text: string): boolean {
  const arabic = text.match(ARABIC_LETTER)?.length ?? 0;
  return arabic >= LEAST_ARABIC * (arabic + (text.match(OTHER_LETTER)?.length ?? 0));
}

interface Visible {
  readonly visible: string;
  /** Place in the original of each unit, and of the end; null when nothing was taken out. */
  readonly offsets: Uint32Array | null;
}

function withOffsets(text: string): Visible {
  const visible = text.replace(INVISIBLE, "");
  if (visible.length === text.length) return { visible, offsets: null };
  const offsets = new Uint32Array(visible.length + 1);
  let to = 0;
  let at = 0;
  const copy = (end: number): void => {
    for (; at < end; at += 1, to += 1) offsets[to] = at;
  };
  for (const { index, 0: sign } of text.matchAll(INVISIBLE)) {
    copy(index);
    at = index + sign.length;
  }
  copy(text.length);
  offsets[to] = text.length;
  return { visible, offsets };
}

/** A sign with what stands around it without white space. */
function token(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start > 0 && from - start < LONGEST_TOKEN && !/\s/.test(text.charAt(start - 1))) start -= 1;
  while (end < text.length && end - to < LONGEST_TOKEN && !/\s/.test(text.charAt(end))) end += 1;
  return [start, end];
}

function merged(spans: readonly Span[]): Span[] {
  const ordered = [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const all: [number, number][] = [];
  for (const [start, end] of ordered) {
    const last = all.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}
