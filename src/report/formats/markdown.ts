/** Markdown with or without front matter. */
import { marked } from "marked";
import { parse } from "yaml";
import { decodeText } from "../charset.ts";
import { blockText, parseMarkup } from "./dom.ts";
import type { Extracted, StatedFields } from "./format.ts";

export const MARKDOWN_READER = "md/1";

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
/** Other names under which site generators keep the same fields. */
const SYNONYMS: Readonly<Record<string, string>> = {
  author: "byline",
  source: "publisher",
  site: "publisher",
  link: "url",
  date: "published",
};
/** Aliases of a document may name each other many times over; an honest header has none. */
const MAX_ALIASES = 20;

/** Reads Markdown as the text that a reader sees; every line break of the file stays one. */
export function readMarkdown(bytes: Uint8Array): Extracted & { readonly charset?: string } {
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return decoded;
  const text = decoded.text.replace(/\r\n?/g, "\n");
  const header = FRONT_MATTER.exec(text);
  const { fields, warnings } = header === null ? { fields: {}, warnings: [] } : frontMatter(header[1] ?? "");
  const html = marked.parse(text.slice(header?.[0].length ?? 0), { async: false, gfm: true, breaks: true });
  const body = blockText(parseMarkup(html));
  if (body.trim() === "")
    return { problem: "is empty; add the text of the report or remove the file", tag: "empty" };
  return { body, fields, warnings, charset: decoded.charset };
}

function frontMatter(yaml: string): { fields: StatedFields; warnings: readonly string[] } {
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: MAX_ALIASES });
  } catch {
    return { fields: {}, warnings: ["the front matter is not valid YAML and is ignored; correct it"] };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { fields: {}, warnings: [] };
  const fields: Record<string, unknown> = {};
  for (const [key, content] of Object.entries(value)) fields[key.toLowerCase()] = content;
  for (const [other, name] of Object.entries(SYNONYMS)) fields[name] ??= fields[other];
  return { fields, warnings: [] };
}
