/** A web page as a report: its article without menus, buttons and notices, and what its head says of it. */
import { Readability } from "@mozilla/readability";
import { decodeText } from "../charset.ts";
import { blockText, type MarkupDocument, type MarkupElement, parseMarkup } from "./dom.ts";
import type { Extracted, StatedFields } from "./format.ts";
import { linkedData } from "./linked-data.ts";

export const HTML_READER = "html/1";

/** Where authors of pages put the text itself, the surest first. */
const ARTICLES = ["[itemprop='articleBody']", "article", "main", "[role='main']"];
const BOILERPLATE = [
  ..."nav aside footer form dialog [hidden] [aria-hidden='true'] [role='navigation'] [role='complementary']".split(
    " ",
  ),
  ...[
    "share",
    "sharing",
    "social",
    "related",
    "comment",
    "newsletter",
    "subscribe",
    "breadcrumb",
    "advert",
  ].flatMap((word) => [
    `[class~='${word}']`,
    `[class*='${word}-']`,
    `[class*='-${word}']`,
    `[id*='${word}']`,
  ]),
  ...["cookie", "tags", "pagination", "sidebar", "menu", "widget", "popup"].map(
    (word) => `[class*='${word}']`,
  ),
].join(",");
/** Of the text that the library finds: an article of the page's own marking is taken from this share on. */
const MARKED_SHARE = 0.7;
/** Of the letters of a page without boilerplate: below this share the library has lost text. */
const KEPT_SHARE = 0.6;
/** Of the letters of a block: from this share on it is a list of links. */
const LINKS_SHARE = 0.6;
const PAGE_LINKS_SHARE = 0.2;
const MAX_TITLE_LENGTH = 400;

const lettersOf = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Reads a page. One without text is a problem with its remedy. */
export function readHtml(bytes: Uint8Array): Extracted & { readonly charset?: string } {
  const decoded = decodeText(bytes, declaredCharset(bytes));
  if ("problem" in decoded) return decoded;
  const html = decoded.text;
  const document = parseMarkup(html);
  const head = headFields(document);
  const { text, headline } = articleText(html);
  const title = headline ?? head.title;
  if (lettersOf(text) === 0)
    return { problem: "holds no text; save the whole page, or its text as .txt", tag: "no_text" };
  const hasTitle = headline === null || text.split("\n", 4).some((line) => sameWords(line, headline));
  const body = hasTitle ? text : `${headline}\n${text}`;
  return { body, fields: { ...head, title }, charset: decoded.charset };
}

/** The character set that the page names in its first kilobytes. */
function declaredCharset(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  return /<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]{2,40})/i.exec(start)?.[1] ?? null;
}

function sameWords(a: string, b: string): boolean {
  const words = (text: string): string => text.match(/[\p{L}\p{Nd}]+/gu)?.join(" ") ?? "";
  return words(a) === words(b);
}

function articleText(html: string): { readonly text: string; readonly headline: string | null } {
  const document = parseMarkup(html);
  const headlines = [...document.querySelectorAll("h1")].map(blockText).filter((text) => text !== "");
  const marked = markedArticle(document);
  const headline = headlines.length === 1 ? oneLine(headlines[0] ?? "") : null;
  const found = new Readability(parseMarkup(html) as never, { charThreshold: 0 }).parse();
  const read = found?.content == null ? "" : blockText(parseMarkup(found.content));
  if (marked !== null && lettersOf(marked) >= MARKED_SHARE * lettersOf(read))
    return { text: marked, headline };
  const whole = document.body;
  if (whole === null) return { text: read, headline };
  clean(whole);
  const text = blockText(whole);
  const lost = lettersOf(read) < KEPT_SHARE * lettersOf(text);
  return { text: lost && linksShare(whole) < PAGE_LINKS_SHARE ? text : read, headline };
}

function oneLine(text: string): string | null {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" || line.length > MAX_TITLE_LENGTH ? null : line;
}

/** The text of the one element that the page marks as its article. */
function markedArticle(document: MarkupDocument): string | null {
  for (const selector of ARTICLES) {
    const found = [...document.querySelectorAll(selector)];
    const [only] = found;
    if (only === undefined || found.length > 1) continue;
    clean(only);
    return blockText(only);
  }
  return null;
}

/** Takes out what is not the text: navigation, buttons to share, lists of other articles. */
function clean(root: MarkupElement): void {
  const all = lettersOf(root.textContent ?? "");
  for (const element of [...root.querySelectorAll(BOILERPLATE)]) {
    // A wrapper whose class only sounds like it may hold the article itself.
    if (lettersOf(element.textContent ?? "") * 2 < all) element.remove();
  }
  for (const list of [...root.querySelectorAll("ul,ol,div,section,p")]) {
    const letters = lettersOf(list.textContent ?? "");
    if (letters > 0 && letters * 2 < all && linksShare(list) > LINKS_SHARE) list.remove();
  }
}

function linksShare(element: MarkupElement): number {
  const links = [...element.querySelectorAll("a")].reduce(
    (sum, link) => sum + lettersOf(link.textContent ?? ""),
    0,
  );
  return links / Math.max(1, lettersOf(element.textContent ?? ""));
}

/** What the head of a page states: OpenGraph, schema.org and the plain tags, in this order. */
function headFields(document: MarkupDocument): StatedFields & { readonly title: string | null } {
  const meta = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const tag = document.querySelector(
        `meta[property='${name}'],meta[name='${name}'],meta[itemprop='${name}']`,
      );
      const content = tag?.getAttribute("content")?.trim();
      if (content) return content;
    }
    return null;
  };
  const data = linkedData([...document.querySelectorAll("script[type='application/ld+json']")]);
  const time = document.querySelector(
    "article time[datetime],time[datetime][pubdate],time[itemprop='datePublished']",
  );
  const address = document.querySelector("link[rel='canonical']")?.getAttribute("href") ?? meta("og:url");
  return {
    title: oneLine(meta("og:title", "headline") ?? data.headline ?? ""),
    byline: meta("author", "article:author", "byl") ?? data.author,
    publisher: meta("og:site_name", "application-name") ?? data.publisher,
    url: address !== null && URL.canParse(address) ? address : null,
    published:
      meta(
        "article:published_time",
        "datePublished",
        "date",
        "pubdate",
        "publishdate",
        "DC.date.issued",
        "dc.date",
      ) ??
      data.published ??
      time?.getAttribute("datetime") ??
      null,
  };
}
