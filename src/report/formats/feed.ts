/** RSS and Atom files: a report for each entry. */

import { createHash } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { decodeText } from "../charset.ts";
import { readPublicationDay } from "../instants.ts";
import type { Problem } from "../problem.ts";
import { blockText, parseMarkup } from "./dom.ts";
import type { Item, StatedFields } from "./format.ts";

export const FEED_READER = "feed/1";

const ID_DIGITS = 10;

export type FeedReading = { readonly items: Iterable<Item>; readonly charset: string } | Problem;

/** Reads a feed of any of the three kinds (RSS 2.0, RSS 1.0, Atom). */
export function readFeed(bytes: Uint8Array): FeedReading {
  const start = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const decoded = decodeText(bytes, /encoding\s*=\s*["']([\w-]{2,40})/i.exec(start)?.[1] ?? null);
  if ("problem" in decoded) return decoded;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    textNodeName: "#",
    parseTagValue: false,
    htmlEntities: true,
    // The markup of Atom's own pages is kept as it stands and read as HTML.
    stopNodes: ["feed.entry.content", "feed.entry.summary"],
    isArray: (name: string) => name === "item" || name === "entry",
  });
  let root: unknown;
  try {
    root = parser.parse(decoded.text, true);
  } catch {
    return { problem: "is not valid XML; save the feed anew", tag: "damaged" };
  }
  const found = channelOf(root);
  if (found === null)
    return {
      problem: "is XML, but no RSS or Atom feed; save the report as .txt or .html",
      tag: "not_a_feed",
    };
  return { items: itemsOf(found, decoded.text), charset: decoded.charset };
}

type Node = Readonly<Record<string, unknown>>;

interface Channel {
  readonly entries: readonly Node[];
  readonly publisher: string | null;
}

function channelOf(root: unknown): Channel | null {
  const feed = child(root, "feed");
  if (feed !== null) return { entries: nodes(feed.entry), publisher: textOf(feed.title) };
  const rdf = child(root, "rdf:RDF");
  if (rdf !== null) return { entries: nodes(rdf.item), publisher: textOf(child(rdf, "channel")?.title) };
  const channel = child(child(root, "rss"), "channel");
  return channel === null ? null : { entries: nodes(channel.item), publisher: textOf(channel.title) };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function child(value: unknown, name: string): Node | null {
  const found = isNode(value) ? value[name] : undefined;
  return isNode(found) ? found : null;
}

function nodes(value: unknown): Node[] {
  return [value].flat().filter(isNode);
}

/** The text of an element with or without attributes; of several the first. */
function textOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = isNode(first) ? first["#"] : first;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : null;
}

function* itemsOf({ entries, publisher }: Channel, source: string): Generator<Item> {
  const slices = sourceSlices(source);
  for (const [index, entry] of entries.entries()) {
    const { body, fields } = readEntry(entry, publisher);
    const link = String(textOf(entry.guid) ?? textOf(entry.id) ?? fields.url ?? body);
    const digits = createHash("sha256").update(link).digest("hex").slice(0, ID_DIGITS);
    // A feed whose entries cannot be told apart as text keeps the whole file with each.
    const bytes = Buffer.from(slices.length === entries.length ? (slices[index] ?? source) : source);
    yield {
      where: String(index + 1),
      bytes,
      id: (name) => `${name}-${digits}`,
      extracted:
        body === ""
          ? { problem: "has neither a title nor a text; remove the entry", tag: "empty" }
          : { body, fields },
    };
  }
}

function sourceSlices(source: string): string[] {
  return [...source.matchAll(/<(item|entry)(?=[\s>])[\s\S]*?<\/\1\s*>/g)].map(([slice]) => slice);
}

function readEntry(entry: Node, publisher: string | null): { body: string; fields: StatedFields } {
  const title = plain(textOf(entry.title));
  const texts = ["content:encoded", "content", "description", "summary"].map((name) =>
    plain(textOf(entry[name])),
  );
  const text = texts.reduce((longest, one) => (one.length > longest.length ? one : longest), "");
  const body = title === "" || text.startsWith(title) ? text || title : `${title}\n${text}`.trim();
  const published = textOf(entry.pubDate) ?? textOf(entry.published) ?? textOf(entry["dc:date"]);
  const updated = textOf(entry.updated) ?? textOf(entry["atom:updated"]);
  const edited = updated !== null && published !== null && updated !== published ? [isoTime(updated)] : [];
  return {
    body,
    fields: {
      title: title === "" ? null : title,
      byline: textOf(entry["dc:creator"]) ?? textOf(child(entry, "author")?.name) ?? textOf(entry.author),
      publisher: textOf(child(entry, "source")?.title) ?? publisher,
      url: addressOf(entry),
      published: published ?? updated,
      edited_at: edited.filter((time) => time !== null),
    },
  };
}

function addressOf(entry: Node): string | null {
  const guid: unknown = Array.isArray(entry.guid) ? entry.guid[0] : entry.guid;
  const links = [entry.link].flat();
  const atom = links.filter(isNode).find((link) => (link["@rel"] ?? "alternate") === "alternate");
  const found = [textOf(entry.link), atom?.["@href"], textOf(guid)].find(
    (value) => typeof value === "string" && /^https?:\/\//.test(value),
  );
  return typeof found === "string" ? found : null;
}

/** Titles and texts of feeds are HTML, often escaped. */
function plain(markup: string | null): string {
  if (markup === null) return "";
  const unwrapped = /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(markup)?.[1] ?? markup;
  const html = unwrapped.includes("<") ? unwrapped : unescapeMarkup(unwrapped);
  return blockText(parseMarkup(html.includes("<") ? html : html.replace(/\n/g, "<br>")));
}

function unescapeMarkup(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

function isoTime(value: string): string | null {
  const moment = Date.parse(value);
  if (!Number.isNaN(moment)) return new Date(moment).toISOString();
  return readPublicationDay(value, "dmy")?.start ?? null;
}
